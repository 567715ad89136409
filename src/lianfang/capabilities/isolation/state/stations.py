"""A station of observation, folded from the facts about it. Rounds are kept a row each and are not folded here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.facts import Mode, StationClosed, StationLogged, StationOpened, WardOpened
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME, Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class Ward(NamedTuple):
    """Beds that were added, from ``first`` to ``last``, both included; open-ended where ``last`` is None."""

    ward: str
    beds: int
    temporary: bool
    first: date
    last: date | None

    def open_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class Log(NamedTuple):
    """A day's log; written again, the later one counts."""

    fact: UUID
    day: date
    on_duty: int
    residents: int
    said: str | None
    at: datetime
    author: str


@dataclass(frozen=True)
class Station:
    """A station. ``capacity`` are the places that it was opened with; wards add to them."""

    data: StationOpened | None
    area: str
    author: str
    opened: datetime | None
    closed: datetime | None
    wards: tuple[Ward, ...]
    logs: tuple[Log, ...]
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]

    @property
    def mode(self) -> Mode:
        return self.data.mode if self.data else Mode.CENTRAL

    def permanent(self, day: date) -> int:
        """Permanent places on a day."""
        return (self.data.capacity if self.data else 0) + beds(self.wards, day, temporary=False)

    def temporary(self, day: date) -> int:
        """Temporary beds on a day, counted apart."""
        return beds(self.wards, day, temporary=True)


def beds(wards: Sequence[Ward], day: date, *, temporary: bool) -> int:
    """The beds of those wards that are open on a day."""
    return sum(ward.beds for ward in wards if ward.temporary is temporary and ward.open_on(day))


def station(facts: Sequence[Fact]) -> Station:
    """The station whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Station(None, "", "", None, None, (), (), (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, (StationOpened, WardOpened, StationLogged, StationClosed)):
        applied = _apply(found, fact)
        if isinstance(applied, Station):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Station, fact: Fact) -> Station | tuple[str, str]:
    data = fact.data
    if isinstance(data, StationOpened):
        return replace(
            before, data=data, area=fact.area, author=before.author or fact.author,
            opened=before.opened or when(fact), closed=None,
        )  # fmt: skip
    if before.data is None or before.closed is not None:
        return "station", "not_open"
    if isinstance(data, StationClosed):
        return replace(before, closed=when(fact))
    if isinstance(data, WardOpened):
        if data.last is not None and data.last < data.first:
            return "last", "no_last_before_first"
        kept = tuple(ward for ward in before.wards if ward.ward != data.ward)
        return replace(before, wards=(*kept, Ward(data.ward, data.beds, data.temporary, data.first, data.last)))
    if isinstance(data, StationLogged):
        if data.day > when(fact).astimezone(CIVIL_TIME).date():
            return "day", "no_such_day"
        log = Log(fact.id, data.day, data.on_duty, data.residents, data.said, when(fact), fact.author)
        return replace(before, logs=(*(one for one in before.logs if one.day != data.day), log))
    return before
