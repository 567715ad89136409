"""Endpoints of seconded staff, workloads, and requests of those on duty."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.isolation.queries.own import last_own
from lianfang.capabilities.mobilisation.api.shapes import Day, HandsIn, HandsMadeOut, HandsRetractIn, Heads, Skip
from lianfang.capabilities.mobilisation.queries import staff as queries
from lianfang.capabilities.mobilisation.service import staff as service
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])


class SecondmentIn(HandsIn):
    id: UUID
    area: Area
    unit: Annotated[str, Field(min_length=1, max_length=60)]
    duty: Code
    heads: Heads
    first: Day
    last: Day | None = None


class SecondmentEndIn(HandsIn):
    last: Day
    fact: UUID | None = None


class WorkloadIn(HandsIn):
    area: Area
    households: Annotated[int, Field(ge=0, le=10_000_000)]
    workers: Annotated[int, Field(ge=0, le=100_000)]
    fact: UUID | None = None


class StaffCareIn(HandsIn):
    id: UUID
    area: Area
    category: Code
    heads: Heads = 1
    person: UUID | None = None
    urgent: bool = False


class StaffCareMetIn(HandsIn):
    outcome: Code
    fact: UUID | None = None


class SecondmentOut(Schema):
    id: UUID
    area: str
    unit: str
    duty: str
    heads: int
    first: date
    last: date | None
    undo: UUID | None


class UnitSumOut(Schema):
    unit: str
    heads: int


class WorkloadOut(Schema):
    """``ratio``: households for each worker, own and seconded, None where there is nobody; ``missing``: workers by
    which it would come down to the policy's figure; ``red``: it is above."""

    area: str
    households: int
    workers: int
    seconded: int
    ratio: float | None
    missing: int
    red: bool
    at: AwareDatetime


class StaffCareOut(Schema):
    id: UUID
    area: str
    category: str
    person: UUID | None
    heads: int
    urgent: bool
    asked: AwareDatetime
    met: AwareDatetime | None
    outcome: str


class StaffOut(Schema):
    """``by_unit`` and ``seconded``: who is lent today, by the unit that lends them, and their sum. ``lent``, ``stated``
    and ``asked``: of how many secondments, workloads and requests some are listed."""

    lent: int
    stated: int
    asked: int
    secondments: list[SecondmentOut]
    by_unit: list[UnitSumOut]
    seconded: int
    workloads: list[WorkloadOut]
    care: list[StaffCareOut]


@router.get("/staff", response={200: StaffOut, **PROBLEMS}, operation_id="staff")
@answering
def staff(
    request: HttpRequest, area: Area, skip: Skip = 0,
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> StaffOut:  # fmt: skip
    """Who is lent to an area, by unit; how much there is to do for each worker; what those on duty ask for. ``skip``
    and ``limit`` are of each of the three lists."""
    found = queries.staff(request.viewer, area, clock.now(), skip=skip, limit=limit)
    undo = last_own(request.viewer, [row.subject for row in found.secondments])
    names = ("area", "unit", "duty", "heads", "first", "last")
    return StaffOut(
        lent=found.lent, stated=found.stated, asked=found.asked,
        secondments=[
            SecondmentOut(id=row.subject, undo=undo.get(row.subject), **{n: getattr(row, n) for n in names})
            for row in found.secondments
        ],
        by_unit=[UnitSumOut(unit=unit, heads=heads) for unit, heads in found.by_unit], seconded=found.seconded,
        workloads=[WorkloadOut(area=one.row.area, at=one.row.at, **one.workload._asdict()) for one in found.loads],
        care=[
            StaffCareOut(id=row.subject, **{n: getattr(row, n) for n in StaffCareOut.model_fields if n != "id"})
            for row in found.care
        ],
    )  # fmt: skip


@router.post("/secondments", response={200: HandsMadeOut, **PROBLEMS}, operation_id="begin_secondment")
@answering
def begin_secondment(request: HttpRequest, body: SecondmentIn) -> HandsMadeOut:
    """Record that a unit lends people to an area."""
    fields = body.model_dump(exclude={"id", "area"})
    return HandsMadeOut(id=service.second(request.viewer, fields, id=body.id, area=body.area, now=clock.now()))


@router.post("/secondments/{uuid:id}/end", response={200: HandsMadeOut, **PROBLEMS}, operation_id="end_secondment")
@answering
def end_secondment(request: HttpRequest, id: UUID, body: SecondmentEndIn) -> HandsMadeOut:
    """Record the last day of a secondment."""
    return HandsMadeOut(id=service.end(request.viewer, id, body.last, now=clock.now(), fact=body.fact))


@router.post(
    "/secondments/{uuid:id}/retract", response={200: HandsMadeOut, **PROBLEMS}, operation_id="retract_of_secondment"
)
@answering
def retract_of_secondment(request: HttpRequest, id: UUID, body: HandsRetractIn) -> HandsMadeOut:
    """Take back what one has recorded of a secondment oneself."""
    return HandsMadeOut(id=service.retract(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.post("/workload", response={200: HandsMadeOut, **PROBLEMS}, operation_id="state_workload")
@answering
def state_workload(request: HttpRequest, body: WorkloadIn) -> HandsMadeOut:
    """Record how many households an area has, and how many workers of its own look after them."""
    return HandsMadeOut(id=service.state_workload(request.viewer, **body.model_dump(), now=clock.now()))


@router.post("/staff-care", response={200: HandsMadeOut, **PROBLEMS}, operation_id="ask_staff_care")
@answering
def ask_staff_care(request: HttpRequest, body: StaffCareIn) -> HandsMadeOut:
    """Record what those on duty ask for: rest, supplies, somebody to talk to."""
    fields = body.model_dump(exclude={"id", "area"})
    return HandsMadeOut(id=service.ask_care(request.viewer, fields, id=body.id, area=body.area, now=clock.now()))


@router.post("/staff-care/{uuid:id}/met", response={200: HandsMadeOut, **PROBLEMS}, operation_id="meet_staff_care")
@answering
def meet_staff_care(request: HttpRequest, id: UUID, body: StaffCareMetIn) -> HandsMadeOut:
    """Record what came of it."""
    return HandsMadeOut(id=service.meet_care(request.viewer, id, body.outcome, now=clock.now(), fact=body.fact))
