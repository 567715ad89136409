"""Endpoints of mobilisation: teams, rotas, calls, residents' orders, stranded people. No decision is made here."""

from ninja import Router

from lianfang.capabilities.mobilisation.api.calls import router as calls
from lianfang.capabilities.mobilisation.api.errands import router as errands
from lianfang.capabilities.mobilisation.api.hands import router as hands
from lianfang.capabilities.mobilisation.api.staff import router as staff

router = Router(tags=["mobilisation"])
for part in (calls, errands, hands, staff):
    router.add_router("", part)
