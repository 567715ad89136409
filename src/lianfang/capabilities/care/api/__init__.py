"""Endpoints of care: triage, hospitals, beds, transfers, expert teams. No decision is made here."""

from ninja import Router

from lianfang.capabilities.care.api.triage import router as triage

router = Router(tags=["care"])
for part in (triage,):
    router.add_router("", part)
