"""A finding, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.oversight.facts.findings import FindingClosed, FindingRaised
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

Some = TypeVar("Some", str, UUID)

STEPS: Final = (FindingRaised, FindingClosed)
"""In the order in which a finding goes through them: of one minute, the earlier step is first."""

WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_raised": ("没有这项问题，请核对编号", "there is no such finding: check its number"),
    "closed": ("此项问题已办结，不能再登记", "is closed: nothing more can be recorded of it"),
}
"""What contradicts a finding: what to do, by its code."""


class FindingStage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Finding(NamedTuple):
    """A finding as it stands; ``raised_at`` of the first time, ``last_at`` and the figures of the last. ``raisings``:
    the facts that raised it."""

    rule: str = ""
    edition: str = ""
    area: str = ""
    unit: UUID | None = None
    day: date | None = None
    days: int = 1
    raised_at: datetime | None = None
    last_at: datetime | None = None
    evidence: tuple[UUID, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    concerned: tuple[str, ...] = ()
    raisings: tuple[UUID, ...] = ()
    stage: FindingStage = FindingStage.OPEN
    closed: UUID | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    outcome: str = ""
    reason: str = ""
    faults: tuple[Fault, ...] = ()
    disputed: bool = False


def finding(facts: Sequence[Fact]) -> Finding:
    """The finding whose facts these are, in whatever order they came. What contradicts what was before it changes
    nothing and is kept as a fault."""
    held = standing(facts)
    found, faults = Finding(), list[Fault]()
    for fact in in_turn(held.facts, STEPS):
        reason = _contradicts(found, fact)
        if reason:
            faults.append(Fault(fact.id, "finding", reason))
        else:
            found = _after(found, fact)
    return found._replace(faults=tuple(faults), disputed=bool(held.disputed))


def _contradicts(its: Finding, fact: Fact) -> str:
    """Why a fact cannot follow; empty where it can. What a rule finds later of the same day stands with the rest."""
    if isinstance(fact.data, FindingRaised):
        return ""
    if not its.raisings:
        return "not_raised"
    return "closed" if its.stage is FindingStage.CLOSED else ""


def _after(its: Finding, fact: Fact) -> Finding:
    at = when(fact)
    match fact.data:
        case FindingRaised() as data:
            return its._replace(
                rule=data.rule, edition=data.edition, area=fact.area, unit=data.unit, day=data.day, days=data.days,
                raised_at=its.raised_at or at, last_at=at, evidence=_each(its.evidence, data.evidence),
                figures=tuple((one.code, one.value) for one in data.figures),
                concerned=_each(its.concerned, data.concerned), raisings=(*its.raisings, fact.id),
            )  # fmt: skip
        case FindingClosed(outcome=outcome, reason=reason):
            return its._replace(
                stage=FindingStage.CLOSED, closed=fact.id, closed_at=at, closed_by=fact.author, outcome=outcome.value,
                reason=reason,
            )  # fmt: skip
    return its


def _each(before: Iterable[Some], more: Iterable[Some]) -> tuple[Some, ...]:
    """Each once, in the order in which they came."""
    return tuple(dict.fromkeys(chain(before, more)))
