"""How complete the registers of an area and its parts are, and how timely their records come (QA-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Func, IntegerField, Sum

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.capabilities.oversight.queries.findings import READ
from lianfang.capabilities.screening.models import VisitRow
from lianfang.capabilities.screening.queries.coverage import Ledger, ledgers
from lianfang.capabilities.screening.queries.own import READ as SCREENING
from lianfang.capabilities.screening.queries.own import within
from lianfang.profiles.disease.parts import within as lies_within

LATE: Final = ("late_record", "back_dated")
DAYS: Final = 7
"""Over how many days records are counted."""


class Unit(NamedTuple):
    """A division, or a ``grid`` by its name. Households: ``registered``, as another source counts them (``reference``,
    None where nobody said), and with an outcome in the round (``decided``), of their visits those that nothing proves
    (``unproved`` of ``visited``). Of the last days ``records`` of visits, of which ``late`` came after their day."""

    area: str
    grid: str
    registered: int
    reference: int | None
    decided: int
    visited: int
    unproved: int
    records: int
    late: int


class Completeness(NamedTuple):
    """An area and the divisions right below it; ``grids`` where none lie below. ``round``: the number of the round,
    None where none is open."""

    day: date
    round: int | None
    whole: Unit
    parts: tuple[Unit, ...]
    grids: tuple[Unit, ...]


class _Timely(NamedTuple):
    """Of a division and grid, how many visits are on record, and how many findings of late ones name."""

    area: str
    grid: UUID | None
    records: int
    late: int


def completeness(viewer: Viewer, area: str, day: date) -> Completeness:
    """Of an area as of a day. Raises Forbidden, Refused."""
    found = ledgers(viewer, area or viewer.area)
    timely = _timely(viewer, found.area, day)
    whole = _unit(found.area, "", found.whole, timely)
    parts = tuple(
        _unit(one.code, "", one.ledger, [its for its in timely if lies_within(its.area, one.code)])
        for one in found.parts
    )
    grids = tuple(
        _unit(one.code, one.name, one.ledger, [its for its in timely if (its.area, its.grid) == (one.code, one.grid)])
        for one in found.grids
    )
    return Completeness(day, found.round.number if found.round else None, whole, parts, grids)


def _timely(viewer: Viewer, area: str, day: date) -> list[_Timely]:
    begins = day - timedelta(DAYS - 1)
    with seeing(viewer, SCREENING):
        visits = within(in_range(viewer, VisitRow.objects.filter(day__gte=begins, day__lte=day)), area)
        records = list(visits.values_list("area", "grid").annotate(n=Count("*")))
    with seeing(viewer, READ):
        found = within(in_range(viewer, FindingRow.objects.filter(rule__in=LATE, day__gte=begins, day__lte=day)), area)
        many = Sum(Func(F("evidence"), function="cardinality", output_field=IntegerField()))
        late = {(of, grid): n for of, grid, n in found.values_list("area", "unit").annotate(n=many)}
    return [_Timely(of, grid, n, late.get((of, grid), 0)) for of, grid, n in records]


def _unit(area: str, grid: str, its: Ledger, timely: list[_Timely]) -> Unit:
    decided = its.done + its.not_met + its.refused + its.vacant
    records, late = sum(one.records for one in timely), sum(one.late for one in timely)
    return Unit(
        area, grid, its.registered, its.reference, decided, its.visits, its.without_evidence, records, late
    )  # fmt: skip
