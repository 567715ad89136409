"""Endpoints of volunteers, and of the words and figures that all hands go by."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.isolation.api.forms import Area, Code
from lianfang.capabilities.mobilisation.api.shapes import (
    Clock,
    Day,
    HandsIn,
    HandsMadeOut,
    Skip,
)
from lianfang.capabilities.mobilisation.facts.people import MOST_SKILLS, MOST_WINDOWS
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.rules.policy import Policy
from lianfang.capabilities.mobilisation.service import volunteers
from lianfang.capabilities.mobilisation.service.recording import policy
from lianfang.facts.shape import Schema

router = Router(tags=["mobilisation"])


class HandsWordOut(Schema):
    code: str
    zh: str
    en: str


class HandsTermsOut(Schema):
    """The policy of the day: its figures, and the words of each kind."""

    edition: str
    source: str
    source_zh: str
    answer_min: int
    rest_h: int
    longest_h: int
    days_in_row: int
    week_h: int
    households_per_worker: int
    consents: list[HandsWordOut]
    skills: list[HandsWordOut]
    needs: list[HandsWordOut]
    declined: list[HandsWordOut]
    closed: list[HandsWordOut]
    retasked: list[HandsWordOut]
    care: list[HandsWordOut]
    cared: list[HandsWordOut]


class WindowIn(HandsIn):
    """Hours of the clock on days of the week, 1 (Monday) to 7; they end on the day after where ``until`` is not
    later."""

    days: Annotated[list[Annotated[int, Field(ge=1, le=7)]], Field(min_length=1, max_length=7)]
    since: Clock
    until: Clock


class VolunteerListIn(HandsIn):
    """``purpose``: for what names and phones are looked at; without one none are shown."""

    area: Area
    purpose: Annotated[str, Field(max_length=64)] = ""
    skip: Skip = 0
    limit: Annotated[int, Field(ge=1, le=queries.MOST)] = queries.PAGE


class VolunteerOut(Schema):
    """``shown``: name and phones as the role may see them, empty where no purpose was told."""

    id: UUID
    area: str
    consent: str
    skills: list[str]
    since: AwareDatetime
    availability: dict[str, Any] | None
    days: int
    hours: float
    warned: bool
    shown: dict[str, Any]


class VolunteersOut(Schema):
    total: int
    volunteers: list[VolunteerOut]


class VolunteerAccountOut(Schema):
    """An account, with its name on the roster."""

    account: str
    name: str


class VolunteerIn(HandsIn):
    """``id`` is the sender's own: sent again, the volunteer is the same. Name and phone go to the vault. ``account``:
    of one who signs in and can be given orders."""

    id: UUID
    area: Area
    name: Annotated[str, Field(min_length=1, max_length=200)]
    phone: Annotated[str, Field(min_length=1, max_length=32)]
    consent: Code
    skills: Annotated[tuple[Code, ...], Field(max_length=MOST_SKILLS)] = ()
    account: Code | None = None


class AvailabilityIn(HandsIn):
    first: Day
    last: Day | None = None
    windows: Annotated[list[WindowIn], Field(max_length=MOST_WINDOWS)]
    fact: UUID | None = None


class WithdrawIn(HandsIn):
    fact: UUID | None = None


@router.get("/hands/terms", response={200: HandsTermsOut, **PROBLEMS}, operation_id="hands_terms")
@answering
def hands_terms(request: HttpRequest) -> HandsTermsOut:
    """The figures and words of the day: skills, needs, reasons, hours, consent."""
    its = policy(clock.now())
    values = {name: getattr(its, name) for name in Policy.model_fields if name in HandsTermsOut.model_fields}
    return HandsTermsOut.model_validate({"edition": its.code, **values}, from_attributes=True)


@router.post("/volunteers/list", response={200: VolunteersOut, **PROBLEMS}, operation_id="volunteers")
@answering
def list_volunteers(request: HttpRequest, body: VolunteerListIn) -> VolunteersOut:
    """The volunteers of an area, those first who have been on duty too long; names for a purpose, and the look is on
    record."""
    if body.purpose:
        limits.take(request.viewer, "look")
    asked = body.model_dump(include={"purpose", "skip", "limit"})
    found = queries.volunteers(request.viewer, body.area, clock.now(), **asked)
    rows = [
        VolunteerOut(
            id=one.row.subject, area=one.row.area, consent=one.row.consent, skills=one.row.skills, since=one.row.since,
            availability=one.row.availability, days=one.strain.days, hours=one.strain.hours, warned=one.strain.warned,
            shown={name: one.person.shown[name] for name in ("name", "phones") if name in one.person.shown}
            if one.person
            else {},
        )
        for one in found.rows
    ]  # fmt: skip
    return VolunteersOut(total=found.total, volunteers=rows)


@router.get(
    "/volunteers/accounts", response={200: list[VolunteerAccountOut], **PROBLEMS}, operation_id="volunteer_accounts"
)
@answering
def volunteer_accounts(request: HttpRequest, area: Area) -> list[VolunteerAccountOut]:
    """Who signs in and can be given orders in an area, the nearest first."""
    found = volunteers.accounts(request.viewer, area, now=clock.now())
    return [VolunteerAccountOut(account=one.code, name=one.name) for one in found]


@router.post("/volunteers", response={200: HandsMadeOut, **PROBLEMS}, operation_id="sign_up_volunteer")
@answering
def sign_up_volunteer(request: HttpRequest, body: VolunteerIn) -> HandsMadeOut:
    """Sign somebody up who agreed to the text of the version that is named."""
    who = {"id": body.id, "name": body.name, "phone": body.phone}
    fields = {"consent": body.consent, "skills": tuple(dict.fromkeys(body.skills)), "account": body.account}
    return HandsMadeOut(id=volunteers.sign_up(request.viewer, who, fields, area=body.area, now=clock.now()))


@router.post(
    "/volunteers/{uuid:id}/available", response={200: HandsMadeOut, **PROBLEMS}, operation_id="volunteer_available"
)
@answering
def volunteer_available(request: HttpRequest, id: UUID, body: AvailabilityIn) -> HandsMadeOut:
    """Record when a volunteer can be called."""
    fields = body.model_dump(exclude={"fact"})
    return HandsMadeOut(id=volunteers.available(request.viewer, id, fields, now=clock.now(), fact=body.fact))


@router.post(
    "/volunteers/{uuid:id}/withdraw", response={200: HandsMadeOut, **PROBLEMS}, operation_id="volunteer_withdraws"
)
@answering
def volunteer_withdraws(request: HttpRequest, id: UUID, body: WithdrawIn) -> HandsMadeOut:
    """Record that a volunteer withdrew the consent: duties to come are given up."""
    return HandsMadeOut(id=volunteers.withdraw(request.viewer, id, now=clock.now(), fact=body.fact))
