"""What the folds have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from lianfang.facts.fact import Fact, FactData, folding_order
from lianfang.facts.history import Standing
from lianfang.profiles.disease.parts import within

CST: Final = timezone(timedelta(hours=8))
"""Days are calendar days of Chinese standard time."""
Data = TypeVar("Data", bound=FactData)


class Fault(NamedTuple):
    """A fact that contradicts what was before it: kept, not applied, and shown. ``reason`` is a code of ``WORDS``."""

    fact: UUID
    field: str
    reason: str


def when(fact: Fact) -> datetime:
    """When something happened, by the clock of the server."""
    return folding_order(fact)[0]


def began(facts: Iterable[Fact], fact: Fact) -> datetime:
    """When what a fact says was first said: of a correction, when what it replaces was."""
    by_id = {one.id: one for one in facts}
    seen = {fact.id}
    while fact.corrects in by_id and fact.corrects not in seen:
        fact = by_id[fact.corrects]
        seen.add(fact.id)
    return when(fact)


def near(area: str, other: str) -> bool:
    """Whether one of two divisions lies in the other, or is it."""
    return within(area, other) or within(other, area)


def of(held: Standing, kind: type[Data]) -> list[tuple[Fact, Data]]:
    """The facts of a kind that hold, in folding order."""
    found: list[tuple[Fact, Any]] = [(fact, fact.data) for fact in held.facts if isinstance(fact.data, kind)]
    return found


def owned(told: Sequence[tuple[Fact, Data]]) -> tuple[list[tuple[Fact, Data]], list[Fault]]:
    """Of facts that replace each other, those of the division that was first, or of one within or around it."""
    own = [(fact, data) for fact, data in told if near(fact.area, told[0][0].area)]
    foreign = [Fault(fact.id, "area", "not_responsible") for fact, _ in told if not near(fact.area, told[0][0].area)]
    return own, foreign


WORDS: Final = {
    "not_responsible": ("该区域不负责此记录", "this division is not responsible for it"),
    "registered_twice": (
        "已登记而内容不同，请更正原登记",
        "is registered already with other content: correct that registration",
    ),
    "not_registered": ("此户未登记或已撤销，请补登记", "this household is not on the register: register it"),
    "no_round": ("没有此轮次，请核对", "names no round that is known: choose one of the list"),
    "before_round": ("早于本轮开始时间，请核对", "is before the round was opened: correct the time"),
    "after_round": ("本轮已结束，请记入新一轮", "is after the round was closed: record it in the next round"),
    "other_round": ("此户不在该轮次的区域内", "the round is held in another division: choose the round of this one"),
    "not_member": (
        "不在此户成员之中，请先登记成员",
        "names somebody who does not live here: record the member first",
    ),
    "left_before": ("此人不在此户居住，请核对", "does not live here: correct the person"),
    "not_assigned": ("此网格此前不由移交人负责，请核对", "the one who gives it on did not have it: correct the giver"),
    "not_attached": ("此队伍未加入该网格，请核对", "this team does not help here: correct the team"),
    "other_area": ("登记区域与社区不同，请核对", "the area of the record is not the community: correct it"),
    "not_open": ("尚未开始，请核对", "was not opened: correct the round"),
    "other_day": ("不是该日报对应的日期，请核对", "is not the day that the report is of: correct it"),
}
"""What is wrong, by its code: what to do, in both languages."""
