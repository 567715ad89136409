"""One limit on entry to a community, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.warning.facts.restriction import EntryLimited, LimitDecided, LimitLifted
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class LimitState(StrEnum):
    """Where a limit stands."""

    ASKED = "asked"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    LIFTED = "lifted"
    ENDED = "ended"


class Said(NamedTuple):
    """What somebody said of a limit: in which role, why, when."""

    author: str
    role: str
    reason: str
    at: datetime


class Limit(NamedTuple):
    """A limit as it was ordered, the first decision on it and the first lifting."""

    subject: UUID
    area: str
    data: EntryLimited
    ordered: Said
    decided: Said | None
    approved: bool | None
    lifted: Said | None

    def stands(self, needs: str, today: date) -> LimitState:
        """Where it stands on a day; ``needs`` is the class under which no approval is needed."""
        if self.lifted is not None:
            return LimitState.LIFTED
        if self.approved is False:
            return LimitState.REFUSED
        if today > self.data.until:
            return LimitState.ENDED
        return LimitState.IN_FORCE if self.approved or self.data.counted_as == needs else LimitState.ASKED


def fold(facts: Sequence[Fact]) -> Limit | None:
    """The limit; None where nothing that stands ordered it."""
    ordered: tuple[Fact, EntryLimited] | None = None
    decided: Said | None = None
    approved: bool | None = None
    lifted: Said | None = None
    for fact in sorted(standing(facts).facts, key=folding_order):
        match fact.data:
            case EntryLimited() as data if ordered is None:
                ordered = fact, data
            case LimitDecided() as data if decided is None:
                decided, approved = _said(fact, data.role, data.reason), data.approved
            case LimitLifted() as data if lifted is None:
                lifted = _said(fact, data.role, data.reason)
    if ordered is None:
        return None
    fact, its = ordered
    return Limit(fact.subject, fact.area, its, _said(fact, its.role, its.necessity), decided, approved, lifted)


def _said(fact: Fact, role: str, reason: str) -> Said:
    return Said(fact.author, role, reason, folding_order(fact)[0])
