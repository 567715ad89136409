"""Endpoints of shifts and rotas."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.isolation.queries.own import last_own
from lianfang.capabilities.mobilisation.api.shapes import (
    Clock,
    Day,
    HandsIn,
    HandsMadeOut,
    HandsRetractIn,
    People,
    Skip,
)
from lianfang.capabilities.mobilisation.facts.shifts import MOST_PLACES
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.service import shifts
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])
MOST_LINES = 2_000


class HandsShiftIn(HandsIn):
    """A shift for each of ``days`` from ``first`` on, by the clock of ``zone``."""

    id: UUID
    area: Area
    duty: Code
    skill: Code | None = None
    places: Annotated[int, Field(ge=1, le=MOST_PLACES)]
    team: UUID | None = None
    first: Day
    days: Annotated[int, Field(ge=1, le=31)] = 1
    since: Clock
    until: Clock
    zone: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_+/-]{1,64}$")] = "Asia/Shanghai"


class ShiftActIn(HandsIn):
    act: Literal["take", "give_up", "cancel", "worked"]
    person: UUID | None = None
    starts: Time | None = None
    ends: Time | None = None
    fact: UUID | None = None


class WorkedOut(Schema):
    """How long somebody was on duty really."""

    person: UUID
    starts: AwareDatetime
    ends: AwareDatetime


class ShiftOut(Schema):
    """``worked``: of those whose hours are on record; ``undo``: what the viewer may take back."""

    id: UUID
    area: str
    duty: str
    skill: str
    starts: AwareDatetime
    ends: AwareDatetime
    zone: str
    places: int
    people: list[UUID]
    worked: list[WorkedOut]
    team: UUID | None
    call: UUID | None
    contradictions: int
    undo: UUID | None


class ShiftsOut(Schema):
    """Some of ``total`` shifts."""

    total: int
    shifts: list[ShiftOut]


class ShiftsMadeOut(Schema):
    ids: list[UUID]


class RotaAskIn(HandsIn):
    area: Area
    first: Day
    days: Annotated[int, Field(ge=1, le=31)] = 7


class RotaLineOut(Schema):
    shift: UUID
    people: list[UUID]


class RotaOut(Schema):
    """What is proposed for open places: ``filled`` of ``places``; no plan fills more than ``most``, and ``gap`` is the
    share of those that this one may have missed. ``least`` and ``longest``: hours of one person."""

    lines: list[RotaLineOut]
    places: int
    filled: int
    most: int
    gap: float
    least: float
    longest: float


class RotaLineIn(HandsIn):
    shift: UUID
    proposed: People
    people: People


class RotaIn(HandsIn):
    """What was proposed and what a person decided, shift by shift; ``id`` is the sender's own."""

    id: UUID
    lines: Annotated[list[RotaLineIn], Field(min_length=1, max_length=MOST_LINES)]


class RotaConfirmedOut(Schema):
    given: int


@router.get("/shifts", response={200: ShiftsOut, **PROBLEMS}, operation_id="shifts")
@answering
def list_shifts(
    request: HttpRequest, area: Area, first: Day, days: Annotated[int, Field(ge=1, le=31)] = 7, skip: Skip = 0,
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> ShiftsOut:  # fmt: skip
    """The shifts of an area that begin on some days, with who is on them."""
    begins, ends = shifts.days_of(first, days)
    found = queries.shifts(request.viewer, area, begins, ends)
    shown = found[skip : skip + limit]
    undo = last_own(request.viewer, [one.row.subject for one in shown])
    return ShiftsOut(total=len(found), shifts=[_shift(one, undo.get(one.row.subject)) for one in shown])


def _shift(one: queries.Shift, undo: UUID | None) -> ShiftOut:
    names = ("area", "duty", "skill", "starts", "ends", "zone", "places", "team", "call")
    return ShiftOut(
        id=one.row.subject, people=[duty.person for duty in one.duties], contradictions=len(one.row.faults), undo=undo,
        worked=[WorkedOut(person=its.person, starts=its.starts, ends=its.ends) for its in one.duties if its.worked],
        **{name: getattr(one.row, name) for name in names},
    )  # fmt: skip


@router.post("/shifts", response={200: ShiftsMadeOut, **PROBLEMS}, operation_id="plan_shifts")
@answering
def plan_shifts(request: HttpRequest, body: HandsShiftIn) -> ShiftsMadeOut:
    """Plan a shift for each of some days."""
    when = shifts.Planned(body.first, body.days, body.since, body.until, body.zone)
    fields = {"duty": body.duty, "skill": body.skill, "places": body.places, "team": body.team}
    return ShiftsMadeOut(
        ids=shifts.plan(request.viewer, fields, when, id=body.id, area=body.area, now=clock.now())
    )  # fmt: skip


@router.post("/shifts/{uuid:id}/act", response={200: HandsMadeOut, **PROBLEMS}, operation_id="shift_act")
@answering
def shift_act(request: HttpRequest, id: UUID, body: ShiftActIn) -> HandsMadeOut:
    """Take a place for somebody, give it up, cancel the shift, or record how long somebody was on duty really."""
    fields = body.model_dump(exclude={"act"})
    return HandsMadeOut(id=shifts.act(request.viewer, id, body.act, **fields, now=clock.now()))


@router.post("/shifts/{uuid:id}/retract", response={200: HandsMadeOut, **PROBLEMS}, operation_id="retract_of_shift")
@answering
def retract_of_shift(request: HttpRequest, id: UUID, body: HandsRetractIn) -> HandsMadeOut:
    """Take back what one has recorded of a shift oneself."""
    return HandsMadeOut(id=shifts.retract(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.post("/rota/propose", response={200: RotaOut, **PROBLEMS}, operation_id="propose_rota")
@answering
def propose_rota(request: HttpRequest, body: RotaAskIn) -> RotaOut:
    """Who could take the open places of an area's shifts on some days; nothing is recorded."""
    begins, ends = shifts.days_of(body.first, body.days)
    made = shifts.propose(request.viewer, body.area, begins, ends, now=clock.now())
    people: dict[UUID, list[UUID]] = {}
    for line in made.lines:
        people.setdefault(line.shift, []).append(line.person)
    return RotaOut(
        lines=[RotaLineOut(shift=shift, people=theirs) for shift, theirs in people.items()], places=made.places,
        filled=len(made.lines), most=made.most, gap=made.gap, least=made.least, longest=made.longest,
    )  # fmt: skip


@router.post("/rota/confirm", response={200: RotaConfirmedOut, **PROBLEMS}, operation_id="confirm_rota")
@answering
def confirm_rota(request: HttpRequest, body: RotaIn) -> RotaConfirmedOut:
    """Record a rota that a person looked at, changed or not: all of it, or nothing."""
    lines = [shifts.Decided(one.shift, tuple(one.proposed), tuple(one.people)) for one in body.lines]
    return RotaConfirmedOut(given=shifts.confirm(request.viewer, lines, id=body.id, now=clock.now()))
