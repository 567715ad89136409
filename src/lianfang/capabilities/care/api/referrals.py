"""Endpoints of referrals to fever clinics and of the services of facilities."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.forms import Area, CareActIn, CareMadeOut, CareRetractIn
from lianfang.capabilities.care.facts.referrals import Origin, ReferralOutcome, ReferralReason, ServiceState
from lianfang.capabilities.care.queries import referrals as queries
from lianfang.capabilities.care.service import referrals as service
from lianfang.facts.shape import Schema

router = Router(tags=["care"])


class ReferralOut(Schema):
    """A referral. Whoever only sends is told when it was received and answered, and nothing of the patient: then
    ``reason``, ``person`` and ``outcome`` are None. ``mine``: the viewer has sent it."""

    id: UUID
    to: UUID
    zh: str
    en: str
    origin: Origin
    sent: AwareDatetime
    received: AwareDatetime | None
    closed: AwareDatetime | None
    due: AwareDatetime | None
    mine: bool
    reason: ReferralReason | None
    person: UUID | None
    outcome: ReferralOutcome | None


class ReferralIn(CareActIn):
    """``id`` is the sender's own: the same sent twice is one referral. ``area``: the division that sends."""

    id: UUID
    area: Area
    to: UUID
    origin: Origin
    reason: ReferralReason
    person: UUID | None = None
    contact: UUID | None = None
    facility: UUID | None = None


class ReferralCloseIn(CareActIn):
    outcome: ReferralOutcome


class FacilityServiceOut(Schema):
    """A facility and how far its services go on; None: nothing was said."""

    id: UUID
    area: str
    zh: str
    en: str
    level: str
    fever: ServiceState | None
    general: ServiceState | None
    at: AwareDatetime | None


class FacilityServiceIn(CareActIn):
    facility: UUID
    fever: ServiceState | None = None
    general: ServiceState | None = None


@router.get("/referrals", response={200: list[ReferralOut], **PROBLEMS}, operation_id="referrals")
@answering
def referrals(request: HttpRequest, open: bool = False) -> list[ReferralOut]:
    """The referrals that one has sent, and those that come to one's clinics."""
    found = queries.listed(request.viewer, open_only=open, now=clock.now())
    return [_referral(one, request.viewer.author) for one in found]


@router.post("/referrals", response={200: CareMadeOut, **PROBLEMS}, operation_id="send_referral")
@answering
def send_referral(request: HttpRequest, body: ReferralIn) -> CareMadeOut:
    """Send somebody to a fever clinic; of a contact under observation, the referral is told there too."""
    fact = service.send(
        request.viewer, body.area, body.fields("id", "area"), id=body.id, now=clock.now(), **body.told()
    )  # fmt: skip
    return CareMadeOut(id=body.id, fact=fact)


@router.post("/referrals/{id}/receive", response={200: CareMadeOut, **PROBLEMS}, operation_id="receive_referral")
@answering
def receive_referral(request: HttpRequest, id: UUID, body: CareActIn) -> CareMadeOut:
    """The clinic has whom was sent to it."""
    return CareMadeOut(id=id, fact=service.receive(request.viewer, id, now=clock.now(), **body.told()))


@router.post("/referrals/{id}/close", response={200: CareMadeOut, **PROBLEMS}, operation_id="close_referral")
@answering
def close_referral(request: HttpRequest, id: UUID, body: ReferralCloseIn) -> CareMadeOut:
    """The clinic tells back that it is done; what came of it stays with those who care."""
    fact = service.close(request.viewer, id, body.outcome, now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post("/referrals/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_referral")
@answering
def retract_of_referral(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what one has recorded of a referral by mistake."""
    fact = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


@router.get("/facilities", response={200: list[FacilityServiceOut], **PROBLEMS}, operation_id="facilities")
@answering
def facilities(request: HttpRequest) -> list[FacilityServiceOut]:
    """The hospitals and clinics of one's divisions, and how far their services go on."""
    return [
        FacilityServiceOut(
            id=one.facility.id, area=one.facility.area, zh=one.facility.zh, en=one.facility.en,
            level=one.facility.level, fever=one.row and one.row.fever, general=one.row and one.row.general,
            at=one.row and one.row.at,
        )
        for one in queries.services(request.viewer)
    ]  # fmt: skip


@router.post("/facilities/service", response={200: CareMadeOut, **PROBLEMS}, operation_id="state_service")
@answering
def state_service(request: HttpRequest, body: FacilityServiceIn) -> CareMadeOut:
    """Say how far the services of a facility go on."""
    id, fact = service.state_service(request.viewer, body.fields(), now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post("/facilities/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_service")
@answering
def retract_of_service(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was said of a facility's services."""
    fact = service.retract_service(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


def _referral(one: queries.ListedReferral, author: str) -> ReferralOut:
    row, to, knows = one.row, one.to, one.knows
    return ReferralOut(
        id=row.subject, to=row.to, zh=to.zh if to else "", en=to.en if to else "", origin=row.origin, sent=row.sent,
        received=row.received, closed=row.closed, due=one.due, mine=row.author == author,
        reason=row.reason if knows else None, person=row.person if knows else None,
        outcome=row.outcome if knows else None,
    )  # fmt: skip
