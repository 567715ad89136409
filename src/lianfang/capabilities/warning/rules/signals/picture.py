"""What rules look at: cases, chains, reports, samples and alarms as they were known at one time; no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.warning.rules.alarms import Excess

CST: Final = timezone(timedelta(hours=8))
COUNTY: Final = 6
"""Digits of a county's code, which the codes of what lies in it begin with."""


class Case(NamedTuple):
    """A case as registers have it. ``area`` is the responsible division's code; ``generation`` None where chains do not
    tell; ``infector`` whether anybody is known who may have infected it; ``listed`` whether it came with a list."""

    subject: UUID
    area: str
    disease: str
    edition: str
    as_class: Class
    source: InfectionSource
    source_at: datetime | None
    came_from: str | None
    onset: date | None
    reported_at: datetime
    received_at: datetime
    confirmed_at: datetime | None
    stay: str | None
    listed: bool
    generation: int | None = None
    infector: bool = False
    classified_at: datetime | None = None

    @property
    def county(self) -> str:
        return self.area[:COUNTY]

    def day(self, zone: tzinfo) -> date:
        """The day that it counts on: of its onset, or of its report where nobody knows when it fell ill."""
        return self.onset or self.reported_at.astimezone(zone).date()


class Group(NamedTuple):
    """Cases that belong together, by links or because somebody named them; ``ties`` are pairs, each since when it is
    known."""

    cases: tuple[UUID, ...]
    ties: tuple[tuple[UUID, UUID, datetime], ...]
    setting: str | None = None


class Sum(NamedTuple):
    """So many cases of a county were decided to be cases on a day."""

    county: str
    disease: str
    day: date
    n: int


class Event(NamedTuple):
    """The report of a county's first confirmed case as an event, that was due at ``due`` and is not there."""

    case: UUID
    area: str
    disease: str
    due: datetime
    allowed_h: float


class Missed(NamedTuple):
    """A contact whom no household's record and no check has met, or somebody on a manifest (of no disease) whom no
    household has a record of; ``since`` when that counts as missed."""

    subject: UUID
    area: str
    disease: str | None
    since: datetime


class Positive(NamedTuple):
    """A positive sample of a market's surroundings."""

    sample: UUID
    market: UUID
    area: str
    disease: str
    sampled_at: datetime
    result_at: datetime


class Alarm(NamedTuple):
    """A detector's alarm: what was counted on a day lies above its bound."""

    area: str
    disease: str
    detector: str
    day: date
    observed: int
    expected: float | None
    upper: float | None


class Watched(NamedTuple):
    """An alarm of counts besides the cases of a division: of people with symptoms (``source`` clinic, checkpoint; of no
    disease), or of confirmations of neighbouring counties (scan)."""

    source: str
    disease: str | None
    alarm: Excess


@dataclass(frozen=True)
class Picture:
    """All of it, at ``as_of``. ``firsts`` are the cases by which first ones are told, of all that is on record;
    ``cases`` those of the days that are looked back on; ``decided`` the sums of the days that growth is told of, of
    whole provinces. ``above`` has the divisions above each county, nearest first, each with its level."""

    as_of: datetime
    cases: tuple[Case, ...] = ()
    firsts: tuple[Case, ...] = ()
    groups: tuple[Group, ...] = ()
    events: tuple[Event, ...] = ()
    missed: tuple[Missed, ...] = ()
    positives: tuple[Positive, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    watched: tuple[Watched, ...] = ()
    decided: tuple[Sum, ...] = ()
    above: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    zone: tzinfo = CST

    @property
    def today(self) -> date:
        return self.as_of.astimezone(self.zone).date()

    def around(self, county: str) -> tuple[tuple[str, str], ...]:
        """A county and the divisions above it, each with its level."""
        return ((county, "county"), *self.above.get(county, ()))
