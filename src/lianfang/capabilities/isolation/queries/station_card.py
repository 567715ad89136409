"""One station as of a moment, by what was known at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import Mode, RoundMade
from lianfang.capabilities.isolation.models import ORDER_KINDS, ROUND_KINDS, STATION_KINDS, OrderRow, StayRow, grounds
from lianfang.capabilities.isolation.queries.orders import READ as SEE_ORDERS
from lianfang.capabilities.isolation.queries.orders import own
from lianfang.capabilities.isolation.queries.stations import READ, Occupancy, counted, located
from lianfang.capabilities.isolation.rules.policy import in_force
from lianfang.capabilities.isolation.rules.watch import Gap, Presence, Round, gaps
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries.rows import tuples
from lianfang.facts import log
from lianfang.facts.fact import Entry, Fact
from lianfang.facts.history import standing
from lianfang.facts.refold import among

DAYS: Final = timedelta(days=14)
"""So far back go the rounds and the gaps that a card shows."""
MOST_GAPS: Final = 500
STAY: Final = tuple(name for name in state.Stay._fields if name != "mode")


class Resident(NamedTuple):
    """Somebody who holds a place."""

    person: UUID
    order: UUID
    ward: str | None
    since: datetime
    entered: datetime | None
    due_end: datetime


class Made(NamedTuple):
    """A round that was made."""

    fact: UUID
    at: datetime
    author: str
    residents: int
    unseen: tuple[UUID, ...]


class Card(NamedTuple):
    """A station with what was recorded of it. ``unwatched`` counts residents whom nobody has seen in time; who it is
    (``residents``, ``gaps``, the ``unseen`` of a round) is told to those alone who see orders."""

    station: state.Station
    occupancy: Occupancy
    residents: tuple[Resident, ...]
    rounds: tuple[Made, ...]
    gaps: tuple[Gap, ...]
    unwatched: int
    told: tuple[Entry, ...]


class _Held(NamedTuple):
    """A place that somebody holds or held."""

    person: UUID
    order: UUID
    end: datetime
    stay: state.Stay


def card(
    viewer: Viewer, id: UUID, *, now: datetime, as_of: datetime | None = None, known_at: datetime | None = None
) -> Card:  # fmt: skip
    """One station as it stood at ``as_of`` by what was known at ``known_at`` (both: now). Raises NotThere,
    Forbidden."""
    at = as_of or now
    with seeing(viewer, READ):
        located(viewer, READ, id)
        told = [
            entry
            for entry in log.read(kinds=STATION_KINDS | ROUND_KINDS, subjects=[id], known_at=known_at)
            if as_of is None or state.when(entry.fact) <= as_of
        ]
    its = state.station([entry.fact for entry in told if not isinstance(entry.fact.data, RoundMade)])
    if its.data is None:
        raise NotThere
    places = _known(id, known_at) if known_at is not None else _rows(id, at)
    held = [one for one in places if _holds(one.stay, as_of)]
    rounds = _rounds([entry.fact for entry in told], at)
    found = _gaps(places, rounds, at)
    seen = _seen(viewer, {one.order for one in places})
    occupied = [
        (one.stay.executed is not None and (as_of is None or one.stay.executed <= at), one.stay.ward) for one in held
    ]
    residents = sorted(
        (Resident(one.person, one.order, one.stay.ward, one.stay.since, one.stay.executed, one.end) for one in held),
        key=lambda one: (one.ward or "", one.since, one.order),
    )
    people = {one.person for one in places if one.order in seen}
    return Card(
        its,
        counted(its.data.capacity, its.wards, occupied, at.astimezone(CIVIL_TIME).date()),
        tuple(one for one in residents if one.order in seen),
        tuple(one._replace(unseen=tuple(who for who in one.unseen if who in people)) for one in rounds),
        tuple(one for one in found if one.person in people)[-MOST_GAPS:],
        sum(1 for one in found if one.until is None),
        tuple(entry for entry in told if not isinstance(entry.fact.data, RoundMade)),
    )


def _holds(stay: state.Stay, as_of: datetime | None) -> bool:
    if as_of is None:
        return stay.left is None
    return stay.since <= as_of and (stay.left is None or stay.left > as_of)


def _rows(station: UUID, at: datetime) -> list[_Held]:
    """The places held now or in the days that a card shows."""
    with seeing_all():
        lately = Q(left__isnull=True) | Q(left__gt=at - DAYS)
        rows = tuples(StayRow.objects.filter(lately, station=station), "subject", "order", "mode", *STAY)
        ended = OrderRow.objects.filter(order__in=among({order for _, order, *_ in rows}))
        ends = dict(tuples(ended, "order", "end"))
    return [
        _Held(person, order, ends[order], state.Stay(Mode(mode), **dict(zip(STAY, its, strict=True))))
        for person, order, mode, *its in rows
    ]


def _known(station: UUID, known_at: datetime) -> list[_Held]:
    """The places as they were known at a time: folded from the record as it was then."""
    told: dict[UUID, list[Fact]] = defaultdict(list)
    for entry in log.read(kinds=ORDER_KINDS, known_at=known_at):
        told[entry.fact.subject].append(entry.fact)
    held = grounds((fact for facts in told.values() for fact in facts), known_at=known_at)
    return [
        _Held(person, order.id, order.end, stay)
        for person, facts in told.items()
        if any(getattr(fact.data, "station", None) == station for fact in facts)
        for order in state.orders(facts, held).orders
        for stay in order.stays
        if stay.station == station
    ]


def _rounds(facts: Collection[Fact], at: datetime) -> list[Made]:
    """The rounds that hold, of the days before ``at``, the latest first."""
    made = [
        Made(fact.id, state.when(fact), fact.author, fact.data.residents, fact.data.unseen)
        for fact in standing(facts).facts
        if isinstance(fact.data, RoundMade)
    ]
    return sorted((one for one in made if at - DAYS < one.at <= at), key=lambda one: one.at, reverse=True)


def _gaps(places: Collection[_Held], rounds: Collection[Made], at: datetime) -> list[Gap]:
    every = timedelta(hours=in_force(at.astimezone(CIVIL_TIME).date()).round_h)
    present = [
        Presence(one.person, max(one.stay.executed, at - DAYS), one.stay.left)
        for one in places
        if one.stay.executed is not None and one.stay.executed <= at
    ]
    return list(gaps(present, [Round(one.at, one.unseen) for one in rounds], every, at))


def _seen(viewer: Viewer, orders: set[UUID]) -> frozenset[UUID]:
    """Those of the orders that the viewer may see."""
    if scope(viewer, SEE_ORDERS) is Scope.NONE:
        return frozenset()
    rows = visible(viewer, SEE_ORDERS, OrderRow.objects.all(), own=own(viewer))
    with seeing(viewer, SEE_ORDERS):
        return frozenset(rows.filter(order__in=among(orders)).values_list("order", flat=True))
