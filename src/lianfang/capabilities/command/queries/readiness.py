"""How ready the divisions below an area are, and which have no plan in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.command.models import PlanRow, ReadinessRow
from lianfang.capabilities.command.queries.levels import READ
from lianfang.capabilities.command.rules import readiness as rules
from lianfang.capabilities.gates.facts import PostKind
from lianfang.capabilities.gates.models import PostRow
from lianfang.capabilities.isolation.models import StationRow
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import range_of
from lianfang.places.gazetteer import LEVELS, Division, Gazetteer
from lianfang.places.queries import current_gazetteer

MOST_AREAS: Final = 4_000
Below = Literal["county", "town"]
_DEPTH: Final = {level: depth for depth, level in enumerate(LEVELS)}


class Plan(NamedTuple):
    """The plan of an area that holds on the day, or the last that did (``current`` false)."""

    id: UUID
    zh: str
    en: str
    edition: str
    last: str
    current: bool


class Line(NamedTuple):
    division: Division
    plan: Plan | None
    readiness: rules.Readiness


class Register(NamedTuple):
    """``without`` are the codes of those of ``lines`` that have no plan in force."""

    lines: tuple[Line, ...]
    without: tuple[str, ...]


def register(viewer: Viewer, area: str, below: Below, now: datetime) -> Register:
    """The divisions of a level below an area, or the area itself, with their readiness. Raises Forbidden, Refused."""
    first, last = range_of(area)
    require_over(viewer, READ, area)
    divisions = _divisions(current_gazetteer(), area, below)
    if len(divisions) > MOST_AREAS:
        zh, en = "范围过大，请选择下级地区", "has too many of them: choose an area below it"
        raise Refused([Wrong("area", "too_wide", zh, en)])
    codes = {one.code for one in divisions}
    with seeing(viewer, READ):
        within = {"area__bytes_from": first, "area__bytes_before": last}
        plans = list(in_range(viewer, PlanRow.objects.filter(area__in=codes)).order_by("first", "at"))
        said = list(in_range(viewer, ReadinessRow.objects.filter(area__in=codes)))
        clinics = PostRow.objects.filter(closed__isnull=True, kind_of=PostKind.CLINIC, **within)
        stations = StationRow.objects.filter(closed__isnull=True, **within)
        on_record: dict[rules.Derived, set[str]] = {
            "clinic": _areas_of(list(in_range(viewer, clinics).values_list("area", flat=True)), codes),
            "station": _areas_of(list(in_range(viewer, stations).values_list("area", flat=True)), codes),
        }
    held = _plans(plans, now)
    stated: dict[str, dict[str, rules.Said]] = {}
    for row in said:
        stated.setdefault(row.area, {})[row.item] = rules.Said(row.met, row.evidence, row.at)
    lines = tuple(_line(one, held, on_record, stated, now) for one in divisions)
    return Register(lines, tuple(one.division.code for one in lines if one.plan is None or not one.plan.current))


def _line(
    one: Division, plans: Mapping[str, Plan], on_record: Mapping[rules.Derived, set[str]],
    stated: Mapping[str, Mapping[str, rules.Said]], now: datetime,
) -> Line:  # fmt: skip
    plan = plans.get(one.code)
    its: dict[rules.Derived, bool] = {name: one.code in areas for name, areas in on_record.items()}
    its["plan"] = plan is not None and plan.current
    return Line(one, plan, rules.readiness(its, stated.get(one.code, {}), now, rules.policy()))


def _plans(rows: list[PlanRow], now: datetime) -> dict[str, Plan]:
    """Of each area the plan that holds, of several the one that holds longest; else the last that did."""
    day = now.astimezone(CIVIL_TIME).date()
    found: dict[str, tuple[bool, str, Plan]] = {}
    for row in rows:
        its, current = row.issued(), row.first <= day <= row.last
        if row.first > day:
            continue
        plan = Plan(row.subject, its.zh, its.en, its.edition, row.last.isoformat(), current)
        key = (current, row.last.isoformat(), plan)
        if row.area not in found or key[:2] >= found[row.area][:2]:
            found[row.area] = key
    return {area: plan for area, (_, _, plan) in found.items()}


def _areas_of(places: list[str], codes: set[str]) -> set[str]:
    """Which of the divisions have one of the places: those whose code a place's begins with."""
    lengths = {len(code) for code in codes}
    return {place[:length] for place in places for length in lengths if place[:length] in codes}


def _divisions(gazetteer: Gazetteer, area: str, below: Below) -> list[Division]:
    """The divisions of a level within an area; a prefecture without counties stands among them."""
    own = gazetteer.division(area)
    found, waiting = list[Division](), [own] if own else []
    while waiting:
        one = waiting.pop()
        children = gazetteer.children(one.code)
        lowest = one.level == "prefecture" and below == "county" and not any(c.level == "county" for c in children)
        if one.level == below or lowest:
            found.append(one)
        elif _DEPTH[one.level] < _DEPTH[below]:
            waiting += children
    return sorted(found, key=lambda one: one.code)
