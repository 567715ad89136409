"""Endpoints of cases. No decision is made here."""

from __future__ import annotations

from ninja import Router

from lianfang.capabilities.cases.api import acts, assessing, counting, diseases, reading

router = Router(tags=["cases"])
for part in (reading, counting, assessing, diseases, acts):
    router.add_router("", part.router)
