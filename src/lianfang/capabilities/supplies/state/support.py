"""A ticket of support, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.capabilities.supplies.facts.support import SupportAsked, SupportClosed, SupportOutcome, SupportTaken
from lianfang.capabilities.supplies.state.stock import when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


@dataclass
class Ticket:
    """``asked`` is None where only answers are known. ``faults`` counts what came after it was closed, or twice."""

    asked: SupportAsked | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    taken: datetime | None = None
    taken_by: str = ""
    closed: datetime | None = None
    outcome: SupportOutcome | None = None
    faults: int = 0


_TURN = {SupportAsked.kind: 0, SupportTaken.kind: 1, SupportClosed.kind: 2}


def ticket(facts: Sequence[Fact]) -> Ticket:
    """The ticket whose facts these are, in whatever order they are given."""
    found = Ticket()
    for fact in sorted(standing(facts).facts, key=lambda one: (when(one), _TURN.get(one.kind, 0), one.id)):
        match fact.data:
            case SupportAsked() if found.asked is None:
                found.asked, found.area, found.author, found.at = fact.data, fact.area, fact.author, when(fact)
            case SupportTaken() if found.taken is None and found.closed is None:
                found.taken, found.taken_by = when(fact), fact.author
            case SupportClosed(outcome=outcome) if found.closed is None:
                found.closed, found.outcome = when(fact), outcome
            case _:
                found.faults += 1
    return found
