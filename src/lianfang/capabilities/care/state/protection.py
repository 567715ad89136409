"""What a facility has for the protection of its staff, and an exposure, folded from the facts about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lianfang.capabilities.care.facts.protection import ExposureClosed, ExposureOutcome, ProtectionStated, StaffExposed
from lianfang.capabilities.care.state.folding import Applied, Subject, fold, when
from lianfang.facts.fact import Fact


@dataclass(frozen=True)
class Protection(Subject):
    """What was last said of an item at a facility."""

    data: ProtectionStated | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None


def protection(facts: Sequence[Fact]) -> Protection:
    """The item whose facts these are: what was said last holds."""
    return fold(Protection(), facts, (ProtectionStated,), _stated)


def _stated(before: Protection, fact: Fact) -> Protection | Applied:
    if not isinstance(fact.data, ProtectionStated):
        return before
    return replace(before, data=fact.data, area=fact.area, author=fact.author, at=when(fact))


@dataclass(frozen=True)
class Exposure(Subject):
    data: StaffExposed | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    closed: datetime | None = None
    outcome: ExposureOutcome | None = None


def exposure(facts: Sequence[Fact]) -> Exposure:
    """The exposure whose facts these are, in whatever order they are given."""
    return fold(Exposure(), facts, (StaffExposed, ExposureClosed), _of_exposure)


def _of_exposure(before: Exposure, fact: Fact) -> Exposure | Applied:
    data = fact.data
    if isinstance(data, StaffExposed):
        if before.data is not None:
            return "exposure", "again"
        return replace(before, data=data, area=fact.area, author=fact.author, at=when(fact))
    if before.data is None:
        return "exposure", "no_exposure"
    if isinstance(data, ExposureClosed):
        if before.closed is not None:
            return "exposure", "again"
        return replace(before, closed=when(fact), outcome=data.outcome)
    return before
