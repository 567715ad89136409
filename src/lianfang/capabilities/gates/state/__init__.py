"""Pure folds: a post, an encounter, a vehicle's stop, a notice, an inspection, each from its facts.

What was seen at a gate is applied as it was seen, by the division that is responsible (see ``owners``): facts are given
in order of arrival. A hold is never undone by what the post says afterwards: neither by a second measurement nor by a
correction of the first, and the reading on which somebody is held stays as it was; only who decides may end it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.checkpoints.state import Fault
from lianfang.capabilities.gates.facts import (
    CallAsked,
    DepartmentSeated,
    Finding,
    Held,
    HoldEnded,
    HoldOutcome,
    HoldReason,
    HoldTakenUp,
    Inspected,
    NoticeReceived,
    NoticeSent,
    PostClosed,
    PostOpened,
    Rechecked,
    Rectified,
    Screened,
    StatementAdded,
    Step,
    Transferred,
    VehiclePassed,
    VehicleStopped,
)
from lianfang.capabilities.gates.state.owners import county_of, division_of, near, responsible
from lianfang.facts.fact import Fact, FactData, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing

Disputed = dict[UUID, tuple[UUID, ...]]
HeldFor = Callable[[Screened, datetime], HoldReason | None]
"""Why whom a screening was made of is to be held; None where there is no reason."""
WORDS: Final[dict[str, tuple[str, str]]] = {
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "not_responsible": ("该区域不负责此记录", "this division is not responsible for it: let the one that is record it"),
    "other_post": ("该卡点不在本区域，请核对", "the post is another division's: name one of this division"),
    "reading": (
        "此人正在留观，留观所依据的检测不能更改；如有误，请由处置留观者撤回",
        "somebody is held on this reading: let who decides on the hold take it back",
    ),
    "not_open": ("该卡点尚未启用或已关闭，请先启用", "the post is not open: open it first"),
    "not_held": ("此人未被就地留观", "nobody is held here: nothing can be recorded of a hold"),
    "ended": ("留观已办结，不能再登记", "the hold is over: nothing more can be recorded of it"),
    "needs_case": ("请填写所报告的病例编号", "the case that was reported is to be named"),
    "not_stopped": ("没有这次车辆登记，请先登记车辆", "no such vehicle was stopped: record the stop first"),
    "not_sent": ("没有这份通知", "no such notice was sent"),
    "not_inspected": ("没有这次检查", "no such inspection was made"),
    "no_finding": ("这次检查没有此项问题", "the inspection found no such thing"),
    "not_rectified": ("尚未登记整改，不能复查", "was not put right yet: record that first"),
    "same_person": ("复查须由登记整改以外的人进行", "is looked at again by somebody other than who put it right"),
}
"""What is wrong, by its code: what to do, in both languages."""


class _Not(Exception):
    """A fact that contradicts what was before it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


def when(fact: Fact) -> datetime:
    """When it happened, as far as the device's clock is known."""
    return folding_order(fact)[0]


def in_turn(facts: Iterable[Fact], kinds: Sequence[type[FactData]]) -> list[Fact]:
    """Facts in folding order; of one moment, since people write down minutes, in the order of ``kinds``."""
    turn = {kind: number for number, kind in enumerate(kinds)}
    return sorted(facts, key=lambda fact: (when(fact), turn.get(type(fact.data), len(turn))))


@dataclass(frozen=True)
class Post:
    """A point or station as last described; ``data`` is None where nobody has opened it."""

    data: PostOpened | None = None
    area: str = ""
    author: str = ""
    opened: datetime | None = None
    closed: datetime | None = None
    faults: tuple[Fault, ...] = ()
    disputed: Disputed = field(default_factory=dict)


def post(facts: Sequence[Fact]) -> Post:
    """The post whose facts these are, in order of arrival."""
    own, faults = responsible(facts, county_of(facts))
    held, found = standing(own), Post()
    for fact in in_turn(held.facts, (PostOpened, PostClosed)):
        if isinstance(fact.data, PostOpened):
            found = replace(
                found, data=fact.data, area=fact.area, author=found.author or fact.author,
                opened=found.opened or when(fact), closed=None,
            )  # fmt: skip
        elif isinstance(fact.data, PostClosed):
            if found.data is None or found.closed is not None:
                faults.append(Fault(fact.id, "post", "not_open"))
            else:
                found = replace(found, closed=when(fact))
    return replace(found, faults=tuple(faults), disputed=dict(held.disputed))


class Seat(NamedTuple):
    """The department that an account belongs to, as last said."""

    area: str
    author: str
    account: str
    department: str


def seat(facts: Sequence[Fact]) -> Seat | None:
    """The department of one account."""
    said = [fact for fact in standing(facts).facts if isinstance(fact.data, DepartmentSeated)]
    if not said:
        return None
    last = max(said, key=folding_order)
    assert isinstance(last.data, DepartmentSeated)
    return Seat(last.area, last.author, last.data.account, last.data.department)


class Hold(NamedTuple):
    """Somebody is held since a moment. ``declared`` is whether the post said so, or the rule alone does."""

    since: datetime
    reason: HoldReason
    declared: bool
    end: datetime | None = None
    reading: UUID | None = None
    """The screening on which it rests; None where no fact says so."""


@dataclass(frozen=True)
class Encounter:
    """Somebody who was met. ``data`` is None where only what followed is known."""

    data: Screened | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    fact: UUID | None = None
    """The screening, as it holds."""
    at_post: bool = True
    """False where the post that the screening names is another division's."""
    hold: Hold | None = None
    taken_up: datetime | None = None
    taken_up_by: str = ""
    transferred: datetime | None = None
    to: str | None = None
    ended: datetime | None = None
    outcome: HoldOutcome | None = None
    case: UUID | None = None
    faults: tuple[Fault, ...] = ()
    disputed: Disputed = field(default_factory=dict)


_ENCOUNTER: Final = (Screened, Held, HoldTakenUp, Transferred, HoldEnded)


def encounter(facts: Sequence[Fact], held_for: HeldFor, county: Callable[[UUID], str]) -> Encounter:
    """The encounter whose facts these are, in order of arrival. ``county`` tells a post's; empty: not known."""
    if len(facts) == 1 and isinstance(facts[0].data, Screened):  # as nearly all are
        return _of_county(_alone(facts[0], facts[0].data, held_for), county, [])
    own, faults = responsible(facts, division_of(facts, (Screened, Held)))
    found = Encounter(hold=_hold(own, held_for))
    kept, late = _before_hold(own, found.hold)
    held, faults = standing(kept), [*faults, *late]
    for fact in in_turn(held.facts, _ENCOUNTER):
        try:
            found = _met(found, fact)
        except _Not as error:
            faults.append(Fault(fact.id, error.field, error.reason))
    return _of_county(replace(found, disputed=dict(held.disputed)), county, faults)


def _of_county(found: Encounter, county: Callable[[UUID], str], faults: list[Fault]) -> Encounter:
    """The encounter with its faults, one of which is that the post it names is another division's."""
    if found.data is not None and (of := county(found.data.post)) and not near(found.area, of):
        assert found.fact is not None
        return replace(found, at_post=False, faults=(*faults, Fault(found.fact, "post", "other_post")))
    return replace(found, faults=tuple(faults)) if faults else found


def _alone(fact: Fact, data: Screened, held_for: HeldFor) -> Encounter:
    """The encounter of which a screening is all that is known."""
    at = when(fact)
    reason = held_for(data, at)
    hold = Hold(at, reason, False, reading=fact.id) if reason is not None else None
    return Encounter(data=data, area=fact.area, author=fact.author, at=at, fact=fact.id, hold=hold)


def _before_hold(facts: Sequence[Fact], hold: Hold | None) -> tuple[list[Fact], list[Fault]]:
    """The facts without screenings that would put another reading in place of the one on which somebody is held."""
    if hold is None:
        return list(facts), []
    by_id, its, at = {fact.id: fact for fact in facts}, set[UUID](), hold.reading
    while at in by_id and at not in its:
        its.add(at)
        at = by_id[at].corrects
    late = [
        fact for fact in facts
        if isinstance(fact.data, Screened) and fact.id not in its
        and (hold.reading is not None or (fact.corrects is not None and when(fact) >= hold.since))
    ]  # fmt: skip
    faults = [Fault(fact.id, "encounter", "reading" if fact.corrects else "again") for fact in late]
    return [fact for fact in facts if fact not in late], faults


def _hold(facts: Sequence[Fact], held_for: HeldFor) -> Hold | None:
    """The first reason to hold that anybody recorded and that was not taken back: a correction takes none back."""
    kept = standing(
        fact.model_copy(update={"corrects": None}) if fact.corrects and not isinstance(fact.data, Retracted) else fact
        for fact in facts
    ).facts
    readings = {fact.id for fact in kept if isinstance(fact.data, Screened)}
    found: Hold | None = None
    for fact in in_turn(kept, _ENCOUNTER):
        data = fact.data
        if isinstance(data, Held):
            if found is None or not found.declared:
                reading = next((id for id in fact.cause if id in readings), None)
                before = found or Hold(when(fact), data.reason, True, reading=reading)
                found = before._replace(declared=True, end=data.end)
        elif isinstance(data, Screened) and found is None and (reason := held_for(data, when(fact))) is not None:
            found = Hold(when(fact), reason, False, reading=fact.id)
    return found


def _met(found: Encounter, fact: Fact) -> Encounter:
    data = fact.data
    if isinstance(data, Screened):
        if found.data is not None:
            raise _Not("encounter", "again")
        return replace(found, data=data, area=fact.area, author=fact.author, at=when(fact), fact=fact.id)
    if isinstance(data, Held):
        return found if found.area else replace(found, area=fact.area, author=fact.author)
    if found.hold is None:
        raise _Not("hold", "not_held")
    if found.ended is not None:
        raise _Not("hold", "ended")
    if isinstance(data, HoldTakenUp):
        if found.taken_up is not None:
            raise _Not("hold", "again")
        return replace(found, taken_up=when(fact), taken_up_by=fact.author)
    if isinstance(data, Transferred):
        if found.transferred is not None:
            raise _Not("hold", "again")
        return replace(found, transferred=when(fact), to=data.to)
    if isinstance(data, HoldEnded):
        if data.outcome is HoldOutcome.REPORTED and data.case is None:
            raise _Not("case", "needs_case")
        return replace(found, ended=when(fact), outcome=data.outcome, case=data.case)
    return found


@dataclass(frozen=True)
class Vehicle:
    """A vehicle that was stopped. How many of its occupants were met is counted from the encounters that name it."""

    data: VehicleStopped | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    passed: datetime | None = None
    faults: tuple[Fault, ...] = ()
    disputed: Disputed = field(default_factory=dict)


def vehicle(facts: Sequence[Fact]) -> Vehicle:
    """The stop whose facts these are, in order of arrival."""
    own, faults = responsible(facts, division_of(facts, (VehicleStopped,)))
    held, found = standing(own), Vehicle()
    for fact in in_turn(held.facts, (VehicleStopped, VehiclePassed)):
        data = fact.data
        if isinstance(data, VehicleStopped) and found.data is None:
            found = replace(found, data=data, area=fact.area, author=fact.author, at=when(fact))
        elif isinstance(data, VehicleStopped):
            faults.append(Fault(fact.id, "vehicle", "again"))
        elif isinstance(data, VehiclePassed) and found.data is None:
            faults.append(Fault(fact.id, "vehicle", "not_stopped"))
        elif isinstance(data, VehiclePassed) and found.passed is not None:
            faults.append(Fault(fact.id, "vehicle", "again"))
        elif isinstance(data, VehiclePassed):
            found = replace(found, passed=when(fact))
    return replace(found, faults=tuple(faults), disputed=dict(held.disputed))


@dataclass(frozen=True)
class Message:
    """A notice to a post, and what the post did with it. Who has done what it says has read it, and has it."""

    data: NoticeSent | None = None
    area: str = ""
    author: str = ""
    sent: datetime | None = None
    delivered: datetime | None = None
    read: datetime | None = None
    acted: datetime | None = None
    faults: tuple[Fault, ...] = ()
    disputed: Disputed = field(default_factory=dict)


_STEPS: Final = {Step.DELIVERED: ("delivered",), Step.READ: ("delivered", "read"),
                 Step.ACTED: ("delivered", "read", "acted")}  # fmt: skip


def message(facts: Sequence[Fact]) -> Message:
    """The notice whose facts these are, in order of arrival."""
    own, faults = responsible(facts, division_of(facts, (NoticeSent,)))
    held, found = standing(own), Message()
    for fact in in_turn(held.facts, (NoticeSent, NoticeReceived)):
        data = fact.data
        if isinstance(data, NoticeSent) and found.data is None:
            found = replace(found, data=data, area=fact.area, author=fact.author, sent=when(fact))
        elif isinstance(data, NoticeSent):
            faults.append(Fault(fact.id, "notice", "again"))
        elif isinstance(data, NoticeReceived) and found.data is None:
            faults.append(Fault(fact.id, "notice", "not_sent"))
        elif isinstance(data, NoticeReceived):
            new = [name for name in _STEPS[data.step] if getattr(found, name) is None]
            if not new:
                faults.append(Fault(fact.id, "step", "again"))
            for name in new:
                found = replace(found, **{name: when(fact)})  # type: ignore[arg-type]  # one of three times
    return replace(found, faults=tuple(faults), disputed=dict(held.disputed))


@dataclass(frozen=True)
class Found:
    """One finding, and what was done about it. Looked at again and not in order, it is to be put right once more.

    ``answer`` and ``evidence`` are the words and the photograph of those who put it right, ``author`` is who said so.
    """

    finding: Finding
    since: datetime
    rectified: datetime | None = None
    author: str = ""
    answer: str | None = None
    evidence: UUID | None = None
    rechecked: datetime | None = None
    in_order: bool | None = None


@dataclass(frozen=True)
class Inspection:
    """An inspection with what it found."""

    data: Inspected | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    found: tuple[Found, ...] = ()
    statements: tuple[tuple[datetime, str], ...] = ()
    """What those who were inspected say, and when they said it."""
    faults: tuple[Fault, ...] = ()
    disputed: Disputed = field(default_factory=dict)


def inspection(facts: Sequence[Fact]) -> Inspection:
    """The inspection whose facts these are, in order of arrival."""
    own, faults = responsible(facts, division_of(facts, (Inspected,)))
    held, one = standing(own), Inspection()
    for fact in in_turn(held.facts, (Inspected, Rectified, Rechecked, StatementAdded)):
        try:
            one = _inspected(one, fact)
        except _Not as error:
            faults.append(Fault(fact.id, error.field, error.reason))
    return replace(one, faults=tuple(faults), disputed=dict(held.disputed))


def _inspected(one: Inspection, fact: Fact) -> Inspection:
    data, at = fact.data, when(fact)
    if isinstance(data, Inspected):
        if one.data is not None:
            raise _Not("inspection", "again")
        by_item = {finding.item: Found(finding, at) for finding in data.findings}
        return replace(one, data=data, area=fact.area, author=fact.author, at=at, found=tuple(by_item.values()))
    if not isinstance(data, Rectified | Rechecked | StatementAdded):
        return one
    if one.data is None:
        raise _Not("inspection", "not_inspected")
    if isinstance(data, StatementAdded):
        return replace(one, statements=(*one.statements, (at, data.said)))
    its = next((each for each in one.found if each.finding.item == data.item), None)
    if its is None:
        raise _Not("item", "no_finding")
    if isinstance(data, Rectified):
        if its.rectified is not None:
            raise _Not("item", "again")
        after = replace(its, rectified=at, author=fact.author, answer=data.said, evidence=data.photo)
    elif its.rectified is None:
        raise _Not("item", "not_rectified")
    elif its.author == fact.author:
        raise _Not("item", "same_person")
    elif data.rectified:
        after = replace(its, rechecked=at, in_order=True)
    else:
        after = Found(its.finding, since=at, rechecked=at, in_order=False)
    return replace(one, found=tuple(after if each is its else each for each in one.found))


@dataclass(frozen=True)
class Call:
    """Somebody who asked to be called."""

    data: CallAsked | None = None
    area: str = ""
    author: str = ""
    at: datetime | None = None
    faults: tuple[Fault, ...] = ()
    disputed: Disputed = field(default_factory=dict)


def call(facts: Sequence[Fact]) -> Call:
    """The report whose facts these are, in order of arrival."""
    own, faults = responsible(facts, division_of(facts, (CallAsked,)))
    held = standing(own)
    asked = next((fact for fact in in_turn(held.facts, (CallAsked,)) if isinstance(fact.data, CallAsked)), None)
    if asked is None:
        return Call(faults=tuple(faults))
    assert isinstance(asked.data, CallAsked)
    return Call(asked.data, asked.area, asked.author, when(asked), tuple(faults), dict(held.disputed))
