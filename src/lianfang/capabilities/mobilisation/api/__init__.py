"""Endpoints of mobilisation: teams, rotas, calls, residents' orders, support teams. No decision is made here."""

from ninja import Router

from lianfang.capabilities.mobilisation.api.calls import router as calls
from lianfang.capabilities.mobilisation.api.errands import router as errands
from lianfang.capabilities.mobilisation.api.matching import router as matching
from lianfang.capabilities.mobilisation.api.relief import router as relief
from lianfang.capabilities.mobilisation.api.shifts import router as shifts
from lianfang.capabilities.mobilisation.api.staff import router as staff
from lianfang.capabilities.mobilisation.api.teams import router as teams
from lianfang.capabilities.mobilisation.api.volunteers import router as volunteers

router = Router(tags=["mobilisation"])
for part in (calls, errands, volunteers, teams, shifts, matching, staff, relief):
    router.add_router("", part)
