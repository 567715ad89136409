"""The one clock of what people do here, so that a test can set it, and so that the demonstration has its own day.

What arrived when is told by the record's own clock, which nobody sets.
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
