"""A need of somebody under observation, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lianfang.capabilities.isolation.facts import NeedAcknowledged, NeedAsked, NeedMet
from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


@dataclass(frozen=True)
class Need:
    """What was asked for, and what came of it. ``data`` is None where only answers are known."""

    data: NeedAsked | None
    area: str
    author: str
    asked: datetime | None
    acknowledged: datetime | None
    acknowledged_by: str
    met: datetime | None
    outcome: str | None
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]


def need(facts: Sequence[Fact]) -> Need:
    """The need whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Need(None, "", "", None, None, "", None, None, (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, (NeedAsked, NeedAcknowledged, NeedMet)):
        applied = _apply(found, fact)
        if isinstance(applied, Need):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Need, fact: Fact) -> Need | tuple[str, str]:
    data = fact.data
    if isinstance(data, NeedAsked):
        if before.data is not None:
            return "need", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, asked=when(fact))
    if before.data is None:
        return "need", "not_asked"
    if before.met is not None:
        return "need", "met"
    if isinstance(data, NeedAcknowledged):
        if before.acknowledged is not None:
            return "need", "again"
        return replace(before, acknowledged=when(fact), acknowledged_by=fact.author)
    if isinstance(data, NeedMet):
        return replace(before, met=when(fact), outcome=data.outcome)
    return before
