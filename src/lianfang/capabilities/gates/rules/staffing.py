"""Who is on duty when: minutes that nobody covers, and duty that goes on for too long. Times are half-open spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from lianfang.capabilities.checkpoints.state import CST


class Span(NamedTuple):
    begins: datetime
    ends: datetime


class Shift(NamedTuple):
    """Who is on duty from when until when; nobody, where the shift is still to be filled."""

    begins: datetime
    ends: datetime
    staff: tuple[str, ...]


class Duty(NamedTuple):
    """Somebody is on duty without a rest from when until when."""

    who: str
    begins: datetime
    ends: datetime


def told_twice(one: Span, other: Span) -> bool:
    """Whether two times that were counted are the same: the greater part of the shorter lies in the other. Where shifts
    change they may share some minutes."""
    shared = min(one.ends, other.ends) - max(one.begins, other.begins)
    return 2 * shared > min(one.ends - one.begins, other.ends - other.begins)


def hours(opens_min: int, closes_min: int, day: date) -> list[Span]:
    """When a post is to be staffed on a civil day: minutes after midnight, past midnight where it closes before it
    opens."""
    midnight = datetime.combine(day, time(), CST)
    opens, closes, end = (midnight + timedelta(minutes=one) for one in (opens_min, closes_min, 1440))
    if opens_min < closes_min:
        return [Span(opens, closes)]
    return [one for one in (Span(midnight, closes), Span(opens, end)) if one.begins < one.ends]


def gaps(wanted: Iterable[Span], shifts: Iterable[Shift]) -> list[Span]:
    """The parts of ``wanted`` in which no staffed shift is, in order."""
    staffed = sorted(Span(one.begins, one.ends) for one in shifts if one.staff and one.begins < one.ends)
    found = []
    for begins, ends in sorted(wanted):
        at = begins
        for shift in staffed:
            if shift.ends <= at:
                continue
            if shift.begins >= ends:
                break
            if shift.begins > at:
                found.append(Span(at, shift.begins))
            at = max(at, shift.ends)
        if at < ends:
            found.append(Span(at, ends))
    return found


def too_long(shifts: Sequence[Shift], longest: timedelta, pause: timedelta) -> list[Duty]:
    """Who is on duty for longer than ``longest`` without a pause of at least ``pause``, by person and time; at whatever
    posts."""
    by_person: dict[str, list[Span]] = defaultdict(list)
    for shift in shifts:
        for who in shift.staff:
            by_person[who].append(Span(shift.begins, shift.ends))
    return [
        Duty(who, *duty)
        for who in sorted(by_person)
        for duty in _joined(sorted(by_person[who]), pause)
        if duty.ends - duty.begins > longest
    ]


def _joined(spans: Sequence[Span], pause: timedelta) -> list[Span]:
    """Spans with those joined between which there is no rest."""
    found: list[Span] = []
    for one in spans:
        if found and one.begins - found[-1].ends < pause:
            found[-1] = Span(found[-1].begins, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return found


def on_duty(shifts: Iterable[Shift], now: datetime) -> int:
    """How many are on duty at a moment."""
    return len({who for one in shifts if one.begins <= now < one.ends for who in one.staff})


def wanted_at(opens_min: int, closes_min: int, now: datetime) -> bool:
    """Whether a post is to be staffed at a moment."""
    return any(one.begins <= now < one.ends for one in hours(opens_min, closes_min, now.astimezone(CST).date()))
