"""Endpoints of tasks. No decision is made here."""

from ninja import Router

router = Router(tags=["tasks"])
