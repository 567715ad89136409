"""Endpoints of transfers between hospitals."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.bed_shapes import (
    TransferApproveIn,
    TransferNotIn,
    TransferOut,
    TransferRequestIn,
    TransfersOut,
    TransferStepIn,
)
from lianfang.capabilities.care.api.forms import Area, CareMadeOut
from lianfang.capabilities.care.queries import transfers as queries
from lianfang.capabilities.care.service import transfers as service

router = Router(tags=["care"])


@router.get("/transfers", response={200: TransfersOut, **PROBLEMS}, operation_id="transfers")
@answering
def transfers(request: HttpRequest, area: Area = "", over: bool = False) -> TransfersOut:
    """The transfers from and to one's divisions: those going on, severe cases first, or those that are over."""
    found = queries.transfers(request.viewer, area=area, over=over)
    return TransfersOut(transfers=[_transfer(one) for one in found])


@router.post("/transfers", response={200: CareMadeOut, **PROBLEMS}, operation_id="request_transfer")
@answering
def request_transfer(request: HttpRequest, body: TransferRequestIn) -> CareMadeOut:
    """Ask another hospital to take a patient over; one that is full is refused."""
    fact = service.request(
        request.viewer, body.id, body.bed, body.stay, body.to, body.type, body.reason, now=clock.now(), fact=body.fact
    )  # fmt: skip
    return CareMadeOut(id=body.id, fact=fact)


@router.get("/transfers/{id}", response={200: TransferOut, **PROBLEMS}, operation_id="transfer")
@answering
def transfer(request: HttpRequest, id: UUID) -> TransferOut:
    """One transfer."""
    return _transfer(queries.transfer_card(request.viewer, id))


@router.post("/transfers/{id}/approve", response={200: CareMadeOut, **PROBLEMS}, operation_id="approve_transfer")
@answering
def approve(request: HttpRequest, id: UUID, body: TransferApproveIn) -> CareMadeOut:
    """Approve a transfer: a bed is kept."""
    fact = service.approve(request.viewer, id, body.stay, bed=body.bed, now=clock.now(), fact=body.fact)
    return CareMadeOut(id=id, fact=fact)


@router.post("/transfers/{id}/decline", response={200: CareMadeOut, **PROBLEMS}, operation_id="decline_transfer")
@answering
def decline(request: HttpRequest, id: UUID, body: TransferNotIn) -> CareMadeOut:
    """Decline a transfer."""
    fact = service.decline(request.viewer, id, body.reason, now=clock.now(), fact=body.fact)
    return CareMadeOut(id=id, fact=fact)


@router.post("/transfers/{id}/depart", response={200: CareMadeOut, **PROBLEMS}, operation_id="depart_transfer")
@answering
def depart(request: HttpRequest, id: UUID, body: TransferStepIn) -> CareMadeOut:
    """The patient is on the way."""
    return CareMadeOut(id=id, fact=service.depart(request.viewer, id, now=clock.now(), fact=body.fact))


@router.post("/transfers/{id}/receive", response={200: CareMadeOut, **PROBLEMS}, operation_id="receive_transfer")
@answering
def receive(request: HttpRequest, id: UUID, body: TransferStepIn) -> CareMadeOut:
    """The patient has come: from now on the new hospital's records count."""
    return CareMadeOut(id=id, fact=service.receive(request.viewer, id, now=clock.now(), fact=body.fact))


@router.post("/transfers/{id}/cancel", response={200: CareMadeOut, **PROBLEMS}, operation_id="cancel_transfer")
@answering
def cancel(request: HttpRequest, id: UUID, body: TransferNotIn) -> CareMadeOut:
    """Call a transfer off before the patient is on the way."""
    fact = service.cancel(request.viewer, id, body.reason, now=clock.now(), fact=body.fact)
    return CareMadeOut(id=id, fact=fact)


def _transfer(one: queries.Moving) -> TransferOut:
    row = one.row
    columns = {name: getattr(row, name) for name in TransferOut.model_fields if hasattr(row, name)}
    return TransferOut(
        **columns, id=row.subject, hospital_zh=one.hospital.zh, hospital_en=one.hospital.en, to_zh=one.to_hospital.zh,
        to_en=one.to_hospital.en, number=one.number, due=one.due, sides=list(one.sides),
    )  # fmt: skip
