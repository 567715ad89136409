"""Seconded staff and what those on duty ask for, each folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.mobilisation.facts.staff import (
    SecondmentBegan,
    SecondmentEnded,
    StaffCareAsked,
    StaffCareMet,
)
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


@dataclass(frozen=True)
class Secondment:
    """People whom a unit lends; ``last`` is their last day, None while nobody knows."""

    data: SecondmentBegan | None
    area: str
    author: str
    last: date | None
    ended: bool
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]


def secondment(facts: Sequence[Fact]) -> Secondment:
    """The secondment whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Secondment(None, "", "", None, False, (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, (SecondmentBegan, SecondmentEnded)):
        match fact.data:
            case SecondmentBegan() as data if found.data is None:
                found = replace(found, data=data, area=fact.area, author=fact.author, last=data.last)
                if data.last is not None and data.last < data.first:
                    faults.append(Fault(fact.id, "last", "last_before_first"))
            case SecondmentBegan():
                faults.append(Fault(fact.id, "secondment", "again"))
            case _ if found.data is None:
                faults.append(Fault(fact.id, "secondment", "not_begun"))
            case _ if found.ended:
                faults.append(Fault(fact.id, "secondment", "ended"))
            case SecondmentEnded() as data:
                if data.last < found.data.first:
                    faults.append(Fault(fact.id, "last", "last_before_first"))
                else:
                    found = replace(found, last=data.last, ended=True)
    return replace(found, faults=tuple(faults))


@dataclass(frozen=True)
class Care:
    """What those on duty asked for, and what came of it."""

    data: StaffCareAsked | None
    area: str
    author: str
    asked: datetime | None
    met: datetime | None
    outcome: str
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]


def care(facts: Sequence[Fact]) -> Care:
    """The request whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Care(None, "", "", None, None, "", (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, (StaffCareAsked, StaffCareMet)):
        match fact.data:
            case StaffCareAsked() as data if found.data is None:
                found = replace(found, data=data, area=fact.area, author=fact.author, asked=when(fact))
            case StaffCareAsked():
                faults.append(Fault(fact.id, "care", "again"))
            case _ if found.data is None:
                faults.append(Fault(fact.id, "care", "not_asked"))
            case _ if found.met is not None:
                faults.append(Fault(fact.id, "care", "met"))
            case StaffCareMet() as data:
                found = replace(found, met=when(fact), outcome=data.outcome)
    return replace(found, faults=tuple(faults))
