"""How far a dispatch is, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from lianfang.capabilities.supplies.facts.dispatch import (
    DispatchCancelled,
    DispatchPlanned,
    DispatchReceived,
    DispatchSent,
)
from lianfang.capabilities.supplies.state.stock import when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class DispatchStage(StrEnum):
    PLANNED = "planned"
    SENT = "sent"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Dispatch:
    """A dispatch. ``plan`` is None where only what followed is known; ``by`` are the accounts that sent and received
    it."""

    plan: DispatchPlanned | None
    area: str
    author: str
    stage: DispatchStage
    planned: datetime | None
    sent: datetime | None
    sent_by: str
    received: datetime | None
    received_by: str
    faults: tuple[UUID, ...]
    """Facts that do not fit what was before them."""


def dispatch(facts: Sequence[Fact]) -> Dispatch:
    """The dispatch whose facts these are, in whatever order they are given."""
    found = Dispatch(None, "", "", DispatchStage.PLANNED, None, None, "", None, "", ())
    for fact in sorted(standing(facts).facts, key=lambda one: (when(one), _TURN.get(one.kind, 0), one.id)):
        applied = _apply(found, fact)
        found = replace(found, faults=(*found.faults, fact.id)) if applied is None else applied
    return found


_TURN = {DispatchPlanned.kind: 0, DispatchSent.kind: 1, DispatchReceived.kind: 2, DispatchCancelled.kind: 3}


def _apply(before: Dispatch, fact: Fact) -> Dispatch | None:
    data, at = fact.data, when(fact)
    match data:
        case DispatchPlanned() if before.plan is None:
            return replace(before, plan=data, area=fact.area, author=fact.author, planned=at)
        case DispatchSent() if before.plan and before.stage is DispatchStage.PLANNED:
            return replace(before, stage=DispatchStage.SENT, sent=at, sent_by=fact.author)
        case DispatchReceived() if before.stage is DispatchStage.SENT:
            return replace(before, stage=DispatchStage.RECEIVED, received=at, received_by=fact.author)
        case DispatchCancelled() if before.plan and before.stage is DispatchStage.PLANNED:
            return replace(before, stage=DispatchStage.CANCELLED)
    return None
