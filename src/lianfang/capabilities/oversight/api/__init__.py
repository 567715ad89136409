"""Endpoints of oversight: what was missed, late or made up, inspections, forms. No decision is made here."""

from ninja import Router

router = Router(tags=["oversight"])
