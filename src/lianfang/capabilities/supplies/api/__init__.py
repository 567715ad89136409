"""Endpoints of supplies: stock, demand, producers, allocation, dispatch, prices, projects. No decision is made here."""

from ninja import Router

from lianfang.capabilities.supplies.api.allocations import router as allocations
from lianfang.capabilities.supplies.api.dispatch import router as dispatch
from lianfang.capabilities.supplies.api.prices import router as prices
from lianfang.capabilities.supplies.api.producers import router as producers
from lianfang.capabilities.supplies.api.projects import router as projects
from lianfang.capabilities.supplies.api.protection import router as protection
from lianfang.capabilities.supplies.api.stock import router as stock
from lianfang.capabilities.supplies.api.support import router as support

router = Router(tags=["supplies"])
for part in (allocations, stock, dispatch, producers, prices, projects, protection, support):
    router.add_router("", part)
