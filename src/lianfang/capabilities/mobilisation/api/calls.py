"""Endpoints of calls for hands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.access.matrix import can
from lianfang.accounts import clock
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.isolation.queries.own import last_own
from lianfang.capabilities.mobilisation.api.shapes import Skip
from lianfang.capabilities.mobilisation.facts.calls import MOST_CALLED
from lianfang.capabilities.mobilisation.queries import calls as queries
from lianfang.capabilities.mobilisation.queries.calls import Called
from lianfang.capabilities.mobilisation.service import calls as service
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])
Count = Annotated[int, Field(ge=1, le=100_000)]


class HandsCallIn(Schema):
    """``id`` is the sender's own: sent again, the call is the same. ``departments`` are accounts."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Area
    need: Code
    skill: Code | None = None
    heads: Count
    starts: Time
    ends: Time | None = None
    place: Annotated[str, Field(max_length=64)] = ""
    departments: Annotated[list[Code], Field(min_length=1, max_length=MOST_CALLED)]


class CallAnswerIn(Schema):
    model_config = ConfigDict(extra="forbid")

    heads: Count
    arrives: Time
    fact: UUID | None = None


class CallDeclineIn(Schema):
    model_config = ConfigDict(extra="forbid")

    reason: Code
    fact: UUID | None = None


class CallCloseIn(Schema):
    model_config = ConfigDict(extra="forbid")

    outcome: Code
    fact: UUID | None = None


class CallRetractIn(Schema):
    """``taken``: the fact that is taken back, one's own."""

    model_config = ConfigDict(extra="forbid")

    taken: UUID
    why: Why
    fact: UUID | None = None


class HandsCallMadeOut(Schema):
    id: UUID


class CallPlacedOut(Schema):
    """``unreached``: called departments to which no task was given, since no account of that code answers calls
    there."""

    id: UUID
    unreached: list[str]


class DepartmentOut(Schema):
    """Who can be called: an account, with its name on the roster."""

    account: str
    name: str
    area: str


class CalledOut(Schema):
    """A department that is called, by its account. ``name``: what that is called, empty where nobody knows; ``fact``:
    what it said last; ``mine``: it is the viewer's own."""

    department: str
    name: str
    fact: UUID | None
    answered: AwareDatetime | None
    heads: int
    arrives: AwareDatetime | None
    reason: str
    late: bool
    mine: bool


class HandsCallOut(Schema):
    """A call. ``coming``: how many were promised by departments or sent as volunteers; ``mine``: the viewer called, and
    so may close it; ``undo``: what the viewer may take back."""

    id: UUID
    area: str
    need: str
    skill: str
    heads: int
    starts: AwareDatetime
    ends: AwareDatetime | None
    place: str
    placed: AwareDatetime
    answer_by: AwareDatetime
    coming: int
    volunteers: int
    closed: AwareDatetime | None
    outcome: str
    mine: bool
    contradictions: int
    undo: UUID | None
    departments: list[CalledOut]


class CallsOut(Schema):
    """``now``: the moment by which the clocks run; ``open`` and ``closed``: how many there are of each."""

    area: str
    now: AwareDatetime
    open: int
    closed: int
    calls: list[HandsCallOut]


@router.get("/calls", response={200: CallsOut, **PROBLEMS}, operation_id="calls")
@answering
def calls(
    request: HttpRequest, area: Area, closed: bool = False, skip: Skip = 0,
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> CallsOut:  # fmt: skip
    """The calls for hands of an area that are open, or those that are closed: who was called, who reported in, who has
    not answered."""
    found = queries.calls(request.viewer, area, closed=closed, skip=skip, limit=limit)
    undo = last_own(request.viewer, [one.row.subject for one in found.calls])
    names = names_of({its.department for one in found.calls for its in one.departments})
    rows = [_call(request, one, undo, names) for one in found.calls]
    return CallsOut(area=area, now=clock.now(), calls=rows, open=found.open, closed=found.closed)


@router.post("/calls", response={200: CallPlacedOut, **PROBLEMS}, operation_id="place_call")
@answering
def place_call(request: HttpRequest, body: HandsCallIn) -> CallPlacedOut:
    """Call departments for hands; each gets a task to answer in time."""
    fields = body.model_dump(exclude={"id", "area"})
    unreached = service.place(request.viewer, fields, id=body.id, area=body.area, now=clock.now())
    return CallPlacedOut(id=body.id, unreached=list(unreached))


@router.get("/calls/departments", response={200: list[DepartmentOut], **PROBLEMS}, operation_id="departments_to_call")
@answering
def departments(request: HttpRequest, area: Area) -> list[DepartmentOut]:
    """Which departments answer calls in an area, the nearest first."""
    found = service.departments(request.viewer, area, now=clock.now())
    return [DepartmentOut(account=one.code, name=one.name, area=one.area) for one in found]


@router.get("/calls/{uuid:id}", response={200: HandsCallOut, **PROBLEMS}, operation_id="call")
@answering
def call(request: HttpRequest, id: UUID) -> HandsCallOut:
    """One call for hands."""
    found = queries.call(request.viewer, id)
    return _call(
        request, found, last_own(request.viewer, [id]), names_of({one.department for one in found.departments})
    )


@router.post("/calls/{uuid:id}/answer", response={200: HandsCallMadeOut, **PROBLEMS}, operation_id="answer_call")
@answering
def answer_call(request: HttpRequest, id: UUID, body: CallAnswerIn) -> HandsCallMadeOut:
    """Report in: so many of one's department will be there. What is said last holds."""
    return HandsCallMadeOut(id=service.answer(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.post("/calls/{uuid:id}/decline", response={200: HandsCallMadeOut, **PROBLEMS}, operation_id="decline_call")
@answering
def decline_call(request: HttpRequest, id: UUID, body: CallDeclineIn) -> HandsCallMadeOut:
    """Say that one's department cannot help, and why."""
    return HandsCallMadeOut(id=service.decline(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.post("/calls/{uuid:id}/close", response={200: HandsCallMadeOut, **PROBLEMS}, operation_id="close_call")
@answering
def close_call(request: HttpRequest, id: UUID, body: CallCloseIn) -> HandsCallMadeOut:
    """Close one's own call, with what came of it."""
    return HandsCallMadeOut(id=service.close(request.viewer, id, **body.model_dump(), now=clock.now()))


@router.post("/calls/{uuid:id}/retract", response={200: HandsCallMadeOut, **PROBLEMS}, operation_id="retract_of_call")
@answering
def retract_of_call(request: HttpRequest, id: UUID, body: CallRetractIn) -> HandsCallMadeOut:
    """Take back what one has said of a call oneself."""
    taken = service.retract(request.viewer, id, body.taken, body.why, now=clock.now(), fact=body.fact)
    return HandsCallMadeOut(id=taken)


def _call(request: HttpRequest, found: Called, undo: Mapping[UUID, UUID], called: Mapping[str, str]) -> HandsCallOut:
    row, own = found.row, own_work(request.viewer).authors
    names = ("area", "need", "skill", "heads", "starts", "ends", "place", "placed", "answer_by", "coming", "closed",
             "outcome")  # fmt: skip
    departments = [
        CalledOut(
            **{name: getattr(one, name) for name in CalledOut.model_fields if name not in ("name", "mine")},
            name=called.get(one.department, ""),
            mine=one.department in own and can(request.viewer, service.ANSWER),
        )
        for one in found.departments
    ]
    return HandsCallOut(
        id=row.subject, **{name: getattr(row, name) for name in names}, volunteers=len(row.people),
        mine=row.author == request.viewer.author and can(request.viewer, service.PLACE),
        contradictions=len(row.faults), undo=undo.get(row.subject), departments=departments,
    )  # fmt: skip
