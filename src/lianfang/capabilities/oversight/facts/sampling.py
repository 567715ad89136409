"""The kinds of fact about what is drawn by lot: records that are asked about again, places that are inspected. With the
seed, the number drawn from and the probability, anybody can draw again and finds the same."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import Code, Day, FactData

MOST_DRAWN: Final = 200
Seed = Annotated[Code, Field(pattern=r"^[0-9a-f]{64}$")]
Share = Annotated[float, Field(gt=0, le=1)]
Drawn = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_DRAWN)]


class RecallResult(StrEnum):
    """What came of asking again."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    NOT_REACHED = "not_reached"


class RecordsDrawn(FactData, kind="sampling.records_drawn", version=1, founds=True):
    """Records of the area (the envelope's) from ``first`` to ``last`` were drawn, to be asked about again."""

    of: Code
    """The kind of the records."""
    first: Day
    last: Day
    frame: Annotated[int, Field(ge=1)]
    """How many there were to draw from."""
    seed: Seed
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    """Up to which fact the record was known: the seed follows from its chain there."""
    probability: Share
    """With which each of them was to be drawn."""
    drawn: Drawn
    """The facts."""


class Recalled(FactData, kind="sampling.recalled", version=1):
    """Whoever was asked again said the same, or otherwise, or was not reached."""

    record: UUID
    result: RecallResult


class SitesDrawn(FactData, kind="sampling.sites_drawn", version=1, founds=True):
    """Places of the area were drawn that are inspected on a day; which, is told on that day."""

    day: Day
    frame: Annotated[int, Field(ge=1)]
    seed: Seed
    seq: Annotated[int, Field(ge=0, lt=2**63)]
    probability: Share
    drawn: Drawn
    """The posts."""
