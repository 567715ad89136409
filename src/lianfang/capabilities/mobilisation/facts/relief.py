"""Relief: a team that goes to help elsewhere, how its members are each day, and its return. The subject is the journey;
who the members are is the team's. Observation after the return is ordered like any other isolation, on the ground of
the journey."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from lianfang.capabilities.mobilisation.facts.people import Heads
from lianfang.capabilities.mobilisation.facts.shifts import People
from lianfang.facts.fact import AreaCode, Day, FactData

Few = Annotated[int, Field(ge=0, le=100_000)]


class ReliefSent(FactData, kind="relief.sent", version=1, founds=True):
    """So many of a team leave for another area; ``last`` is the day until which they are lent, where that is known."""

    team: UUID
    to: AreaCode
    heads: Heads
    first: Day
    last: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last is not None and self.last < self.first:
            raise ValueError("last is before first")
        return self


class ReliefHealthTold(FactData, kind="relief.health_told", version=1):
    """How many are well on a day and how many are not; ``people`` are those of the unwell who are known one by one."""

    day: Day
    well: Few
    unwell: Few
    people: People = ()


class ReliefReturned(FactData, kind="relief.returned", version=1):
    """They are back; ``last`` was the last day away."""

    last: Day
    heads: Heads
