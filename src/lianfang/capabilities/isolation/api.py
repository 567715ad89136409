"""Endpoints of isolation. No decision is made here."""

from ninja import Router

router = Router(tags=["isolation"])
