"""Endpoints of command. No decision is made here."""

from ninja import Router

from lianfang.capabilities.command.api.command_posts import router as command_posts
from lianfang.capabilities.command.api.levels import router as levels
from lianfang.capabilities.command.api.measures import router as measures
from lianfang.capabilities.command.api.notices import router as notices
from lianfang.capabilities.command.api.places import router as places
from lianfang.capabilities.command.api.plans import router as plans
from lianfang.capabilities.command.api.readiness import router as readiness
from lianfang.capabilities.command.api.steering import router as steering
from lianfang.capabilities.command.api.templates import router as templates

router = Router(tags=["command"])
for part in (levels, command_posts, plans, readiness, measures, places, notices, templates, steering):
    router.add_router("", part)
