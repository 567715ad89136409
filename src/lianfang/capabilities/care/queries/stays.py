"""Stays: who lies in which bed, who lay there, and what contradicts it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, QuerySet

from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models import BedFaultRow, BedRow, BedStayRow, HospitalRow
from lianfang.capabilities.care.queries.hospitals import bed_located, located
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.isolation.queries.orders import area_range

READ: Final = "stays.read"
MOST_STAYS: Final = 2_000
MOST_FAULTS: Final = 200


class Lying(NamedTuple):
    """A stay with its bed. ``severity`` is that of the case; ``ended``: the case has ended, the stay has not;
    ``twice``: the patient lies in another bed as well."""

    row: BedStayRow
    ward: str
    number: str
    severity: str | None
    ended: bool
    twice: bool


class BedClash(NamedTuple):
    """A fact about a bed that does not count, and where."""

    row: BedFaultRow
    number: str
    hospital: HospitalRow | None


def stay_located(viewer: Viewer, action: str, bed: UUID, stay: UUID) -> BedStayRow:
    """The row of a stay that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, BedStayRow.objects.filter(subject=bed, stay=stay)).first()
    if row is None:
        raise NotThere
    return row


def stays(viewer: Viewer, *, hospital: UUID, over: bool = False) -> list[Lying]:
    """Who lies in the beds of a hospital, or, where ``over``, who lay there, the latest first. Raises NotThere,
    Forbidden."""
    with seeing(viewer, READ):
        located(viewer, READ, hospital)
        rows = visible(viewer, READ, BedStayRow.objects.filter(hospital=hospital, left__isnull=not over))
        return _lying(list(rows.order_by("-since", "stay")[:MOST_STAYS]))


def of_bed(viewer: Viewer, bed: UUID) -> list[Lying]:
    """The history of a bed, the latest first. Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        bed_located(viewer, READ, bed)
        return _lying(list(visible(viewer, READ, BedStayRow.objects.filter(subject=bed)).order_by("-since", "stay")))


def _lying(rows: list[BedStayRow]) -> list[Lying]:
    beds = {one.subject: one for one in BedRow.objects.filter(subject__in={row.subject for row in rows})}
    with seeing_all():  # whichever division reports the case: the patient lies here
        cases = CaseRow.objects.filter(subject__in={row.case for row in rows if row.case})
        about = {id: (severe, outcome) for id, severe, outcome in cases.values_list("subject", "severity", "outcome")}
    double = _doubles({row.person for row in rows})
    return [
        Lying(
            row, beds[row.subject].ward, beds[row.subject].number, *_of_case(row, about),
            row.left is None and row.entered is not None and row.person in double,
        )
        for row in rows
    ]  # fmt: skip


def _of_case(row: BedStayRow, about: dict[UUID, tuple[str | None, str | None]]) -> tuple[str | None, bool]:
    severity, outcome = about.get(row.case, (None, None))
    return severity, outcome is not None and row.left is None


def _doubles(people: Collection[UUID]) -> frozenset[UUID]:
    """Those of some people who lie in more than one bed, by what was told; within ``seeing``."""
    lying = BedStayRow.objects.filter(person__in=list(people), left__isnull=True, entered__isnull=False)
    several = lying.values("person").annotate(n=Count("stay")).filter(n__gt=1)
    return frozenset(several.values_list("person", flat=True))


def clashes(viewer: Viewer, *, area: str = "") -> list[BedClash]:
    """What was told of beds and does not count, the latest first. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows: QuerySet[BedFaultRow] = visible(viewer, READ, BedFaultRow.objects.all())
        if area:
            first, last = area_range(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        found = list(rows.order_by("-at", "fact")[:MOST_FAULTS])
        numbers = dict(
            BedRow.objects.filter(subject__in={row.subject for row in found}).values_list("subject", "number")
        )
        hospitals = HospitalRow.objects.in_bulk({row.hospital for row in found if row.hospital})
    return [BedClash(row, numbers.get(row.subject, ""), hospitals.get(row.hospital)) for row in found]
