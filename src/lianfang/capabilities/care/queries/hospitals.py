"""Hospitals and their beds: what there is, what is taken, and what was taken at each census."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from lianfang.access.matrix import require
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.facts import BedType
from lianfang.capabilities.care.models import BedRow, BedStayRow, HospitalRow, HospitalWardRow
from lianfang.capabilities.care.rules.beds import bed_policy
from lianfang.capabilities.isolation.queries.orders import area_range
from lianfang.capabilities.isolation.state import CIVIL_TIME

READ: Final = "hospitals.read"
MOST_HOSPITALS: Final = 2_000
MOST_DAYS: Final = 62


class Places(NamedTuple):
    """Beds of one type. ``held`` are kept or taken, ``present`` are those whose patient has come; ``overdue`` are held
    though they were to be given up. A bed holds one patient, so that never more are held than there are."""

    permanent: int = 0
    temporary: int = 0
    held: int = 0
    present: int = 0
    overdue: int = 0

    @property
    def beds(self) -> int:
        return self.permanent + self.temporary

    @property
    def free(self) -> int:
        return self.beds - self.held

    def plus(self, other: Places) -> Places:
        return Places(*(one + more for one, more in zip(self, other, strict=True)))


ByType = Mapping[str, Places]


class ListedHospital(NamedTuple):
    row: HospitalRow
    places: ByType


class Counted(NamedTuple):
    """Beds of a type at a census: how many there were, and how many patients lay in them."""

    at: datetime
    type: str
    beds: int
    present: int


def located(viewer: Viewer, action: str, id: UUID) -> HospitalRow:
    """The row of a hospital that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, HospitalRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def bed_located(viewer: Viewer, action: str, id: UUID) -> BedRow:
    """The row of a bed that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, BedRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def usable(day: date) -> Q:
    """Beds that somebody can be put into on a day."""
    return Q(first__lte=day, closed__isnull=True) & (Q(last__isnull=True) | Q(last__gte=day))


def places(viewer: Viewer, hospitals: Collection[UUID], now: datetime) -> dict[UUID, ByType]:
    """The beds of some hospitals now. Only numbers: for whoever may see the hospital."""
    there = usable(now.astimezone(CIVIL_TIME).date())
    held = Q(stay__isnull=False)
    found: dict[UUID, dict[str, Places]] = {id: {} for id in hospitals}
    with seeing_all():
        rows = BedRow.objects.filter(hospital__in=list(hospitals)).filter(there | held)
        counted = rows.values("hospital", "type").annotate(
            permanent=Count("subject", filter=Q(temporary=False)),
            lent=Count("subject", filter=Q(temporary=True)),
            held=Count("subject", filter=held),
            present=Count("subject", filter=Q(entered=True)),
            overdue=Count("subject", filter=~there),
        )
        for one in counted:
            found[one["hospital"]][one["type"]] = Places(
                one["permanent"], one["lent"], one["held"], one["present"], one["overdue"]
            )
    return found


def in_all(each: Iterable[ByType]) -> dict[str, Places]:
    """Beds of several hospitals together, by type, those of none left out."""
    found: dict[str, Places] = {}
    for types in each:
        for type, one in types.items():
            found[type] = found.get(type, Places()).plus(one)
    return {type.value: found[type.value] for type in BedType if type.value in found}


def hospitals(viewer: Viewer, *, area: str = "", closed: bool = False) -> QuerySet[HospitalRow]:
    """The hospitals of the viewer's divisions; within ``seeing``. Raises Refused."""
    rows = visible(viewer, READ, HospitalRow.objects.all())
    if not closed:
        rows = rows.filter(closed__isnull=True)
    if area:
        first, last = area_range(area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
    return rows.order_by("area", "code", "subject")


def listed(viewer: Viewer, *, area: str = "", closed: bool = False, now: datetime) -> list[ListedHospital]:
    """The hospitals of the viewer's divisions with their beds now. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(hospitals(viewer, area=area, closed=closed)[:MOST_HOSPITALS])
    counted = places(viewer, [row.subject for row in rows], now)
    return [ListedHospital(row, counted[row.subject]) for row in rows]


def named(viewer: Viewer, ids: Collection[UUID]) -> list[HospitalRow]:
    """Some hospitals, by name and level: for whoever is told of a patient there."""
    with seeing_all():
        return list(HospitalRow.objects.filter(subject__in=list(ids)))


class HospitalCard(NamedTuple):
    row: HospitalRow
    places: ByType
    wards: tuple[HospitalWardRow, ...]
    beds: tuple[BedRow, ...]


def hospital_card(viewer: Viewer, id: UUID, *, now: datetime) -> HospitalCard:
    """One hospital with its wards and beds; who lies there is told by ``stays``. Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
        wards = tuple(HospitalWardRow.objects.filter(subject=id).order_by("ward"))
        there = usable(now.astimezone(CIVIL_TIME).date()) | Q(stay__isnull=False) | Q(first__gt=now.date())
        beds = tuple(BedRow.objects.filter(hospital=id).filter(there).order_by("ward", "number"))
    return HospitalCard(row, places(viewer, [id], now)[id], wards, beds)


def free_beds(viewer: Viewer, hospital: UUID, type: str, now: datetime) -> list[BedRow]:
    """The free beds of a type in a hospital, permanent ones first. The hospital is locked."""
    day = now.astimezone(CIVIL_TIME).date()
    with seeing_all():
        rows = BedRow.objects.filter(usable(day), hospital=hospital, type=type, stay__isnull=True)
        return list(rows.order_by("temporary", "ward", "number"))


def elsewhere(
    viewer: Viewer, hospital: UUID, type: str, now: datetime, limit: int = 3
) -> list[tuple[HospitalRow, int]]:
    """Other hospitals of the viewer's divisions that have free beds of a type, those with most first."""
    found = [
        (one.row, its.free)
        for one in listed(viewer, now=now)
        if one.row.subject != hospital and (its := one.places.get(type, Places())).free > 0
    ]
    return sorted(found, key=lambda one: (-one[1], one[0].code))[:limit]


def census(viewer: Viewer, *, area: str = "", hospital: UUID | None = None, days: int, now: datetime) -> list[Counted]:
    """What was taken at each census of the last days, by type. Raises Forbidden, NotThere, Refused."""
    require(viewer, READ)
    with seeing(viewer, READ):
        if hospital is not None:
            own = [located(viewer, READ, hospital).subject]
        else:
            own = list(hospitals(viewer, area=area).values_list("subject", flat=True)[:MOST_HOSPITALS])
    moments = _moments(min(days, MOST_DAYS), now)
    if not moments:
        return []
    with seeing_all():  # numbers alone, of hospitals that the viewer sees
        beds = list(
            BedRow.objects.filter(hospital__in=own).values_list("type", "first", "last", "closed")
        )  # fmt: skip
        since = Q(left__isnull=True) | Q(left__gt=moments[0])
        stays = BedStayRow.objects.filter(since, hospital__in=own, entered__lte=moments[-1])
        lain = list(stays.values_list("type", "entered", "left"))
    there = _standing(
        (
            type,
            _begins(first),
            min((one for one in (closed, last and _begins(last + timedelta(days=1))) if one), default=None),
        )
        for type, first, last, closed in beds
    )
    taken = _standing(lain)
    return [
        Counted(at, type.value, there[type.value](at), taken[type.value](at))
        for at in moments
        for type in BedType
        if type.value in there
    ]


def _begins(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), CIVIL_TIME)


def _moments(days: int, now: datetime) -> list[datetime]:
    today = now.astimezone(CIVIL_TIME).date()
    found = [
        datetime.combine(today - timedelta(days=back), at, CIVIL_TIME)
        for back in range(days)
        for at in bed_policy(now - timedelta(days=back)).census
    ]
    return sorted(at for at in found if at <= now)


class _Standing:
    """How many of a number of spans hold at a moment."""

    def __init__(self) -> None:
        self.begun: list[datetime] = []
        self.ended: list[datetime] = []

    def __call__(self, at: datetime) -> int:
        return bisect_right(self.begun, at) - bisect_right(self.ended, at)


def _standing(spans: Iterable[tuple[str, datetime, datetime | None]]) -> dict[str, _Standing]:
    found: dict[str, _Standing] = defaultdict(_Standing)
    for type, begins, ends in spans:
        found[type].begun.append(begins)
        if ends is not None:
            found[type].ended.append(ends)
    for one in found.values():
        one.begun.sort()
        one.ended.sort()
    return found
