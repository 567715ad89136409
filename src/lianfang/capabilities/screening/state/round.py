"""A round from its facts; a unit's report of a day; what another source says of a division's size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import report_id
from lianfang.capabilities.screening.state.parts import Fault, began, near, of, owned, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class Round(NamedTuple):
    """A round as last said; ``closed`` is what it came to when it was closed, None while it is open."""

    area: str
    author: str
    number: int
    opened_at: datetime
    due: datetime
    closed_at: datetime | None
    closed: kinds.RoundClosed | None
    faults: tuple[Fault, ...]
    disputed: bool


class Report(NamedTuple):
    """A unit's report of a day as last given; ``first_at`` is when it was first given."""

    area: str
    author: str
    data: kinds.Reported
    first_at: datetime
    at: datetime
    faults: tuple[Fault, ...]
    disputed: bool


class Reference(NamedTuple):
    """How many households another source counts."""

    area: str
    author: str
    data: kinds.ReferenceStated
    at: datetime


class Education(NamedTuple):
    """What every grid of a division is to tell its households."""

    area: str
    author: str
    data: kinds.EducationAsked
    at: datetime


def fold_round(facts: Sequence[Fact]) -> Round | None:
    """None where no opening holds."""
    held = standing(facts)
    opened, faults = _first(facts, of(held, kinds.RoundOpened))
    if opened is None:
        return None
    data, area, author, at = opened
    closed_at, closed = None, None
    for ending, told in of(held, kinds.RoundClosed):
        if not near(ending.area, area):
            faults.append(Fault(ending.id, "area", "not_responsible"))
        elif when(ending) < at:
            faults.append(Fault(ending.id, "at", "not_open"))
        elif closed is None:
            closed_at, closed = when(ending), told
    return Round(area, author, data.number, at, data.due, closed_at, closed, tuple(faults), bool(held.disputed))


def _first(
    facts: Sequence[Fact],
    told: list[tuple[Fact, kinds.RoundOpened]],
) -> tuple[tuple[kinds.RoundOpened, str, str, datetime] | None, list[Fault]]:
    """The last word of the division that opened it, with where, by whom and when it was first opened."""
    if not told:
        return None, []
    own, faults = owned(told)
    first = own[0][0]
    return (own[-1][1], first.area, first.author, min(began(facts, fact) for fact, _ in own)), faults


def fold_report(facts: Sequence[Fact]) -> Report | None:
    """None where no report holds."""
    held = standing(facts)
    told = of(held, kinds.Reported)
    own = [(fact, data) for fact, data in told if fact.subject == report_id(fact.area, data.day)]
    faults = [Fault(fact.id, "day", "other_day") for fact, data in told if (fact, data) not in own]
    if not own:
        return None
    first, (last, data) = own[0][0], own[-1]
    return Report(first.area, last.author, data, when(first), when(last), tuple(faults), bool(held.disputed))


def fold_reference(facts: Sequence[Fact]) -> Reference | None:
    """None where nothing that was said holds."""
    told, _ = owned(of(standing(facts), kinds.ReferenceStated))
    return Reference(told[0][0].area, told[-1][0].author, told[-1][1], when(told[-1][0])) if told else None


def fold_education(facts: Sequence[Fact]) -> Education | None:
    """None where nothing that was asked for holds."""
    told, _ = owned(of(standing(facts), kinds.EducationAsked))
    return Education(told[0][0].area, told[-1][0].author, told[-1][1], when(told[-1][0])) if told else None
