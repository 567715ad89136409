"""Measures: what the public is told, the board of an area, and which have stood still."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import reaches, require_over
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, no_area
from lianfang.capabilities.command.facts.base import Unit
from lianfang.capabilities.command.facts.measures import MeasureProgress
from lianfang.capabilities.command.models import MeasureRow, PlanRow
from lianfang.capabilities.command.queries.levels import READ, areas_above
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import range_of
from lianfang.identity.areas import known_areas

MOST: Final = 1_000


class Public(NamedTuple):
    """A measure as the public is told of it."""

    id: UUID
    area: str
    number: int
    sort: str
    zh: str
    en: str
    basis: str
    approver: str
    doc_no: str
    starts: datetime
    ends: datetime
    exempt: tuple[str, ...]


class Responsible(NamedTuple):
    """A unit with the measures that it carries out, as areas and numbers. ``planned``: a plan in force gives it
    something to do."""

    unit: Unit
    measures: tuple[MeasureRow, ...]
    planned: bool


def in_force(at: datetime, areas: Collection[str] = ()) -> list[Public]:
    """What the public is told: the measures in force at a moment, of some divisions and all below them; of none named,
    of all. An ended one is gone from that moment on."""
    rows = MeasureRow.objects.filter(starts__lte=at, until__gt=at)
    if areas:
        rows = rows.filter(_within(areas))
    with seeing_all():
        return [_public(row) for row in rows.order_by("area", "data__doc_no", "number")[:MOST]]


def board(viewer: Viewer, area: str, at: datetime) -> list[MeasureRow]:
    """The measures that hold in an area or within it, those of the areas above among them; ended ones last. Authorities
    publish them: they are read for whoever may read plans. Raises Forbidden; Refused for an area that there is not."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, READ, area)
    with seeing_all():
        rows = MeasureRow.objects.filter(_within([area]) | Q(area__in=areas_above(area)))
        found = list(rows.order_by("area", "data__doc_no", "number")[:MOST])
    return sorted(found, key=lambda row: row.until <= at)


def located(viewer: Viewer, action: str, id: UUID) -> MeasureRow:
    """One measure of an area that the viewer's action reaches, or of one above the viewer's. Raises NotThere."""
    with seeing_all():
        row = MeasureRow.objects.filter(subject=id).first()
    if row is None or not (reaches(viewer, action, row.area) or row.area in areas_above(viewer.area)):
        raise NotThere
    return row


def without_progress(viewer: Viewer, area: str, at: datetime, hours: int) -> list[MeasureRow]:
    """The measures in force within an area of which no unit has said anything for so many hours and that are not done,
    by area. Raises Forbidden, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, READ, area)
    since = at - timedelta(hours=hours)
    rows = MeasureRow.objects.filter(_within([area]), starts__lte=since, until__gt=at).exclude(
        progress=MeasureProgress.DONE
    )
    with seeing_all():
        return list(rows.exclude(told__gt=since).order_by("area", "data__doc_no", "number")[:MOST])


def matrix(viewer: Viewer, area: str, at: datetime) -> list[Responsible]:
    """Which unit carries out which measures in force within an area. Raises Forbidden, Refused."""
    rows = [row for row in board(viewer, area, at) if row.starts <= at < row.until]
    planned = _planned([area, *areas_above(area)], at.astimezone(CIVIL_TIME).date())
    units: dict[str, Unit] = {}
    carried: dict[str, list[MeasureRow]] = {}
    for row in rows:
        for unit in row.issued().units:
            units.setdefault(unit.code, unit)
            carried.setdefault(unit.code, []).append(row)
    found = [Responsible(unit, tuple(carried[code]), code in planned) for code, unit in units.items()]
    return sorted(found, key=lambda one: (one.planned, -len(one.measures), one.unit.code))


def named(viewer: Viewer, area: str) -> list[Unit]:
    """The units that plans and measures of an area and of those above it name, each as it was named last. Raises
    Forbidden, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, READ, area)
    areas = [area, *areas_above(area)]
    with seeing_all():
        plans = list(PlanRow.objects.filter(area__in=areas).order_by("-last", "-at")[:MOST])
        measures = list(MeasureRow.objects.filter(area__in=areas).order_by("-starts", "number")[:MOST])
    found: dict[str, Unit] = {}
    for row in (*plans, *measures):
        for unit in row.issued().units:
            found.setdefault(unit.code, unit)
    return sorted(found.values(), key=lambda one: one.code)


def _planned(areas: Iterable[str], day: date) -> set[str]:
    """The codes of the units to which a plan in force of one of the areas gives something to do."""
    with seeing_all():
        rows = list(PlanRow.objects.filter(area__in=list(areas), first__lte=day, last__gte=day))
    return {unit for row in rows for item in row.issued().items for unit in item.units}


def _within(areas: Iterable[str]) -> Q:
    found = Q(pk__in=[])
    for area in areas:
        first, last = range_of(area)
        found |= Q(area__bytes_from=first, area__bytes_before=last)
    return found


def _public(row: MeasureRow) -> Public:
    its = row.issued()
    return Public(
        row.subject, row.area, row.number, its.sort, its.zh, its.en, its.basis, its.approver, its.doc_no, row.starts,
        row.until, tuple(its.exempt),
    )  # fmt: skip
