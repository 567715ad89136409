"""Endpoints of warning: what is happening, what may come, how sure that is. No decision is made here."""

from ninja import Router

router = Router(tags=["warning"])
