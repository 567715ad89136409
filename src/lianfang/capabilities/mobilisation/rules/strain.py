"""How long somebody has been on duty: days in a row and hours of seven days; and how much there is to do for each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple

from lianfang.capabilities.mobilisation.rules.hours import DAY, Span
from lianfang.capabilities.mobilisation.rules.policy import Policy


class Strain(NamedTuple):
    """``days``: duty days in a row up to now, or to what is planned next; ``hours``: of the last seven days."""

    days: int
    hours: float
    too_many_days: bool
    too_many_hours: bool

    @property
    def warned(self) -> bool:
        return self.too_many_days or self.too_many_hours


def strain(duties: Iterable[tuple[date, Span]], today: date, now: datetime, its: Policy) -> Strain:
    """The strain of one person; a duty counts on the day on which it begins. Source: care and rest for those on duty,
    as reported on 14 February 2020; the figures are the policy's."""
    duties = list(duties)
    days = {day for day, _ in duties}
    last = today if today in days else today - DAY
    row = 0
    while last - row * DAY in days:
        row += 1
    first = now - timedelta(days=7)
    seconds = sum(max(timedelta(), min(span.ends, now) - max(span.starts, first)).total_seconds() for _, span in duties)
    hours = round(seconds / 3600, 1)
    return Strain(row, hours, row > its.days_in_row, hours > its.week_h)


class Workload(NamedTuple):
    """``ratio``: households for each worker, None where there is nobody; ``missing``: workers by which it would come
    down to the policy's figure."""

    households: int
    workers: int
    seconded: int
    ratio: float | None
    missing: int
    red: bool


def workload(households: int, workers: int, seconded: int, its: Policy) -> Workload:
    """How much each worker has to do. Source: 3,000 households to 5 workers, as reported on 14 February 2020."""
    hands = workers + seconded
    ratio = households / hands if hands else None
    missing = max(0, ceil(households / its.households_per_worker) - hands)
    red = households > 0 and (ratio is None or ratio > its.households_per_worker)
    return Workload(households, workers, seconded, ratio, missing, red)


def by_unit(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """How many each unit lends, those that lend most first."""
    found: dict[str, int] = {}
    for unit, heads in rows:
        found[unit] = found.get(unit, 0) + heads
    return sorted(found.items(), key=lambda one: (-one[1], one[0]))
