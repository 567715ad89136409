"""Response levels: declared by an authority with a document, and taken back where that was a mistake."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong, no_area
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import LevelDeclared, ResponseLevel, response_id
from lianfang.capabilities.command.models import LEVEL_KINDS, PlanRow
from lianfang.capabilities.command.service.plans import Activated, activate
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

MANAGE: Final = "plans.manage"
AUTHORITY: Final = (
    Wrong("issuer", "missing", "须写明发布机关，请填写", "is needed: name the authority that declared it"),
    Wrong("doc_no", "missing", "须写明文号，请填写", "is needed: give the number of the document"),
)


class Declared(NamedTuple):
    """The fact, and what was activated with it."""

    fact: UUID
    activated: tuple[Activated, ...]


def declare(
    viewer: Viewer, area: str, fields: Mapping[str, Any], *, now: datetime, activating: bool, fact: UUID | None = None
) -> Declared:
    """Records the level of an area as an authority declared it, and with ``activating`` puts the area's plans in force
    into action where it holds already. The same again is the same: nothing is recorded. Raises Forbidden, Refused."""
    missing = [one for one in AUTHORITY if not str(fields.get(one.field) or "").strip()]
    if missing:
        raise Refused(missing)
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    data = made(LevelDeclared, **fields)
    with transaction.atomic():
        locked(response_id(area))
        history = _history(area)
        before = next((one for one in state.levels(history) if one.starts == data.starts), None)
        told = (data.level, data.issuer, data.doc_no)
        if before is not None and (before.level, before.issuer, before.doc_no) == told:
            recorded = before.fact
        else:
            _refuse_ended_twice(state.levels(history), data)
            with seeing(viewer, MANAGE):
                one = fact_of(
                    viewer, data, subject=response_id(area), area=area, at=None, now=now, id=fact, history=history
                )  # fmt: skip
                append(viewer, [one])
            recorded = one.id
        return Declared(recorded, _activated(viewer, area, data, now) if activating else ())


def _refuse_ended_twice(history: tuple[state.Declared, ...], data: LevelDeclared) -> None:
    if data.level is ResponseLevel.ENDED:
        before = state.in_force(history, data.starts)
        if before is None or before.level is ResponseLevel.ENDED:
            zh, en = "当时没有生效的响应，无须终止", "no response is in force then: there is nothing to end"
            raise Refused([Wrong("level", "nothing_to_end", zh, en)])


def _activated(viewer: Viewer, area: str, data: LevelDeclared, now: datetime) -> tuple[Activated, ...]:
    """What the area's own plans in force begin with the level; nothing where it has not started or is over."""
    held = state.in_force(state.levels(_history(area)), now)
    if data.level is ResponseLevel.ENDED or held is None or held.level is not data.level:
        return ()
    day = now.astimezone(CIVIL_TIME).date()
    with seeing(viewer, MANAGE):
        rows = PlanRow.objects.filter(area=area, first__lte=day, last__gte=day).order_by("subject")
        plans = list(dict.fromkeys(row.subject for row in rows if _speaks_of(row, data.level)))
    return tuple(activate(viewer, plan, now=now) for plan in plans)


def _speaks_of(row: PlanRow, level: ResponseLevel) -> bool:
    return any(level in item.levels for item in row.issued().items)


def retract(viewer: Viewer, area: str, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes a level back that was recorded by mistake; the tasks that rested on it alone are gone with it. Raises
    Forbidden, NotThere, this also of an area that is another's."""
    require(viewer, MANAGE)
    if not reaches(viewer, MANAGE, area):
        raise NotThere
    with transaction.atomic():
        locked(response_id(area))
        history = _history(area)
        if fact is not None and any(one.id == fact for one in history):
            return fact
        if all(one.fact != taken for one in state.levels(history)):
            raise NotThere
        with seeing(viewer, MANAGE):
            one = fact_of(
                viewer, Retracted(why=why), subject=response_id(area), area=area, at=None, now=now, id=fact,
                history=history,
            )  # fmt: skip
            append(viewer, [one.model_copy(update={"corrects": taken})])
    return one.id


def _history(area: str) -> list[Fact]:
    with seeing_all():
        return [entry.fact for entry in log.read(kinds=LEVEL_KINDS, subjects=[response_id(area)])]
