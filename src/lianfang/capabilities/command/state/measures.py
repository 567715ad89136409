"""A measure folded from the facts about it: until when it holds, and how far each unit has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from lianfang.capabilities.command.facts.measures import (
    MeasureIssued,
    MeasureLifted,
    MeasureProgress,
    MeasureProgressed,
    MeasureRenewed,
)
from lianfang.capabilities.command.state.held import Act, Held, held
from lianfang.facts.fact import Fact

MEASURE_KINDS: Final = (MeasureIssued, MeasureRenewed, MeasureLifted, MeasureProgressed)


def measure(facts: Sequence[Fact]) -> Held[MeasureIssued]:
    """The measure whose facts these are, in whatever order they are given."""
    return held(facts, MeasureIssued, MEASURE_KINDS[1:], _objection)


def until(one: Held[MeasureIssued]) -> datetime | None:
    """The moment from which it is not in force any more: the earliest of its end, the review that nobody answered, and
    the day on which it was lifted. None where nothing was issued."""
    if one.data is None:
        return None
    renewed, lifted = one.last(MeasureRenewed), one.last(MeasureLifted)
    its = renewed.data if renewed else one.data
    told = [at for at in (its.ends, its.review, lifted.data.ends if lifted else None) if at is not None]
    return min(told)


def by_unit(one: Held[MeasureIssued]) -> dict[str, Act | None]:
    """What each unit said last, by its code, in the order of the measure; None of one that has said nothing."""
    found: dict[str, Act | None] = {unit.code: None for unit in one.data.units} if one.data else {}
    for act in one.acts:
        if isinstance(act.data, MeasureProgressed):
            found[act.data.unit] = act
    return found


def progress(one: Held[MeasureIssued]) -> MeasureProgress:
    """How far the measure has come: done where every unit says so."""
    said = [act.data.progress if act else MeasureProgress.PLANNED for act in by_unit(one).values()]
    if said and all(each is MeasureProgress.DONE for each in said):
        return MeasureProgress.DONE
    return (
        MeasureProgress.PLANNED if all(each is MeasureProgress.PLANNED for each in said) else MeasureProgress.UNDER_WAY
    )


def _objection(before: Held[MeasureIssued], fact: Fact) -> tuple[str, str] | None:
    data, its = fact.data, before.data
    assert its is not None
    if isinstance(data, MeasureProgressed) and data.unit not in {unit.code for unit in its.units}:
        return "unit", "not_its_unit"
    if isinstance(data, MeasureLifted) and data.ends < its.starts:
        return "ends", "before_start"
    if isinstance(data, MeasureRenewed) and min(at for at in (data.ends, data.review) if at) <= its.starts:
        return "ends", "before_start"
    return None
