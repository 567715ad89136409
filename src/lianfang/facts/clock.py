"""The one clock of the record: the machine's, but for the demonstration, whose record is of its own day.

Whatever the clock says, no fact is received before the one before it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_ahead = timedelta()


def now() -> datetime:
    return datetime.now(UTC) + _ahead


def stand_at(moment: datetime) -> None:
    """From here on the clock goes on from ``moment``."""
    global _ahead
    _ahead = moment - datetime.now(UTC)
