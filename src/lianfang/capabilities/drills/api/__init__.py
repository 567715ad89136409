"""Endpoints of drills and of what might come. No decision is made here."""

from ninja import Router

from lianfang.capabilities.drills.api.trainer import router as trainer
from lianfang.capabilities.drills.api.whatif import router as whatif

router = Router(tags=["drills"])
router.add_router("", trainer)
router.add_router("", whatif)
