"""Whether the residents of a station were looked after around the clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID


class Presence(NamedTuple):
    """Somebody was there from ``entered`` until ``left``, or still is."""

    person: UUID
    entered: datetime
    left: datetime | None


class Round(NamedTuple):
    """A round at which all residents were seen but the ``unseen``."""

    at: datetime
    unseen: Collection[UUID] = ()


class Gap(NamedTuple):
    """So long nobody saw a resident; ``until`` is None where it goes on."""

    person: UUID
    since: datetime
    until: datetime | None


def gaps(present: Sequence[Presence], rounds: Sequence[Round], every: timedelta, now: datetime) -> Iterator[Gap]:
    """The times in which a resident was not seen for longer than ``every``, by person and time.

    Somebody is seen on entering, at each round that does not name him or her as unseen, and on leaving.
    """
    made = sorted(rounds, key=lambda one: one.at)
    times = [one.at for one in made]
    wide = _wide(times, every)
    ever_unseen = {person for one in made for person in one.unseen}
    for person, entered, left in present:
        end = min(left or now, now)
        its, its_wide = times, wide
        if person in ever_unseen:
            its = [one.at for one in made if person not in one.unseen]
            its_wide = _wide(its, every)
        first, last = bisect_left(its, entered), bisect_right(its, end)
        seen = entered
        if first < last:  # there were rounds meanwhile
            if its[first] - entered > every:
                yield Gap(person, entered, its[first])
            for n in its_wide[bisect_right(its_wide, first) : bisect_left(its_wide, last)]:
                yield Gap(person, its[n - 1], its[n])
            seen = its[last - 1]
        if end - seen > every:
            yield Gap(person, seen, left if left is not None and left <= now else None)


def _wide(times: Sequence[datetime], every: timedelta) -> list[int]:
    """Which of the ascending times are later than the one before by more than ``every``."""
    return [n for n in range(1, len(times)) if times[n] - times[n - 1] > every]
