"""Endpoints of isolation. No decision is made here."""

from ninja import Router

from lianfang.capabilities.isolation.api.needs import router as needs
from lianfang.capabilities.isolation.api.orders import router as orders
from lianfang.capabilities.isolation.api.stations import router as stations

router = Router(tags=["isolation"])
for part in (orders, stations, needs):
    router.add_router("", part)
