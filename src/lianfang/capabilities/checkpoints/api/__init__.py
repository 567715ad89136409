"""Endpoints of arrivals, flights, people who want to come home and calls for help. No decision is made here."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.checkpoints import facts as kinds
from lianfang.capabilities.checkpoints import queries, service
from lianfang.capabilities.checkpoints.api.arrivals import (
    ArrivalCardOut,
    ArrivalCorrectIn,
    ArrivalCountsOut,
    ArrivalPageOut,
    ArrivalRetractIn,
    ArrivalsIn,
    ArrivalTakeIn,
    ArrivalWantedIn,
    ListedOut,
    ManifestIn,
    MeasureIn,
    SupplyIn,
    arrival_out,
    card_out,
    row_error_out,
)
from lianfang.capabilities.checkpoints.api.common import Area, ArrivalMadeOut, NamedPageIn
from lianfang.capabilities.checkpoints.api.travel import (
    AnswerIn,
    EstimateIn,
    FlightIn,
    FlightsOut,
    HelpIn,
    HelpListIn,
    HelpPageOut,
    LandedIn,
    SeatIn,
    SeatingConfirmedOut,
    SeatingConfirmIn,
    SeatingOut,
    StrandedIn,
    StrandedListIn,
    StrandedPageOut,
    StrandedTotalsOut,
    call_out,
    estimate_out,
    flight_out,
    seating_out,
    stranded_out,
)
from lianfang.capabilities.tasks.queries import named
from lianfang.facts.fact import Time
from lianfang.identity.api import person_out
from lianfang.identity.forms import PersonOut

router = Router(tags=["arrivals"])
After = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=queries.MOST_ON_A_PAGE)]


def _people(request: HttpRequest, body: NamedPageIn, ids: list[UUID]) -> dict[str, PersonOut]:
    """The people of a page, where it was asked for their names."""
    people = named(request.viewer, ids if body.names else [], body.purpose, now=clock.now())
    return {str(id): person_out(one) for id, one in people.items()}


@router.get("/flights", response={200: FlightsOut, **PROBLEMS}, operation_id="flights")
@answering
def flights(request: HttpRequest, area: Area = "", after: After = "", limit: Limit = queries.PAGE) -> FlightsOut:
    """The flights planned in an area, with the seats that were given."""
    page = queries.flights(request.viewer, area=area, after=after, limit=limit)
    return FlightsOut(flights=[flight_out(one) for one in page.rows], next=page.after, total=page.total)


@router.post("/flights", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="plan_flight")
@answering
def plan_flight(request: HttpRequest, body: FlightIn) -> ArrivalMadeOut:
    """Plan a flight, or plan one anew."""
    plan = kinds.FlightPlanned(**body.model_dump(exclude={"id", "area"}))
    return ArrivalMadeOut(id=service.plan_flight(request.viewer, plan, body.area, id=body.id, now=clock.now()))


@router.post("/stranded/list", response={200: StrandedPageOut, **PROBLEMS}, operation_id="stranded")
@answering
def stranded(request: HttpRequest, body: StrandedListIn) -> StrandedPageOut:
    """Who asked to be brought home, the totals, and what was said of their number."""
    page, totals, said = queries.stranded(
        request.viewer, area=body.area, seat=body.seat, flight=body.flight, after=body.after, limit=body.limit
    )
    return StrandedPageOut(
        stranded=[stranded_out(row) for row in page.rows],
        people=_people(request, body, [row.subject for row in page.rows]),
        totals=StrandedTotalsOut(**totals._asdict()),
        estimates=[estimate_out(row) for row in said],
        next=page.after,
        total=page.total,
    )


@router.post("/stranded", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="register_stranded")
@answering
def register_stranded(request: HttpRequest, body: StrandedIn) -> ArrivalMadeOut:
    """Register somebody who wants to come home, and with whom."""
    id = service.register(request.viewer, body.person, body.place, body.area, family=body.family, now=clock.now())
    return ArrivalMadeOut(id=id)


@router.get("/stranded/seating", response={200: SeatingOut, **PROBLEMS}, operation_id="stranded_seating")
@answering
def stranded_seating(request: HttpRequest, area: Area = "") -> SeatingOut:
    """Propose a flight for each of those that wait, families together. Nothing is recorded by it."""
    return seating_out(queries.seating(request.viewer, area=area))


@router.post(
    "/stranded/seating/confirm", response={200: SeatingConfirmedOut, **PROBLEMS}, operation_id="confirm_seating"
)
@answering
def confirm_seating(request: HttpRequest, body: SeatingConfirmIn) -> SeatingConfirmedOut:
    """Give the seats of a proposal as it was looked at, with what was changed by hand; all of it or nothing."""
    changes = {one.person: one.flight for one in body.changes}
    made = service.confirm_seating(request.viewer, body.id, body.area, body.digest, changes, now=clock.now())
    return SeatingConfirmedOut(id=body.id, **made._asdict())


@router.post("/flights/{id}/landed", response={200: ListedOut, **PROBLEMS}, operation_id="flight_landed")
@answering
def flight_landed(request: HttpRequest, id: UUID, body: LandedIn) -> ListedOut:
    """List all who had a seat on a flight as arrived, each for the division that looks after him or her."""
    told = service.land(request.viewer, id, body.arrived, body.came_from, now=clock.now())
    return ListedOut(
        listed=dict(told.listed), skipped=dict(told.skipped), errors=[row_error_out(w) for w in told.wrong]
    )


@router.post("/stranded/estimate", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="estimate_stranded")
@answering
def estimate_stranded(request: HttpRequest, body: EstimateIn) -> ArrivalMadeOut:
    """Note how many are said to be stranded somewhere."""
    data = kinds.StrandedEstimated(place=body.place, people=body.people, about=body.about)
    return ArrivalMadeOut(id=service.estimate(request.viewer, data, body.area, now=clock.now()))


@router.post("/stranded/{person}/seat", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="settle_seat")
@answering
def settle_seat(request: HttpRequest, person: UUID, body: SeatIn) -> ArrivalMadeOut:
    """Give somebody a seat, put on the waiting list, or note that it was declined; the family goes along."""
    service.settle_seat(request.viewer, person, body.seat, body.flight, now=clock.now())
    return ArrivalMadeOut(id=person)


@router.post("/help/list", response={200: HelpPageOut, **PROBLEMS}, operation_id="help_calls")
@answering
def help_calls(request: HttpRequest, body: HelpListIn) -> HelpPageOut:
    """Calls for help; on the own page, the own ones."""
    page = queries.calls(request.viewer, area=body.area, state=body.state, after=body.after, limit=body.limit)
    return HelpPageOut(
        calls=[call_out(row) for row in page.rows],
        people=_people(request, body, [row.person for row in page.rows]),
        next=page.after,
        total=page.total,
    )


@router.post("/help", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="ask_help")
@answering
def ask_help(request: HttpRequest, body: HelpIn) -> ArrivalMadeOut:
    """Take down a call for help from abroad."""
    data = kinds.HelpAsked(**body.model_dump(exclude={"id", "area"}))
    return ArrivalMadeOut(id=service.ask_help(request.viewer, data, body.area, id=body.id, now=clock.now()))


@router.post("/help/{id}/answer", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="answer_help")
@answering
def answer_help(request: HttpRequest, id: UUID, body: AnswerIn) -> ArrivalMadeOut:
    """Tell how far a call was answered."""
    service.answer_help(request.viewer, id, body.state, now=clock.now())
    return ArrivalMadeOut(id=id)


@router.post("/arrivals/import", response={200: ListedOut, **PROBLEMS}, operation_id="import_arrivals")
@answering
def import_arrivals(request: HttpRequest, body: ManifestIn) -> ListedOut:
    """List the people of a manifest; who is wrong hinders none of the others. Sent again, nothing changes."""
    rows = [service.Listing(row, **one.model_dump()) for row, one in enumerate(body.arrivals, 1)]
    told = service.list_arrivals(request.viewer, rows, batch=body.batch, now=clock.now(), dry=body.dry_run)
    return ListedOut(
        listed=dict(told.listed), skipped=dict(told.skipped), errors=[row_error_out(w) for w in told.wrong]
    )


@router.post("/arrivals/list", response={200: ArrivalPageOut, **PROBLEMS}, operation_id="arrivals")
@answering
def arrivals(request: HttpRequest, body: ArrivalsIn) -> ArrivalPageOut:
    """The arrivals of an area, the latest first."""
    page = queries.arrivals(request.viewer, body.wanted(), after=body.after, limit=body.limit, now=clock.now())
    has = queries.assignees(request.viewer, [row.subject for row in page.rows])
    return ArrivalPageOut(
        arrivals=[arrival_out(row.subject, row.state(), has.get(row.subject, "")) for row in page.rows],
        people=_people(request, body, [row.person for row in page.rows]),
        next=page.after,
        total=page.total,
    )


@router.get("/arrivals/counts", response={200: ArrivalCountsOut, **PROBLEMS}, operation_id="arrival_counts")
@answering
def arrival_counts(request: HttpRequest, narrowed: Query[ArrivalWantedIn]) -> ArrivalCountsOut:
    """The arrivals of an area, counted."""
    return ArrivalCountsOut(**queries.counts(request.viewer, narrowed.wanted(), now=clock.now())._asdict())


@router.get("/arrivals/{id}", response={200: ArrivalCardOut, **PROBLEMS}, operation_id="arrival")
@answering
def arrival(request: HttpRequest, id: UUID, as_of: Time | None = None, known_at: Time | None = None) -> ArrivalCardOut:
    """One arrival with its measurements and its timeline, as it was at a moment from what was known at a time."""
    told = queries.arrival(request.viewer, id, as_of=as_of, known_at=known_at)
    return card_out(told, queries.assignees(request.viewer, [id]).get(id, ""))


@router.post("/arrivals/{id}/acknowledge", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="take_over_arrival")
@answering
def take_over_arrival(request: HttpRequest, id: UUID, body: ArrivalTakeIn) -> ArrivalMadeOut:
    """The destination takes an arrival over, and gives a key person to one worker."""
    service.acknowledge(request.viewer, id, body.by_unit, body.assignee, now=clock.now())
    return ArrivalMadeOut(id=id)


@router.post("/arrivals/{id}/measure", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="measure_arrival")
@answering
def measure_arrival(request: HttpRequest, id: UUID, body: MeasureIn) -> ArrivalMadeOut:
    """Note a measurement of a key person."""
    data = kinds.ArrivalMeasured(**body.model_dump(exclude={"at"}))
    service.measure(request.viewer, id, data, at=body.at, now=clock.now())
    return ArrivalMadeOut(id=id)


@router.post("/arrivals/{id}/supply", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="supply_arrival")
@answering
def supply_arrival(request: HttpRequest, id: UUID, body: SupplyIn) -> ArrivalMadeOut:
    """Note that medicine was brought."""
    service.supply(request.viewer, id, body.item, at=body.at, now=clock.now())
    return ArrivalMadeOut(id=id)


@router.post("/arrivals/{id}/correct", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="correct_arrival")
@answering
def correct_arrival(request: HttpRequest, id: UUID, body: ArrivalCorrectIn) -> ArrivalMadeOut:
    """Correct what was listed; another destination is asked for the hand-over then."""
    service.correct(request.viewer, id, body.model_dump(exclude_unset=True, exclude_none=True), now=clock.now())
    return ArrivalMadeOut(id=id)


@router.post("/arrivals/{id}/retract", response={200: ArrivalMadeOut, **PROBLEMS}, operation_id="retract_arrival")
@answering
def retract_arrival(request: HttpRequest, id: UUID, body: ArrivalRetractIn) -> ArrivalMadeOut:
    """Take a record of an arrival back; it stays on record and counts for nothing."""
    service.retract(request.viewer, id, body.fact, body.why, now=clock.now())
    return ArrivalMadeOut(id=id)
