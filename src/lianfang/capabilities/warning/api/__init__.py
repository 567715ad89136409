"""Endpoints of warning: what is happening, what may come, how sure that is. No decision is made here."""

from ninja import Router

from lianfang.capabilities.warning.api.assessing import router as assessing
from lianfang.capabilities.warning.api.estimates import router as estimates
from lianfang.capabilities.warning.api.market import router as market
from lianfang.capabilities.warning.api.pack import router as pack
from lianfang.capabilities.warning.api.restrictions import router as restrictions
from lianfang.capabilities.warning.api.risk import router as risk
from lianfang.capabilities.warning.api.sequences import router as sequences
from lianfang.capabilities.warning.api.sign_offs import router as sign_offs
from lianfang.capabilities.warning.api.signals import router as signals
from lianfang.capabilities.warning.api.spread import router as spread

router = Router(tags=["warning"])
for part in (assessing, estimates, market, pack, restrictions, risk, sequences, sign_offs, signals, spread):
    router.add_router("", part)
