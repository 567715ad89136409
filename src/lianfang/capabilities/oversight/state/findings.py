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
from lianfang.capabilities.oversight.facts.findings import (
    FindingClosed,
    FindingOutcome,
    FindingRaised,
    FindingRechecked,
    FindingRectified,
    FindingStated,
)
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

Some = TypeVar("Some", str, UUID)

STEPS: Final = (FindingRaised, FindingStated, FindingRectified, FindingRechecked, FindingClosed)
"""In the order in which a finding goes through them: of one minute, the earlier step is first."""

WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_raised": ("没有这项问题，请核对编号", "there is no such finding: check its number"),
    "closed": ("此项问题已办结，不能再登记", "is closed: nothing more can be recorded of it"),
    "again": ("已登记整改，等待复查", "was put right already, and is to be looked at again"),
    "not_rectified": ("尚未登记整改，不能复查", "was not put right yet: that comes first"),
    "same_person": ("复查须由登记整改以外的人进行", "is looked at again by somebody other than who put it right"),
}
"""What contradicts a finding: what to do, by its code."""


class FindingStage(StrEnum):
    OPEN = "open"
    RECTIFIED = "rectified"
    CLOSED = "closed"


class StepKind(StrEnum):
    """What was done about a finding after it was raised."""

    STATED = "stated"
    RECTIFIED = "rectified"
    IN_ORDER = "in_order"
    NOT_IN_ORDER = "not_in_order"
    CLOSED = "closed"


class FindingStep(NamedTuple):
    """One act about a finding, in the words of who did it; ``photo`` shows what was put right."""

    fact: UUID
    kind: StepKind
    at: datetime
    author: str
    said: str
    photo: UUID | None = None


class Finding(NamedTuple):
    """A finding as it stands; ``raised_at`` of the first time, ``last_at`` and the figures of the last. ``raisings``:
    the facts that raised it. ``since``: from when it is to be put right or, where it was, to be looked at again.
    ``steps``: what was done about it, by time."""

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
    since: datetime | None = None
    steps: tuple[FindingStep, ...] = ()
    closed_at: datetime | None = None
    outcome: str = ""
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
    """Why a fact cannot follow; empty where it can. What a rule finds later of the same day stands with the rest, and
    whom a finding concerns may say so after it is closed."""
    if isinstance(fact.data, FindingRaised):
        return ""
    if not its.raisings:
        return "not_raised"
    if isinstance(fact.data, FindingStated):
        return ""
    if its.stage is FindingStage.CLOSED:
        return "closed"
    match fact.data:
        case FindingRectified():
            return "again" if its.stage is FindingStage.RECTIFIED else ""
        case FindingRechecked():
            if its.stage is not FindingStage.RECTIFIED:
                return "not_rectified"
            return "same_person" if fact.author == rectified_by(its.steps) else ""
    return ""


def rectified_by(steps: Sequence[FindingStep]) -> str:
    """Who has said last that a finding was put right; empty where nobody has."""
    return next((one.author for one in reversed(steps) if one.kind is StepKind.RECTIFIED), "")


def _after(its: Finding, fact: Fact) -> Finding:
    match fact.data:
        case FindingRaised() as data:
            return _raised(its, data, fact)
        case FindingStated(said=said):
            return _done(its, fact, StepKind.STATED, said)
        case FindingRectified(said=said, photo=photo):
            return _done(its, fact, StepKind.RECTIFIED, said, photo)._replace(
                stage=FindingStage.RECTIFIED, since=when(fact)
            )
        case FindingRechecked(in_order=False, said=said):
            return _done(its, fact, StepKind.NOT_IN_ORDER, said)._replace(stage=FindingStage.OPEN, since=when(fact))
        case FindingRechecked(said=said):
            return _closed(_done(its, fact, StepKind.IN_ORDER, said), fact, FindingOutcome.SETTLED)
        case FindingClosed(outcome=outcome, reason=reason):
            return _closed(_done(its, fact, StepKind.CLOSED, reason), fact, outcome)
    return its


def _raised(its: Finding, data: FindingRaised, fact: Fact) -> Finding:
    at = when(fact)
    return its._replace(
        rule=data.rule, edition=data.edition, area=fact.area, unit=data.unit, day=data.day, days=data.days,
        raised_at=its.raised_at or at, last_at=at, since=its.since or at, evidence=_each(its.evidence, data.evidence),
        figures=tuple((one.code, one.value) for one in data.figures),
        concerned=_each(its.concerned, data.concerned), raisings=(*its.raisings, fact.id),
    )  # fmt: skip


def _done(its: Finding, fact: Fact, kind: StepKind, said: str, photo: UUID | None = None) -> Finding:
    return its._replace(steps=(*its.steps, FindingStep(fact.id, kind, when(fact), fact.author, said, photo)))


def _closed(its: Finding, fact: Fact, outcome: FindingOutcome) -> Finding:
    return its._replace(stage=FindingStage.CLOSED, closed_at=when(fact), outcome=outcome.value)


def _each(before: Iterable[Some], more: Iterable[Some]) -> tuple[Some, ...]:
    """Each once, in the order in which they came."""
    return tuple(dict.fromkeys(chain(before, more)))
