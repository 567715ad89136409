"""Endpoints of response levels."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.command import state
from lianfang.capabilities.command.api.shapes import PlanUnitOut
from lianfang.capabilities.command.facts import ResponseLevel
from lianfang.capabilities.command.queries import levels as queries
from lianfang.capabilities.command.service import levels as service
from lianfang.capabilities.command.service.plans import Activated
from lianfang.facts.api import Time
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

router = Router(tags=["command"])
Area = Annotated[str, Field(max_length=64)]
Short = Annotated[str, Field(max_length=200)]


class ResponseLevelOut(Schema):
    """A level as an authority declared it; ``ended``: no response any more."""

    fact: UUID
    area: str
    level: ResponseLevel
    issuer: str
    doc_no: str
    starts: AwareDatetime
    recorded_at: AwareDatetime


class ResponseOut(Schema):
    """``level`` is the area's own; None where nothing is on record, which is not that there is no response. ``above``:
    what holds in the areas above, the nearest first."""

    area: str
    at: AwareDatetime
    level: ResponseLevelOut | None
    history: list[ResponseLevelOut]
    above: list[ResponseLevelOut]


class ResponseDeclareIn(Schema):
    """``activate``: put the area's plans in force into action where the level holds already."""

    model_config = ConfigDict(extra="forbid")

    area: Area
    level: ResponseLevel
    issuer: Short = ""
    doc_no: Short = ""
    starts: Time
    activate: bool = False
    fact: UUID | None = None


class PlanActivatedOut(Schema):
    """``tasks``: one for each item and unit. ``unassigned``: units whose tasks nobody was given. ``new``: False where
    the level was activated before."""

    plan: UUID
    activation: UUID
    level: ResponseLevel
    tasks: int
    unassigned: list[PlanUnitOut]
    new: bool


class ResponseDeclaredOut(Schema):
    fact: UUID
    activated: list[PlanActivatedOut]


class ResponseRetractIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    why: Why
    fact: UUID | None = None


class ResponseRetractedOut(Schema):
    id: UUID


@router.get("/response", response={200: ResponseOut, **PROBLEMS}, operation_id="response_level")
@answering
def response_level(
    request: HttpRequest, area: Area, at: Time | None = None, known_at: Time | None = None
) -> ResponseOut:
    """The response level of an area at a moment, as it was known at another, with its history."""
    when: datetime = at or clock.now()
    held = queries.response(request.viewer, area, when, known_at=known_at)
    return ResponseOut(
        area=area,
        at=when,
        level=_level(held.own) if held.own else None,
        history=[_level(one) for one in held.history],
        above=[_level(one) for one in held.above],
    )


@router.post("/response", response={200: ResponseDeclaredOut, **PROBLEMS}, operation_id="declare_response")
@answering
def declare_response(request: HttpRequest, body: ResponseDeclareIn) -> ResponseDeclaredOut:
    """Record the level that an authority has declared for an area. Never without authority and document number."""
    fields = {"level": body.level, "issuer": body.issuer, "doc_no": body.doc_no, "starts": body.starts}
    found = service.declare(
        request.viewer, body.area, fields, now=clock.now(), activating=body.activate, fact=body.fact
    )  # fmt: skip
    return ResponseDeclaredOut(fact=found.fact, activated=[activated(one) for one in found.activated])


@router.post(
    "/response/{id}/retract", response={200: ResponseRetractedOut, **PROBLEMS}, operation_id="retract_response"
)
@answering
def retract_response(request: HttpRequest, id: UUID, body: ResponseRetractIn) -> ResponseRetractedOut:
    """Take back a level that was recorded by mistake."""
    taken = service.retract(request.viewer, body.area, id, body.why, now=clock.now(), fact=body.fact)
    return ResponseRetractedOut(id=taken)


def _level(one: state.Declared) -> ResponseLevelOut:
    return ResponseLevelOut(
        fact=one.fact, area=one.area, level=one.level, issuer=one.issuer, doc_no=one.doc_no, starts=one.starts,
        recorded_at=one.at,
    )  # fmt: skip


def activated(one: Activated) -> PlanActivatedOut:
    """What an activation came to, as it is answered."""
    unassigned = [PlanUnitOut(**unit.model_dump()) for unit in one.unassigned]
    return PlanActivatedOut(**{**one._asdict(), "unassigned": unassigned})
