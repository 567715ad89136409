"""An event that may have to be told outside the country: how it was assessed, who was told, who has confirmed, folded
from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.bulletins.facts.external import ExternalAcknowledged, ExternalAssessed, ExternalNotified
from lianfang.capabilities.isolation.state.faults import Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

KINDS: Final = (ExternalAssessed, ExternalNotified, ExternalAcknowledged)
WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_assessed": ("没有这个事件，请核对", "there is no such event: look again"),
    "same": ("与现有评估相同，不必重复", "is the assessment that holds already: nothing more is needed"),
    "unknown_notification": ("没有这次通报，请刷新后再办", "nobody was told so: look again"),
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
}


class Assessment(NamedTuple):
    """One assessment, by which fact, by whom and when."""

    fact: UUID
    author: str
    at: datetime
    data: ExternalAssessed


@dataclass(slots=True)
class Notification:
    """Somebody who was told, and when that was confirmed."""

    fact: UUID
    author: str
    at: datetime
    data: ExternalNotified
    acknowledged_at: datetime | None = None
    acknowledged_by: UUID | None = None
    reference: str = ""


@dataclass(slots=True)
class Event:
    """All of one event, and the facts that contradict what was before them."""

    area: str = ""
    assessments: list[Assessment] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self.found)

    @property
    def holding(self) -> Assessment | None:
        """The assessment that holds: the last."""
        return self.assessments[-1] if self.assessments else None


def event(facts: Sequence[Fact]) -> Event:
    """The event whose facts these are, in any order. What contradicts is not applied, and told."""
    its = Event()
    for fact in in_turn(standing(facts).facts, KINDS):
        its.area = its.area or fact.area
        refusal = _applied(its, fact)
        if refusal:
            its.found.append(Fault(fact.id, *refusal))
    return its


def _applied(its: Event, fact: Fact) -> tuple[str, str] | None:
    data, at = fact.data, when(fact)
    if isinstance(data, ExternalAssessed):
        if its.holding and its.holding.data == data:
            return "judged", "same"
        its.assessments.append(Assessment(fact.id, fact.author, at, data))
    elif its.holding is None:
        return "id", "not_assessed"
    elif isinstance(data, ExternalNotified):
        its.notifications.append(Notification(fact.id, fact.author, at, data))
    else:
        assert isinstance(data, ExternalAcknowledged)
        return _acknowledged(its, data, fact.id, at)
    return None


def _acknowledged(its: Event, data: ExternalAcknowledged, fact: UUID, at: datetime) -> tuple[str, str] | None:
    told = next((one for one in its.notifications if one.fact == data.notification), None)
    if told is None:
        return "notification", "unknown_notification"
    if told.acknowledged_at is not None:
        return "notification", "again"
    told.acknowledged_at, told.acknowledged_by, told.reference = at, fact, data.reference
    return None
