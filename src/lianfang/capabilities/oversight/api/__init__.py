"""Endpoints of oversight: what was missed, late or made up, inspections, forms. No decision is made here."""

from ninja import Router

from lianfang.capabilities.oversight.api.findings import router as findings
from lianfang.capabilities.oversight.api.forms import router as forms
from lianfang.capabilities.oversight.api.inspections import router as inspections
from lianfang.capabilities.oversight.api.loop import router as loop
from lianfang.capabilities.oversight.api.phone import router as phone
from lianfang.capabilities.oversight.api.sampling import router as sampling

router = Router(tags=["oversight"])
for part in (findings, loop, forms, inspections, phone, sampling):
    router.add_router("", part)
