"""A visit to a fever clinic, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lianfang.capabilities.care.facts.triage import (
    Conclusion,
    Consulted,
    History,
    Seen,
    Triaged,
    VisitEnded,
    VisitOutcome,
    Way,
)
from lianfang.capabilities.care.state.folding import Applied, Subject, fold, when
from lianfang.facts.fact import Fact

Feverish = Callable[[Triaged, datetime], bool]
"""Whether somebody had a fever at a moment, by the policy of that day."""


@dataclass(frozen=True)
class Visit(Subject):
    """A visit. ``data`` is None where only what followed is known; ``fact`` is the one that ``data`` is of."""

    data: Triaged | None = None
    fact: UUID | None = None
    area: str = ""
    author: str = ""
    arrived: datetime | None = None
    fever: bool = False
    seen: datetime | None = None
    seen_by: str = ""
    consulted: datetime | None = None
    consulted_by: str = ""
    conclusion: Conclusion | None = None
    ended: datetime | None = None
    outcome: VisitOutcome | None = None
    case: UUID | None = None


def visit(facts: Sequence[Fact], feverish: Feverish) -> Visit:
    """The visit whose facts these are, in whatever order they are given."""

    def apply(before: Visit, fact: Fact) -> Visit | Applied:
        return _apply(before, fact, feverish)

    return fold(Visit(), facts, (Triaged, Seen, Consulted, VisitEnded), apply)


def _apply(before: Visit, fact: Fact, feverish: Feverish) -> Visit | Applied:
    data, at = fact.data, when(fact)
    if isinstance(data, Triaged):
        if before.data is not None:
            return "visit", "again"
        return replace(
            before, data=data, fact=fact.id, area=fact.area, author=fact.author, arrived=at, fever=feverish(data, at)
        )
    if before.data is None:
        return "visit", "no_visit"
    if before.data.way is not Way.FEVER_CLINIC:
        return "visit", "other_way"
    if before.ended is not None:
        return "visit", "over"
    if isinstance(data, Seen):
        return ("visit", "again") if before.seen else replace(before, seen=at, seen_by=fact.author)
    if isinstance(data, Consulted):  # asked again, the later answer counts
        return replace(before, consulted=at, consulted_by=fact.author, conclusion=data.conclusion)
    if isinstance(data, VisitEnded):
        if reason := _kept_for(before, data):
            return "outcome", reason
        return replace(before, ended=at, outcome=data.outcome, case=data.case)
    return before


def _kept_for(before: Visit, data: VisitEnded) -> str | None:
    """Why the visit does not end so: whom nobody has cleared is not let go, and whom one suspects is reported."""
    if data.outcome is VisitOutcome.SUSPECTED and data.case is None:
        return "needs_case"
    if data.outcome is not VisitOutcome.DISCHARGED or before.data is None:
        return None
    if before.consulted is not None:
        return None if before.conclusion is Conclusion.NO_SUSPICION else "not_cleared"
    if not before.fever or before.data.history is History.NONE:
        return None
    return "no_consult" if before.data.history is History.PRESENT else "history_unknown"
