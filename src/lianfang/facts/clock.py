"""The one clock of the record: the machine's, but for the demonstration and for drills, whose record is of days of its
own, which may pass faster.

Whatever the clock says, no fact is received before the one before it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_ahead = timedelta()
_since, _fast, _pace = datetime.now(UTC), timedelta(), 1.0


def now() -> datetime:
    machines = datetime.now(UTC)
    return machines + _ahead + min(machines - _since, _fast) * (_pace - 1)


def pace() -> float:
    """How many times as fast as the machine's it goes, or went; 0 while it stands."""
    return _pace


def stand_at(
    moment: datetime, *, since: datetime | None = None, pace: float = 1, until: datetime | None = None
) -> None:
    """The clock stood at ``moment`` when the machine's stood at ``since`` (None: now), and goes on from there ``pace``
    times as fast until ``until``, and as the machine's from then on; with ``pace`` 0 it stands there."""
    global _ahead, _since, _fast, _pace
    _since, _pace = since or datetime.now(UTC), pace
    _ahead = moment - _since
    _fast = timedelta.max if pace == 0 else (until - moment) / pace if until else timedelta()
