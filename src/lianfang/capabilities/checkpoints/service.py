"""The only door for writing about arrivals and about people who want to come home."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Changed, NotThere, Refused, Wrong
from lianfang.capabilities.checkpoints import facts as kinds
from lianfang.capabilities.checkpoints import models, queries, rules
from lianfang.capabilities.checkpoints.facts import HelpState, Seat
from lianfang.capabilities.checkpoints.state import (
    CST,
    Arrival,
    Fault,
    fold_arrival,
    fold_help,
    fold_stranded,
)
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks import service as giving
from lianfang.capabilities.tasks.facts import task_id
from lianfang.capabilities.tasks.rules import policy
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Retracted, Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas
from lianfang.identity.queries import known, one_person

_NAMES: Final = UUID("5e1c1f0a-7a54-5d0b-9d0a-6a6f0c0b8f21")
MOST_AT_ONCE: Final = 1_000
AHEAD_DAYS, BACK_DAYS = 2, 400
"""How far from now an arrival may lie."""
Faults = Callable[[Sequence[Fact]], Collection[Fault]]


def plan_flight(viewer: Viewer, plan: kinds.FlightPlanned, area: str, *, id: UUID | None, now: datetime) -> UUID:
    """Plans a flight, or plans it anew under its id: not with fewer seats than were given on it. Raises Forbidden,
    NotThere, Refused."""
    _require_area(viewer, area)
    if any(stop == following for stop, following in pairwise(plan.route)):
        raise _refused("route", "same_stop")
    subject = id or log.new_id()
    with transaction.atomic():
        locked(subject)
        if id is not None and _told(models.FlightRegister.kinds, id):
            row = queries.flight(viewer, id)
            area = row.area
            _require_area(viewer, area)
            free = queries.free_seats(viewer, id)
            if free is not None and plan.seats < row.seats - free:
                raise _refused("seats", "seats_given")
        _append(viewer, [_fact(plan, subject, area, now)])
    return subject


def estimate(viewer: Viewer, data: kinds.StrandedEstimated, area: str, *, now: datetime) -> UUID:
    """Notes how many are said to be stranded somewhere: one number a place and area, the last that was said."""
    _require_area(viewer, area)
    subject = uuid5(_NAMES, f"estimate|{area}|{data.place}")
    with transaction.atomic():
        locked(subject)
        _append(viewer, [_fact(data, subject, area, now)])
    return subject


def register(
    viewer: Viewer, person: UUID, place: str, area: str, *, family: UUID | None = None, now: datetime
) -> UUID:  # fmt: skip
    """Registers somebody who wants to come home, and with whom; again in the same way, nothing is recorded. Raises
    Forbidden, Refused."""
    _require_area(viewer, area)
    _require_person(viewer, person)
    with transaction.atomic():
        locked(person, *([family] if family else []))
        if family is not None and queries.families_elsewhere(viewer, family, area):
            raise _refused("family", "family_elsewhere")
        held = fold_stranded(_told(models.StrandedRegister.kinds, person))
        if held is None or (held.place, held.area, held.family) != (place, area, family):
            if held is not None:
                require_over(viewer, queries.MANAGE, held.area)
            _append(viewer, [_fact(kinds.StrandedRegistered(place=place, family=family), person, area, now)])
    return person


def settle_seat(viewer: Viewer, person: UUID, seat: Seat, flight: UUID | None, *, now: datetime) -> None:
    """Gives somebody a seat, or puts on the waiting list, or notes that it was declined; and with him or her all who go
    together.

    Seats are claimed under the flight's lock: never more than there are. Raises Forbidden, NotThere, Refused.
    """
    require(viewer, queries.MANAGE)
    with transaction.atomic():
        party = queries.family(viewer, person)
        held = {one.family for one in party if one.family} | ({flight} if flight else set())
        locked(*(one.subject for one in party), *held)
        party = queries.family(viewer, person)
        moved = [one for one in party if (one.seat, one.flight) != (seat, flight)]
        if flight is not None and seat is Seat.ASSIGNED and moved:
            _require_seats(viewer, flight, len(moved), len(party))
        data = kinds.SeatSettled(seat=seat, flight=flight)
        for one in moved:
            fact = _fact(data, one.subject, one.area, now)
            _append_checked(viewer, fact, models.StrandedRegister.kinds, _faults_of(fold_stranded))


class Seating(NamedTuple):
    """A plan of seats that was confirmed: how many people it seats, and how many of its lines were changed by hand."""

    seated: int
    changed: int


def confirm_seating(
    viewer: Viewer, id: UUID, area: str, digest: str, changes: Mapping[UUID, UUID | None], *, now: datetime
) -> Seating:  # fmt: skip
    """Gives the seats of a proposal, as it was looked at, with ``changes``: by the first of those who go together the
    flight that was chosen instead, None for none. All or nothing; what was proposed and what was chosen is on record.
    The same ``id`` again is the same. Raises Forbidden, Refused, Changed."""
    where = area or viewer.area
    _require_area(viewer, where)
    with transaction.atomic():
        locked(id)
        if before := _told({kinds.SeatingConfirmed.kind}, id):
            return _seating(before[0].data)
        found = queries.seating(viewer, area=area)
        chosen = {one.people[0]: changes.get(one.people[0], one.flight) for one in found}
        locked(*(person for one in found for person in one.people), *(to for to in chosen.values() if to))
        if not found or digest != rules.seating_digest(queries.seating(viewer, area=area)):
            raise Changed(
                "候补名单或座位已有变化，请重新查看方案", "who waits, or seats, have changed: look at it again"
            )
        if changes.keys() - chosen.keys():
            raise _refused("person", "not_registered")
        for row, (first, to) in enumerate(chosen.items(), 1):
            _seat_party(viewer, first, to, row, now)
        data = kinds.SeatingConfirmed(
            lines=tuple(
                kinds.SeatLine(people=one.people, proposed=one.flight, chosen=chosen[one.people[0]]) for one in found
            )
        )
        _append(viewer, [_fact(data, id, where, now)])
    return _seating(data)


def _seat_party(viewer: Viewer, first: UUID, flight: UUID | None, row: int, now: datetime) -> None:
    """Gives a line of a plan its seats. Raises Refused, with the row."""
    if flight is None:
        return
    try:
        settle_seat(viewer, first, Seat.ASSIGNED, flight, now=now)
    except Refused as error:
        raise Refused([one._replace(row=row) for one in error.wrong]) from None


def _seating(data: FactData) -> Seating:
    lines = data.lines if isinstance(data, kinds.SeatingConfirmed) else ()
    return Seating(
        sum(len(one.people) for one in lines if one.chosen), sum(one.chosen != one.proposed for one in lines)
    )  # fmt: skip


def _require_seats(viewer: Viewer, flight: UUID, wanted: int, party: int) -> None:
    """Raises Refused where a flight has fewer free seats than are wanted."""
    free = queries.free_seats(viewer, flight)
    if free is None:
        raise _refused("flight", "no_flight")
    if free < wanted:
        raise Refused([_wrong("flight", "no_seat" if party == 1 else "no_seats", n=party, free=max(free, 0))])


def land(viewer: Viewer, id: UUID, arrived: datetime, came_from: str | None, *, now: datetime) -> Receipt:
    """Lists everybody who had a seat on a flight as arrived, each for the division that had registered him or her;
    the same again changes nothing. Raises Forbidden, NotThere."""
    require(viewer, queries.MANAGE)
    flight = queries.flight(viewer, id)
    conveyance, number = kinds.Conveyance(flight.conveyance), flight.number or None
    rows = [
        Listing(row, one.subject, conveyance, number, arrived, came_from, one.area)
        for row, one in enumerate(queries.aboard(viewer, id), 1)
    ]
    return list_arrivals(viewer, rows, batch=id, now=now)


def ask_help(viewer: Viewer, data: kinds.HelpAsked, area: str, *, id: UUID | None, now: datetime) -> UUID:
    """Takes down a call for help; the same under the same id again is the same call. Raises Forbidden, Refused."""
    _require_area(viewer, area)
    _require_person(viewer, data.person)
    subject = id or log.new_id()
    with transaction.atomic():
        locked(subject)
        held = fold_help(_told(models.HelpRegister.kinds, subject))
        if held is None:
            _append(viewer, [_fact(data, subject, area, now)])
        elif (held.asked, held.area) != (data, area):
            raise _refused("id", "listed_otherwise")
    return subject


def answer_help(viewer: Viewer, id: UUID, state: HelpState, *, now: datetime) -> None:
    """Tells how far a call was answered. Raises Forbidden, NotThere, Refused."""
    require(viewer, queries.MANAGE)
    with transaction.atomic():
        locked(id)
        row = queries.call(viewer, id)
        require_over(viewer, queries.MANAGE, row.area)
        if row.state != state:
            fact = _fact(kinds.HelpAnswered(state=state), id, row.area, now)
            _append_checked(viewer, fact, models.HelpRegister.kinds, _faults_of(fold_help))


class Listing(NamedTuple):
    """One row of a manifest. ``key_person`` None: by the policy of the day."""

    row: int
    person: UUID
    conveyance: kinds.Conveyance
    number: str | None
    arrived: datetime
    came_from: str | None
    destination: str
    key_person: bool | None = None


class Receipt(NamedTuple):
    """What became of a manifest: the arrivals that were listed, by row; how many were listed before; what is wrong."""

    listed: Mapping[int, UUID]
    skipped: Mapping[int, UUID]
    wrong: Sequence[Wrong]


def arrival_id(one: Listing) -> UUID:
    """The id of an arrival: the same person by the same service on the same day is one arrival, whoever lists it."""
    day = one.arrived.astimezone(CST).date()
    return uuid5(_NAMES, f"arrival|{one.person}|{one.conveyance}|{one.number or ''}|{day}")


def list_arrivals(
    viewer: Viewer, rows: Sequence[Listing], *, batch: UUID | None, now: datetime, dry: bool = False
) -> Receipt:
    """Lists the people of a manifest; what is wrong with one hinders none of the others, and the same manifest again
    changes nothing. ``dry`` only tells. Raises Forbidden."""
    require(viewer, queries.MANAGE)
    exists, people = known_areas(), known(viewer, queries.MANAGE, [one.person for one in rows])
    wrong = [fault for one in rows for fault in _row_faults(viewer, one, exists, now)]
    wrong += [_wrong("person", "no_person", one.row) for one in rows if one.person not in people]
    bad = {fault.row for fault in wrong}
    good: dict[UUID, Listing] = {}
    repeated: dict[int, UUID] = {}
    for one in rows:
        if one.row in bad:
            continue
        id = arrival_id(one)
        if (before := good.setdefault(id, one)) is not one:
            if before._replace(row=one.row) == one:
                repeated[one.row] = id
            else:
                wrong.append(_wrong("person", "twice", one.row))
    with transaction.atomic():
        locked(*good)
        held = queries.listed(viewer, list(good))
        facts, listed = [], dict[int, UUID]()
        for id, one in good.items():
            data = _listing(one, batch)
            if id not in held:
                facts.append(_fact(data, id, one.destination, now))
                listed[one.row] = id
            elif not _same(held[id], data):
                wrong.append(_wrong("person", "listed_otherwise", one.row))
            else:
                repeated[one.row] = id
        if not dry:
            _append(viewer, facts)
    return Receipt(listed, repeated, sorted(wrong, key=lambda one: (one.row or 0, one.field)))


def correct(viewer: Viewer, id: UUID, changes: Mapping[str, Any], *, now: datetime) -> None:
    """Corrects the listing of an arrival; where the destination changes, what was asked of the old one is asked of the
    new one. Raises Forbidden, NotThere, Refused."""
    require(viewer, queries.MANAGE)
    if not changes:
        raise _refused("changes", "empty")
    with transaction.atomic():
        locked(id)
        held = _arrival(viewer, id, queries.MANAGE)
        whole = kinds.ArrivalListed(
            person=held.person, conveyance=held.conveyance, number=held.number, arrived=held.arrived,
            came_from=held.came_from, destination=held.destination, key_person=held.key_person, batch=held.batch,
        ).model_copy(update=dict(changes))  # fmt: skip
        listing = Listing(
            0, whole.person, whole.conveyance, whole.number, whole.arrived, whole.came_from, whole.destination,
            whole.key_person,
        )  # fmt: skip
        if "person" in changes:
            _require_person(viewer, whole.person)
        if wrong := _row_faults(viewer, listing, known_areas(), now):
            raise Refused([one._replace(row=None) for one in wrong])
        # The division that it was listed for says so: the other one has no say before.
        fact = _fact(whole, id, held.destination, now).model_copy(update={"corrects": held.listing})
        _append_checked(viewer, fact, models.ArrivalRegister.kinds, _arrival_faults)


def acknowledge(viewer: Viewer, id: UUID, unit: str, assignee: str, *, now: datetime) -> None:
    """The destination takes an arrival over; a key person is given to one worker, by default to whoever takes over and
    does such work. Raises Forbidden, NotThere, Refused."""
    require(viewer, queries.FOLLOW)
    with transaction.atomic():
        locked(id)
        held = _arrival(viewer, id, queries.FOLLOW)
        fact = _fact(kinds.ArrivalAcknowledged(by_unit=unit), id, held.destination, now)
        given = []
        if held.key_person:
            does = viewer.role in policy().rule(rules.MEASURE).does
            has = tasks.holders(viewer, [task_id(rules.MEASURE, id)]) if not assignee and not does else {}
            to = assignee or (viewer.author if does else "")
            if not to and not has:
                raise _refused("assignee", "needs_assignee")
            if to:
                given = giving.give(viewer, to, id, rules.OF_A_KEY_PERSON, held.destination, now=now)
        _append_checked(viewer, fact, models.ArrivalRegister.kinds, _arrival_faults, given)


def measure(viewer: Viewer, id: UUID, data: kinds.ArrivalMeasured, *, at: datetime | None, now: datetime) -> None:
    """Notes a measurement of a key person, of the slot in which it was made. Raises Forbidden, NotThere, Refused."""
    require(viewer, queries.FOLLOW)
    if at is not None and at > now:
        raise _refused("at", "in_future")
    with transaction.atomic():
        locked(id)
        held = _arrival(viewer, id, queries.FOLLOW)
        if not held.key_person:
            raise _refused("id", "not_key")
        fact = _fact(data, id, held.destination, at or now)
        _append_checked(viewer, fact, models.ArrivalRegister.kinds, _arrival_faults)


def supply(viewer: Viewer, id: UUID, item: str, *, at: datetime | None, now: datetime) -> None:
    """Notes that medicine was brought. Raises Forbidden, NotThere, Refused."""
    require(viewer, queries.FOLLOW)
    if at is not None and at > now:
        raise _refused("at", "in_future")
    with transaction.atomic():
        locked(id)
        held = _arrival(viewer, id, queries.FOLLOW)
        fact = _fact(kinds.MedicineSupplied(item=item), id, held.destination, at or now)
        _append_checked(viewer, fact, models.ArrivalRegister.kinds, _arrival_faults)


def retract(viewer: Viewer, id: UUID, fact: UUID, why: Why, *, now: datetime) -> None:
    """Takes a record of an arrival back; it stays in the log and counts for nothing. Raises Forbidden, NotThere,
    Refused."""
    require(viewer, queries.MANAGE)
    with transaction.atomic():
        locked(id)
        held = _arrival(viewer, id, queries.MANAGE)
        told = _told(models.ArrivalRegister.kinds, id)
        if not any(one.id == fact and one.kind != Retracted.kind for one in told):
            raise _refused("fact", "no_fact")
        back = _fact(Retracted(why=why), id, held.destination, now).model_copy(update={"corrects": fact})
        _append(viewer, [back])


def _row_faults(viewer: Viewer, one: Listing, exists: Callable[[str], bool], now: datetime) -> list[Wrong]:
    """What is wrong with a row by itself."""
    found = []
    if not exists(one.destination):
        found.append(_wrong("destination", "unknown_area", one.row))
    elif not reaches(viewer, queries.MANAGE, one.destination):
        found.append(_wrong("destination", "outside_area", one.row))
    if one.came_from is not None and len(one.came_from) > 2 and not exists(one.came_from):
        found.append(_wrong("came_from", "unknown_area", one.row))
    if one.arrived > now + timedelta(days=AHEAD_DAYS):
        found.append(_wrong("arrived", "too_far", one.row, days=AHEAD_DAYS))
    if one.arrived < now - timedelta(days=BACK_DAYS):
        found.append(_wrong("arrived", "too_old", one.row, days=BACK_DAYS))
    return found


def _listing(one: Listing, batch: UUID | None) -> kinds.ArrivalListed:
    key = rules.is_key(one.came_from, one.arrived) if one.key_person is None else one.key_person
    return kinds.ArrivalListed(
        person=one.person, conveyance=one.conveyance, number=one.number, arrived=one.arrived, came_from=one.came_from,
        destination=one.destination, key_person=key, batch=batch,
    )  # fmt: skip


def _same(held: Arrival, data: kinds.ArrivalListed) -> bool:
    """Whether a listing says what is held, whichever list it came with."""
    return all(
        getattr(held, name) == getattr(data, name)
        for name in ("person", "conveyance", "number", "arrived", "came_from", "destination", "key_person")
    )


def _arrival(viewer: Viewer, id: UUID, action: str) -> Arrival:
    """An arrival that the viewer's action reaches. Raises NotThere."""
    held = queries.held(viewer, action, id)
    if not reaches(viewer, action, held.destination):
        raise NotThere
    return held


def _require_area(viewer: Viewer, area: str) -> None:
    """Raises Forbidden, Refused for a division that there is not."""
    require_over(viewer, queries.MANAGE, area)
    if not known_areas()(area):
        raise _refused("area", "unknown_area")


def _require_person(viewer: Viewer, person: UUID) -> None:
    """Raises Refused for somebody who was not entered in the viewer's divisions."""
    if not one_person(viewer, queries.MANAGE, person):
        raise _refused("person", "no_person")


def _faults_of(fold: Callable[[Sequence[Fact]], Any]) -> Faults:
    def told(facts: Sequence[Fact]) -> Collection[Fault]:
        state = fold(facts)
        return state.faults if state else ()

    return told


def _arrival_faults(facts: Sequence[Fact]) -> Collection[Fault]:
    state = fold_arrival(facts)
    return rules.faults(state) if state else ()


def _append_checked(
    viewer: Viewer, fact: Fact, kinds: Collection[str], faults: Faults, also: Sequence[Fact] = ()
) -> None:
    """Appends a fact, and others with it, unless it contradicts what is held. Raises Refused."""
    history = _told(kinds, fact.subject)
    before = set(faults(history))
    signed = fact.model_copy(update={"author": viewer.author, "device": viewer.device})  # it is folded in this order
    if new := [one for one in faults([*history, signed]) if one not in before]:
        raise Refused([_wrong(one.field, one.reason, known=_slots(fact.observed_at)) for one in new])
    _append(viewer, [fact, *also])


def _slots(at: datetime) -> str:
    return ", ".join(slot.code for slot in rules.in_force(at.astimezone(CST).date()).slots)


def _told(kinds: Collection[str], subject: UUID) -> list[Fact]:
    return [entry.fact for entry in log.read(kinds=kinds, subjects=[subject])]


def _fact(data: FactData, subject: UUID, area: str, at: datetime) -> Fact:
    return Fact.of(data, id=log.new_id(), subject=subject, area=area, observed_at=at)


def _append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    for outcome in log.append(facts, principal=viewer.principal):
        if outcome.status is log.Status.SET_ASIDE:
            raise RuntimeError(f"the record did not take a fact: {outcome.reason}")


def _wrong(field: str, reason: str, row: int | None = None, **told: object) -> Wrong:
    zh, en = rules.WORDS[reason]
    return Wrong(field, reason, zh.format(**told), en.format(**told), row)


def _refused(field: str, reason: str) -> Refused:
    return Refused([_wrong(field, reason)])
