"""What the public told back, folded from what was received and answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.capabilities.bulletins.facts.feedback import FeedbackAnswered, FeedbackReceived
from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

KINDS: Final = (FeedbackReceived, FeedbackAnswered)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_received": ("没有这件反馈，请核对", "there is no such feedback: look again"),
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
}


@dataclass(slots=True)
class Ticket:
    """One feedback and its answer."""

    area: str = ""
    received: FeedbackReceived | None = None
    at: datetime | None = None
    answered: FeedbackAnswered | None = None
    fact: UUID | None = None
    """That answered it."""
    author: str = ""
    answered_at: datetime | None = None
    found: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)


def ticket(facts: Sequence[Fact]) -> Ticket:
    """The feedback whose facts these are, in any order."""
    its = Ticket()
    for fact in in_turn(standing(facts).facts, KINDS):
        data = fact.data
        if isinstance(data, FeedbackReceived) and its.received is None:
            its.area, its.received, its.at = fact.area, data, when(fact)
        elif isinstance(data, FeedbackAnswered) and its.received is not None and its.answered is None:
            its.answered, its.fact, its.author, its.answered_at = data, fact.id, fact.author, when(fact)
        else:
            its.found.append(Fault(fact.id, "ticket", "again" if its.received else "not_received"))
    return its
