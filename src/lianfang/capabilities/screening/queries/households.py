"""Households as lists and one by one: who lives there, what came of each visit, who is missing in a round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused
from lianfang.capabilities.screening.models import (
    CubeRow,
    GridRow,
    HouseholdFaultRow,
    HouseholdRow,
    OutcomeRow,
    ResidentRow,
    RoundRow,
    SizeRow,
    VisitRow,
)
from lianfang.capabilities.screening.queries.own import READ, sees_health, shown, within
from lianfang.capabilities.screening.queries.rounds import a_round, before, current
from lianfang.capabilities.screening.rules.outcomes import SEEN, Status
from lianfang.capabilities.tasks.queries import NO_PLACE, named
from lianfang.identity.queries import Person

PAGE: Final = 200
MOST_ON_A_PAGE: Final = 1_000
ORDER: Final = ("area", "grid", "building", "unit", "door", "subject")


class HouseholdState(StrEnum):
    """What a list is narrowed to. The first holds of every household without an outcome in the round."""

    MISSING = "missing"
    UNVISITED = "unvisited"
    OPEN = "open"
    DONE = "done"
    NOT_MET = "not_met"
    REFUSED = "refused"
    VACANT = "vacant"
    UNWELL = "unwell"
    FOUND = "found"
    UNPLACED = "unplaced"
    TWICE = "twice"


class Wanted(NamedTuple):
    """What is empty narrows nothing."""

    area: str = ""
    grid: UUID | None = None
    round: UUID | None = None
    state: HouseholdState | None = None
    person: UUID | None = None


class Line(NamedTuple):
    """A household of a list, with where it stands in the round and stood in the one before. ``missing`` are the members
    without an outcome."""

    row: HouseholdRow
    outcome: OutcomeRow | None
    before: str | None
    missing: tuple[UUID, ...]


class Page(NamedTuple):
    lines: tuple[Line, ...]
    after: str | None
    total: int
    round: RoundRow | None


class Card(NamedTuple):
    """All that is known of a household."""

    row: HouseholdRow
    grid: GridRow | None
    residents: tuple[ResidentRow, ...]
    visits: tuple[VisitRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    faults: tuple[HouseholdFaultRow, ...]

    def seen(self, person: UUID) -> list[datetime]:
        """When somebody was seen, visit by visit."""
        found = ((visit.at, one) for visit in self.visits for one in visit.members)
        return [at for at, (id, result, *_) in found if id == str(person) and result in SEEN]


def listed(viewer: Viewer, wanted: Wanted, *, after: str = "", limit: int = PAGE) -> Page:
    """A page of households, by where they lie. None for who may see sums only. Raises Forbidden, Refused, NotThere."""
    start = _start(after)
    row = a_round(viewer, wanted.round) if wanted.round else current(viewer, wanted.area or viewer.area)
    with seeing(viewer, READ):
        rows = within(shown(viewer, HouseholdRow.objects.all()), wanted.area)
        if row is not None and wanted.state in _OF_ROUND:
            rows = within(rows, row.area)
        grids, passed = _by_grid(viewer, wanted, row), 0
        if grids is not None:
            total = sum(one.n for one in grids)
            grids, passed = _cut(grids, start, limit)
            rows = rows.filter(_lying(grids))
        rows = _narrowed(viewer, rows, wanted, row, grids)
        if grids is None:
            total = rows.count()
        found = list(rows.order_by(*ORDER)[start - passed : start - passed + limit])
        lines = _lines(viewer, found, row)
    going_on = start + len(found) < total
    return Page(tuple(lines), str(start + len(found)) if going_on else None, total, row)


class _Grid(NamedTuple):
    """So many households of a list lie in a grid, or in none of their community."""

    area: str
    grid: UUID | None
    n: int


_ENDED: Final = ("done", "not_met", "refused", "vacant")
_SUMMED: Final = frozenset({None, HouseholdState.MISSING, HouseholdState.UNVISITED, HouseholdState.OPEN, *_ENDED})


def _by_grid(viewer: Viewer, wanted: Wanted, round: RoundRow | None) -> list[_Grid] | None:
    """How many households of a list lie in each grid, in the list's order, by the sums that are kept; None where they
    do not tell. To count and to sort every household of a prefecture took seconds."""
    closed = round is not None and round.closed_at is not None
    if wanted.person or wanted.state not in _SUMMED or (wanted.state and closed):
        return None

    def of(rows: QuerySet[Any]) -> QuerySet[Any]:
        rows = within(shown(viewer, rows), wanted.area)
        rows = rows.filter(grid=wanted.grid) if wanted.grid else rows
        return within(rows, round.area) if wanted.state and round else rows

    if wanted.state and round is None:
        return []
    sizes = of(SizeRow.objects.all()).values_list("area", "grid", "households")
    if wanted.state is None:
        nowhere = of(HouseholdRow.objects.filter(grid__isnull=True)).values_list("area", "grid")
        found = sizes.union(nowhere.annotate(n=Count("subject")), all=True)
        return [_Grid(*one) for one in found.order_by("area", "grid")]
    assert round is not None
    cubes = of(CubeRow.objects.filter(round=round.subject)).values_list("area", "grid", "visited", *_ENDED)
    visited = {(area, grid): its for area, grid, *its in cubes}
    told = (
        _Grid(area, grid, _wanted_of(wanted.state, n, *visited.get((area, grid), (0, 0, 0, 0, 0))))
        for area, grid, n in sizes.order_by("area", "grid")
    )
    return [one for one in told if one.n]


def _wanted_of(state: HouseholdState, households: int, visited: int, *ended: int) -> int:
    """Of a grid's households those that are in a state."""
    match state:
        case HouseholdState.MISSING:
            return households - sum(ended)
        case HouseholdState.UNVISITED:
            return households - visited
        case HouseholdState.OPEN:
            return visited - sum(ended)
    return ended[_ENDED.index(state)]


def _cut(grids: Sequence[_Grid], start: int, limit: int) -> tuple[list[_Grid], int]:
    """The grids in which a page lies, and how many households come before the first of them."""
    passed, found, reached = 0, list[_Grid](), 0
    for one in grids:
        if not found and passed + one.n <= start:
            passed += one.n
            continue
        found.append(one)
        reached += one.n
        if passed + reached >= start + limit:
            break
    return found, passed


def _lying(grids: Sequence[_Grid]) -> Q:
    """Those that lie in some grids of theirs, or in none of a community."""
    nowhere = {one.area for one in grids if one.grid is None}
    ids = {one.grid for one in grids if one.grid}
    return Q(grid__in=ids, area__in={one.area for one in grids}) | Q(grid__isnull=True, area__in=nowhere)


def _start(after: str) -> int:
    if after and not (after.isascii() and after.isdigit() and len(after) < 9):
        raise Refused([NO_PLACE])
    return int(after or 0)


_OF_ROUND: Final = frozenset(HouseholdState) - {HouseholdState.UNPLACED, HouseholdState.TWICE}


def _narrowed(
    viewer: Viewer, rows: QuerySet[HouseholdRow], wanted: Wanted, round: RoundRow | None, grids: Sequence[_Grid] | None
) -> QuerySet[HouseholdRow]:
    if wanted.grid:
        rows = rows.filter(grid=wanted.grid)
    if wanted.person:
        rows = rows.filter(Exists(ResidentRow.objects.filter(subject=OuterRef("subject"), person=wanted.person)))
    here = GridRow.objects.filter(subject=OuterRef("grid"), area=OuterRef("area"), registered_at__isnull=False)
    match wanted.state:
        case None:
            return rows
        case HouseholdState.UNPLACED:
            return rows.filter(Q(grid__isnull=True) | ~Exists(here))
        case HouseholdState.TWICE:
            return _twice(rows)
    if round is None:
        return rows.none()
    if wanted.state is HouseholdState.FOUND:
        last = before(viewer, round)
        since = min(last.closed_at, round.opened_at) if last and last.closed_at else round.opened_at
        return rows.filter(registered_at__gt=since, grid__isnull=False)
    # Gathered once and looked up: a search for each household goes astray where the database knows little of the table.
    outcome = within(OutcomeRow.objects.filter(round=round.subject), wanted.area)
    if grids is not None:  # an outcome lies where its household does
        outcome = outcome.filter(grid__in={one.grid for one in grids})
    rows = rows.filter(grid__isnull=False)
    if round.closed_at is not None:
        rows = rows.filter(registered_at__lte=round.closed_at)
    match wanted.state:
        case HouseholdState.MISSING:
            return rows.exclude(subject__in=outcome.exclude(status=Status.OPEN).values("subject"))
        case HouseholdState.UNVISITED:
            return rows.exclude(subject__in=outcome.values("subject"))
        case HouseholdState.UNWELL:
            ill = outcome.filter(unwell__gt=0).values("subject")
            return rows.filter(subject__in=ill) if sees_health(viewer) else rows.none()
    return rows.filter(subject__in=outcome.filter(status=wanted.state).values("subject"))


def _twice(rows: QuerySet[HouseholdRow]) -> QuerySet[HouseholdRow]:
    """Households of which another has the same door."""
    same = {name: OuterRef(name) for name in ("area", "building", "unit", "door")}
    others = HouseholdRow.objects.filter(**same, grid__isnull=False).exclude(subject=OuterRef("subject"))
    return rows.filter(Exists(others), grid__isnull=False)


def _lines(viewer: Viewer, rows: Sequence[HouseholdRow], round: RoundRow | None) -> list[Line]:
    ids = [row.subject for row in rows]
    outcomes: dict[UUID, OutcomeRow] = {}
    earlier: dict[UUID, str] = {}
    if round is not None:
        outcomes = {one.subject: one for one in OutcomeRow.objects.filter(subject__in=ids, round=round.subject)}
        if last := before(viewer, round):
            told = OutcomeRow.objects.filter(subject__in=ids, round=last.subject)
            earlier = dict(told.values_list("subject", "status"))
    unseen = _unseen(ids, outcomes, round) if round is not None else {}
    return [
        Line(row, outcomes.get(row.subject), earlier.get(row.subject), tuple(unseen.get(row.subject, ())))
        for row in rows
    ]


def _unseen(
    ids: Collection[UUID], outcomes: dict[UUID, OutcomeRow], round: RoundRow
) -> dict[UUID, list[UUID]]:  # fmt: skip
    """The members of households without an outcome who were not seen in the round and are not said to be away."""
    waiting = [id for id in ids if (one := outcomes.get(id)) is None or one.status == Status.OPEN]
    ended: dict[UUID, set[str]] = defaultdict(set)
    visits = VisitRow.objects.filter(subject__in=waiting, round=round.subject, counts=True)
    for subject, members in visits.values_list("subject", "members"):
        ended[subject] |= {person for person, result, *_ in members if result != "not_seen"}
    unseen: dict[UUID, list[UUID]] = defaultdict(list)
    members = ResidentRow.objects.filter(subject__in=waiting, member=True).order_by("joined_at", "person")
    for subject, person in members.values_list("subject", "person"):
        if str(person) not in ended[subject]:
            unseen[subject].append(person)
    return unseen


def card(viewer: Viewer, id: UUID) -> Card:
    """A household with everything of it. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = located(viewer, id)
        return Card(
            row, GridRow.objects.filter(subject=row.grid).first() if row.grid else None,
            tuple(ResidentRow.objects.filter(subject=id).order_by("joined_at", "person")),
            tuple(VisitRow.objects.filter(subject=id).order_by("at", "fact")),
            tuple(OutcomeRow.objects.filter(subject=id).order_by("last_at")),
            tuple(HouseholdFaultRow.objects.filter(subject=id).order_by("at", "fact")),
        )  # fmt: skip


def located(viewer: Viewer, id: UUID, action: str = READ) -> HouseholdRow:
    """The row of a household that an action reaches; within ``seeing``. Raises NotThere."""
    row = shown(viewer, HouseholdRow.objects.filter(subject=id), action).first()
    if row is None:
        raise NotThere
    return row


def names(viewer: Viewer, ids: Sequence[UUID], purpose: str, *, now: datetime) -> dict[UUID, Person]:
    """Who the members of shown households are, as the viewer's role may see them; the look is on record. Raises
    Forbidden, Refused."""
    return named(viewer, list(dict.fromkeys(ids)), purpose, now=now)


def members(viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """Who lives now in households that the viewer was shown; within ``seeing``."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = ResidentRow.objects.filter(subject__in=list(ids), member=True).order_by("joined_at", "person")
    for subject, person in rows.values_list("subject", "person"):
        found[subject].append(person)
    return found
