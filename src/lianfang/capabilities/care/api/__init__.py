"""Endpoints of care: triage, hospitals, beds, transfers, expert teams. No decision is made here."""

from ninja import Router

router = Router(tags=["care"])
