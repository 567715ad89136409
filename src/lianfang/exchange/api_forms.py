"""Endpoints of the forms of the field. No decision is made here."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["exchange"])
