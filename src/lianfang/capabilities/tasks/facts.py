"""The kinds of fact about tasks. What there is to do follows from other facts; recorded is only who took it over and
what came of trying. The subject is the task, whose id follows from the rule, its subject and its slot."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID, uuid5

from lianfang.facts.fact import Code, FactData

_NAMES: Final = UUID("0d8f4f52-5bd1-5b0e-8c2e-3a3c1c1f6a55")


@lru_cache(100_000)
def task_id(rule: str, subject: UUID, slot: str = "") -> UUID:
    """The id of a task: the same whoever computes it, whenever. Without a slot, of the whole series of a rule's."""
    return uuid5(_NAMES, f"{rule}|{subject}|{slot}")


class Attempt(StrEnum):
    """What came of an attempt. Somebody who was not found was not missed, and nobody is well who was not seen."""

    SEEN_WELL = "seen_well"
    SEEN_UNWELL = "seen_unwell"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    NOT_ATTEMPTED = "not_attempted"


class Assigned(FactData, kind="task.assigned", version=1):
    """A task was given to somebody; given again, it was handed over."""

    to: Code
    """The account's code."""
    of: UUID
    """The task's own subject: a contact, a case, an order."""
    rule: Code
    slot: Code | None = None
    """One of a series; None where there is no series, or the whole of it is given."""


class Attempted(FactData, kind="task.attempted", version=1):
    """Somebody tried a task that no record of its own closes, or could not."""

    outcome: Attempt
    of: UUID
    rule: Code
    slot: Code | None = None


class Acknowledged(FactData, kind="task.acknowledged", version=1):
    """Somebody has seen a task and takes it on."""

    of: UUID
    rule: Code
    slot: Code | None = None


class Done(FactData, kind="task.done", version=1):
    """A task was done that no other record would close."""

    of: UUID
    rule: Code
    slot: Code | None = None
