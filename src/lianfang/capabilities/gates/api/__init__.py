"""Endpoints of gates. No decision is made here."""

from ninja import Router

from lianfang.capabilities.gates.api.care import router as care
from lianfang.capabilities.gates.api.notices import router as notices
from lianfang.capabilities.gates.api.passing import router as passing
from lianfang.capabilities.gates.api.phone import router as phone
from lianfang.capabilities.gates.api.posts import router as posts

router = Router(tags=["gates"])
for part in (care, notices, passing, phone, posts):
    router.add_router("", part)
