"""What a drill is: where, when, how large, by which seed, and who works in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from typing import Any, Final, NamedTuple

from lianfang.capabilities.drills.rules.response import Response

CST: Final = timezone(timedelta(hours=8))
"""Days are calendar days of Chinese standard time."""
DAY_MINUTES: Final = 1440
NEVER: Final = 1 << 40
"""The minute of what does not happen."""


class Account(NamedTuple):
    """Somebody who works in a drill: no person's name, only what he or she does where; ``post``: the id of the
    checkpoint that is his or hers, if one is."""

    code: str
    role: str
    area: str
    title: str
    post: str = ""


@dataclass(frozen=True)
class Drill:
    """A drill. ``communities``: codes of the divisions that the population lives in, in its order; ``origins``: codes
    of those that travellers come from; ``scenario``: the whole scenario, as it is shown."""

    name: str
    area: str
    communities: tuple[str, ...]
    first_day: date
    days: int
    seed: int
    disease: str
    edition: str
    origins: tuple[str, ...]
    scenario: dict[str, Any]
    response: Response

    @cached_property
    def midnight(self) -> datetime:
        """The beginning of the first day."""
        return datetime.combine(self.first_day, datetime.min.time(), CST)

    def at(self, minute: int) -> datetime:
        """The moment so many minutes after the first midnight."""
        return self.midnight + timedelta(minutes=minute)

    def text(self, minute: int) -> str:
        """``at`` as the canonical bytes of a fact have it."""
        return self.at(minute).astimezone(UTC).isoformat().replace("+00:00", "Z")

    def day(self, number: int) -> date:
        return self.first_day + timedelta(days=number)

    @cached_property
    def minutes(self) -> list[str]:
        """The text of every minute of the drill, and of a day more."""
        return [self.text(minute) for minute in range((self.days + 1) * DAY_MINUTES)]
