"""Endpoints of mobilisation: teams, rotas, calls, residents' orders, stranded people. No decision is made here."""

from ninja import Router

from lianfang.capabilities.mobilisation.api.calls import router as calls
from lianfang.capabilities.mobilisation.api.errands import router as errands

router = Router(tags=["mobilisation"])
for part in (calls, errands):
    router.add_router("", part)
