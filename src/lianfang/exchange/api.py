"""Endpoints of what comes in and goes out as files. No decision is made here."""

from ninja import Router

router = Router(tags=["exchange"])
