"""Whether the residents of a station were looked after around the clock."""

from __future__ import annotations

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
    for person, entered, left in present:
        end = min(left or now, now)
        seen = entered
        for one in made:
            if seen <= one.at <= end and person not in one.unseen:
                if one.at - seen > every:
                    yield Gap(person, seen, one.at)
                seen = one.at
        if end - seen > every:
            yield Gap(person, seen, left if left is not None and left <= now else None)
