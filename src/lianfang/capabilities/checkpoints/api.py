"""Endpoints of checkpoints. No decision is made here."""

from ninja import Router

router = Router(tags=["checkpoints"])
