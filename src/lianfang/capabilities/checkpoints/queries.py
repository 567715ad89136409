"""The only door for reading arrivals and what comes before them. The viewer comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Count, F, JSONField, Model, Q, QuerySet, Value
from django.db.models.functions import NullIf

from lianfang.access.matrix import Scope, require, scope
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused
from lianfang.capabilities.checkpoints import rules
from lianfang.capabilities.checkpoints.facts import MOST_SEATED, Conveyance, HelpState, Seat
from lianfang.capabilities.checkpoints.models import (
    COLUMNS,
    LISTS,
    ArrivalRegister,
    ArrivalRow,
    EstimateRow,
    FlightRow,
    HelpRow,
    StrandedRow,
    arrival_of,
)
from lianfang.capabilities.checkpoints.state import CST, Arrival, fold_arrival
from lianfang.capabilities.tasks.facts import task_id
from lianfang.capabilities.tasks.queries import NO_PLACE, among, holders, range_of, tuples
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Entry

READ: Final = "travel.read"
FOLLOW: Final = "arrivals.take"
MANAGE: Final = "travel.manage"
PAGE, MOST_ON_A_PAGE = 50, 500
Rows = TypeVar("Rows", bound=Model)


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """What is to be done about arrivals and calls for help: see ``tasks.rules.Provider``."""
    active = Q(active_until=None) | Q(active_until__gte=since)
    open_calls = Q(answered_at=None) | Q(answered_at__gte=since)
    arrivals = in_range(viewer, ArrivalRow.objects.filter(active, arrived__lt=until))
    calls = in_range(viewer, HelpRow.objects.filter(open_calls, asked_at__lt=until))
    if of is not None:
        arrivals, calls = arrivals.filter(subject__in=among(of)), calls.filter(subject__in=among(of))
    with seeing(viewer, "tasks.read"):
        # An empty list is passed over: to read it takes longer than all the rest of a row.
        lists = {f"any_{name}": NullIf(name, Value([], JSONField())) for name in LISTS}
        rows, helps = tuples(arrivals.annotate(**lists), "subject", *COLUMNS, *lists), list(calls)
    for subject, *its in rows:
        yield from rules.obligations(subject, arrival_of(*its), since, until)
    for call in helps:
        yield rules.help_obligation(call.subject, call.area, call.author, call.person, call.asked_at, call.answered_at)


class Page(NamedTuple):
    """Rows of a register; ``after`` leads to the next page, ``total`` counts the whole list."""

    rows: tuple[Any, ...]
    after: str | None
    total: int


class FlightSeats(NamedTuple):
    """A flight and who has a seat on it. More than there are seats is possible where that was settled elsewhere."""

    row: FlightRow
    assigned: int


def flights(viewer: Viewer, *, area: str = "", after: str = "", limit: int = PAGE) -> Page:
    """The flights planned in an area, by id, with the seats given on each. Raises Forbidden, Refused."""
    rows = _narrowed(viewer, MANAGE, FlightRow.objects.all(), area)
    with seeing(viewer, MANAGE):
        page = _page(rows, after, limit)
        taken = _taken([row.subject for row in page.rows])
    return page._replace(rows=tuple(FlightSeats(row, taken.get(row.subject, 0)) for row in page.rows))


def _taken(flights: Collection[UUID]) -> Mapping[UUID, int]:
    """How many seats were given on each flight, of those that are seen."""
    given = StrandedRow.objects.filter(flight__in=list(flights), seat=Seat.ASSIGNED)
    return {one["flight"]: one["n"] for one in given.values("flight").annotate(n=Count("subject"))}


def flight(viewer: Viewer, id: UUID) -> FlightRow:
    """One flight. Raises Forbidden, NotThere."""
    return _one(viewer, MANAGE, FlightRow.objects.filter(subject=id))


def free_seats(viewer: Viewer, id: UUID) -> int | None:
    """The seats of a flight that nobody has; None for no flight of the viewer's. Seats given in any division count.
    Raises Forbidden."""
    with seeing(viewer, MANAGE):
        row = visible(viewer, MANAGE, FlightRow.objects.filter(subject=id)).first()
    if row is None:
        return None
    with seeing_all():
        return row.seats - _taken([id]).get(id, 0)


def waiting(viewer: Viewer, person: UUID) -> StrandedRow:
    """Somebody who asked to be brought home. Raises Forbidden, NotThere."""
    return _one(viewer, MANAGE, StrandedRow.objects.filter(subject=person))


def family(viewer: Viewer, person: UUID) -> list[StrandedRow]:
    """Somebody who asked to be brought home, with all who go together with him or her. Raises Forbidden, NotThere."""
    row = waiting(viewer, person)
    if row.family is None:
        return [row]
    with seeing(viewer, MANAGE):
        rows = visible(viewer, MANAGE, StrandedRow.objects.filter(family=row.family))
        return list(rows.order_by("registered_at", "subject"))


def families_elsewhere(viewer: Viewer, family: UUID, area: str) -> bool:
    """Whether some of a family are registered in another division. Raises Forbidden."""
    require(viewer, MANAGE)
    with seeing_all():
        return StrandedRow.objects.filter(family=family).exclude(area=area).exists()


def seating(viewer: Viewer, *, area: str = "") -> list[rules.Seated]:
    """Who of those that wait could be given which flight, families together. Nothing is recorded by it. Raises
    Forbidden, Refused."""
    rows = _narrowed(viewer, MANAGE, StrandedRow.objects.filter(seat=Seat.WAITING), area)
    planned = _narrowed(viewer, MANAGE, FlightRow.objects.all(), area)
    with seeing(viewer, MANAGE):
        waits = list(rows.order_by("registered_at", "subject")[:MOST_SEATED])
        flights = list(planned.order_by("departs", "subject"))
    with seeing_all():
        taken = _taken([row.subject for row in flights])
    parties: dict[UUID, list[StrandedRow]] = {}
    for row in waits:
        parties.setdefault(row.family or row.subject, []).append(row)
    return rules.seat_families(
        [rules.Party(tuple(one.subject for one in its), its[0].place) for its in parties.values()],
        [rules.Flight(row.subject, tuple(row.route), row.seats - taken.get(row.subject, 0)) for row in flights],
    )


def aboard(viewer: Viewer, id: UUID) -> list[StrandedRow]:
    """Who has a seat on a flight, of those whom the viewer looks after. Raises Forbidden."""
    with seeing(viewer, MANAGE):
        rows = visible(viewer, MANAGE, StrandedRow.objects.filter(flight=id, seat=Seat.ASSIGNED))
        return list(rows.order_by("subject"))


def call(viewer: Viewer, id: UUID) -> HelpRow:
    """One call for help. Raises Forbidden, NotThere."""
    return _one(viewer, MANAGE, HelpRow.objects.filter(subject=id))


def held(viewer: Viewer, action: str, id: UUID) -> Arrival:
    """An arrival as it stands, for an action of the viewer's. Raises Forbidden, NotThere."""
    return _one(viewer, action, ArrivalRow.objects.filter(subject=id)).state()


def _one(viewer: Viewer, action: str, rows: QuerySet[Rows]) -> Rows:
    with seeing(viewer, action):
        row = visible(viewer, action, rows).first()
    if row is None:
        raise NotThere
    return row


def listed(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, Arrival]:
    """The arrivals of a manifest that are listed already, wherever. Raises Forbidden."""
    require(viewer, MANAGE)
    with seeing_all():
        return {row.subject: row.state() for row in ArrivalRow.objects.filter(subject__in=list(ids))}


class StrandedTotals(NamedTuple):
    """``assigned`` + ``waiting`` + ``declined`` = ``registered``. ``estimated`` is None where nobody gave a number, and
    ``about`` says that one of the numbers it is made of is approximate: it is never held against a count."""

    registered: int
    assigned: int
    waiting: int
    declined: int
    estimated: int | None
    about: bool


def stranded(
    viewer: Viewer, *, area: str = "", seat: Seat | None = None, flight: UUID | None = None, after: str = "",
    limit: int = PAGE,
) -> tuple[Page, StrandedTotals, list[EstimateRow]]:  # fmt: skip
    """Who asked to be brought home, with the totals of the area and what was said of it. Sums alone for who may see no
    more. Raises Forbidden, Refused."""
    area_from, area_to = range_of(area)
    counted = _counted(viewer, StrandedRow.objects.all(), area_from, area_to)
    said = _counted(viewer, EstimateRow.objects.all(), area_from, area_to)
    rows = _narrowed(viewer, READ, StrandedRow.objects.all(), area)
    rows = rows.filter(seat=seat) if seat else rows
    rows = rows.filter(flight=flight) if flight else rows
    with seeing(viewer, READ):
        at = {one["seat"]: one["n"] for one in counted.values("seat").annotate(n=Count("subject"))}
        estimates = list(said.order_by("place"))
        page = _page(rows, after, limit)
    totals = StrandedTotals(
        sum(at.values()), at.get(Seat.ASSIGNED, 0), at.get(Seat.WAITING, 0), at.get(Seat.DECLINED, 0),
        sum(one.people for one in estimates) if estimates else None, any(one.about for one in estimates),
    )  # fmt: skip
    return page, totals, estimates


def calls(
    viewer: Viewer, *, area: str = "", state: HelpState | None = None, after: str = "", limit: int = PAGE
) -> Page:
    """Calls for help; to somebody who asks for what is held of him or her, the own ones. Raises Forbidden, Refused."""
    rows = _narrowed(viewer, READ, HelpRow.objects.all(), area, subject="person")
    rows = rows.filter(state=state) if state else rows
    with seeing(viewer, READ):
        return _page(rows, after, limit)


class Wanted(NamedTuple):
    """What a list of arrivals is narrowed to; what is empty or None narrows nothing."""

    area: str = ""
    first: date | None = None
    last: date | None = None
    """Days of arrival, both included."""
    key_person: bool | None = None
    taken_over: bool | None = None
    late: bool = False
    """Not taken over in time."""
    number: str = ""
    conveyance: Conveyance | None = None
    came_from: str = ""
    batch: UUID | None = None
    person: UUID | None = None
    closed: bool | None = None
    """Whether its days are over."""


def arrivals(viewer: Viewer, wanted: Wanted, *, after: str = "", limit: int = PAGE, now: datetime) -> Page:
    """The arrivals of an area, by area, time and id. Raises Forbidden, Refused."""
    rows = _asked(_narrowed(viewer, FOLLOW, ArrivalRow.objects.all(), wanted.area), wanted, now)
    with seeing(viewer, FOLLOW):
        return _page(rows, after, limit, "arrived")


def _asked(rows: QuerySet[ArrivalRow], wanted: Wanted, now: datetime) -> QuerySet[ArrivalRow]:
    begins = datetime.combine(wanted.first, time(), CST) if wanted.first else None
    ends = datetime.combine(wanted.last + timedelta(days=1), time(), CST) if wanted.last else None
    asked: dict[str, Any] = {
        "arrived__gte": begins, "arrived__lt": ends, "key_person": wanted.key_person, "batch": wanted.batch,
        "number": wanted.number or None, "conveyance": wanted.conveyance, "came_from": wanted.came_from or None,
        "person": wanted.person,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    if wanted.taken_over is not None:
        rows = rows.filter(taken_over_at__isnull=not wanted.taken_over)
    if wanted.late:
        rows = rows.filter(_late(now))
    if wanted.closed is not None:
        rows = rows.exclude(_going_on(now)) if wanted.closed else rows.filter(_going_on(now))
    return rows


def _going_on(now: datetime) -> Q:
    found = Q(pk__in=[])
    for since, until in rules.going_on(now):
        found |= Q(arrived__gte=since, arrived__lt=until) if until else Q(arrived__gte=since)
    return found


def _late(now: datetime) -> Q:
    return Q(taken_over_at=None, hand_over_due__lt=now) | Q(taken_over_at__gt=F("hand_over_due"))


def assignees(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Who measures each of these key persons, where somebody does. Raises Forbidden."""
    tasks = {task_id(rules.MEASURE, id): id for id in ids}
    return {tasks[task]: code for task, code in holders(viewer, list(tasks)).items()}


class Told(NamedTuple):
    """One arrival with what the record has of it."""

    subject: UUID
    state: Arrival
    timeline: tuple[Entry, ...]


def arrival(viewer: Viewer, id: UUID, *, as_of: datetime | None = None, known_at: datetime | None = None) -> Told:
    """One arrival, as it was at a moment from what was known at a time; by default as it is. Raises Forbidden,
    NotThere."""
    with seeing(viewer, FOLLOW):
        if not visible(viewer, FOLLOW, ArrivalRow.objects.filter(subject=id)).exists():
            raise NotThere
    told = list(log.read(kinds=ArrivalRegister.kinds, subjects=[id], known_at=known_at))
    if as_of is not None:
        told = [entry for entry in told if entry.fact.observed_at <= as_of]
    state = fold_arrival([entry.fact for entry in told])
    if state is None:
        raise NotThere
    return Told(id, state._replace(faults=rules.faults(state)), tuple(told))


class ArrivalCounts(NamedTuple):
    """``in_time`` + ``late`` = ``taken_over``; ``taken_over`` + ``waiting`` + ``overdue`` = ``listed``; ``closed``:
    whose days are over."""

    listed: int
    taken_over: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    key_persons: int
    closed: int


def counts(viewer: Viewer, wanted: Wanted, *, now: datetime) -> ArrivalCounts:
    """The arrivals of an area, counted. Raises Forbidden, Refused."""
    area_from, area_to = range_of(wanted.area)
    rows = _asked(_counted(viewer, ArrivalRow.objects.all(), area_from, area_to), wanted, now)
    taken = Q(taken_over_at__isnull=False)
    with seeing(viewer, READ):
        at = rows.aggregate(
            listed=Count("subject"),
            taken_over=Count("subject", taken),
            late=Count("subject", taken & Q(taken_over_at__gt=F("hand_over_due"))),
            overdue=Count("subject", Q(taken_over_at=None, hand_over_due__lt=now)),
            key_persons=Count("subject", Q(key_person=True)),
            closed=Count("subject", ~_going_on(now)),
        )
    in_time, waiting = at["taken_over"] - at["late"], at["listed"] - at["taken_over"] - at["overdue"]
    return ArrivalCounts(in_time=in_time, waiting=waiting, **at)


def _narrowed(
    viewer: Viewer, action: str, rows: QuerySet[Rows], area: str, *, subject: str = "subject"
) -> QuerySet[Rows]:
    area_from, area_to = range_of(area)
    return visible(viewer, action, rows, subject=subject).filter(area__bytes_from=area_from, area__bytes_before=area_to)


def _counted(viewer: Viewer, rows: QuerySet[Rows], area_from: str, area_to: str) -> QuerySet[Rows]:
    """What sums are made of: all rows of the viewer's divisions, whether or not they are shown; of the viewer's own
    where that is the scope."""
    rows = in_range(viewer, rows) if scope(viewer, READ) is Scope.AGGREGATE else visible(viewer, READ, rows)
    return rows.filter(area__bytes_from=area_from, area__bytes_before=area_to)


def _page(rows: QuerySet[Rows], after: str, limit: int, newest_by: str = "") -> Page:
    """A page of rows by id, or the newest first by a column and then by id. Raises Refused for no place."""
    total = rows.count()
    order = [f"-{newest_by}", "subject"] if newest_by else ["subject"]
    if after:
        moment, _, id = after.rpartition("/")
        try:
            subject, at = UUID(id), datetime.fromisoformat(moment) if newest_by else None
        except ValueError:
            raise Refused([NO_PLACE]) from None
        if at is None:
            rows = rows.filter(subject__gt=subject)
        elif at.tzinfo is None:
            raise Refused([NO_PLACE])
        else:
            rows = rows.filter(Q(**{f"{newest_by}__lt": at}) | Q(**{newest_by: at, "subject__gt": subject}))
    found = tuple(rows.order_by(*order)[: limit + 1])
    shown = found[:limit]
    if len(found) == len(shown):
        return Page(shown, None, total)
    last: Any = shown[-1]
    moment = getattr(last, newest_by).isoformat() if newest_by else ""
    return Page(shown, f"{moment}/{last.subject}".lstrip("/"), total)
