"""The shapes of flights, of those who are stranded and of calls for help."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from lianfang.capabilities.checkpoints import queries, rules
from lianfang.capabilities.checkpoints.api.common import (
    Area,
    ArrivalFaultOut,
    NamedPageIn,
    NamedPageOut,
    Place,
    faults_out,
)
from lianfang.capabilities.checkpoints.facts import MOST_SEATED, Conveyance, HelpState, Seat
from lianfang.capabilities.checkpoints.models import EstimateRow, HelpRow, StrandedRow
from lianfang.facts.fact import Code, Time
from lianfang.facts.shape import Schema


class FlightIn(Schema):
    """With the id of a flight that is planned, the plan is made anew."""

    id: UUID | None = None
    area: Area
    conveyance: Conveyance = Conveyance.FLIGHT
    number: Code | None = None
    operator: Place | None = None
    route: Annotated[list[Place], Field(min_length=2, max_length=10)]
    departs: Time | None = None
    seats: Annotated[int, Field(ge=0, le=10_000)]


class FlightOut(Schema):
    """``assigned`` is above ``seats`` where seats were given at two places at once."""

    id: UUID
    area: str
    conveyance: Conveyance
    number: str
    operator: str
    route: list[str]
    departs: AwareDatetime | None
    seats: int
    assigned: int
    disputed: bool


class FlightsOut(Schema):
    flights: list[FlightOut]
    next: str | None
    total: int


class StrandedIn(Schema):
    """``family``: who goes together, the same id for each."""

    person: UUID
    place: Place
    area: Area
    family: UUID | None = None


class EstimateIn(Schema):
    place: Place
    people: Annotated[int, Field(ge=0, le=10_000_000)]
    about: bool
    area: Area


class SeatIn(Schema):
    seat: Seat
    flight: UUID | None = None


class StrandedOut(Schema):
    person: UUID
    area: str
    place: str
    family: UUID | None
    registered_at: AwareDatetime
    seat: Seat
    flight: UUID | None
    faults: list[ArrivalFaultOut]
    disputed: bool


class EstimateOut(Schema):
    id: UUID
    area: str
    place: str
    people: int
    about: bool
    stated_at: AwareDatetime


class SeatedOut(Schema):
    """What is proposed for people who go together; ``flight`` is None where there is none for them."""

    people: list[UUID]
    place: str
    flight: UUID | None
    why: str
    zh: str
    en: str


class SeatingOut(Schema):
    """Nothing of it holds before somebody confirms it. ``seated`` of ``waiting`` would have one; ``digest`` stands for
    it."""

    digest: str
    lines: list[SeatedOut]
    seated: int
    waiting: int


class SeatChoiceIn(Schema):
    """By the first of those who go together; ``flight`` None: none for them."""

    person: UUID
    flight: UUID | None


class SeatingConfirmIn(Schema):
    """``id`` is the sender's own; ``digest`` of the proposal that was looked at, with what is chosen instead."""

    id: UUID
    area: Area = ""
    digest: Annotated[str, Field(max_length=64)]
    changes: Annotated[list[SeatChoiceIn], Field(max_length=MOST_SEATED)] = []  # noqa: RUF012  # a schema's default is copied


class SeatingConfirmedOut(Schema):
    """How many people have a seat by it, and how many lines were changed by hand."""

    id: UUID
    seated: int
    changed: int


class LandedIn(Schema):
    arrived: Time
    came_from: Area | None = None


class StrandedTotalsOut(Schema):
    """``assigned`` + ``waiting`` + ``declined`` = ``registered``. ``estimated``: what was said, never counted."""

    registered: int
    assigned: int
    waiting: int
    declined: int
    estimated: int | None
    about: bool


class StrandedListIn(NamedPageIn):
    area: Area = ""
    seat: Seat | None = None
    flight: UUID | None = None


class StrandedPageOut(NamedPageOut):
    stranded: list[StrandedOut]
    totals: StrandedTotalsOut
    estimates: list[EstimateOut]


class HelpIn(Schema):
    """A call for help. Who calls, and how to reach them, is entered with POST /people first."""

    id: UUID | None = None
    person: UUID
    family: Annotated[int, Field(ge=1, le=50)] = 1
    needs: Annotated[list[Code], Field(max_length=20)] = []  # noqa: RUF012  # a schema's default is copied
    place: Place
    area: Area


class AnswerIn(Schema):
    state: HelpState


class HelpOut(Schema):
    id: UUID
    person: UUID
    area: str
    family: int
    needs: list[str]
    place: str
    asked_at: AwareDatetime
    state: HelpState
    answered_at: AwareDatetime | None
    faults: list[ArrivalFaultOut]
    disputed: bool


class HelpListIn(NamedPageIn):
    area: Area = ""
    state: HelpState | None = None


class HelpPageOut(NamedPageOut):
    calls: list[HelpOut]


def flight_out(one: queries.FlightSeats) -> FlightOut:
    row = one.row
    return FlightOut(
        id=row.subject,
        area=row.area,
        conveyance=row.conveyance,
        number=row.number,
        operator=row.operator,
        route=row.route,
        departs=row.departs,
        seats=row.seats,
        assigned=one.assigned,
        disputed=row.disputed,
    )


def stranded_out(row: StrandedRow) -> StrandedOut:
    return StrandedOut(
        person=row.subject,
        area=row.area,
        place=row.place,
        family=row.family,
        registered_at=row.registered_at,
        seat=row.seat,
        flight=row.flight,
        faults=faults_out(row.faults),
        disputed=row.disputed,
    )


def seating_out(found: list[rules.Seated]) -> SeatingOut:
    lines = [SeatedOut(**one._asdict(), zh=zh, en=en) for one in found for zh, en in [rules.NOT_SEATED[one.why]]]
    seated = sum(len(one.people) for one in found if one.flight)
    return SeatingOut(
        digest=rules.seating_digest(found), lines=lines, seated=seated, waiting=sum(len(one.people) for one in found)
    )


def estimate_out(row: EstimateRow) -> EstimateOut:
    return EstimateOut(
        id=row.subject, area=row.area, place=row.place, people=row.people, about=row.about, stated_at=row.stated_at
    )


def call_out(row: HelpRow) -> HelpOut:
    return HelpOut(
        id=row.subject,
        person=row.person,
        area=row.area,
        family=row.family,
        needs=row.needs,
        place=row.place,
        asked_at=row.asked_at,
        state=row.state,
        answered_at=row.answered_at,
        faults=faults_out(row.faults),
        disputed=row.disputed,
    )
