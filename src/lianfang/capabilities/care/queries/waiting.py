"""Who waits for a bed, for how long, and why. The goal is nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.figures import countable
from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.care.models import BedRow, BedStayRow, HospitalRow, TransferRow
from lianfang.capabilities.care.rules.assign import Point
from lianfang.capabilities.care.rules.beds import SEVERE, bed_policy
from lianfang.capabilities.care.state.transfers import OPEN
from lianfang.capabilities.cases.models import CaseRow
from lianfang.capabilities.cases.rules.obligations import AWAITING_A_BED
from lianfang.capabilities.gates.state.owners import COUNTY
from lianfang.capabilities.isolation.queries.orders import area_range
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.places.queries import centres

READ: Final = "stays.read"
MOST_WAITING: Final = 5_000


class WaitsFor(StrEnum):
    BED = "bed"
    """In no hospital."""
    DESIGNATED = "designated"
    """In a hospital that is not designated."""
    QUALIFIED = "qualified"
    """Severe, in a hospital that is not qualified for such."""


class Waits(NamedTuple):
    """A case that waits. ``kept``: the hospital where a bed is kept and its number, where one is; ``transfer``: the one
    that is going on. ``hospital``: where the patient lies meanwhile."""

    case: UUID
    person: UUID
    area: str
    number: str | None
    severity: str
    age_years: float | None
    waits_for: WaitsFor
    since: datetime
    hours: float
    hospital: HospitalRow | None
    lies: tuple[UUID, UUID] | None
    """Bed and stay, where the patient lies in a bed on record."""
    kept: tuple[UUID, str] | None
    transfer: UUID | None


class WaitingList(NamedTuple):
    """``waiting`` is empty for whoever sees sums only; ``counts`` by what is waited for."""

    waiting: tuple[Waits, ...]
    counts: Mapping[str, int]
    severe: int
    longest_h: float
    masked: bool


def waiting(viewer: Viewer, *, area: str = "", now: datetime) -> WaitingList:
    """The waiting list of the viewer's divisions: severe cases first, then those that have waited longest. Raises
    Forbidden, Refused."""
    masked = scope(viewer, READ) is Scope.AGGREGATE
    with seeing(viewer, READ):
        rows = in_range(viewer, _open_cases()) if masked else visible(viewer, READ, _open_cases())
        if area:
            first, last = area_range(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        found = list(_of_cases(rows, now))
    found.sort(key=lambda one: (one.severity not in SEVERE, one.since, one.case))
    counts = {one.value: sum(its.waits_for is one for its in found) for one in WaitsFor}
    return WaitingList(
        () if masked else tuple(found), counts, sum(one.severity in SEVERE for one in found),
        max((one.hours for one in found), default=0.0), masked,
    )  # fmt: skip


def _open_cases() -> QuerySet[CaseRow]:
    return CaseRow.objects.filter(outcome__isnull=True, to__in=AWAITING_A_BED)


def _of_cases(rows: QuerySet[CaseRow], now: datetime) -> Iterator[Waits]:
    """Those of some open cases that wait; within ``seeing``."""
    with seeing_all():  # where a patient lies, and whether a bed is kept, is told whoever runs that hospital
        hospitals = {row.code: row for row in HospitalRow.objects.all()}
        unqualified = [code for code, row in hospitals.items() if not row.severe]
    wait = Q(hospital__isnull=True) | Q(designated=False) | Q(severity__in=SEVERE, hospital__in=unqualified)
    cases = list(rows.filter(wait).order_by("reported_at", "subject")[:MOST_WAITING])
    ids = [one.subject for one in cases]
    with seeing_all():
        held = {row.case: row for row in BedStayRow.objects.filter(case__in=ids, left__isnull=True).order_by("since")}
        kept = {row.case: row for row in held.values() if row.entered is None}
        lying = BedStayRow.objects.filter(case__in=ids, left__isnull=True, entered__isnull=False)
        lies = {row.case: (row.subject, row.stay) for row in lying}
        numbers = dict(
            BedRow.objects.filter(subject__in=[row.subject for row in kept.values()]).values_list("subject", "number")
        )
        moving = dict(TransferRow.objects.filter(case__in=ids, stage__in=OPEN).values_list("case", "subject"))
    for one in cases:
        its = hospitals.get(one.hospital) if one.hospital else None
        what = _what(one)
        since = _since(one, what)
        its_bed = kept.get(one.subject)
        yield Waits(
            one.subject, one.person, one.area, one.number, one.severity or "unknown", one.age_years, what, since,
            max(0.0, (now - since) / timedelta(hours=1)), its, lies.get(one.subject),
            (its_bed.hospital, numbers.get(its_bed.subject, "")) if its_bed else None, moving.get(one.subject),
        )  # fmt: skip


def _what(one: CaseRow) -> WaitsFor:
    if one.hospital is None:
        return WaitsFor.BED
    return WaitsFor.DESIGNATED if one.designated is False else WaitsFor.QUALIFIED


def _since(one: CaseRow, what: WaitsFor) -> datetime:
    """A bed is waited for from the suspicion on, another hospital from the admission to this one."""
    begins = min((at for at in (one.suspected_at, one.confirmed_at) if at is not None), default=one.reported_at)
    return begins if what is WaitsFor.BED or one.admitted_at is None else max(begins, one.admitted_at)


def in_no_hospital(viewer: Viewer, within: tuple[str, str]) -> list[tuple[UUID, str]]:
    """The open cases of a range of divisions that are in no hospital, with the division of each. Raises Forbidden."""
    with seeing(viewer, READ):
        rows = countable(viewer, READ, _open_cases().filter(hospital__isnull=True))
        rows = rows.filter(area__bytes_from=within[0], area__bytes_before=within[1])
        return list(rows.values_list("subject", "area"))


def in_hospital(viewer: Viewer, within: tuple[str, str]) -> list[tuple[UUID, str, str, bool | None, str | None]]:
    """The open cases of a range of divisions that are in a hospital: the case, its division, the hospital's code,
    whether it is designated, the severity. Raises Forbidden."""
    with seeing(viewer, READ):
        rows = countable(viewer, READ, _open_cases().filter(hospital__isnull=False))
        rows = rows.filter(area__bytes_from=within[0], area__bytes_before=within[1])
        return list(rows.values_list("subject", "area", "hospital", "designated", "severity"))


def points(codes: Collection[str]) -> dict[str, Point]:
    """The middle of the county of each division, where a map has it."""
    of_county = centres({code[:COUNTY] for code in codes})
    return {code: of_county[code[:COUNTY]] for code in codes if code[:COUNTY] in of_county}


def obligations(viewer: Viewer, of: Collection[UUID] | None, now: datetime) -> Iterator[Obligation]:
    """Severe cases to be moved to a hospital that is qualified for them. Within ``seeing``."""
    rows = in_range(viewer, _open_cases().filter(severity__in=SEVERE, hospital__isnull=False))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    authors = dict(rows.values_list("subject", "author"))
    for one in _of_cases(rows, now):
        if one.waits_for is WaitsFor.QUALIFIED:
            yield Obligation(
                "case.move_severe", one.case, one.area, one.since,
                one.since + timedelta(hours=bed_policy(one.since).severe_move_h), person=one.person,
                author=authors[one.case],
            )  # fmt: skip
