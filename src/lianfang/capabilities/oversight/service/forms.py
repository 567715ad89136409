"""Forms that offices ask for are registered, or refused; those that no law requires rest by one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.facts.forms import (
    FormRegistered,
    FormsResumed,
    FormsSuspended,
    burden_id,
    form_id,
)
from lianfang.capabilities.oversight.queries import forms as queries
from lianfang.capabilities.oversight.rules.forms import FormState
from lianfang.capabilities.oversight.state import forms as state
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

MANAGE: Final = "burden.manage"
_NEEDED: Final[tuple[tuple[str, str, str], ...]] = (
    ("basis", "须写明法律或文件依据，请选择", "is needed: say which law or document asks for it"),
    ("purpose", "须写明用途，请填写", "is needed: say what it is for"),
    ("ends", "须写明截止日期，请填写", "is needed: say until when it is asked for"),
)
_NOT_YOURS: Final = Wrong(
    "taken",
    "not_yours",
    "只能撤销本人登记的表格",
    "was registered by somebody else: only who registered it takes it back",
)


def register(
    viewer: Viewer, area: str, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Registers a form that an area asks for. Raises Forbidden; Refused without basis, purpose or end, with an end
    that is past, and for a field that another form in force asks already."""
    missing = [Wrong(name, "missing", zh, en) for name, zh, en in _NEEDED if not str(fields.get(name) or "").strip()]
    if missing:
        raise Refused(missing)
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(FormRegistered, **fields)
    if wrong := _wrong(viewer, area, data, now):
        raise Refused(wrong)
    id = form_id(area, data.code)
    with transaction.atomic():
        history = _history(id)
        if fact is not None and any(one.id == fact for one in history):
            return id
        _append(viewer, data, id, area, history, now, fact)
    return id


def _wrong(viewer: Viewer, area: str, data: FormRegistered, now: datetime) -> list[Wrong]:
    its, day = queries.policy(now), now.astimezone(CIVIL_TIME).date()
    wrong = []
    if its.basis(data.basis) is None:
        known = "、".join(one.code for one in its.bases)
        wrong.append(Wrong("basis", "unknown_basis", f"没有这种依据，可用：{known}", f"is none; there are: {known}"))
    if data.ends < day:
        wrong.append(Wrong("ends", "past", "已过，请填写以后的日期", "is past: give a later day"))
    codes = [one.code for one in data.fields]
    others = {
        field.code: one.zh
        for one in queries.listed(viewer, area, now).forms
        if one.kind == "office" and one.state is not FormState.ENDED and (one.area, one.code) != (area, data.code)
        for field in one.fields
        if not field.known
    }
    for code in dict.fromkeys(codes):
        if codes.count(code) > 1:
            zh, en = f"{code}重复，请合并", f"{code} stands there twice: join them"
            wrong.append(Wrong("fields", "twice", zh, en))
        elif code in others:
            zh, en = (
                f"{code}已由《{others[code]}》填报，请删去",
                f"{code} is asked by “{others[code]}” already: leave it out",
            )
            wrong.append(Wrong("fields", "asked_already", zh, en))
    return wrong


def withdraw(viewer: Viewer, id: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> None:
    """Takes a form back as it was registered last, for who registered it. Raises Forbidden, NotThere, Refused."""
    row = queries.mine(viewer, id)
    if row is None:
        raise NotThere
    require_over(viewer, MANAGE, row.area)
    with transaction.atomic():
        history = _history(id)
        if fact is not None and any(one.id == fact for one in history):
            return
        last = state.form(history)
        if last.data is None:
            raise NotThere
        if last.author != viewer.author:
            raise Refused([_NOT_YOURS])
        _append(viewer, Retracted(why=why), id, row.area, history, now, fact, corrects=last.fact)


def suspend(viewer: Viewer, area: str, reason: str, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Lets all forms rest that no law requires, in an area and below; where they rest, nothing is recorded. Raises
    Forbidden, Refused."""
    data = made(FormsSuspended, reason=reason)
    return _turn(viewer, area, data, now, fact, wanted=False)


def resume(viewer: Viewer, area: str, *, now: datetime, fact: UUID | None = None) -> UUID:
    """They are asked for again; where they are, nothing is recorded. Raises Forbidden, Refused."""
    return _turn(viewer, area, FormsResumed(), now, fact, wanted=True)


def _turn(
    viewer: Viewer, area: str, data: FactData, now: datetime, fact: UUID | None, *, wanted: bool
) -> UUID:  # fmt: skip
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    id = burden_id(area)
    with transaction.atomic():
        history = _history(id)
        if fact is not None and any(one.id == fact for one in history):
            return fact
        rests = bool(history) and state.resting(history).suspended is not None
        if rests is not wanted:
            return history[-1].id if history else id
        return _append(viewer, data, id, area, history, now, fact)


def _append(
    viewer: Viewer, data: FactData, id: UUID, area: str, history: list[Fact], now: datetime, fact: UUID | None,
    corrects: UUID | None = None,
) -> UUID:  # fmt: skip
    with seeing(viewer, MANAGE):
        one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
        append(viewer, [one.model_copy(update={"corrects": corrects})])
    return one.id


def _history(id: UUID) -> list[Fact]:
    """The facts of a subject, which nobody else adds to meanwhile."""
    locked(id)
    with seeing_all():
        return [entry.fact for entry in log.read(subjects=[id])]
