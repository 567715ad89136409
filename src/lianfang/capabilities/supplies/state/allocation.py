"""The sharing of items as it stands: as it was proposed, and what was changed of it by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.supplies.facts.allocation import (
    SharingChanged,
    SharingConfirmed,
    SharingDropped,
    SharingProposed,
)
from lianfang.capabilities.supplies.state.stock import when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

Way = tuple[UUID, UUID, UUID]
"""An item, the store that it comes from and the place that it goes to."""


class Phase(StrEnum):
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class Edit(NamedTuple):
    """What somebody changed by hand; ``before`` is what it was."""

    fact: UUID
    item: UUID
    store: UUID
    place: UUID
    before: int
    quantity: int
    why: str
    author: str
    at: datetime


@dataclass
class Sharing:
    """``proposed`` is None where only what followed is known. ``amounts``: what goes each way, nought left out."""

    proposed: SharingProposed | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    phase: Phase = Phase.PROPOSED
    decided: datetime | None = None
    decided_by: str = ""
    amounts: dict[Way, int] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)


_TURN = {SharingProposed.kind: 0, SharingChanged.kind: 1}


def sharing(facts: Sequence[Fact]) -> Sharing:
    """The sharing whose facts these are, in whatever order they are given. What comes after it was decided changes
    nothing."""
    found = Sharing()
    for fact in sorted(standing(facts).facts, key=lambda one: (when(one), _TURN.get(one.kind, 2), one.id)):
        if found.phase is not Phase.PROPOSED:
            break
        data = fact.data
        if isinstance(data, SharingProposed) and found.proposed is None:
            found.proposed, found.area, found.author, found.at = data, fact.area, fact.author, when(fact)
            found.amounts = {
                (one.item, line.store, line.place): line.quantity for one in data.portions for line in one.lines
            }
        elif isinstance(data, SharingChanged) and found.proposed is not None:
            _change(found, data, fact)
        elif isinstance(data, SharingConfirmed | SharingDropped):
            found.phase = Phase.CONFIRMED if isinstance(data, SharingConfirmed) else Phase.DROPPED
            found.decided, found.decided_by = when(fact), fact.author
    return found


def _change(found: Sharing, data: SharingChanged, fact: Fact) -> None:
    assert found.proposed is not None
    way = (data.item or found.proposed.portions[0].item, data.store, data.place)
    before = found.amounts.pop(way, 0)
    if data.quantity:
        found.amounts[way] = data.quantity
    found.edits.append(Edit(fact.id, *way, before, data.quantity, data.why, fact.author, when(fact)))
