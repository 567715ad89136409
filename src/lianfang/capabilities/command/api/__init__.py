"""Endpoints of command: response levels, command posts, plans, readiness. No decision is made here."""

from ninja import Router

from lianfang.capabilities.command.api.command_posts import router as command_posts
from lianfang.capabilities.command.api.levels import router as levels
from lianfang.capabilities.command.api.plans import router as plans
from lianfang.capabilities.command.api.readiness import router as readiness

router = Router(tags=["command"])
for part in (levels, command_posts, plans, readiness):
    router.add_router("", part)
