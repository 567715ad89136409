"""Shifts: planned by the clock of their place, taken one place at a time under a lock, worked; and rotas of many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, Refused, Wrong
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.shifts import (
    ShiftCancelled,
    ShiftGivenUp,
    ShiftPlanned,
    ShiftStaffed,
    ShiftTaken,
    ShiftWorked,
)
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.queries.hands import Known
from lianfang.capabilities.mobilisation.rules import rota
from lianfang.capabilities.mobilisation.rules.hours import DAY, NoSuchTime, Span, occurrence, too_near, zone_of
from lianfang.capabilities.mobilisation.service.recording import add, begin, facts_of, policy, refuse, undo, unknown
from lianfang.capabilities.mobilisation.service.volunteers import MANAGE
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked

Act = Literal["take", "give_up", "cancel", "worked"]
LIMIT_S: Final = 3.0
"""Seconds that the solver has."""
_NO_ZONE: Final = Wrong("zone", "unknown_zone", "没有这个时区，请核对", "is no zone of time: correct it")
_SKIPPED: Final = Wrong(
    "since",
    "no_such_time",
    "当日因调钟没有这个时刻，请改时间",
    "is skipped by the clock on that day: give another time",
)
_ORDER: Final = Wrong("ends", "not_after_starts", "须晚于开始时间，请更正", "must be after the start: correct it")
_WITHDRAWN: Final = Wrong("person", "withdrawn", *state.WORDS["withdrawn"])
_NOT_ABLE: Final = Wrong("person", "not_able", "没有所需技能，请另选", "does not have the skill: choose somebody else")
_NOT_OPEN: Final = Wrong(
    "lines", "not_open", "班次已满、已取消或已开始，请重新生成", "is full, cancelled or begun: propose anew"
)


class Planned(NamedTuple):
    """A shift for each of ``days`` from ``first`` on; ``since`` and ``until`` are times of the clock of ``zone``."""

    first: date
    days: int
    since: str
    until: str
    zone: str


def plan(
    viewer: Viewer, fields: Mapping[str, Any], when: Planned, *, id: UUID, area: str, now: datetime
) -> list[UUID]:  # fmt: skip
    """Plans a shift for each of some days; sent again, nothing is planned twice. Raises Forbidden, Refused."""
    its = policy(now)
    refuse([*unknown(its, "duty", "needs", fields["duty"]), *unknown(its, "skill", "skills", fields.get("skill"))])
    zone = zone_of(when.zone)
    if zone is None:
        raise Refused([_NO_ZONE])
    try:
        spans = [occurrence(when.first + n * DAY, when.since, when.until, zone) for n in range(when.days)]
    except NoSuchTime:
        raise Refused([_SKIPPED]) from None
    if any(one.ends - one.starts > timedelta(hours=its.longest_h + 1) for one in spans):
        most = its.longest_h
        raise Refused(
            [Wrong("until", "too_long", f"每班最长{most}小时，请缩短", f"lasts {most} hours at most: shorten it")]
        )
    ids = []
    with transaction.atomic():
        for n, one in enumerate(spans):
            data = made(ShiftPlanned, **fields, starts=one.starts, ends=one.ends, zone=when.zone)
            ids.append(uuid5(id, str(n)))
            begin(viewer, MANAGE, data, id=ids[-1], area=area, now=now, fold=state.shift)
    return ids


def act(
    viewer: Viewer, id: UUID, what: Act, *, person: UUID | None = None, starts: datetime | None = None,
    ends: datetime | None = None, now: datetime, fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes a place for somebody, gives it up, cancels the shift, or records how long somebody was on duty really.
    Raises NotThere, Forbidden, Refused."""
    if what == "cancel":
        return _record(viewer, id, ShiftCancelled(), now, fact)
    if person is None:
        raise Refused([Wrong("person", "missing", "请选择人员", "is needed: choose somebody")])
    if what == "take":
        return _take(viewer, id, person, now, fact)
    if what == "give_up":
        return _record(viewer, id, ShiftGivenUp(person=person), now, fact)
    if starts is None or ends is None or ends <= starts:
        raise Refused(
            [Wrong("ends", "not_after_starts", "须晚于开始时间，请更正", "must be after the start: correct it")]
        )
    return _record(viewer, id, ShiftWorked(person=person, starts=starts, ends=ends), now, fact)


def _take(viewer: Viewer, id: UUID, person: UUID, now: datetime, fact: UUID | None) -> UUID:
    data = ShiftTaken(person=person)
    with transaction.atomic():
        locked(id, person)
        with seeing(viewer, MANAGE):
            row = queries.shift(viewer, MANAGE, id)
            span = Span(row.starts, row.ends)
            who = queries.known(viewer, MANAGE, [person], span.starts, span.ends, but=[id])
        if wrong := _unfit(who.get(person), row.skill, span, now):
            raise Refused([wrong])
        return add(viewer, MANAGE, data, id=id, area=row.area, now=now, fold=state.shift, fact=fact)


def _unfit(who: Known | None, skill: str, span: Span, now: datetime) -> Wrong | None:
    """What keeps somebody from a shift: consent withdrawn, no skill, another duty, too little rest."""
    if who is None:
        return Wrong("person", "not_signed_up", *state.WORDS["not_signed_up"])
    if who.withdrawn:
        return _WITHDRAWN
    if skill and skill not in who.skills:
        return _NOT_ABLE
    its = policy(now)
    if any(too_near(span, other, its.rest) for other in who.busy):
        zh = f"与其他班次重叠或休息不足{its.rest_h}小时，请另选"
        en = f"has another duty then, or less than {its.rest_h} hours of rest: choose somebody else"
        return Wrong("person", "too_near", zh, en)
    return None


def _record(
    viewer: Viewer, id: UUID, data: ShiftCancelled | ShiftGivenUp | ShiftWorked, now: datetime, fact: UUID | None
) -> UUID:  # fmt: skip
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.shift(viewer, MANAGE, id).area
        return add(viewer, MANAGE, data, id=id, area=area, now=now, fold=state.shift, fact=fact)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what the viewer recorded of a shift. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.shift(viewer, MANAGE, id).area
        return undo(viewer, MANAGE, taken, why, id=id, area=area, now=now, fold=state.shift, fact=fact)


def propose(viewer: Viewer, area: str, first: datetime, last: datetime, *, now: datetime) -> rota.Rota:
    """Who could take the open places of the shifts of a time; nothing is recorded. Raises Forbidden, Refused."""
    require_over(viewer, MANAGE, area)
    its = policy(now)
    if last - first > timedelta(days=its.told_ahead_days):
        zh, en = f"最多{its.told_ahead_days}天，请缩短", f"covers {its.told_ahead_days} days at most: shorten it"
        raise Refused([Wrong("last", "too_long", zh, en)])
    posts = queries.posts(queries.shifts(viewer, area, first, last), now)
    hands = queries.hands(viewer, MANAGE, area, first, last)
    return rota.make(hands, posts, rest=its.rest, most_hours=float(its.week_h), limit_s=LIMIT_S)


def days_of(first: date, days: int) -> tuple[datetime, datetime]:
    """From the beginning of a day to the end of the last of some days."""
    begins = datetime.combine(first, time(), CIVIL_TIME)
    return begins, begins + timedelta(days=days)


class Decided(NamedTuple):
    """What was proposed for a shift, and what a person decided."""

    shift: UUID
    proposed: tuple[UUID, ...]
    people: tuple[UUID, ...]


def confirm(viewer: Viewer, lines: Sequence[Decided], *, id: UUID, now: datetime) -> int:
    """Records a rota that a person confirmed, changed by hand or not: all of it or nothing; how many places it gave.
    ``id`` is the sender's own for it: sent again, nothing is recorded. Raises NotThere, Forbidden, Refused where
    somebody does not fit; Changed where places were taken meanwhile."""
    lines = [one for one in lines if one.people]
    everybody = {person for one in lines for person in one.people}
    with transaction.atomic(), seeing(viewer, MANAGE):
        locked(*{one.shift for one in lines}, *everybody)
        rows = {one.shift: queries.shift(viewer, MANAGE, one.shift) for one in lines}
        if not lines or any(one.id == uuid5(id, str(lines[0].shift)) for one in facts_of(lines[0].shift)):
            return 0
        first, last = min(row.starts for row in rows.values()), max(row.ends for row in rows.values())
        known = queries.known(viewer, MANAGE, everybody, first, last)
        facts = []
        for one in lines:
            row, people = rows[one.shift], tuple(dict.fromkeys(one.people))
            if row.cancelled is not None or row.starts <= now or len(people) > row.places - row.taken:
                raise Changed(_NOT_OPEN.zh, _NOT_OPEN.en)
            span = Span(row.starts, row.ends)
            for person in people:
                if wrong := _unfit(known.get(person), row.skill, span, now):
                    raise Refused([wrong])
                known[person].busy.append(span)
            data = ShiftStaffed(proposed=one.proposed, people=people)
            its = uuid5(id, str(one.shift))
            facts.append(fact_of(viewer, data, subject=one.shift, area=row.area, at=None, now=now, id=its))
        append(viewer, facts)
    return sum(len(fact.data.people) for fact in facts if isinstance(fact.data, ShiftStaffed))
