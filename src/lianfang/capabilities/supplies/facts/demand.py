"""The kind of fact about demand: for whom a store provides, as it states itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lianfang.facts.fact import FactData

People = Annotated[int, Field(ge=0, le=1_000_000)]


class DemandStated(FactData, kind="demand.stated", version=1):
    """Beds taken, of these with intensive care apart, staff on duty, residents under observation. The subject is the
    store; the last statement counts."""

    beds: People = 0
    critical_beds: People = 0
    staff: People = 0
    residents: People = 0
