"""Posts: set up, staffed, counted, treated, closed; and many set up from a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.facts import (
    Counted,
    DepartmentSeated,
    PostClosed,
    PostKind,
    PostOpened,
    ShiftPlanned,
    Treated,
)
from lianfang.capabilities.gates.models import (
    DepartmentRegister,
    PostRegister,
    PostRow,
)
from lianfang.capabilities.gates.queries import encounters
from lianfang.capabilities.gates.queries.posts import MANAGE, RUN, counted_before, located
from lianfang.capabilities.gates.service.recording import (
    append,
    coded,
    fact_of,
    made,
    record,
    refuse_no_area,
    take_back,
    told,
)
from lianfang.capabilities.gates.state.owners import near, post_id, seat_id
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.facts.personal import is_number
from lianfang.identity.documents import plain_phone

MOST_IMPORTED: Final = 1_000
_EACH: Final = frozenset(one.kind for one in (ShiftPlanned, Counted, Treated))


class Imported(NamedTuple):
    """What became of a list: posts that are new, that changed, that were known as they are; and what was wrong."""

    opened: int
    changed: int
    unchanged: int
    wrong: tuple[Wrong, ...]


def open_post(
    viewer: Viewer, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None, post: UUID | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Sets up a post, or changes the particulars of the one that is given. Raises Forbidden, Refused, NotThere."""
    data = _opened(fields)
    require_over(viewer, MANAGE, data.town)
    with seeing(viewer, MANAGE):
        id = post or post_id(data)
        locked(id)
        if post is not None:
            located(viewer, MANAGE, id)
        history = told(PostRegister.kinds, id)
        known = state.post(history)
        if post is None and known.data not in (None, data) and near(known.area, data.town):
            zh, en = "已有同编号或同名的卡点，请更改其信息", "there is a post of this number or name: change that one"
            raise Refused([Wrong("number" if data.number else "name", "known", zh, en)])
        one = fact_of(viewer, data, subject=id, area=data.town, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.post)
    return id


def _opened(fields: Mapping[str, Any]) -> PostOpened:
    kept = dict(fields)
    kind_of = str(kept.get("kind_of") or PostKind.POINT).strip()
    kept["kind_of"] = _KINDS.get(kind_of.casefold(), kind_of)
    if kept["kind_of"] == PostKind.CLINIC:
        kept["place_type"] = kept.get("place_type") or "fever_clinic"
    kept["telephone"] = _public_number(kept.get("telephone"), needed=kept["kind_of"] == PostKind.CLINIC)
    for field, vocabulary in (("place_type", "place_types"), ("department", "departments")):
        kept[field] = coded(vocabulary, field, kept.get(field))
    if not (kept.get("lead") or "").strip():
        raise Refused([Wrong("lead", "missing", "请填写牵头单位", "name the organisation that answers for it")])
    data = made(PostOpened, kept)
    if data.kind_of is PostKind.STATION and data.department is None:
        zh, en = "交通卫生检疫站须注明所属部门", "a quarantine station belongs to a department: name it"
        raise Refused([Wrong("department", "missing", zh, en)])
    refuse_no_area(town=data.town)
    return data


_KINDS: Final = {
    "检疫站": PostKind.STATION, "交通卫生检疫站": PostKind.STATION, "卡点": PostKind.POINT, "防控点": PostKind.POINT,
    "发热门诊": PostKind.CLINIC, "fever clinic": PostKind.CLINIC,
}  # fmt: skip


def _public_number(said: object, *, needed: bool) -> str | None:
    """An office's telephone, digits alone; None where there is none. Raises Refused."""
    number = plain_phone(str(said or ""))
    if not number and needed:
        zh, en = "请填写发热门诊对外公布的电话", "the public is told how to reach a fever clinic: give its telephone"
        raise Refused([Wrong("telephone", "missing", zh, en)])
    if is_number(number):
        zh, en = (
            "这是手机号码，请填写对外公布的固定电话",
            "is a mobile number, which is a person's: give the office's own",
        )
        raise Refused([Wrong("telephone", "personal", zh, en)])
    return number or None


def close(viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None) -> None:
    """Nobody is on duty there any more; not while somebody is held. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, MANAGE):
        row = located(viewer, MANAGE, id)
        locked(id)
        if encounters.still_held(viewer, id):
            zh, en = "还有人在此就地留观，请先转运或办结", "people are held here: move them or end the holds first"
            raise Refused([Wrong("post", "holds", zh, en)])
        history = told(PostRegister.kinds, id)
        one = fact_of(viewer, PostClosed(), subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, [one], state.post)


def plan_shift(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, replaces: UUID | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Plans a shift, or another in place of one; returns its id. Raises NotThere, Forbidden, Refused."""
    data = made(ShiftPlanned, fields)
    _refuse_backwards(data.begins, data.ends)
    return _each(viewer, id, data, now, fact=fact, replaces=replaces)


def count(viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None) -> UUID:
    """Counts who passed and who was checked in a time. Where ``checked`` is not told, it is what the record has of the
    time. Not everybody checked: that needs a reason. Raises NotThere, Forbidden, Refused."""
    kept = {**fields, "reason": coded("reasons", "reason", fields.get("reason"))}
    with seeing(viewer, RUN):
        located(viewer, RUN, id)
        if kept.get("checked") is None:
            kept["checked"] = encounters.counted(viewer, id, kept["begins"], kept["ends"]).measured
    data = made(Counted, kept)
    _refuse_backwards(data.begins, data.ends)
    if data.checked > data.passed:
        zh, en = "检查人数多于通过人数，请核对", "more were checked than passed: correct one"
        raise Refused([Wrong("checked", "more_than_passed", zh, en)])
    if data.checked < data.passed and data.reason is None:
        zh, en = "未做到逢人必查，请说明原因", "not everybody was checked: give the reason"
        raise Refused([Wrong("reason", "missing", zh, en)])
    with seeing(viewer, RUN):
        before = [one for one in counted_before(viewer, id, data.begins, data.ends) if one.fact != fact]
    if before:
        told = before[0]
        zh = f"这段时间已计数：通过{told.passed}人，检查{told.checked}人；相同的不必再报，有误请先撤回原计数"
        en = (
            f"this time was counted before: {told.passed} passed, {told.checked} checked. The same count needs nothing "
            "more; to correct it, take that one back first"
        )
        raise Refused([Wrong("begins", "counted_before", zh, en)])
    return _each(viewer, id, data, now, fact=fact)


def treat(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records a disinfection or an airing. Raises NotThere, Forbidden, Refused."""
    kept = {**fields, "agent": coded("agents", "agent", fields.get("agent"))}
    data = made(Treated, {**kept, "operator": kept.get("operator") or viewer.author})
    if data.measure == "disinfection" and data.agent is None:
        raise Refused([Wrong("agent", "missing", "请填写消毒剂", "a disinfection has its means: name it")])
    return _each(viewer, id, data, now, at=at, fact=fact)


def _each(
    viewer: Viewer, id: UUID, data: FactData, now: datetime, *, at: datetime | None = None, fact: UUID | None = None,
    replaces: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records a fact of which a post has many."""
    with seeing(viewer, RUN):
        row = _open(viewer, id)
        if replaces is not None:
            _its(id, replaces, type(data))
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact)
        append(viewer, [one.model_copy(update={"corrects": replaces})])
    return one.id


def _open(viewer: Viewer, id: UUID) -> PostRow:
    row = located(viewer, RUN, id)
    if row.closed is not None:
        raise Refused([Wrong("post", "not_open", *state.WORDS["not_open"])])
    return row


def _refuse_backwards(begins: datetime, ends: datetime) -> None:
    if ends <= begins:
        raise Refused([Wrong("ends", "not_after_begins", "须晚于开始时间", "is not after the beginning: correct it")])


def retract(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Takes a shift, a count, a treatment or a change of the post back. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, RUN):
        row = located(viewer, RUN, id)
        locked(id)
        history = told(PostRegister.kinds | _EACH, id)
        its = next((one for one in history if one.id == taken), None)
        if its is not None and its.kind in PostRegister.kinds:
            require(viewer, MANAGE)
        one = take_back(viewer, history, taken, why, _post_alone, area=row.area, now=now, id=fact)
        if _post_alone([*history, one]).data is None:
            zh, en = "卡点不能撤回，请关闭", "a post is not taken back: close it"
            raise Refused([Wrong("fact", "last", zh, en)])
    return one.id


def _post_alone(facts: Sequence[Fact]) -> state.Post:
    """The post of all that is told of one: what comes by the dozen contradicts nothing."""
    return state.post([fact for fact in facts if fact.kind in PostRegister.kinds])


def _its(id: UUID, taken: UUID, kind: type[FactData]) -> None:
    if not any(one.id == taken and isinstance(one.data, kind) for one in told(_EACH, id)):
        zh, en = "没有这个班次，请核对编号", "is no shift of this post: correct the id"
        raise Refused([Wrong("replaces", "unknown_fact", zh, en)])


def seat(viewer: Viewer, account: str, department: str, area: str, *, now: datetime) -> UUID:
    """An account belongs to a department in a division from now on, and sees its posts alone there; returns what stands
    for the account and the division in the record: no other division has a say. Raises Forbidden, Refused."""
    require_over(viewer, MANAGE, area)
    refuse_no_area(area=area)
    code = coded("departments", "department", department)
    if code is None:
        raise Refused([Wrong("department", "missing", "请选择部门", "name the department")])
    data = made(DepartmentSeated, {"account": account, "department": code})
    with seeing(viewer, MANAGE):
        subject = seat_id(account, area)
        locked(subject)
        held = state.seat(told(DepartmentRegister.kinds, subject))
        if held is None or held.department != code:
            append(viewer, [fact_of(viewer, data, subject=subject, area=area, now=now)])
    return subject


def import_posts(viewer: Viewer, rows: Sequence[Mapping[str, Any]], *, now: datetime) -> Imported:
    """Sets up the posts of a list, good rows though others are wrong. A post is known by its number within its county,
    else by its name within its town: the same list again changes nothing. Raises Forbidden, Refused."""
    require(viewer, MANAGE)
    if len(rows) > MOST_IMPORTED:
        zh, en = f"一次最多{MOST_IMPORTED}行", f"has more than {MOST_IMPORTED} rows: send it in parts"
        raise Refused([Wrong("rows", "too_many", zh, en)])
    wrong: list[Wrong] = []
    good: dict[UUID, PostOpened] = {}
    for number, fields in enumerate(rows, 1):
        try:
            data = _opened(fields)
        except Refused as error:
            wrong += [one._replace(row=number) for one in error.wrong]
            continue
        id = post_id(data)
        if not reaches(viewer, MANAGE, data.town):
            wrong.append(Wrong("town", "outside_area", "不在您负责的区域内", "is not in your area", number))
        elif good.setdefault(id, data) != data:
            zh, en = "与前面的行是同一卡点而内容不同", "is the same post as a row before, with other content"
            wrong.append(Wrong("number", "twice", zh, en, number))
    with seeing(viewer, MANAGE):
        locked(*good)
        return _imported(viewer, good, wrong, now)


def _imported(viewer: Viewer, good: Mapping[UUID, PostOpened], wrong: list[Wrong], now: datetime) -> Imported:
    known: dict[UUID, list[Fact]] = {id: [] for id in good}
    for entry in log.read(kinds=PostRegister.kinds, subjects=list(good)):
        known[entry.fact.subject].append(entry.fact)
    facts, opened = list[Fact](), 0
    for id, data in good.items():
        before = state.post(known[id])
        if before.data is not None and before.data.model_copy(update={"batch": data.batch}) == data:
            continue
        opened += before.data is None
        facts.append(fact_of(viewer, data, subject=id, area=data.town, now=now, history=known[id]))
    append(viewer, facts)
    return Imported(opened, len(facts) - opened, len(good) - len(facts), tuple(sorted(wrong, key=_row)))


def _row(one: Wrong) -> int:
    return one.row or 0
