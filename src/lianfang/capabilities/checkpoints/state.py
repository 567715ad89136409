"""Pure folds: a flight, somebody stranded, a call for help, an estimate, an arrival, each from its facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any, Final, NamedTuple, TypeVar
from uuid import UUID

from lianfang.capabilities.checkpoints import facts as kinds
from lianfang.capabilities.checkpoints.facts import Conveyance, HelpState, Seat
from lianfang.facts.fact import Fact, FactData, folding_order
from lianfang.facts.history import Standing, standing
from lianfang.profiles.disease.parts import within

CST: Final = timezone(timedelta(hours=8))
"""Days are calendar days of Chinese standard time, unless an installation says otherwise."""
Data = TypeVar("Data", bound=FactData)


class Fault(NamedTuple):
    """A fact that contradicts what was before it: not applied, and shown. ``reason`` is a code of ``rules.WORDS``."""

    fact: UUID
    field: str
    reason: str


class Noted(NamedTuple):
    """Who noted something, when it happened, and the fact that says so."""

    fact: UUID
    at: datetime
    by: str


class Flight(NamedTuple):
    """A flight as last planned."""

    area: str
    author: str
    plan: kinds.FlightPlanned
    planned_at: datetime
    faults: tuple[Fault, ...]
    disputed: bool


class Stranded(NamedTuple):
    """Somebody who asked to be brought home, and where that stands."""

    area: str
    author: str
    place: str
    family: UUID | None
    registered_at: datetime
    seat: Seat
    flight: UUID | None
    faults: tuple[Fault, ...]
    disputed: bool


class Estimate(NamedTuple):
    """How many are stranded somewhere, as last said."""

    area: str
    author: str
    place: str
    people: int
    about: bool
    stated_at: datetime
    faults: tuple[Fault, ...]
    disputed: bool


class Help(NamedTuple):
    """A call for help, and how far it was answered."""

    area: str
    author: str
    asked: kinds.HelpAsked
    asked_at: datetime
    state: HelpState
    answered_at: datetime | None
    """When it was first taken up, settled or found impossible."""
    faults: tuple[Fault, ...]
    disputed: bool


class Measure(NamedTuple):
    """One measurement of a slot."""

    noted: Noted
    day: date
    slot: str
    temp_c: float | None
    symptoms: tuple[str, ...]


class Supply(NamedTuple):
    noted: Noted
    item: str


class Arrival(NamedTuple):
    """Somebody who arrived, as listed; who took the arrival over, and what was done since."""

    author: str
    person: UUID
    conveyance: Conveyance
    number: str | None
    arrived: datetime
    came_from: str | None
    destination: str
    key_person: bool
    batch: UUID | None
    listing: UUID
    """The fact that says so."""
    by_unit: str = ""
    taken_over: Noted | None = None
    measures: tuple[Measure, ...] = ()
    """By when they were made."""
    supplies: tuple[Supply, ...] = ()
    faults: tuple[Fault, ...] = ()
    disputed: bool = False


def fold_flight(facts: Sequence[Fact]) -> Flight | None:
    """None where no plan holds."""
    held = standing(facts)
    plans, faults = _owned(_of(held, kinds.FlightPlanned))
    if not plans:
        return None
    first, (last, plan) = plans[0][0], plans[-1]
    return Flight(first.area, first.author, plan, folding_order(last)[0], faults, bool(held.disputed))


def fold_estimate(facts: Sequence[Fact]) -> Estimate | None:
    """None where nothing that was said holds."""
    held = standing(facts)
    said, faults = _owned(_of(held, kinds.StrandedEstimated))
    if not said:
        return None
    first, (last, data) = said[0][0], said[-1]
    at = folding_order(last)[0]
    return Estimate(first.area, first.author, data.place, data.people, data.about, at, faults, bool(held.disputed))


def fold_stranded(facts: Sequence[Fact]) -> Stranded | None:
    """None where no registration holds. Whoever is registered and has neither a seat nor declined one is waiting."""
    held = standing(facts)
    asked, foreign = _owned(_of(held, kinds.StrandedRegistered))
    if not asked:
        return None
    first, (_, data) = asked[0][0], asked[-1]
    began = folding_order(first)[0]
    seat, flight, faults = Seat.WAITING, None, list(foreign)
    for fact, settled in _of(held, kinds.SeatSettled):
        if folding_order(fact)[0] < began:
            faults.append(Fault(fact.id, "at", "before_registration"))
        elif not _near(fact.area, first.area):
            faults.append(Fault(fact.id, "area", "not_responsible"))
        elif settled.seat is Seat.ASSIGNED and settled.flight is None:
            faults.append(Fault(fact.id, "flight", "needs_flight"))
        else:
            seat, flight = settled.seat, settled.flight if settled.seat is Seat.ASSIGNED else None
    return Stranded(
        first.area, first.author, data.place, data.family, began, seat, flight, tuple(faults), bool(held.disputed)
    )


NEXT: Final = {
    HelpState.ASKED: frozenset({HelpState.TAKEN_UP, HelpState.SETTLED, HelpState.NOT_POSSIBLE}),
    HelpState.TAKEN_UP: frozenset({HelpState.SETTLED, HelpState.NOT_POSSIBLE}),
    HelpState.SETTLED: frozenset[HelpState](),
    HelpState.NOT_POSSIBLE: frozenset({HelpState.TAKEN_UP, HelpState.SETTLED}),
}
"""How a call for help may go on (working definition): what was not possible may become so, what is settled is over."""


def fold_help(facts: Sequence[Fact]) -> Help | None:
    """None where no call holds."""
    held = standing(facts)
    calls, foreign = _owned(_of(held, kinds.HelpAsked))
    if not calls:
        return None
    first, (_, asked) = calls[0][0], calls[-1]
    began, state, answered, faults = folding_order(first)[0], HelpState.ASKED, None, list(foreign)
    for fact, answer in _of(held, kinds.HelpAnswered):
        at = folding_order(fact)[0]
        if at < began:
            faults.append(Fault(fact.id, "at", "before_call"))
        elif not _near(fact.area, first.area):
            faults.append(Fault(fact.id, "area", "not_responsible"))
        elif answer.state not in NEXT[state]:
            faults.append(Fault(fact.id, "state", "no_step"))
        else:
            state, answered = answer.state, answered or at
    return Help(first.area, first.author, asked, began, state, answered, tuple(faults), bool(held.disputed))


def fold_arrival(facts: Sequence[Fact], zone: tzinfo = CST) -> Arrival | None:
    """None where no listing holds. ``zone`` is where days begin.

    The listing of the arrival is the first that holds; another is a fault, a correction replaces it. A division lists
    who comes to it; one where the arrival was listed corrects that. Facts of divisions that lie neither within nor
    around one of these are faults.
    """
    told, responsible, faults = _listed(facts)
    held = standing(told)
    listings = _of(held, kinds.ArrivalListed)
    if not listings:
        return None
    listed, data = listings[0]
    faults += [Fault(fact.id, "subject", "listed_twice") for fact, _ in listings[1:]]
    arrival = Arrival(
        min(facts_of(told, kinds.ArrivalListed), key=folding_order).author, data.person, data.conveyance, data.number,
        data.arrived, data.came_from, data.destination, data.key_person, data.batch, listed.id,
        disputed=bool(held.disputed),
    )  # fmt: skip
    for fact in held.facts:
        if isinstance(fact.data, kinds.ArrivalListed):
            continue
        if wrong := _contradicts(arrival, responsible, fact, zone):
            faults.append(Fault(fact.id, *wrong))
        else:
            arrival = _after(arrival, fact)
    return arrival._replace(faults=tuple(faults))


def _listed(facts: Sequence[Fact]) -> tuple[list[Fact], set[str], list[Fault]]:
    """The facts without the listings of divisions that have no say, the divisions that have one, and the faults."""
    listings = sorted(
        facts_of(facts, kinds.ArrivalListed), key=lambda fact: (fact.corrects is not None, folding_order(fact))
    )
    responsible: set[str] = set()
    waiting = listings
    while waiting:
        taken = []
        for fact in waiting:
            assert isinstance(fact.data, kinds.ArrivalListed)
            first = fact.corrects is None and not responsible and _near(fact.area, fact.data.destination)
            if first or any(_near(fact.area, area) for area in responsible):
                taken.append(fact)
                responsible.add(fact.data.destination)
        if not taken:
            break
        waiting = [fact for fact in waiting if fact not in taken]
    foreign = {fact.id for fact in waiting}
    faults = [Fault(fact.id, "area", "not_responsible") for fact in waiting]
    return [fact for fact in facts if fact.id not in foreign], responsible, faults


def _owned(told: list[tuple[Fact, Data]]) -> tuple[list[tuple[Fact, Data]], tuple[Fault, ...]]:
    """Of facts that replace each other, those of the division that was first, or of one within or around it."""
    own = [(fact, data) for fact, data in told if _near(fact.area, told[0][0].area)]
    foreign = [fact for fact, _ in told if not _near(fact.area, told[0][0].area)]
    return own, tuple(Fault(fact.id, "area", "not_responsible") for fact in foreign)


def facts_of(facts: Sequence[Fact], kind: type[FactData]) -> list[Fact]:
    """Those of a kind."""
    return [fact for fact in facts if isinstance(fact.data, kind)]


def _contradicts(arrival: Arrival, responsible: set[str], fact: Fact, zone: tzinfo) -> tuple[str, str] | None:
    """The field and the reason why a fact cannot be applied."""
    at = folding_order(fact)[0]
    if not any(_near(fact.area, area) for area in responsible):
        return "area", "not_responsible"
    if at < arrival.arrived:
        return "at", "before_arrival"
    match fact.data:
        case kinds.ArrivalAcknowledged() if arrival.taken_over:
            return "by_unit", "taken_over"
        case kinds.ArrivalMeasured(day=day) if at.astimezone(zone).date() != day:
            return "day", "other_day"
    return None


def _after(arrival: Arrival, fact: Fact) -> Arrival:
    noted = Noted(fact.id, folding_order(fact)[0], fact.author)
    match fact.data:
        case kinds.ArrivalAcknowledged(by_unit=unit):
            return arrival._replace(by_unit=unit, taken_over=noted)
        case kinds.ArrivalMeasured(day=day, slot=slot, temp_c=temp_c, symptoms=symptoms):
            made = Measure(noted, day, slot, temp_c, symptoms)
            return arrival._replace(measures=(*arrival.measures, made))
        case kinds.MedicineSupplied(item=item):
            return arrival._replace(supplies=(*arrival.supplies, Supply(noted, item)))
    return arrival


def _near(area: str, other: str) -> bool:
    """Whether one of two divisions lies in the other, or is it."""
    return within(area, other) or within(other, area)


def _of(held: Standing, kind: type[Data]) -> list[tuple[Fact, Data]]:
    """The facts of a kind that hold, in folding order."""
    found: list[tuple[Fact, Any]] = [(fact, fact.data) for fact in held.facts if isinstance(fact.data, kind)]
    return found
