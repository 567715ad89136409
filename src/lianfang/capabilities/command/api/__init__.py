"""Endpoints of command: response levels, plans, readiness. No decision is made here."""

from ninja import Router

from lianfang.capabilities.command.api.levels import router as levels
from lianfang.capabilities.command.api.plans import router as plans
from lianfang.capabilities.command.api.readiness import router as readiness

router = Router(tags=["command"])
for part in (levels, plans, readiness):
    router.add_router("", part)
