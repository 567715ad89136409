"""Daily reports: what each unit's records come to, who has reported, who is late, and the sums."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.checkpoints.models import ArrivalRow
from lianfang.capabilities.screening.facts import Disposition
from lianfang.capabilities.screening.models import (
    GridRow,
    HouseholdRow,
    ReportRow,
    ResidentRow,
    SizeRow,
    VisitRow,
)
from lianfang.capabilities.screening.queries.own import READ, own_grids, within
from lianfang.capabilities.screening.queries.sightings import sightings
from lianfang.capabilities.screening.rules import policy
from lianfang.capabilities.screening.rules.counts import Persons, PersonTimes
from lianfang.capabilities.screening.rules.daily import Coming, Figures, Reporting, figures, noon, reporting
from lianfang.capabilities.screening.state.parts import CST
from lianfang.facts.refold import among
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.queries import current_gazetteer

MOST_UNITS: Final = 5_000
COMMUNITY: Final = 12
"""Characters of a community's code; a grid's has more."""


class Unit(NamedTuple):
    """A community's report of a day: None where there is none, which is not zero."""

    area: str
    state: Reporting
    report: ReportRow | None


class Sums(NamedTuple):
    """The reports of an area added up; of who has not reported nothing is in them."""

    households: int
    from_listed: PersonTimes
    from_elsewhere: PersonTimes
    local: PersonTimes
    unwell: Persons
    hospital: Persons
    home: Persons
    central: Persons
    other: Persons
    undisposed: Persons


class Daily(NamedTuple):
    day: date
    due: datetime
    units: tuple[Unit, ...]
    states: Mapping[Reporting, int]
    sums: Sums


class Waiting(NamedTuple):
    """Somebody found unwell on the day for whom nothing was arranged."""

    household: UUID
    person: UUID
    unwell_at: datetime


class Counted(NamedTuple):
    """What a unit's records of a day come to, and what stands in the way of its report."""

    figures: Figures
    undisposed: tuple[Waiting, ...]
    unresolved: tuple[UUID, ...]
    """Visits of households that are not on the register of any community."""


def daily(viewer: Viewer, day: date, area: str = "", *, now: datetime) -> Daily:
    """The reports of a day. Due is every community that has had households on its register by then. Raises Forbidden,
    Refused."""
    with seeing(viewer, READ):
        grids = in_range(viewer, GridRow.objects.filter(registered_at__lt=noon(day) + timedelta(hours=12)))
        if scope(viewer, READ) is Scope.OWN:
            grids = grids.filter(subject__in=own_grids(viewer))
        due = set(within(grids, area).values_list("area", flat=True).distinct())
        sized = set(within(in_range(viewer, SizeRow.objects.all()), area).values_list("area", flat=True).distinct())
        reports = {row.area: row for row in within(in_range(viewer, ReportRow.objects.filter(day=day)), area)}
        if scope(viewer, READ) is Scope.OWN:
            reports = {code: row for code, row in reports.items() if code in due}
    units = [_unit(code, reports.get(code), day, now) for code in sorted((due & sized) | reports.keys())]
    shown = () if scope(viewer, READ) is Scope.AGGREGATE else tuple(units[:MOST_UNITS])
    held = [unit.report for unit in units if unit.report is not None]
    states = Counter(unit.state for unit in units)
    return Daily(day, policy.in_force(day).due(day), shown, {one: states[one] for one in Reporting}, sums(held))


def _unit(code: str, row: ReportRow | None, day: date, now: datetime) -> Unit:
    state = reporting(day, row.first_at if row else None, zero=bool(row and row.zero), now=now)
    return Unit(code, state, row if row and row.first_at <= now else None)


def sums(rows: Collection[ReportRow]) -> Sums:
    """Reports added up, each number with its own kind."""

    def times(name: str) -> PersonTimes:
        return sum((PersonTimes(getattr(row, name)) for row in rows), PersonTimes(0))

    def persons(name: str) -> Persons:
        return sum((Persons(getattr(row, name)) for row in rows), Persons(0))

    named = ("unwell", "hospital", "home", "central", "other", "undisposed")
    households = sum(row.households for row in rows)
    return Sums(
        households, times("from_listed"), times("from_elsewhere"), times("local"), *(persons(name) for name in named)
    )


def counted(viewer: Viewer, unit: str, day: date) -> Counted:
    """What the records of a unit's day come to. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        visits = within(in_range(viewer, VisitRow.objects.filter(day=day)), unit)
        rows = list(visits.values_list("fact", "subject", "grid", "members"))
        checks: Counter[UUID] = Counter()
        for _, _, _, members in rows:
            checks.update(UUID(person) for person, result, *_ in members if result in ("well", "unwell"))
        ill = _unwell(viewer, unit, day)
        comings = _comings(viewer, unit, checks.keys())
    arranged = {row.person: Disposition(row.disposition) if row.disposition else None for row in ill}
    told = figures(len({subject for _, subject, *_ in rows}), checks, comings, day, arranged)
    waiting = tuple(Waiting(row.subject, row.person, row.unwell_at) for row in ill if not row.disposition)
    return Counted(told, waiting, tuple(fact for fact, _, grid, _ in rows if grid is None))


def _unwell(viewer: Viewer, unit: str, day: date) -> list[ResidentRow]:
    """Those who were first found unwell on the day."""
    begins = noon(day) - timedelta(hours=12)
    rows = within(in_range(viewer, ResidentRow.objects.all()), unit)
    found = rows.filter(unwell_at__gte=begins, unwell_at__lt=begins + timedelta(days=1)).order_by("unwell_at", "person")
    return list({row.person: row for row in reversed(found)}.values())[::-1]


def _comings(viewer: Viewer, unit: str, people: Collection[UUID]) -> dict[UUID, list[Coming]]:
    """Where people came from and when: by the manifests, wherever they were listed, and by what was told at the
    door."""
    gazetteer = current_gazetteer()
    home = _province(gazetteer, unit)
    found: dict[UUID, list[Coming]] = defaultdict(list)

    def add(person: UUID, came_from: str, arrived: datetime) -> None:
        found[person].append(Coming(came_from, arrived, _province(gazetteer, came_from) != home))

    ids = list(people)
    with seeing_all():  # of a person who was seen here: where from, and nothing else
        listed = ArrivalRow.objects.filter(person__in=ids, came_from__isnull=False)
        for person, came_from, arrived in listed.values_list("person", "came_from", "arrived"):
            add(person, came_from, arrived)
    told = within(in_range(viewer, ResidentRow.objects.filter(person__in=ids, arrived__isnull=False)), unit)
    for person, came_from, on in told.values_list("person", "came_from", "arrived"):
        add(person, came_from, noon(on))
    return found


def _province(gazetteer: Gazetteer, code: str) -> str:
    """The division right below the country that an area lies in; of an area that is on no map, its county's, else the
    code itself."""
    for length in range(len(code), 0, -1):
        above = gazetteer.ancestors(code[:length])
        if above or gazetteer.division(code[:length]) is not None:
            return above[-2] if len(above) > 1 else code[:length]
    return code


class Timely(NamedTuple):
    """How soon the people who were listed for a community were seen at the door. ``median_hours`` from arrival; None
    where nobody was seen."""

    area: str
    listed: int
    screened: int
    within_hours: int
    median_hours: float | None


class Waited(NamedTuple):
    """Somebody who was not seen at the door within the policy's hours; ``screened_at`` where it was later."""

    arrival: UUID
    person: UUID
    area: str
    arrived: datetime
    screened_at: datetime | None


class Arrived(NamedTuple):
    """How the manifests of an area and its households' records agree, over the days of the policy. ``matched`` +
    ``manifest_only`` + ``community_only`` = ``union``, in persons."""

    matched: int
    manifest_only: int
    community_only: int
    union: int
    screened: int
    within_hours: int
    median_hours: float | None
    communities: tuple[Timely, ...]
    missed: tuple[tuple[UUID, UUID, str, datetime], ...]
    """Of who stands on a manifest only: arrival, person, area, arrived; none for who sees sums only."""
    waited: tuple[Waited, ...]
    """Likewise none for who sees sums only."""


def arrived(viewer: Viewer, area: str = "", *, now: datetime) -> Arrived:
    """Who is said to have come, by manifest and by community, and how soon each was seen at the door. Raises Forbidden,
    Refused."""
    its = policy.at(now)
    since = now - timedelta(days=its.watch_days)
    with seeing(viewer, READ):
        rows = within(in_range(viewer, ArrivalRow.objects.filter(arrived__gt=since, arrived__lte=now)), area)
        listed = {
            person: (id, code, at)
            for id, person, code, at in rows.order_by("arrived").values_list("subject", "person", "area", "arrived")
        }
        residents = within(in_range(viewer, ResidentRow.objects.all()), area)
        on_day = since.astimezone(CST).date()
        told = set(residents.filter(arrived__gt=on_day).values_list("person", flat=True))
        told |= set(residents.filter(person__in=among(listed)).values_list("person", flat=True))
        since_then = {
            person: [at for at in seen if at >= listed[person][2]]
            for person, seen in sightings(residents, listed).items()
        }
        first = {person: seen[0] for person, seen in since_then.items() if seen}
    limit = timedelta(hours=its.first_contact_h)
    whole = _timely("", listed, first, limit)
    only = [(id, person, code, at) for person, (id, code, at) in listed.items() if person not in told]
    waited = [
        Waited(id, person, code, at, first.get(person))
        for person, (id, code, at) in listed.items()
        if first.get(person, now) - at > limit
    ]
    sums_only = scope(viewer, READ) is not Scope.SUBTREE and scope(viewer, READ) is not Scope.ALL
    return Arrived(
        len(listed.keys() & told), len(listed.keys() - told), len(told - listed.keys()), len(told | listed.keys()),
        whole.screened, whole.within_hours, whole.median_hours, _communities(listed, first, limit),
        () if sums_only else tuple(only[:MOST_UNITS]), () if sums_only else tuple(waited[:MOST_UNITS]),
    )  # fmt: skip


Listed = Mapping[UUID, tuple[UUID, str, datetime]]
"""Arrival, area and time by person."""


def _communities(listed: Listed, first: Mapping[UUID, datetime], limit: timedelta) -> tuple[Timely, ...]:
    """Each community's own, the one where most are still waited for first."""
    theirs: dict[str, dict[UUID, tuple[UUID, str, datetime]]] = defaultdict(dict)
    for person, one in listed.items():
        theirs[one[1][:COMMUNITY]][person] = one
    found = [_timely(code, its, first, limit) for code, its in theirs.items()]
    return tuple(sorted(found, key=lambda one: (one.within_hours - one.listed, one.area)))


def _timely(area: str, listed: Listed, first: Mapping[UUID, datetime], limit: timedelta) -> Timely:
    waits = sorted(first[person] - at for person, (_, _, at) in listed.items() if person in first)
    hours = [wait / timedelta(hours=1) for wait in waits]
    return Timely(area, len(listed), len(waits), sum(wait <= limit for wait in waits), _median(hours))


def _median(values: list[float]) -> float | None:
    if not values:
        return None
    middle = len(values) // 2
    return values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2


def households_on(viewer: Viewer, unit: str) -> bool:
    """Whether a unit has households on the register; within ``seeing``."""
    return within(in_range(viewer, HouseholdRow.objects.filter(registered_at__isnull=False)), unit).exists()
