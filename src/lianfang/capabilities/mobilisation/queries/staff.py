"""Seconded staff with sums by unit, workloads, and what those on duty ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import F, Q

from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.mobilisation.models import SecondmentRow, StaffCareRow, WorkloadRow
from lianfang.capabilities.mobilisation.queries.hands import READ
from lianfang.capabilities.mobilisation.rules.policy import in_force
from lianfang.capabilities.mobilisation.rules.strain import Workload, by_unit, workload
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation

PAGE: Final = 100
MOST: Final = 500
CARE_RULE: Final = "staff.care"


class Load(NamedTuple):
    """The workload of an area, as it was last stated, with those lent to it on the day."""

    row: WorkloadRow
    workload: Workload


class Staff(NamedTuple):
    """``by_unit``: how many each unit lends on the day; ``seconded``: their sum. ``lent``, ``stated`` and ``asked``:
    how many secondments, workloads and requests there are, of which some are given."""

    lent: int
    stated: int
    asked: int
    secondments: tuple[SecondmentRow, ...]
    by_unit: tuple[tuple[str, int], ...]
    seconded: int
    loads: tuple[Load, ...]
    care: tuple[StaffCareRow, ...]


def staff(viewer: Viewer, area: str, now: datetime, *, skip: int = 0, limit: int = PAGE) -> Staff:
    """Who is lent to an area, how much there is to do for each worker (the most first), and what those on duty ask for.
    Raises Forbidden, Refused."""
    first, last = range_of(area)
    today = now.astimezone(CIVIL_TIME).date()
    within = {"area__bytes_from": first, "area__bytes_before": last}
    with seeing(viewer, READ):
        lent = visible(viewer, READ, SecondmentRow.objects.filter(**within))
        rows = lent.order_by(F("last").desc(nulls_first=True), "-first", "area", "subject")[skip : skip + limit]
        stated = list(visible(viewer, READ, WorkloadRow.objects.filter(**within)))
        care = visible(viewer, READ, StaffCareRow.objects.filter(**within))
        asked = care.order_by(F("met").desc(nulls_first=True), "-urgent", "asked", "subject")[skip : skip + limit]
        rows, asked, counts = list(rows), list(asked), (lent.count(), len(stated), care.count())
        here: dict[str, int] = defaultdict(int)
        present = list(lent.filter(Q(last__isnull=True) | Q(last__gte=today), first__lte=today))
    for row in present:
        here[row.area] += row.heads
    its = in_force(today)
    loads = [Load(row, workload(row.households, row.workers, here[row.area], its)) for row in stated]
    loads.sort(key=lambda one: (not one.workload.red, -one.workload.missing, one.row.area))
    sums = by_unit([(row.unit, row.heads) for row in present])
    told = tuple(loads[skip : skip + limit])
    return Staff(*counts, tuple(rows), tuple(sums), sum(n for _, n in sums), told, tuple(asked))


def secondment(viewer: Viewer, action: str, id: UUID) -> SecondmentRow:
    """A secondment that an action reaches, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, SecondmentRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def care(viewer: Viewer, action: str, id: UUID) -> StaffCareRow:
    """What somebody on duty asked for, within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, StaffCareRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """That what those on duty ask for is settled: see ``tasks.rules.Provider``."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, StaffCareRow.objects.filter(asked__lt=until))
        rows = rows.filter(Q(met__isnull=True) | Q(met__gt=since))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        hours = in_force(row.asked.astimezone(CIVIL_TIME).date()).care_h
        yield Obligation(
            CARE_RULE, row.subject, row.area, row.asked, row.asked + timedelta(hours=hours), done_at=row.met,
            author=row.author,
        )  # fmt: skip
