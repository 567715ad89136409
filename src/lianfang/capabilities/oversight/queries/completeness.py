"""How complete the registers of an area and its parts are, and how timely their records come (QA-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import F, Func, IntegerField, Sum

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.oversight.models import FindingRow
from lianfang.capabilities.oversight.queries.findings import READ
from lianfang.capabilities.screening.models import VisitRow
from lianfang.capabilities.screening.queries.coverage import Ledger, coverage
from lianfang.capabilities.screening.queries.own import READ as SCREENING
from lianfang.capabilities.screening.queries.own import within

LATE: Final = ("late_record", "back_dated")
DAYS: Final = 7
"""Over how many days records are counted."""


class Unit(NamedTuple):
    """A division. Households: ``registered``, as another source counts them (``reference``, None where nobody said),
    and with an outcome in the round (``decided``), of their visits those that nothing proves (``unproved`` of
    ``visited``). Of the last days ``records`` of visits, of which ``late`` came after their day."""

    area: str
    name: str
    registered: int
    reference: int | None
    decided: int
    visited: int
    unproved: int
    records: int
    late: int


class Completeness(NamedTuple):
    """An area and the divisions right below it. ``round``: the number of the round, None where none is open."""

    day: date
    round: int | None
    whole: Unit
    parts: tuple[Unit, ...]


def completeness(viewer: Viewer, area: str, day: date) -> Completeness:
    """Of an area as of a day. Raises Forbidden, Refused."""
    found = coverage(viewer, area)
    whole = _unit(viewer, found.area, "", found.whole, day)
    parts = tuple(_unit(viewer, one.code, one.name, one.ledger, day) for one in found.parts)
    return Completeness(day, found.round.number if found.round else None, whole, parts)


def _unit(viewer: Viewer, area: str, name: str, its: Ledger, day: date) -> Unit:
    begins = day - timedelta(DAYS - 1)
    with seeing(viewer, SCREENING):
        rows = within(in_range(viewer, VisitRow.objects.filter(day__gte=begins, day__lte=day)), area)
        records = rows.count()
    with seeing(viewer, READ):
        late = within(in_range(viewer, FindingRow.objects.filter(rule__in=LATE, day__gte=begins, day__lte=day)), area)
        many = late.aggregate(n=Sum(Func(F("evidence"), function="cardinality", output_field=IntegerField())))["n"]
    decided = its.done + its.not_met + its.refused + its.vacant
    return Unit(
        area, name, its.registered, its.reference, decided, its.visits, its.without_evidence, records, many or 0
    )
