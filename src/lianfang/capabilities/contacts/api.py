"""Endpoints of contacts. No decision is made here."""

from ninja import Router

router = Router(tags=["contacts"])
