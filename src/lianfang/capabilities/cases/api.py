"""Endpoints of cases. No decision is made here."""

from ninja import Router

router = Router(tags=["cases"])
