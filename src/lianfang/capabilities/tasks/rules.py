"""What is to be done by when follows from facts, the disease's profile and the time; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple, Protocol
from uuid import UUID, uuid5

from lianfang.capabilities.tasks.facts import Attempt

_NAMES: Final = UUID("0d8f4f52-5bd1-5b0e-8c2e-3a3c1c1f6a55")


class Obligation(NamedTuple):
    """A thing to do by a time. ``rule`` is a code of ``policy/tasks.toml``; ``subject`` what it is about (a case, a
    contact, an order); ``slot`` tells several of one rule apart (``2020-01-21.am``).

    It can be done from ``begins`` and is late after ``due``. ``done_at`` is when a fact closed it; an attempt that
    found nobody leaves ``done_at`` empty and says so in ``outcome``. The list is made anew whenever it is asked for: a
    late or corrected fact changes it at once.
    """

    rule: str
    subject: UUID
    area: str
    begins: datetime
    due: datetime
    slot: str = ""
    person: UUID | None = None
    done_at: datetime | None = None
    outcome: Attempt | None = None

    @property
    def task(self) -> UUID:
        return task_id(self.rule, self.subject, self.slot)


class Provider(Protocol):
    """How a capability tells of its obligations; an app names it in its ``AppConfig``:
    ``obligations = "lianfang.capabilities.x.queries.obligations"``."""

    def __call__(self, viewer: object, since: datetime, until: datetime) -> Iterable[Obligation]:
        """Those of the viewer's area that can be done before ``until`` and were either not done, or done after
        ``since``; none where the viewer may not see them."""


@lru_cache(100_000)
def task_id(rule: str, subject: UUID, slot: str = "") -> UUID:
    """The id of a task: the same whoever computes it, whenever."""
    return uuid5(_NAMES, f"{rule}|{subject}|{slot}")
