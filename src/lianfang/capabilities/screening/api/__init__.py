"""Endpoints of screening. No decision is made here."""

from ninja import Router

from lianfang.capabilities.screening.api.daily import router as daily
from lianfang.capabilities.screening.api.field import router as field
from lianfang.capabilities.screening.api.households import router as households
from lianfang.capabilities.screening.api.ledger import router as ledger

router = Router(tags=["screening"])
for part in (ledger, households, daily, field):
    router.add_router("", part)
