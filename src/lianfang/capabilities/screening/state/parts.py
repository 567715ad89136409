"""What the folds have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from lianfang.facts.fact import Fact, FactData, moment
from lianfang.facts.facts import Retracted
from lianfang.facts.history import Standing, standing
from lianfang.profiles.disease.parts import within

CST: Final = timezone(timedelta(hours=8))
"""Days are calendar days of Chinese standard time."""
Data = TypeVar("Data", bound=FactData)
when: Final = moment


class Fault(NamedTuple):
    """A fact that contradicts what was before it: kept, not applied, and shown. ``reason`` is a code of ``WORDS``."""

    fact: UUID
    field: str
    reason: str


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
    return area == other or within(area, other) or within(other, area)


def of(held: Standing, kind: type[Data]) -> list[tuple[Fact, Data]]:
    """The facts of a kind that hold, in folding order."""
    found: list[tuple[Fact, Any]] = [(fact, fact.data) for fact in held.facts if isinstance(fact.data, kind)]
    return found


class Own(NamedTuple):
    """What is said of a subject by those who may. ``home`` is the division that its id is of; empty before it is
    registered."""

    facts: list[Fact]
    faults: list[Fault]
    home: str


def own(facts: Iterable[Fact], kind: type[FactData], place: Callable[[Fact], tuple[str, UUID]]) -> Own:
    """The facts of a subject without those of divisions that have no say in it.

    ``place`` gives the division and the id that a registration (``kind``) comes to by its own words. One that does not
    come to its own subject and area registers nothing, however early it was seen; corrections may come from where the
    subject is or was moved to; all else from within or around these.
    """
    facts = list({fact.id.int: fact for fact in facts}.values())
    told = [fact for fact in facts if isinstance(fact.data, kind)]
    begun = [fact for fact in told if fact.corrects is None and place(fact) == (fact.area, fact.subject)]
    waiting = [fact for fact in told if fact.corrects is not None]
    say = {fact.area for fact in begun}
    while taken := {fact.id for fact in waiting if _among(fact.area, say)}:
        say |= {place(fact)[0] for fact in waiting if fact.id in taken}
        waiting = [fact for fact in waiting if fact.id not in taken]
    out = {fact.id for fact in told if fact.corrects is None} - {fact.id for fact in begun}
    out |= {fact.id for fact in waiting}
    if say:
        far = {area for area in {fact.area for fact in facts} if not _among(area, say)}
        out |= {fact.id for fact in facts if fact.area in far} if far else set()
    home = begun[0].area if begun else ""
    if not out:
        return Own(facts, [], home)
    kept = [fact for fact in facts if fact.id not in out]
    return Own(kept, _without_say([fact for fact in facts if fact.id in out], kept, kind, place), home)


def _among(area: str, divisions: Iterable[str]) -> bool:
    return any(near(area, other) for other in divisions)


def _without_say(
    foreign: Sequence[Fact], kept: Sequence[Fact], kind: type[FactData], place: Callable[[Fact], tuple[str, UUID]]
) -> list[Fault]:
    """What is wrong with each fact that has no say and was not taken back."""
    back = [fact for fact in kept if isinstance(fact.data, Retracted)]
    ids = {fact.id for fact in foreign}
    open_now = {fact.id for fact in standing([*foreign, *back]).facts}
    open_now |= {fact.id for fact in foreign if isinstance(fact.data, Retracted) and fact.corrects not in ids}
    faults = []
    for fact in foreign:
        if fact.id not in open_now:
            continue
        if not isinstance(fact.data, kind):
            faults.append(Fault(fact.id, "area", "not_responsible"))
        elif fact.corrects is not None or place(fact)[0] != fact.area:
            faults.append(Fault(fact.id, "area", "other_area"))
        else:
            faults.append(Fault(fact.id, "subject", "other_subject"))
    return faults


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
    "lived_in": (
        "此户登记有成员，不能作空户处理；请先登记成员离开，或再次入户",
        "members are on the register here, so that it is not vacant: record that they left, or visit again",
    ),
    "left_before": ("此人不在此户居住，请核对", "does not live here: correct the person"),
    "not_assigned": ("此网格此前不由移交人负责，请核对", "the one who gives it on did not have it: correct the giver"),
    "not_attached": ("此队伍未加入该网格，请核对", "this team does not help here: correct the team"),
    "other_area": ("登记区域与社区不同，请核对", "the area of the record is not the community: correct it"),
    "other_subject": (
        "编号不是由此社区和名称（门牌）得出，请按本社区的地址登记",
        "the id is not the one of this community and name or address: register it by its own address",
    ),
    "not_open": ("尚未开始，请核对", "was not opened: correct the round"),
    "other_day": ("不是该日报对应的日期，请核对", "is not the day that the report is of: correct it"),
}
"""What is wrong, by its code: what to do, in both languages."""
CHECKS: Final = {
    "reopened": (
        "本轮结束后补到的记录使{n}户没有结果，请查看缺漏名单，并开始新一轮补查",
        "households have no outcome by what was told after the round was closed: see the list of the missing, and visit"
        " them in a new round: {n}",
    ),
    "fewer_named": (
        "{n}户登记的成员少于应有人数，请核对并补登记成员",
        "households have fewer members on the register than are expected: ask for the others: {n}",
    ),
    "unreachable": (
        "{n}户所写的跟进人或上报对象不是本系统的账号或岗位，请核对",
        "households name somebody who goes on, or to whom a refusal was passed on, that is no account or post here:"
        " correct whom: {n}",
    ),
}
"""What is to be looked at though it is no single fact's fault, by its code, with how many households."""
