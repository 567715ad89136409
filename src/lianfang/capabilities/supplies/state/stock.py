"""What stands of the facts about stock, and what a movement does to the balances of the stores that it touches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from typing import Final, NamedTuple, Protocol, TypeVar
from uuid import UUID

from lianfang.capabilities.supplies.facts.stock import Outside, place_of
from lianfang.facts.fact import Fact, FactData, folding_order
from lianfang.facts.history import standing

CIVIL_TIME: Final = timezone(timedelta(hours=8))
"""Days are days of Chinese standard time."""
Data = TypeVar("Data", bound=FactData)


class Movement(Protocol):
    """A movement, as the fact tells it and as its row holds it."""

    @property
    def lot(self) -> str | None: ...
    @property
    def lot_read(self) -> bool: ...
    @property
    def quantity(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def source_area(self) -> str | None: ...
    @property
    def target_area(self) -> str | None: ...


class Effect(NamedTuple):
    """What a movement adds to one column of the balance of a store: ``shelf``, ``way`` and ``out`` are what lies there;
    ``bought``, ``used`` and ``lost`` what it has had from outside, used up and lost. Of all effects of a movement the
    columns shelf + way + out + used + lost − bought come to nothing, whatever lot was read on the way."""

    store: UUID
    area: str
    lot: str
    column: str
    adds: int


_FOR_OUTSIDE: Final = {
    Outside.SUPPLIER: ("bought", -1),
    Outside.DONOR: ("bought", -1),
    Outside.USED: ("used", 1),
    Outside.LOST: ("lost", 1),
}
"""The column in which a store keeps an outside account, and its sign."""


def when(fact: Fact) -> datetime:
    """When it happened, as far as the device's clock is known."""
    return folding_order(fact)[0]


def latest(facts: Sequence[Fact], kind: type[Data]) -> Fact | None:
    """Of one subject's facts the last of a kind that holds, in whatever order they are given."""
    return next((fact for fact in reversed(standing(facts).facts) if isinstance(fact.data, kind)), None)


def effects(moved: Movement) -> Iterator[Effect]:
    """What a movement does to balances: two effects, one for each account."""
    source, target = place_of(moved.source), place_of(moved.target)
    lot = moved.lot or ""
    ends = (
        (source, moved.source_area, "" if moved.lot_read else lot, -moved.quantity),
        (target, moved.target_area, lot, moved.quantity),
    )
    for (place, area, of, adds), (other, other_area, its, _), account in zip(
        ends, reversed(ends), (moved.source, moved.target), strict=True
    ):
        if place is not None:
            yield Effect(place.store, area or "", of, place.part, adds)
        elif other is not None:
            column, sign = _FOR_OUTSIDE[Outside(account)]
            yield Effect(other.store, other_area or "", its, column, sign * adds)
