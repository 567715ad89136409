"""What is to be done about orders, stations and needs, for the list of tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.contacts.models import ContactRow
from lianfang.capabilities.contacts.state.contact import release_from
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import Mode, NeedAsked, OrderClass
from lianfang.capabilities.isolation.models import LogRow, NeedRow, OrderRow, RoundRow, StationRow, StayRow
from lianfang.capabilities.isolation.queries.stations import occupancy, watched
from lianfang.capabilities.isolation.rules import due
from lianfang.capabilities.isolation.rules.policy import Policy, in_force
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import tuples
from lianfang.capabilities.tasks.rules import Obligation

ACTION: Final = "tasks.read"
LOOK_BACK: Final = timedelta(days=1)


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """Those of the viewer's divisions that can be done before ``until`` and were done after ``since``, or were neither
    done nor lapsed by then; ``of`` narrows to these orders, stations and needs. Raises Forbidden."""
    with seeing(viewer, ACTION):
        found = [
            *_of_orders(viewer, since, until, of),
            *_of_stations(viewer, since, until, of),
            *_of_needs(viewer, since, of),
        ]
    return [one for one in found if one.begins < until and _counts(one, since)]


def _counts(one: Obligation, since: datetime) -> bool:
    if one.done_at is not None:
        return one.done_at > since
    return one.lapses is None or one.lapses > since


def _policy(at: datetime) -> Policy:
    return in_force(at.astimezone(CIVIL_TIME).date())


def _of_orders(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None
) -> Iterator[Obligation]:  # fmt: skip
    rows: QuerySet[OrderRow] = in_range(viewer, OrderRow.objects.all())
    rows = rows.filter(Q(lifted__isnull=True) | Q(lifted__gt=since))
    if of is not None:
        rows = rows.filter(order__in=list(of))
    yield from _to_extend(rows)
    orders = list(_moving(rows, since, until))
    stays: dict[UUID, list[state.Stay]] = defaultdict(list)
    for row in StayRow.objects.filter(order__in=[one.order for one in orders]).order_by("subject", "order", "number"):
        stays[row.order].append(_stay(row))
    for one in orders:
        if stays[one.order]:
            yield from due.of_order(_order(one, tuple(stays[one.order])), _policy(one.issued))


def _moving(rows: QuerySet[OrderRow], since: datetime, until: datetime) -> QuerySet[OrderRow]:
    """Without those of which all was done before ``since`` and that do not end before ``until``: nine of ten, of which
    nothing is to be done."""
    stay = StayRow.objects.filter(subject=OuterRef("subject"), order=OuterRef("order"))
    done = (Q(**{f"{act}__gt": since}) | Q(**{f"{act}__isnull": True}) for act in ("received", "executed", "verified"))
    lately = stay.filter(reduce(or_, done))
    return rows.filter(
        Q(lifted__isnull=False) | Q(end__lt=until) | ~Q(stage=state.Stage.VERIFIED) | Exists(lately)
    )  # fmt: skip


def _to_extend(rows: QuerySet[OrderRow]) -> Iterator[Obligation]:
    """Orders that end before their contact's observation does."""
    told = rows.filter(lifted__isnull=True, order_class=OrderClass.CLOSE_CONTACT)
    found = tuples(told, "order", "of", "area", "issued", "end", "subject", "author")
    until = _observed_until([contact for _, contact, *_ in found])
    for order, contact, area, issued, end, person, author in found:
        if end < until.get(contact, end):
            yield Obligation("isolation.extend", order, area, issued, end, person=person, author=author)


def next_steps(viewer: Viewer, rows: Sequence[OrderRow]) -> dict[UUID, Obligation]:
    """What is to be done first about each of some orders that the viewer was shown."""
    stays: dict[UUID, list[state.Stay]] = defaultdict(list)
    with seeing(viewer, "isolation.read"):
        told = StayRow.objects.filter(order__in=[one.order for one in rows]).order_by("subject", "order", "number")
        for row in told:
            stays[row.order].append(_stay(row))
    found = {
        one.order: due.next_of(_order(one, tuple(stays[one.order])), _policy(one.issued))
        for one in rows
        if stays[one.order]
    }
    return {id: step for id, step in found.items() if step is not None}


def _observed_until(contacts: Collection[UUID]) -> dict[UUID, datetime]:
    """Until when contacts are to be observed; those whose observation is over are not among them."""
    rows = ContactRow.objects.filter(subject__in=list(contacts), observed=True, ended_at__isnull=True)
    return {id: release_from(day) for id, day in rows.values_list("subject", "due") if day is not None}


def _stay(row: StayRow) -> state.Stay:
    values = {name: getattr(row, name) for name in state.Stay._fields if name != "mode"}
    return state.Stay(mode=Mode(row.mode), **values)


_FIELDS: Final = (
    "area", "author", "of", "disease", "edition", "basis", "approver", "reason", "clinician", "community", "suitable",
    "batch", "issued", "start", "end", "lifted", "lift_reason",
)  # fmt: skip


def _order(row: OrderRow, stays: tuple[state.Stay, ...]) -> state.Order:
    values = {name: getattr(row, name) for name in _FIELDS}
    return state.Order(
        id=row.order, person=row.subject, order_class=OrderClass(row.order_class), stays=stays, **values
    )  # fmt: skip


def _of_stations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None
) -> Iterator[Obligation]:  # fmt: skip
    stations = in_range(viewer, StationRow.objects.all()).filter(Q(closed__isnull=True) | Q(closed__gt=since))
    if of is not None:
        stations = stations.filter(subject__in=list(of))
    rows = list(stations)
    ids = [row.subject for row in rows]
    policy = _policy(until)
    present, _ = watched(viewer, ids, since - LOOK_BACK, until)
    rounds: dict[UUID, list[datetime]] = defaultdict(list)
    latest = RoundRow.objects.filter(subject__in=ids, at__lte=until).order_by("subject", "-at").distinct("subject")
    for station, at in [
        *RoundRow.objects.filter(subject__in=ids, at__gt=since - LOOK_BACK, at__lte=until).values_list("subject", "at"),
        *latest.values_list("subject", "at"),
    ]:
        if at not in rounds[station]:
            rounds[station].append(at)
    logged: dict[UUID, dict[date, datetime]] = defaultdict(dict)
    for station, day, at in LogRow.objects.filter(subject__in=ids).values_list("subject", "day", "at"):
        logged[station][day] = at
    places = occupancy(viewer, ids, until)
    for row in rows:
        id, author = row.subject, row.author
        spans = [(one.entered, one.left) for one in present[id]]
        yield from due.of_rounds(id, row.area, author, rounds[id], spans, until, policy)
        yield from due.of_logs(
            id, row.area, author, row.opened, row.closed, logged[id], since, until, policy
        )  # fmt: skip
        if places[id].alarm:
            last_in = max((entered for entered, _ in spans), default=row.opened)
            yield Obligation("station.relieve", id, row.area, last_in, last_in, author=author)


def _of_needs(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    rows: QuerySet[NeedRow] = in_range(viewer, NeedRow.objects.all()).filter(Q(met__isnull=True) | Q(met__gt=since))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    for row in rows:
        data = NeedAsked(
            person=row.person, order=row.order, category=row.category, urgent=row.urgent, due=row.due, words=row.words
        )  # fmt: skip
        need = state.Need(
            data, row.area, row.author, row.asked, row.acknowledged, row.acknowledged_by, row.met, row.outcome, (), {}
        )  # fmt: skip
        yield from due.of_need(row.subject, need, _policy(row.asked))
