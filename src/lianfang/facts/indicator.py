"""What a figure is: how an indicator is declared beside the rules that count it, what is asked of it, and what it is
made of. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID


class Group(StrEnum):
    """What an indicator tells of."""

    CASES = "cases"
    CONTACTS = "contacts"
    ISOLATION = "isolation"
    SCREENING = "screening"
    CHECKPOINTS = "checkpoints"
    TASKS = "tasks"
    WARNING = "warning"
    CARE = "care"
    SUPPLIES = "supplies"


class Kind(StrEnum):
    """A stock holds at the end of a day, a flow happened within it, a share is of another indicator."""

    STOCK = "stock"
    FLOW = "flow"
    SHARE = "share"


class Better(StrEnum):
    """Which way is good news."""

    LOWER = "lower"
    HIGHER = "higher"
    NONE = "none"


class Indicator(NamedTuple):
    """A figure that Lianfang counts. ``fact_kinds`` are the facts that it is made of, ``room`` the room of the desk
    that lists them. ``per_population``: it may be told per head; ``series``: it is known of past days. ``of`` is the
    whole that a share is a part of."""

    key: str
    group: Group
    zh: str
    en: str
    unit: str
    kind: Kind
    better: Better
    definition_zh: str
    definition_en: str
    formula: str
    source: str
    source_zh: str
    fact_kinds: tuple[str, ...]
    room: str
    per_population: bool = False
    series: bool = True
    of: str = ""


class Identity(NamedTuple):
    """A sum that must close on every day: ``left`` is the sum of ``plus`` without ``minus``; with ``opening``, added to
    what ``left`` was the day before."""

    code: str
    zh: str
    en: str
    left: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()
    opening: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.left, *self.plus, *self.minus)


class Asked(NamedTuple):
    """Figures of an area on the days from ``first`` to ``last``, both included, from the record up to ``seq``; None:
    all of it. ``parts`` are the half-open ranges of the divisions right below; codes that are alike for ``digits``
    characters lie in the same one. ``now`` is the moment that an open day has come to. ``since`` and ``until`` stand in
    for the midnights where a count begins or ends within a day."""

    area: str
    disease: str
    within: tuple[str, str]
    parts: Mapping[str, tuple[str, str]]
    digits: int
    first: date
    last: date
    seq: int | None
    now: datetime
    zone: tzinfo
    since: datetime | None = None
    until: datetime | None = None

    @property
    def begins(self) -> datetime:
        return self.since or midnight(self.first, self.zone)

    @property
    def ends(self) -> datetime:
        """When the last day is over, or the count ends before."""
        return self.until or midnight(self.last + timedelta(days=1), self.zone)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def today(self) -> bool:
        """Whether the last day is that of now."""
        return self.last == self.now.astimezone(self.zone).date()


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins."""
    return datetime.combine(day, time(), zone)


Series = Mapping[str, Sequence[int | None]]
"""A number for each day that was asked for, by division right below; under the area's own code what lies in none."""


class Item(NamedTuple):
    """What one subject, or, where ``subject`` is None, all of an area, counts in a figure. ``id`` is that of the card
    that tells of it."""

    subject: UUID | None
    area: str
    counts: int
    id: UUID | None = None
    number: str | None = None


class Behind(NamedTuple):
    """A page of what a figure is made of; ``found`` items in all, ``next`` the place to go on from. ``masked``: the
    viewer may count and not see."""

    items: tuple[Item, ...]
    found: int
    next: str | None
    masked: bool


class Step(NamedTuple):
    """An indicator of an area changes by ``n`` at a moment."""

    area: str
    at: datetime
    key: str
    n: int
