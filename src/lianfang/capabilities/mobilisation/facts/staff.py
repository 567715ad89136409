"""Those who are on duty by their work: people lent by other units, how much each has to do, what they ask for."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID, uuid5

from pydantic import Field

from lianfang.capabilities.mobilisation.facts.people import Heads, Title
from lianfang.facts.fact import Code, Day, FactData

_NAMES: Final = UUID("0f5a4c2e-8d0b-5c8e-8f3e-2f7a0d9c6b41")


def workload_id(area: str) -> UUID:
    """The subject of what an area has to do with how many hands."""
    return uuid5(_NAMES, f"workload|{area}")


class SecondmentBegan(FactData, kind="secondment.began", version=1, founds=True):
    """A unit lends people to the area of the fact, for a duty, from one day to another."""

    unit: Title
    duty: Code
    heads: Heads
    first: Day
    last: Day | None = None


class SecondmentEnded(FactData, kind="secondment.ended", version=1):
    """``last`` was their last day."""

    last: Day


class WorkloadStated(FactData, kind="workload.stated", version=1, founds=True):
    """How many households an area has, and how many workers of its own look after them."""

    households: Annotated[int, Field(ge=0, le=10_000_000)]
    workers: Annotated[int, Field(ge=0, le=100_000)]


class StaffCareAsked(FactData, kind="staff_care.asked", version=1, founds=True):
    """Those on duty ask for rest, supplies or somebody to talk to. ``person`` where it is one of them."""

    category: Code
    person: UUID | None = None
    heads: Heads = 1
    urgent: bool = False


class StaffCareMet(FactData, kind="staff_care.met", version=1):
    """What came of it."""

    outcome: Code
