"""Hours of the clock as moments: a window from 22:00 to 06:00 ends on the day after, and where the clock is changed
in it the shift is an hour longer or shorter than it reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lianfang.capabilities.mobilisation.facts.people import AvailabilityStated

DAY = timedelta(days=1)


class Span(NamedTuple):
    """A half-open time."""

    starts: datetime
    ends: datetime

    @property
    def hours(self) -> float:
        return (self.ends - self.starts).total_seconds() / 3600


class NoSuchTime(ValueError):
    """The clock skips this time on this day: it is set forward."""


def zone_of(name: str) -> tzinfo | None:
    """The zone of a name; None where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def occurrence(day: date, since: str, until: str, zone: tzinfo) -> Span:
    """From ``since`` (four digits) on a day to ``until``, on the day after where that is not later. Raises NoSuchTime.

    A time that the clock has twice is the first of the two.
    """
    begins, ends = _time(since), _time(until)
    return Span(_moment(day, begins, zone), _moment(day if ends > begins else day + DAY, ends, zone))


def _time(clock: str) -> time:
    return time(int(clock[:2]), int(clock[2:]))


def _moment(day: date, at: time, zone: tzinfo, *, skipped: bool = False) -> datetime:
    moment = datetime.combine(day, at, zone).astimezone(UTC)
    if not skipped and moment.astimezone(zone).time() != at:
        raise NoSuchTime
    return moment


def free(of: AvailabilityStated | None, first: date, last: date, zone: tzinfo) -> list[Span]:
    """When somebody can be called on some days, from the evening before on; always, where nothing was said of it."""
    if of is None:
        return [Span(*(_moment(day, time(), zone, skipped=True) for day in (first - DAY, last + 2 * DAY)))]
    found = []
    day = first - DAY
    while day <= last:
        if of.first <= day and (of.last is None or day <= of.last):
            for window in of.windows:
                if day.isoweekday() in window.days:
                    begins, ends = _time(window.since), _time(window.until)
                    after = day if ends > begins else day + DAY
                    found.append(
                        Span(_moment(day, begins, zone, skipped=True), _moment(after, ends, zone, skipped=True))
                    )  # fmt: skip
        day += DAY
    return merged(found)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time without overlaps, in order."""
    found: list[Span] = []
    for one in sorted(spans):
        if found and one.starts <= found[-1].ends:
            found[-1] = Span(found[-1].starts, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return found


def within(span: Span, spans: Sequence[Span]) -> bool:
    """Whether one of some times holds all of it."""
    return any(one.starts <= span.starts and span.ends <= one.ends for one in spans)


def too_near(one: Span, other: Span, rest: timedelta) -> bool:
    """Whether two duties of one person overlap, or leave less rest between them."""
    return one.starts < other.ends + rest and other.starts < one.ends + rest
