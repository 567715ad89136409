"""Stations: their places, who lives there, and whether they were looked after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.models import (
    ROUND_KINDS,
    STATION_KINDS,
    OrderRow,
    RoundRow,
    StationFaultRow,
    StationRow,
    StayRow,
    WardRow,
)
from lianfang.capabilities.isolation.queries.orders import area_range, own
from lianfang.capabilities.isolation.rules.policy import in_force
from lianfang.capabilities.isolation.rules.watch import Gap, Presence, Round, gaps
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.facts import log
from lianfang.facts.fact import Entry

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


class Resident(NamedTuple):
    """Somebody who holds a place. ``order`` is None where the viewer does not see the order."""

    person: UUID
    order: UUID
    ward: str | None
    since: datetime
    entered: datetime | None
    due_end: datetime | None


class StationCard(NamedTuple):
    """A station as of a moment, with what was recorded of it."""

    id: UUID
    station: state.Station
    occupancy: Occupancy
    residents: tuple[Resident, ...]
    rounds: tuple[RoundRow, ...]
    gaps: tuple[Gap, ...]
    faults: tuple[StationFaultRow, ...]
    told: tuple[Entry, ...]


def located(viewer: Viewer, action: str, id: UUID) -> StationRow:
    """The row of a station that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, StationRow.objects.filter(subject=id), own=own(viewer)).first()
    if row is None:
        raise NotThere
    return row


def occupancy(
    viewer: Viewer, stations: Collection[UUID], at: datetime, but: Collection[UUID] = ()
) -> dict[UUID, Occupancy]:
    """The places of stations at a moment, whoever is responsible for those who hold them; ``but`` leaves out these
    persons. Only numbers: for whoever may see the station."""
    day = at.astimezone(CIVIL_TIME).date()
    with seeing_all():
        rows = {row.subject: row for row in StationRow.objects.filter(subject__in=stations)}
        wards: dict[UUID, list[WardRow]] = defaultdict(list)
        for ward in WardRow.objects.filter(subject__in=stations):
            wards[ward.subject].append(ward)
        stays = _held(stations, at).exclude(subject__in=list(but))
        columns = list(stays.values_list("station", "executed", "ward"))
    return {
        id: _occupancy(row.capacity, wards[id], [(e, w) for s, e, w in columns if s == id], day, at)
        for id, row in rows.items()
    }


def capacity(viewer: Viewer, id: UUID) -> int | None:
    """The places that a station was opened with; None where there is none. Within ``seeing``."""
    return visible(viewer, READ, StationRow.objects.filter(subject=id)).values_list("capacity", flat=True).first()


def _occupancy(
    capacity: int, wards: Iterable[WardRow], stays: Collection[tuple[datetime | None, str | None]], day: date,
    at: datetime,
) -> Occupancy:  # fmt: skip
    open_now = [
        one for one in (state.Ward(w.ward, w.beds, w.temporary, w.first, w.last) for w in wards) if one.open_on(day)
    ]
    lent = {one.ward for one in open_now if one.temporary}
    return Occupancy(
        permanent=capacity + sum(one.beds for one in open_now if not one.temporary),
        temporary=sum(one.beds for one in open_now if one.temporary),
        held=len(stays),
        present=sum(1 for executed, _ in stays if executed is not None and executed <= at),
        in_temporary=sum(1 for _, ward in stays if ward in lent),
    )


def _held(stations: Collection[UUID], at: datetime) -> QuerySet[StayRow]:
    """The stays that hold a place at a moment."""
    return StayRow.objects.filter(Q(left__isnull=True) | Q(left__gt=at), station__in=list(stations), since__lte=at)


def ward_of(viewer: Viewer, station: UUID, ward: str, at: datetime, but: UUID) -> tuple[int, int] | None:
    """Beds of a ward on the day, and how many are taken by others; None where it is not open."""
    with seeing_all():
        row = WardRow.objects.filter(subject=station, ward=ward).first()
        taken = _held([station], at).filter(ward=ward).exclude(subject=but).count()
    day = at.astimezone(CIVIL_TIME).date()
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


def card(
    viewer: Viewer, id: UUID, *, now: datetime, as_of: datetime | None = None, known_at: datetime | None = None,
    days: int = 14,
) -> StationCard:  # fmt: skip
    """One station as it stood at ``as_of`` by what was known at ``known_at`` (both: now), with its rounds of the last
    ``days``. Who lives there is told to those who may see orders. Raises NotThere, Forbidden."""
    at = as_of or now
    with seeing(viewer, READ):
        located(viewer, READ, id)
        entries = [
            entry
            for entry in log.read(kinds=STATION_KINDS | ROUND_KINDS, subjects=[id], known_at=known_at)
            if as_of is None or state.when(entry.fact) <= as_of
        ]
        faults = tuple(StationFaultRow.objects.filter(subject=id).order_by("at", "fact"))
        rounds = tuple(
            RoundRow.objects.filter(subject=id, at__lte=at, at__gt=at - timedelta(days=days)).order_by("-at")
        )
    station = state.station([entry.fact for entry in entries if entry.fact.kind in STATION_KINDS])
    if station.data is None:
        raise NotThere
    every = timedelta(hours=in_force(at.astimezone(CIVIL_TIME).date()).round_h)
    present, made = watched(viewer, [id], at - timedelta(days=days), at)
    found = tuple(gaps(present[id], made[id], every, at))[-MOST_GAPS:]
    return StationCard(
        id, station, occupancy(viewer, [id], at)[id], _residents(viewer, id, at), rounds, found, faults, tuple(entries)
    )  # fmt: skip


def _residents(viewer: Viewer, station: UUID, at: datetime) -> tuple[Resident, ...]:
    """Those who hold a place and whose orders the viewer may see."""
    action = "isolation.read"
    orders = visible(viewer, action, OrderRow.objects.all(), own=own(viewer))
    with seeing(viewer, READ):
        stays = {row.order: row for row in _held([station], at)}
        ends = {row.order: row.end for row in orders.filter(order__in=list(stays))}
    return tuple(
        Resident(stay.subject, order, stay.ward, stay.since, stay.executed, ends[order])
        for order, stay in sorted(stays.items(), key=lambda one: (one[1].ward or "", one[1].since, one[0]))
        if order in ends
    )
