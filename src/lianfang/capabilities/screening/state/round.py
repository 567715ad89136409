"""A round from its facts; a unit's report of a day; what another source says of a division's size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import reference_id, report_id, round_id
from lianfang.capabilities.screening.state.parts import Fault, began, of, own, owned, when
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
    mine, faults, area = own(facts, kinds.RoundOpened, _opened_as)
    held = standing(mine)
    told = of(held, kinds.RoundOpened)
    if not told:
        return None
    first, (_, data) = told[0][0], told[-1]
    at = min(began(mine, fact) for fact, _ in told)
    closed_at, closed = None, None
    for ending, ended in of(held, kinds.RoundClosed):
        if when(ending) < at:
            faults.append(Fault(ending.id, "at", "not_open"))
        elif closed is None:
            closed_at, closed = when(ending), ended
    return Round(area, first.author, data.number, at, data.due, closed_at, closed, tuple(faults), bool(held.disputed))


def _opened_as(fact: Fact) -> tuple[str, UUID]:
    assert isinstance(fact.data, kinds.RoundOpened)
    return fact.area, round_id(fact.area, fact.data.number)


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
    mine = own(facts, kinds.ReferenceStated, lambda fact: (fact.area, reference_id(fact.area)))
    told = of(standing(mine.facts), kinds.ReferenceStated)
    return Reference(told[0][0].area, told[-1][0].author, told[-1][1], when(told[-1][0])) if told else None


def fold_education(facts: Sequence[Fact]) -> Education | None:
    """None where nothing that was asked for holds."""
    told, _ = owned(of(standing(facts), kinds.EducationAsked))
    return Education(told[0][0].area, told[-1][0].author, told[-1][1], when(told[-1][0])) if told else None
