"""A journey of a relief team, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.mobilisation.facts.relief import ReliefHealthTold, ReliefReturned, ReliefSent
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

RELIEF_KINDS = (ReliefSent, ReliefHealthTold, ReliefReturned)


class Health(NamedTuple):
    """How the members were on a day; ``told`` when that was first recorded."""

    day: date
    well: int
    unwell: int
    people: tuple[UUID, ...]
    told: datetime


@dataclass(frozen=True)
class Relief:
    """``data`` is None where the departure itself is not on record; ``last`` is None while they are away."""

    data: ReliefSent | None = None
    area: str = ""
    author: str = ""
    sent: datetime | None = None
    days: Mapping[date, Health] = field(default_factory=dict)
    last: date | None = None
    back: int = 0
    faults: tuple[Fault, ...] = ()
    disputed: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)


def relief(facts: Sequence[Fact]) -> Relief:
    """The journey whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Relief(disputed=dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, RELIEF_KINDS):
        applied = _apply(found, fact)
        if isinstance(applied, Relief):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Relief, fact: Fact) -> Relief | tuple[str, str]:
    data = fact.data
    if isinstance(data, ReliefSent):
        if before.data is not None:
            return "relief", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, sent=when(fact))
    if before.data is None:
        return "relief", "not_sent"
    match data:
        case ReliefHealthTold():
            return _told(before, before.data, data, when(fact))
        case ReliefReturned():
            if before.last is not None:
                return "relief", "returned"
            if data.last < before.data.first:
                return "last", "last_before_first"
            if data.heads > before.data.heads:
                return "heads", "more_than_left"
            return replace(before, last=data.last, back=data.heads)
    return before


def _told(before: Relief, sent: ReliefSent, data: ReliefHealthTold, at: datetime) -> Relief | tuple[str, str]:
    """What is told last of a day holds; when it was told is when it was told first. After the return nothing is told of
    later days."""
    if data.day < sent.first or (before.last is not None and data.day > before.last):
        return "day", "not_away"
    if data.well + data.unwell > sent.heads or len(data.people) > data.unwell:
        return "unwell", "more_than_left"
    first = before.days.get(data.day)
    its = Health(data.day, data.well, data.unwell, data.people, first.told if first else at)
    return replace(before, days={**before.days, data.day: its})
