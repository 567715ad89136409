"""The kinds of fact about tasks. What there is to do follows from other facts; recorded is only who took it over and
what came of trying. The subject is the task, whose id follows from the rule, its subject and its slot."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from lianfang.facts.fact import Code, FactData


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


class Attempted(FactData, kind="task.attempted", version=1):
    """Somebody tried a task that no record of its own closes, or could not."""

    outcome: Attempt
    of: UUID
    rule: Code


class Acknowledged(FactData, kind="task.acknowledged", version=1):
    """Somebody has seen a task and takes it on."""

    of: UUID
    rule: Code


class Done(FactData, kind="task.done", version=1):
    """A task was done that no other record would close."""

    of: UUID
    rule: Code
