"""A shift with who is on it, folded from the facts about it. What came too late for a place is kept and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.mobilisation.facts.shifts import (
    ShiftCancelled,
    ShiftGivenUp,
    ShiftPlanned,
    ShiftStaffed,
    ShiftTaken,
    ShiftWorked,
)
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

SHIFT_KINDS = (ShiftPlanned, ShiftStaffed, ShiftTaken, ShiftGivenUp, ShiftWorked, ShiftCancelled)


class Duty(NamedTuple):
    """Somebody on a shift. ``starts`` and ``ends`` are as worked where that is on record, else as planned."""

    person: UUID
    fact: UUID
    """The fact that gave the place."""
    at: datetime
    starts: datetime
    ends: datetime
    worked: bool


@dataclass(frozen=True)
class Shift:
    """``data`` is None where the shift itself is not on record."""

    data: ShiftPlanned | None
    area: str
    author: str
    planned: datetime | None
    duties: tuple[Duty, ...]
    cancelled: datetime | None
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]

    @property
    def free(self) -> int:
        """How many places nobody has."""
        return 0 if self.data is None or self.cancelled else self.data.places - len(self.duties)


def shift(facts: Sequence[Fact]) -> Shift:
    """The shift whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Shift(None, "", "", None, (), None, (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, SHIFT_KINDS):
        applied = _apply(found, fact)
        if isinstance(applied, Shift):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Shift, fact: Fact) -> Shift | tuple[str, str]:
    data = fact.data
    if isinstance(data, ShiftPlanned):
        if before.data is not None:
            return "shift", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, planned=when(fact))
    if before.data is None:
        return "shift", "not_planned"
    if before.cancelled is not None:
        return "shift", "cancelled"
    match data:
        case ShiftStaffed():
            return _placed(before, fact, tuple(dict.fromkeys(data.people)))
        case ShiftTaken():
            return _placed(before, fact, (data.person,))
        case ShiftGivenUp():
            left = tuple(one for one in before.duties if one.person != data.person)
            return ("person", "not_on") if len(left) == len(before.duties) else replace(before, duties=left)
        case ShiftWorked():
            return _worked(before, data)
        case ShiftCancelled():
            return replace(before, cancelled=when(fact), duties=())
    return before


def _placed(before: Shift, fact: Fact, people: Sequence[UUID]) -> Shift | tuple[str, str]:
    """All of them or none: who confirmed the plan saw places for all."""
    assert before.data is not None
    on = {one.person for one in before.duties}
    if on & set(people):
        return "person", "again"
    if len(people) > before.free:
        return "shift", "full"
    new = (Duty(one, fact.id, when(fact), before.data.starts, before.data.ends, False) for one in people)
    return replace(before, duties=(*before.duties, *new))


def _worked(before: Shift, data: ShiftWorked) -> Shift | tuple[str, str]:
    if all(one.person != data.person for one in before.duties):
        return "person", "not_on"
    return replace(
        before,
        duties=tuple(
            one._replace(starts=data.starts, ends=data.ends, worked=True) if one.person == data.person else one
            for one in before.duties
        ),
    )
