"""Endpoints of fever clinics and of who asks to be called. The open page asks the first two without signing in."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.gates.api.forms import Area, Code, GateWordOut
from lianfang.capabilities.gates.facts import Spoken
from lianfang.capabilities.gates.queries import care as queries
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.service import care as service
from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.identity import terms
from lianfang.profiles.disease import terms as words_of_diseases

router = Router(tags=["care"])
OPEN = {**PROBLEMS, 429: Problem}


class ClinicOut(Schema):
    """A fever clinic. Minutes are after midnight; 0 to 1440 is around the clock. ``service``: how it goes, empty where
    nothing was said."""

    id: UUID
    name: str
    area: str
    telephone: str | None
    east_deg: float | None
    north_deg: float | None
    opens_min: int
    closes_min: int
    service: Literal["normal", "limited", "suspended", ""]
    open_now: bool


class CareOut(Schema):
    """What the open page needs: the clinics of a division, and the words and figures in force. ``danger`` are symptoms
    with which one calls ``emergency`` at once."""

    clinics: list[ClinicOut]
    symptoms: list[GateWordOut]
    fever_c: float
    danger: list[str]
    emergency: str
    call_back_h: int
    kept_days: int


class CallIn(Schema):
    """``id`` is the sender's own: the same sent twice is one call."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Area
    phone: Annotated[str, Field(min_length=1, max_length=32)]
    symptoms: Annotated[list[Code], Field(max_length=64)] = Field(default_factory=list)
    temp_c: Annotated[float, Field(ge=30, le=45)] | None = None
    language: Spoken


class CallMadeOut(Schema):
    """When the number is erased."""

    erase_on: date


class CallOut(Schema):
    """What somebody said who asked to be called. The number is shown with the task."""

    id: UUID
    area: str
    at: AwareDatetime
    symptoms: list[str]
    temp_c: float | None
    language: Spoken
    erase_on: date


@router.get("/care", response={200: CareOut, **OPEN}, operation_id="fever_clinics")
@answering
def fever_clinics(request: HttpRequest, area: Area = "") -> CareOut:
    """The fever clinics of a division that are not closed, with hours and telephone, and the words of the open page;
    without a division the words alone. Anybody may ask."""
    limits.take(limits.address(request), "care")
    now = clock.now()
    its = policy_at(now)
    found = queries.clinics(request.viewer, area, now) if area else []
    names = [name for name in ClinicOut.model_fields if name not in ("id", "service", "open_now")]
    return CareOut(
        clinics=[
            ClinicOut(
                id=one.row.subject, service=one.service, open_now=one.open_now,
                **{name: getattr(one.row, name) for name in names},
            )
            for one in found
        ],
        symptoms=[GateWordOut(code=one.code, zh=one.zh, en=one.en) for one in words_of_diseases("symptom")],
        fever_c=its.hold_c, danger=list(its.danger), emergency=its.emergency, call_back_h=its.call_back_h,
        kept_days=terms.classes()[service.DATA_CLASS].days,
    )  # fmt: skip


@router.post("/care/calls", response={200: CallMadeOut, **OPEN}, operation_id="ask_call")
@answering
def ask_call(request: HttpRequest, body: CallIn) -> CallMadeOut:
    """Ask to be called: by who feels ill and leaves a number, without signing in."""
    fields = body.model_dump(include={"symptoms", "temp_c", "language"})
    erase_on = service.ask(
        fields, body.phone, body.area, id=body.id, source=limits.address(request), now=clock.now()
    )  # fmt: skip
    return CallMadeOut(erase_on=erase_on)


@router.get("/care/calls", response={200: list[CallOut], **PROBLEMS}, operation_id="calls_asked")
@answering
def calls_asked(request: HttpRequest) -> list[CallOut]:
    """What those said of themselves who asked to be called, the newest first, until their number is erased."""
    names = [name for name in CallOut.model_fields if name != "id"]
    found = queries.calls(request.viewer, clock.now())
    return [CallOut(id=one.subject, **{name: getattr(one, name) for name in names}) for one in found]
