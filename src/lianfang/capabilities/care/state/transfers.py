"""A transfer of a patient between two hospitals, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from lianfang.capabilities.care.facts.transfers import (
    TransferApproved,
    TransferCancelled,
    TransferDeclined,
    TransferDeparted,
    TransferReceived,
    TransferRequested,
)
from lianfang.capabilities.isolation.state import Fault, when
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.history import standing


class TransferStage(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    DEPARTED = "departed"
    RECEIVED = "received"
    DECLINED = "declined"
    CANCELLED = "cancelled"


OPEN: Final = frozenset({TransferStage.REQUESTED, TransferStage.APPROVED, TransferStage.DEPARTED})
TURNS: Final[Mapping[type[FactData], tuple[frozenset[TransferStage], TransferStage]]] = MappingProxyType(
    {
        TransferApproved: (frozenset({TransferStage.REQUESTED}), TransferStage.APPROVED),
        TransferDeclined: (frozenset({TransferStage.REQUESTED}), TransferStage.DECLINED),
        TransferDeparted: (frozenset({TransferStage.APPROVED}), TransferStage.DEPARTED),
        TransferReceived: (frozenset({TransferStage.DEPARTED}), TransferStage.RECEIVED),
        TransferCancelled: (frozenset({TransferStage.REQUESTED, TransferStage.APPROVED}), TransferStage.CANCELLED),
    }
)
"""From which stages a fact leads to which."""


@dataclass(frozen=True)
class Transfer:
    """A transfer as it stands; ``data`` is None where nobody asked. ``at`` has when each stage began, ``by`` whose
    account said so; ``bed`` and ``stay`` are those kept for the patient."""

    data: TransferRequested | None
    area: str
    stage: TransferStage
    at: Mapping[TransferStage, datetime]
    by: Mapping[TransferStage, str]
    bed: UUID | None
    stay: UUID | None
    reason: str | None
    """Why it was declined or called off."""
    faults: tuple[Fault, ...]
    disputed: bool


def transfer(facts: Sequence[Fact]) -> Transfer:
    """The transfer whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Transfer(None, "", TransferStage.REQUESTED, {}, {}, None, None, None, (), bool(held.disputed))
    faults: list[Fault] = []
    for fact in held.facts:
        applied = _apply(found, fact)
        if isinstance(applied, Transfer):
            found = applied
        else:
            faults.append(Fault(fact.id, "transfer", applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Transfer, fact: Fact) -> Transfer | str:
    data = fact.data
    if isinstance(data, TransferRequested):
        if before.data is not None:
            return "again"
        return replace(_moved(before, TransferStage.REQUESTED, fact), data=data, area=fact.area)
    if before.data is None:
        return "no_transfer"
    turn = TURNS.get(type(data))
    if turn is None or before.stage not in turn[0]:
        return "not_in_turn" if before.stage in OPEN else "settled"
    after = _moved(before, turn[1], fact)
    if isinstance(data, TransferApproved):
        return replace(after, bed=data.bed, stay=data.stay)
    if isinstance(data, TransferDeclined | TransferCancelled):
        return replace(after, reason=data.reason.value)
    return after


def _moved(before: Transfer, to: TransferStage, fact: Fact) -> Transfer:
    return replace(before, stage=to, at={**before.at, to: when(fact)}, by={**before.by, to: fact.author})
