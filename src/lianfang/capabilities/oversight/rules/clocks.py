"""What is late: times in, a yes or no out. The limits are the policy's."""

from __future__ import annotations

from datetime import datetime, timedelta


def late(due_from: datetime, received: datetime | None, now: datetime, hours: float) -> bool:
    """Whether what was to be told since ``due_from`` came more than so many hours after, or has not come by then."""
    return (received or now) - due_from > timedelta(hours=hours)


def overdue(due: datetime, done: datetime | None, now: datetime, hours: float) -> bool:
    """Whether a task was not done within so many hours after it fell due."""
    return done is None and now - due >= timedelta(hours=hours)
