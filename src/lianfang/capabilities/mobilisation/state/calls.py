"""A call for hands, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.mobilisation.facts.calls import (
    CallAnswered,
    CallClosed,
    CallDeclined,
    CallManned,
    CallPlaced,
)
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

CALL_KINDS = (CallPlaced, CallAnswered, CallDeclined, CallManned, CallClosed)


def called_id(call: UUID, department: str) -> UUID:
    """One department's part of a call: the subject of its task to answer."""
    return uuid5(call, department)


class Answer(NamedTuple):
    """What a department said last. ``heads`` is 0 where it declined; ``late``: after it was to answer."""

    department: str
    fact: UUID
    at: datetime
    heads: int
    arrives: datetime | None
    reason: str
    late: bool


@dataclass(frozen=True)
class Call:
    """What was called for, who answered, who goes, what came of it. ``data`` is None where only answers are known."""

    data: CallPlaced | None
    area: str
    author: str
    placed: datetime | None
    answers: tuple[Answer, ...]
    people: tuple[UUID, ...]
    """The volunteers whom somebody sent."""
    closed: datetime | None
    outcome: str
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]

    @property
    def coming(self) -> int:
        """How many were promised or sent."""
        return sum(one.heads for one in self.answers) + len(self.people)

    @property
    def silent(self) -> tuple[str, ...]:
        """The departments that have not answered."""
        said = {one.department for one in self.answers}
        return tuple(one for one in (self.data.departments if self.data else ()) if one not in said)


def call(facts: Sequence[Fact]) -> Call:
    """The call whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Call(None, "", "", None, (), (), None, "", (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, CALL_KINDS):
        applied = _apply(found, fact)
        if isinstance(applied, Call):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Call, fact: Fact) -> Call | tuple[str, str]:
    data = fact.data
    if isinstance(data, CallPlaced):
        if before.data is not None:
            return "call", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, placed=when(fact))
    if before.data is None:
        return "call", "not_placed"
    if before.closed is not None:
        return "call", "closed"
    match data:
        case CallAnswered() | CallDeclined():
            return _answered(before, before.data, fact, data)
        case CallManned():
            new = tuple(one for one in dict.fromkeys(data.people) if one not in before.people)
            return replace(before, people=(*before.people, *new))
        case CallClosed():
            if fact.author != before.author:
                return "call", "not_caller"
            return replace(before, closed=when(fact), outcome=data.outcome)
    return before


def _answered(
    before: Call, placed: CallPlaced, fact: Fact, data: CallAnswered | CallDeclined
) -> Call | tuple[str, str]:  # fmt: skip
    """A department may say otherwise until the call is closed: what it says last holds. Its first answer tells whether
    it was late."""
    if data.department not in placed.departments:
        return "department", "not_called"
    first = next((one for one in before.answers if one.department == data.department), None)
    late = first.late if first else when(fact) > placed.answer_by
    heads, arrives, reason = (
        (data.heads, data.arrives, "") if isinstance(data, CallAnswered) else (0, None, data.reason)
    )
    answer = Answer(data.department, fact.id, when(fact), heads, arrives, reason, late)
    others = tuple(one for one in before.answers if one.department != data.department)
    return replace(before, answers=(*others, answer))
