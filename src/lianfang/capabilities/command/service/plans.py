"""Plans: issued, and put into action for a level in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import (
    RULE,
    PlanActivated,
    PlanIssued,
    ResponseLevel,
    Unit,
    checklist_id,
    plan_id,
)
from lianfang.capabilities.command.models import PLAN_KINDS
from lianfang.capabilities.command.queries import plans as queries
from lianfang.capabilities.command.queries.levels import areas_above, histories
from lianfang.capabilities.command.rules.plan_file import read
from lianfang.capabilities.isolation.service.recording import append, fact_of
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks import service as tasks
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.profiles.disease.parts import within

MANAGE: Final = "plans.manage"


class Issued(NamedTuple):
    """``new`` is False where the same version is on record already."""

    plan: UUID
    data: PlanIssued
    new: bool


class Activated(NamedTuple):
    """``tasks`` counts the tasks of the activation, one for each item and unit; ``new`` is False where it was active.
    ``unassigned`` are the units whose tasks nobody has been given."""

    plan: UUID
    activation: UUID
    level: ResponseLevel
    tasks: int
    unassigned: tuple[Unit, ...]
    new: bool


def issue(
    viewer: Viewer, area: str, form: str, text: str, particulars: Mapping[str, Any], *, now: datetime,
    trial: bool = False, fact: UUID | None = None,
) -> Issued:  # fmt: skip
    """Issues a version of a plan that was read from a text; on ``trial`` it is only looked at. The same version again
    is the same; another content under its edition is refused. Raises Forbidden; Refused with every error."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    found = read(form, text, particulars)
    if found.plan is None:
        raise Refused([Wrong(one.field, one.reason, one.zh, one.en, one.row) for one in found.faults])
    data = found.plan
    _refuse_units_elsewhere(area, data)
    id = plan_id(area, data.code)
    with transaction.atomic():
        locked(id)
        history = _history(id)
        held = state.plan(history)
        before = next((one for one in held.versions if one.data.edition == data.edition), None) if held else None
        if before is not None and before.data != data:
            zh, en = "此版本号已发布而内容不同，请用新的版本号", "was issued with other content: give a new one"
            raise Refused([Wrong("edition", "taken", zh, en)])
        if before is None and not trial:
            with seeing(viewer, MANAGE):
                one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
                append(viewer, [one])
    return Issued(id, data, before is None)


def _refuse_units_elsewhere(area: str, data: PlanIssued) -> None:
    known = known_areas()
    wrong = []
    for row, unit in enumerate(data.units, 1):
        if unit.area is not None and not known(unit.area):
            wrong.append(no_area("units.area")._replace(row=row))
        elif unit.area is not None and not (
            unit.area == area or area in areas_above(unit.area) or within(unit.area, area)
        ):
            zh, en = "不在预案地区之内，请更正", "is not within the plan's area: correct it"
            wrong.append(Wrong("units.area", "outside_area", zh, en, row))
    if wrong:
        raise Refused(wrong)


def activate(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> Activated:
    """Puts the version in force into action for the level in force, of the area or of the nearest above: one task for
    each item and unit, each with its owner and its time. Once in a spell of a level: again, nothing is recorded.

    Raises Forbidden, NotThere; Refused where no version or no level is in force, or the plan says nothing of it.
    """
    with transaction.atomic(), seeing(viewer, MANAGE):
        area = queries.located(viewer, MANAGE, id)[0].area
        locked(id)
        history = _history(id)
        plan = state.plan(history)
        version = plan.current(now.astimezone(CIVIL_TIME).date()) if plan else None
        if version is None:
            raise Refused([_NOT_CURRENT])
        level = _level(area, now)
        if not any(level.level in item.levels for item in version.data.items):
            zh, en = f"预案没有{level.level}级响应的事项", f"has no item for a response of level {level.level}"
            raise Refused([Wrong("level", "no_items", zh, en)])
        with seeing_all():
            before = queries.open_checklists(viewer, id, level.level, level.area, now)
        if before:
            n = sum(len(row.items) for row in before)
            return Activated(id, before[0].activation, level.level, n, (), False)
        data = PlanActivated(level=level.level, issued=version.fact, declared=level.fact, declared_for=level.area)
        one = fact_of(viewer, data, subject=id, area=area, at=None, now=now, id=fact, history=history)
        activation = state.Activation(one.id, data, version, now, viewer.author)
        given, unassigned = _given(viewer, activation, area, now)
        append(viewer, [one, *given])
    n = sum(len(items) for items in activation.due().values())
    return Activated(id, one.id, level.level, n, unassigned, True)


_NOT_CURRENT: Final = Wrong(
    "plan", "not_current", "预案现无有效版本，请先发布新版本", "has no version in force: issue a new one first"
)


def _level(area: str, now: datetime) -> state.Declared:
    """The level in force of the area, or of the nearest area above that has one. Raises Refused."""
    areas = [area, *areas_above(area)]
    told = histories(areas)
    held = (state.in_force(told[one], now) for one in areas)
    found = next((one for one in held if one is not None and one.level is not ResponseLevel.ENDED), None)
    if found is None:
        zh, en = "本地区及上级均无生效的响应级别，请先登记", "no level is in force here or above: record it first"
        raise Refused([Wrong("level", "no_level", zh, en)])
    return found


def _given(
    viewer: Viewer, activation: state.Activation, area: str, now: datetime
) -> tuple[list[Fact], tuple[Unit, ...]]:  # fmt: skip
    """The facts that give each unit's tasks to who stands for it, and the units whose nobody was given them: none is
    named, or whoever is does no such things any more. The activation does not wait for that."""
    facts, unassigned = list[Fact](), list[Unit]()
    units = {unit.code: unit for unit in activation.version.data.units}
    for code in activation.due():
        unit = units[code]
        if unit.account is None:
            unassigned.append(unit)
            continue
        of = checklist_id(activation.id, code)
        try:
            facts += tasks.give(viewer, unit.account, of, [RULE], unit.area or area, now=now)
        except Refused:
            unassigned.append(unit)
    return facts, tuple(unassigned)


def _history(id: UUID) -> Sequence[Fact]:
    with seeing_all():
        return [entry.fact for entry in log.read(kinds=PLAN_KINDS, subjects=[id])]
