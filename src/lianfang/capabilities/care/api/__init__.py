"""Endpoints of care: triage, hospitals, beds, transfers, expert teams. No decision is made here."""

from ninja import Router

from lianfang.capabilities.care.api.hospitals import router as hospitals
from lianfang.capabilities.care.api.protection import router as protection
from lianfang.capabilities.care.api.referrals import router as referrals
from lianfang.capabilities.care.api.stays import router as stays
from lianfang.capabilities.care.api.teams import router as teams
from lianfang.capabilities.care.api.transfers import router as transfers
from lianfang.capabilities.care.api.triage import router as triage

router = Router(tags=["care"])
for part in (
    hospitals,
    stays,
    transfers,
    triage,
    referrals,
    teams,
    protection,
):
    router.add_router("", part)
