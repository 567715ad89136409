"""A day's report of a unit: what its records come to, and which of four states it is in (SCR-07 to SCR-11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.checkpoints.rules import is_key
from lianfang.capabilities.screening.facts import Disposals, Disposition
from lianfang.capabilities.screening.rules import policy
from lianfang.capabilities.screening.rules.counts import Persons, PersonTimes
from lianfang.capabilities.screening.state.parts import CST


class Reporting(StrEnum):
    """Where a unit's report of a day stands. Not reported is not zero."""

    REPORTED = "reported"
    ZERO = "zero"
    LATE = "late"
    NOT_REPORTED = "not_reported"
    AWAITED = "awaited"  # the cut-off is still ahead


class Category(StrEnum):
    """Where somebody who was checked came from; each is one of these, and the listed area comes first."""

    LISTED = "from_listed"
    ELSEWHERE = "from_elsewhere"
    LOCAL = "local"


class Coming(NamedTuple):
    """Somebody came from an area at a time; ``outside`` whether that area lies outside the unit's province."""

    came_from: str
    arrived: datetime
    outside: bool


class Figures(NamedTuple):
    """What a unit's records of a day come to. Person-times by category; persons with symptoms by what was arranged."""

    households: int
    person_times: Mapping[Category, PersonTimes]
    unwell: Persons
    disposals: Disposals

    @property
    def zero(self) -> bool:
        return not (self.households or self.unwell.n or any(n.n for n in self.person_times.values()))

    @property
    def checks(self) -> PersonTimes:
        """Of those who came from outside."""
        return self.person_times[Category.LISTED] + self.person_times[Category.ELSEWHERE]


def reporting(day: date, first_at: datetime | None, *, zero: bool, now: datetime) -> Reporting:
    """Which state a unit's report of a day is in at a moment."""
    due = policy.in_force(day).due(day)
    if first_at is None or first_at > now:
        return Reporting.AWAITED if now <= due else Reporting.NOT_REPORTED
    if first_at > due:
        return Reporting.LATE
    return Reporting.ZERO if zero else Reporting.REPORTED


def category(day: date, comings: Iterable[Coming]) -> Category:
    """Of the arrivals of somebody within the policy's days before ``day``: a listed area comes before another one."""
    watch = policy.in_force(day).watch_days
    told = [one for one in comings if 0 <= (day - one.arrived.astimezone(CST).date()).days <= watch]
    if any(is_key(one.came_from, one.arrived) for one in told):
        return Category.LISTED
    return Category.ELSEWHERE if any(one.outside for one in told) else Category.LOCAL


def noon(day: date) -> datetime:
    """Where a day stands for a moment that is not known."""
    return datetime.combine(day, time(12), CST)


def figures(
    households: int, checks: Mapping[UUID, int], comings: Mapping[UUID, Iterable[Coming]], day: date,
    unwell: Mapping[UUID, Disposition | None],
) -> Figures:  # fmt: skip
    """``checks`` counts the times that each person was seen on the day; ``unwell`` has what was arranged for whom."""
    times: Counter[Category] = Counter()
    for person, n in checks.items():
        times[category(day, comings.get(person, ()))] += n
    arranged = Counter(one.value if one else "none" for one in unwell.values())
    return Figures(
        households, {one: PersonTimes(times[one]) for one in Category}, Persons(len(unwell)), Disposals(**arranged)
    )
