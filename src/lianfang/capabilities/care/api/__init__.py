"""Endpoints of care: triage, hospitals, beds, transfers, expert teams. No decision is made here."""

from ninja import Router

from lianfang.capabilities.care.api.hospitals import router as hospitals
from lianfang.capabilities.care.api.stays import router as stays
from lianfang.capabilities.care.api.transfers import router as transfers
from lianfang.capabilities.care.api.triage import router as triage

router = Router(tags=["care"])
for part in (
    hospitals,
    stays,
    transfers,
    triage,
):
    router.add_router("", part)
