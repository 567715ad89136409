"""The kind that the benchmark appends: a visit to a household, as a grid worker would record it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lianfang.facts.fact import FactData


class Finding(StrEnum):
    NOTHING = "nothing"
    FEVER = "fever"
    NOT_AT_HOME = "not_at_home"


class Visited(FactData, kind="bench.visited", version=1):
    round: Annotated[int, Field(ge=1, le=1000)]
    persons: Annotated[int, Field(ge=0, le=50)]
    temp_max_c: Annotated[float, Field(ge=30, le=45)] | None
    finding: Finding
    from_epidemic_area: Annotated[int, Field(ge=0, le=50)]
    returned_on: date | None = None
