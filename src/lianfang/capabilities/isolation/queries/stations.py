"""Stations: their places, who lives there, and whether they were looked after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.models import (
    RoundRow,
    StationRow,
    StayRow,
    WardRow,
)
from lianfang.capabilities.isolation.queries.orders import area_range, own
from lianfang.capabilities.isolation.rules.policy import in_force
from lianfang.capabilities.isolation.rules.watch import Presence, Round, gaps
from lianfang.capabilities.isolation.state import CIVIL_TIME

READ: Final = "stations.read"
MOST_STATIONS: Final = 2_000
MOST_GAPS: Final = 500


class Occupancy(NamedTuple):
    """The places of a station at a moment. ``held`` are promised or taken, ``present`` those who have come;
    ``in_temporary`` lie in temporary beds. ``alarm`` where more are held than there are."""

    permanent: int
    temporary: int
    held: int
    present: int
    in_temporary: int

    @property
    def free(self) -> int:
        return self.permanent + self.temporary - self.held

    @property
    def alarm(self) -> bool:
        return self.free < 0


class Listed(NamedTuple):
    """A station in a list: ``last_round`` and how many residents have not been seen within the interval."""

    row: StationRow
    occupancy: Occupancy
    last_round: datetime | None
    unwatched: int


def named(viewer: Viewer, action: str) -> list[StationRow]:
    """The stations that are open, for an action that needs only which there are. Raises Forbidden."""
    with seeing(viewer, action):
        rows = visible(viewer, action, StationRow.objects.filter(closed__isnull=True))
        return list(rows.order_by("area", "name", "subject")[:MOST_STATIONS])


def located(viewer: Viewer, action: str, id: UUID) -> StationRow:
    """The row of a station that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, StationRow.objects.filter(subject=id), own=own(viewer)).first()
    if row is None:
        raise NotThere
    return row


def occupancy(
    viewer: Viewer, stations: Collection[UUID], now: datetime, but: Collection[UUID] = ()
) -> dict[UUID, Occupancy]:
    """The places of stations now, whoever is responsible for those who hold them; ``but`` leaves out these persons.
    Only numbers: for whoever may see the station."""
    day = now.astimezone(CIVIL_TIME).date()
    with seeing_all():
        rows = {row.subject: row for row in StationRow.objects.filter(subject__in=stations)}
        wards: dict[UUID, list[WardRow]] = defaultdict(list)
        for ward in WardRow.objects.filter(subject__in=stations):
            wards[ward.subject].append(ward)
        stays = _held(stations).exclude(subject__in=list(but))
        here = ExpressionWrapper(Q(executed__isnull=False), BooleanField())
        by_station: dict[UUID, list[tuple[bool, str | None]]] = defaultdict(list)
        for station, present, ward in stays.values_list("station", here, "ward"):
            by_station[station].append((present, ward))
    return {id: counted(row.capacity, wards[id], by_station[id], day) for id, row in rows.items()}


def held(viewer: Viewer, id: UUID) -> int:
    """How many hold a place in a station now."""
    with seeing_all():
        return _held([id]).count()


def held_in(viewer: Viewer, id: UUID, ward: str) -> int:
    """How many hold a bed in a ward now."""
    with seeing_all():
        return _held([id]).filter(ward=ward).count()


def capacity(viewer: Viewer, id: UUID) -> int | None:
    """The places that a station was opened with; None where there is none. Within ``seeing``."""
    return visible(viewer, READ, StationRow.objects.filter(subject=id)).values_list("capacity", flat=True).first()


def counted(
    capacity: int, wards: Iterable[WardRow | state.Ward], held: Collection[tuple[bool, str | None]], day: date
) -> Occupancy:  # fmt: skip
    """The places of a day; of each who holds one, whether present and in which ward."""
    open_now = [
        one for one in (state.Ward(w.ward, w.beds, w.temporary, w.first, w.last) for w in wards) if one.open_on(day)
    ]
    lent = {one.ward for one in open_now if one.temporary}
    return Occupancy(
        permanent=capacity + sum(one.beds for one in open_now if not one.temporary),
        temporary=sum(one.beds for one in open_now if one.temporary),
        held=len(held),
        present=sum(present for present, _ in held),
        in_temporary=sum(1 for _, ward in held if ward in lent),
    )


def _held(stations: Collection[UUID]) -> QuerySet[StayRow]:
    """The stays that hold a place."""
    return StayRow.objects.filter(left__isnull=True, station__in=list(stations))


def ward_of(viewer: Viewer, station: UUID, ward: str, now: datetime, but: UUID) -> tuple[int, int] | None:
    """Beds of a ward on the day, and how many are taken by others; None where it is not open."""
    with seeing_all():
        row = WardRow.objects.filter(subject=station, ward=ward).first()
        taken = _held([station]).filter(ward=ward).exclude(subject=but).count()
    day = now.astimezone(CIVIL_TIME).date()
    if row is None or not state.Ward(row.ward, row.beds, row.temporary, row.first, row.last).open_on(day):
        return None
    return row.beds, taken


def listed(viewer: Viewer, *, area: str = "", now: datetime, closed: bool = False) -> list[Listed]:
    """The stations of the viewer's divisions with their places now. Raises Forbidden, Refused."""
    rows = visible(viewer, READ, StationRow.objects.all(), own=own(viewer))
    if not closed:
        rows = rows.filter(closed__isnull=True)
    if area:
        first, last = area_range(area)
        rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
    with seeing(viewer, READ):
        found = list(rows.order_by("area", "number", "subject")[:MOST_STATIONS])
    ids = [row.subject for row in found]
    places, last_rounds, unwatched = occupancy(viewer, ids, now), _last_rounds(ids, now), _unwatched(viewer, ids, now)
    return [Listed(row, places[row.subject], last_rounds.get(row.subject), unwatched[row.subject]) for row in found]


def _last_rounds(stations: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    with seeing_all():
        rows = RoundRow.objects.filter(subject__in=list(stations), at__lte=now).order_by("subject", "-at")
        return dict(rows.distinct("subject").values_list("subject", "at"))


def _unwatched(viewer: Viewer, stations: Collection[UUID], now: datetime) -> dict[UUID, int]:
    """How many residents of each station were not seen within the interval that ends now."""
    every = timedelta(hours=in_force(now.astimezone(CIVIL_TIME).date()).round_h)
    present, rounds = watched(viewer, stations, now - every, now)
    return {
        id: sum(1 for one in gaps(present[id], rounds[id], every, now) if one.until is None) for id in stations
    }  # fmt: skip


def present(viewer: Viewer, station: UUID, since: datetime, until: datetime) -> frozenset[UUID]:
    """Who was in a station at any time from one moment to another, both included, by what is on record now."""
    with seeing_all():
        stays = StayRow.objects.filter(Q(left__isnull=True) | Q(left__gt=since), station=station, executed__lte=until)
        return frozenset(stays.values_list("subject", flat=True))


def watched(
    viewer: Viewer, stations: Collection[UUID], since: datetime, now: datetime
) -> tuple[Mapping[UUID, list[Presence]], Mapping[UUID, list[Round]]]:
    """Who has lived in each station after ``since``, and the rounds made from then on."""
    present: dict[UUID, list[Presence]] = defaultdict(list)
    rounds: dict[UUID, list[Round]] = defaultdict(list)
    with seeing_all():
        stays = StayRow.objects.filter(Q(left__isnull=True) | Q(left__gt=since), station__in=list(stations))
        for row in stays.filter(executed__isnull=False, executed__lte=now).order_by("executed", "subject"):
            present[row.station].append(Presence(row.subject, row.executed, row.left))
        for one in RoundRow.objects.filter(subject__in=list(stations), at__gte=since, at__lte=now).order_by("at"):
            rounds[one.subject].append(Round(one.at, frozenset(map(UUID, one.unseen))))
    return present, rounds
