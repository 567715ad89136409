"""How far a disease has reached: areas newly affected by day, and where the cases of each area came from (EPI-11).

An area is affected from the day on which its first case was confirmed. All is counted from what was known at one time:
a case that was revised away by then affected nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import InfectionSource
from lianfang.capabilities.warning.rules.grading import day_of

LEVELS: Final[Mapping[str, int]] = {"province": 2, "prefecture": 4, "county": 6, "town": 9}
"""Levels of divisions, each with the digits of its codes that tell it from its neighbours."""
_WHOLE: Final = 6
"""Digits of a code of a county or above."""

Place = Callable[[str], str | None]
"""The division of one level that an area lies in; None where it is not told that closely."""


class Found(NamedTuple):
    """A confirmed case as spread sees it. ``came_from`` is the division that the infection was brought from."""

    case: UUID
    area: str
    confirmed_at: datetime
    source: InfectionSource
    came_from: str | None


class Reached(NamedTuple):
    """A day: the areas reached on it, how many had been by its end, and the cases confirmed on it."""

    day: date
    newly: tuple[str, ...]
    reached: int
    cases: int


class Spread(NamedTuple):
    """``first`` is when each area was reached; ``unplaced`` are cases of which the area is not known closely enough."""

    days: tuple[Reached, ...]
    first: Mapping[str, datetime]
    unplaced: int


class Flow(NamedTuple):
    """So many cases of ``to`` were brought from ``came_from``; None where nobody knows from where."""

    came_from: str | None
    to: str
    cases: int


def place_at(level: str) -> Place:
    """The division of a level that an area lies in, by its code: counties and above are written with six digits. A
    country lies in none."""
    digits = LEVELS[level]

    def of(area: str) -> str | None:
        own = area.partition("-")[0]
        if not own.isdigit() or len(own) < digits or (digits <= _WHOLE and own[digits - 2 : digits] == "00"):
            return None
        return own[:digits].ljust(_WHOLE, "0")

    return of


def spread(cases: Iterable[Found], place: Place, first_day: date, last_day: date) -> Spread:
    """The areas reached on each of some days, both included. Days without a case are told too."""
    first: dict[str, datetime] = {}
    per_day, unplaced = Counter[date](), 0
    for one in cases:
        area = place(one.area)
        per_day[day_of(one.confirmed_at)] += 1
        if area is None:
            unplaced += 1
        elif area not in first or one.confirmed_at < first[area]:
            first[area] = one.confirmed_at
    new: dict[date, list[str]] = {}
    for area, at in first.items():
        new.setdefault(day_of(at), []).append(area)
    reached = sum(len(its) for day, its in new.items() if day < first_day)
    days = []
    for n in range((last_day - first_day).days + 1):
        day = first_day + timedelta(n)
        newly = tuple(sorted(new.get(day, ())))
        reached += len(newly)
        days.append(Reached(day, newly, reached, per_day[day]))
    return Spread(tuple(days), first, unplaced)


def flows(cases: Iterable[Found], to: Place, came_from: Place) -> list[Flow]:
    """Where the imported cases of each area came from, the largest flow first. An infection that was brought from
    within the area itself is none of its imports."""
    found = Counter[tuple[str | None, str]]()
    for one in cases:
        area = to(one.area)
        if one.source is not InfectionSource.IMPORTED or area is None:
            continue
        origin = None if one.came_from is None else came_from(one.came_from) or one.came_from
        if origin != area:
            found[origin, area] += 1
    ordered = sorted(found.items(), key=lambda one: (-one[1], one[0][1], one[0][0] or ""))
    return [Flow(origin, area, n) for (origin, area), n in ordered]


def sources(cases: Collection[Found]) -> Mapping[InfectionSource, int]:
    """The cases by where the infection came from."""
    counted = Counter(one.source for one in cases)
    return {source: counted[source] for source in InfectionSource}
