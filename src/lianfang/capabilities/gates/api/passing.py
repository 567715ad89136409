"""Endpoints of those who pass: vehicles, encounters, holds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.gates.api.forms import (
    Area,
    Code,
    GateActIn,
    GateFaultOut,
    GateMadeOut,
    GateRetractIn,
    Word,
    faults_out,
)
from lianfang.capabilities.gates.facts import HoldOutcome, HoldReason
from lianfang.capabilities.gates.models import EncounterRow
from lianfang.capabilities.gates.queries import encounters as queries
from lianfang.capabilities.gates.service import passing as service
from lianfang.facts.shape import Schema

router = Router(tags=["gates"])


class GateContactIn(Schema):
    """How somebody is reached: goes to the vault, and is erased there on its day."""

    model_config = ConfigDict(extra="forbid")

    plate: Annotated[str, Field(max_length=20)] = ""
    name: Annotated[str, Field(max_length=100)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""

    def contact(self) -> service.Contact:
        return service.Contact(self.plate.strip(), self.name.strip(), self.phone.strip())


class VehicleIn(GateActIn):
    vehicle_type: Word
    occupants: Annotated[int, Field(ge=1, le=2_000)]
    came_from: Area | None = None
    going_to: Area | None = None
    contact: GateContactIn = GateContactIn()
    vehicle: UUID | None = None
    """The sender's own id for the stop."""


class GateNoticeIn(Schema):
    model_config = ConfigDict(extra="forbid")

    version: Code
    language: Code


class EncounterIn(GateActIn):
    """Three questions and a temperature. ``judged_ill``: whoever is on duty sees that he or she is ill."""

    vehicle: UUID | None = None
    came_from: Area | None = None
    going_to: Area | None = None
    fever: bool | None = None
    symptoms: Annotated[list[Code], Field(max_length=64)] = Field(default_factory=list)
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    refused: bool = False
    notice: GateNoticeIn | None = None
    took_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    judged_ill: bool = False
    contact: GateContactIn = GateContactIn()
    encounter: UUID | None = None
    """The sender's own id for the encounter: a fresh one each time."""


class GateMetOut(Schema):
    """``held``: for which reason he or she is held in place, is to be moved, and the centre was told. ``erase_on``: the
    day on which the vault forgets the contact."""

    id: UUID
    fact: UUID
    held: HoldReason | None
    erase_on: date | None


class VehicleOut(Schema):
    """``missing``: occupants who were neither measured nor have refused."""

    id: UUID
    vehicle_type: str
    occupants: int
    came_from: str | None
    going_to: str | None
    at: AwareDatetime
    passed: AwareDatetime | None
    measured: int
    refused: int
    held: int
    missing: int
    closed: bool


class HoldOut(Schema):
    """Somebody who is or was held in place."""

    id: UUID
    area: str
    post: UUID | None
    since: AwareDatetime
    reason: HoldReason
    declared: bool
    """Whether the post said so; otherwise the rule alone does."""
    until: AwareDatetime | None
    temp_c: float | None
    fever: bool | None
    symptoms: list[str]
    came_from: str | None
    going_to: str | None
    taken_up: AwareDatetime | None
    taken_up_by: str
    transferred: AwareDatetime | None
    to: str | None
    ended: AwareDatetime | None
    outcome: HoldOutcome | None
    case: UUID | None
    author: str


class HoldsOut(Schema):
    holds: list[HoldOut]
    total: int


class HoldCardOut(HoldOut):
    """``report``: what is known, as the report of a suspected case asks for it; person and disease are added there."""

    report: dict[str, Any]
    contradictions: list[GateFaultOut]


class GateTransferIn(GateActIn):
    to: Code


class HoldEndIn(GateActIn):
    outcome: HoldOutcome
    case: UUID | None = None


@router.post("/posts/{id}/vehicles", response={200: GateMetOut, **PROBLEMS}, operation_id="stop_vehicle")
@answering
def stop(request: HttpRequest, id: UUID, body: VehicleIn) -> GateMetOut:
    """Record a vehicle that was stopped. Plate and contact go to the vault."""
    made = service.stop_vehicle(
        request.viewer, id, body.fields("contact", "vehicle"), body.contact.contact(), now=clock.now(),
        vehicle=body.vehicle, **body.told(),
    )  # fmt: skip
    return GateMetOut(**made._asdict())


@router.get("/posts/{id}/vehicles", response={200: list[VehicleOut], **PROBLEMS}, operation_id="open_vehicles")
@answering
def vehicles(request: HttpRequest, id: UUID) -> list[VehicleOut]:
    """The vehicles of a post that one has stopped and that are not closed, the latest first."""
    return [
        VehicleOut(
            id=one.row.subject, measured=one.measured, refused=one.refused, held=one.held, missing=one.missing,
            closed=one.closed,
            **{name: getattr(one.row, name) for name in VehicleOut.model_fields if hasattr(one.row, name)},
        )
        for one in queries.open_vehicles(request.viewer, id)
    ]  # fmt: skip


@router.post("/vehicles/{id}/pass", response={200: GateMadeOut, **PROBLEMS}, operation_id="pass_vehicle")
@answering
def pass_vehicle(request: HttpRequest, id: UUID, body: GateActIn) -> GateMadeOut:
    """Let a vehicle on, once each of its occupants was measured or has refused."""
    service.pass_vehicle(request.viewer, id, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/posts/{id}/encounters", response={200: GateMetOut, **PROBLEMS}, operation_id="screen_encounter")
@answering
def screen(request: HttpRequest, id: UUID, body: EncounterIn) -> GateMetOut:
    """Record somebody who was met. With a fever he or she is held, is to be moved, and the centre is told: in one act,
    which the post cannot undo."""
    made = service.screen(
        request.viewer, id, body.fields("contact", "encounter", "judged_ill"), body.contact.contact(), now=clock.now(),
        judged_ill=body.judged_ill, encounter=body.encounter, **body.told(),
    )  # fmt: skip
    return GateMetOut(**made._asdict())


@router.post("/encounters/{id}/hold", response={200: GateMadeOut, **PROBLEMS}, operation_id="hold_encounter")
@answering
def hold(request: HttpRequest, id: UUID, body: GateActIn) -> GateMadeOut:
    """Hold somebody who seems ill, whatever the thermometer says."""
    service.hold(request.viewer, id, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/encounters/{id}/retract", response={200: GateMadeOut, **PROBLEMS}, operation_id="retract_of_encounter")
@answering
def retract(request: HttpRequest, id: UUID, body: GateRetractIn) -> GateMadeOut:
    """Take a record of an encounter back; of somebody who is held, only who decides on holds may."""
    made = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return GateMadeOut(id=made)


@router.get("/holds", response={200: HoldsOut, **PROBLEMS}, operation_id="holds")
@answering
def holds(
    request: HttpRequest, area: Area = "", open: bool = True, post: UUID | None = None,
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE,
) -> HoldsOut:  # fmt: skip
    """Those who are held in place, the newest first; with ``open`` false also those whose hold is over. Who may see
    sums only gets the total."""
    page = queries.holds(request.viewer, area=area, open_only=open, post=post, limit=limit)
    return HoldsOut(holds=[HoldOut(**_held(one)) for one in page.rows], total=page.total)


@router.get("/holds/{id}", response={200: HoldCardOut, **PROBLEMS}, operation_id="held_encounter")
@answering
def held(request: HttpRequest, id: UUID) -> HoldCardOut:
    """One hold, with what a report of a suspected case is prefilled with."""
    row = queries.held(request.viewer, id)
    return HoldCardOut(**_held(row), report=queries.report_card(row), contradictions=faults_out(row.faults))


@router.post("/holds/{id}/take-up", response={200: GateMadeOut, **PROBLEMS}, operation_id="take_up_hold")
@answering
def take_up(request: HttpRequest, id: UUID, body: GateActIn) -> GateMadeOut:
    """The centre has the notice."""
    service.take_up(request.viewer, id, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/holds/{id}/transfer", response={200: GateMadeOut, **PROBLEMS}, operation_id="transfer_hold")
@answering
def transfer(request: HttpRequest, id: UUID, body: GateTransferIn) -> GateMadeOut:
    """The one who was held has come to a clinic or hospital."""
    service.transfer(request.viewer, id, body.to, now=clock.now(), **body.told())
    return GateMadeOut(id=id)


@router.post("/holds/{id}/end", response={200: GateMadeOut, **PROBLEMS}, operation_id="end_hold")
@answering
def end(request: HttpRequest, id: UUID, body: HoldEndIn) -> GateMadeOut:
    """Decide what came of it: a suspected case was reported, or it was none."""
    service.end(request.viewer, id, body.fields(), now=clock.now(), **body.told())
    return GateMadeOut(id=id)


def _held(row: EncounterRow) -> dict[str, Any]:
    named = {"id": "subject", "since": "held_since", "reason": "hold_reason", "until": "hold_end"}
    return {name: getattr(row, named.get(name, name)) for name in HoldOut.model_fields}
