"""Endpoints of residents' orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock, limits
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.isolation.api.forms import (
    ActIn,
    After,
    Area,
    Code,
    IsolationRetractedOut,
    IsolationRetractIn,
    Text,
)
from lianfang.capabilities.mobilisation.facts.errands import ErrandDelivered, ErrandFailed, ErrandPickedUp
from lianfang.capabilities.mobilisation.models.errands import ErrandRow
from lianfang.capabilities.mobilisation.queries import errands as queries
from lianfang.capabilities.mobilisation.rules import errands as rules
from lianfang.capabilities.mobilisation.service import errands as service
from lianfang.capabilities.mobilisation.state.errands import WORDS, ErrandStage
from lianfang.capabilities.screening.rules import policy as screening
from lianfang.facts.shape import Schema
from lianfang.identity.queries import Person

router = Router(tags=["mobilisation"])
FORMS = (ErrandPickedUp, ErrandDelivered, ErrandFailed)
"""What a phone records of an order that it carries."""
Limit = Annotated[int, Field(ge=1, le=queries.MOST)]
Purpose = Annotated[str, Field(max_length=64)]


class ErrandIn(ActIn):
    """``id`` is the sender's own: the same sent again is one order. ``frail``: whoever lives there comes first, and why
    is kept nowhere. ``words`` go to the vault. ``person`` None: oneself."""

    id: UUID
    person: UUID | None = None
    category: Code
    frail: bool = False
    contactless: bool = True
    words: Text = ""


class ErrandPlacedOut(Schema):
    """``way``: an order that is carried to the door, or, in a station, a need that the station meets."""

    id: UUID
    way: Literal["errand", "need"]


class ErrandAcceptIn(ActIn):
    """``carrier``: whom it is given to, by the code of the account; by default oneself."""

    carrier: Code | None = None


class ErrandStepIn(ActIn):
    """``at_door``: left at the door, as was asked for where it is not said; ``reason`` of what failed."""

    step: Literal["picked_up", "delivered", "failed", "given_back"]
    at_door: bool | None = None
    reason: Code | None = None


class ErrandCloseIn(ActIn):
    how: Literal["confirmed", "cancelled"]


class ErrandDoorIn(Schema):
    purpose: Code


class ErrandDoorOut(Schema):
    """What is to be brought and, for who carries it, where to. What the role does not see is None."""

    words: str
    name: str | None
    phones: list[str]
    address: str | None


class ErrandFaultOut(Schema):
    """A record that contradicts what was before it."""

    fact: UUID
    reason: str
    zh: str
    en: str


class ErrandOut(Schema):
    """``rank`` 1 comes before 2. ``person`` is told to whom it is about, and to no one who only looks for work.
    ``carrier``: the name of who carries it, for that one and for who gives orders out; empty for everybody else."""

    id: UUID
    person: UUID
    area: str
    category: str
    rank: int
    contactless: bool
    goods: bool
    by_worker: bool
    has_words: bool
    stage: ErrandStage
    placed: AwareDatetime
    due: AwareDatetime
    carrier: str
    mine: bool
    accepted: AwareDatetime | None
    picked_up: AwareDatetime | None
    delivered: AwareDatetime | None
    at_door: bool | None
    closed: AwareDatetime | None
    tries: int
    failed_for: str
    faults: list[ErrandFaultOut]
    disputed: bool


class ErrandsOut(Schema):
    """``at``: how many there are, by stage."""

    errands: list[ErrandOut]
    at: dict[ErrandStage, int]
    next: str | None


class ErrandWordOut(Schema):
    code: str
    zh: str
    en: str


class ErrandFailureOut(ErrandWordOut):
    again: bool


class ErrandTermsOut(Schema):
    categories: list[ErrandWordOut]
    failures: list[ErrandFailureOut]


class ErrandMadeOut(Schema):
    id: UUID


class OpenErrandOut(Schema):
    """An order that nobody has: nothing tells whose it is."""

    id: UUID
    area: str
    category: str
    rank: int
    goods: bool
    due: AwareDatetime


class CarriedErrandOut(OpenErrandOut):
    """One that the viewer carries."""

    stage: ErrandStage
    contactless: bool
    words: str
    name: str | None
    phones: list[str]
    address: str | None


class FieldErrandsOut(Schema):
    """What the phone of who carries orders needs to work without a network."""

    server_time: AwareDatetime
    version: str
    role: str
    area: str
    author: str
    clock_bound_s: int
    open: list[OpenErrandOut]
    carried: list[CarriedErrandOut]
    categories: list[ErrandWordOut]
    failures: list[ErrandFailureOut]
    forms: dict[str, dict[str, Any]]


@router.get("/errands", response={200: ErrandsOut, **PROBLEMS}, operation_id="errands")
@answering
def errands(
    request: HttpRequest, area: Area = "", category: Annotated[str, Field(max_length=64)] = "",
    stage: ErrandStage | None = None, open: bool = False, mine: bool = False, after: After = "",
    limit: Limit = queries.PAGE,
) -> ErrandsOut:  # fmt: skip
    """Residents' orders: those that come first, and in each rank those that have waited longest. ``open``: not closed;
    ``mine``: what one has placed or carries."""
    page = queries.page(
        request.viewer, area=area, category=category, stage=stage, open_only=open, mine=mine, after=after, limit=limit
    )
    carriers = {row.carrier for row in page.rows if row.carrier and queries.knows_carrier(request.viewer, row)}
    names = {code: code for code in carriers} | names_of(carriers)
    return ErrandsOut(
        errands=[_errand(request.viewer, row, names) for row in page.rows], at=page.at, next=page.after
    )  # fmt: skip


@router.post("/errands", response={200: ErrandPlacedOut, **PROBLEMS}, operation_id="place_errand")
@answering
def place(request: HttpRequest, body: ErrandIn) -> ErrandPlacedOut:
    """Place an order, for oneself or for somebody without a telephone."""
    asked = service.Asked(body.person, body.category, body.frail, body.contactless, body.words)
    made = service.place(request.viewer, body.id, asked, now=clock.now(), at=body.at)
    return ErrandPlacedOut(id=made.id, way=made.way)


@router.get("/errands/terms", response={200: ErrandTermsOut, **PROBLEMS}, operation_id="errand_terms")
@answering
def terms(request: HttpRequest) -> ErrandTermsOut:
    """What may be asked for, and why something may not be brought, by the policy in force."""
    return ErrandTermsOut(**_terms(clock.now()))


@router.post("/errands/{id}/door", response={200: ErrandDoorOut, **PROBLEMS}, operation_id="errand_door")
@answering
def door(request: HttpRequest, id: UUID, body: ErrandDoorIn) -> ErrandDoorOut:
    """What an order asks for and, for who carries it, name, telephone and address; the look is on record first."""
    limits.take(request.viewer, "look")
    found = queries.door(request.viewer, id, body.purpose, now=clock.now())
    return ErrandDoorOut(words=found.words, **_where(found.person))


@router.post("/errands/{id}/accept", response={200: ErrandMadeOut, **PROBLEMS}, operation_id="accept_errand")
@answering
def accept(request: HttpRequest, id: UUID, body: ErrandAcceptIn) -> ErrandMadeOut:
    """Take an order, or give it to somebody. The first who asks has it."""
    service.accept(request.viewer, id, carrier=body.carrier or "", now=clock.now(), **body.told())
    return ErrandMadeOut(id=id)


@router.post("/errands/{id}/carry", response={200: ErrandMadeOut, **PROBLEMS}, operation_id="carry_errand")
@answering
def carry(request: HttpRequest, id: UUID, body: ErrandStepIn) -> ErrandMadeOut:
    """Tell that an order that one carries was picked up, delivered, could not be brought, or is given back."""
    service.carry(
        request.viewer, id, body.step, at_door=body.at_door, reason=body.reason or "", now=clock.now(), **body.told()
    )
    return ErrandMadeOut(id=id)


@router.post("/errands/{id}/close", response={200: ErrandMadeOut, **PROBLEMS}, operation_id="close_errand")
@answering
def close(request: HttpRequest, id: UUID, body: ErrandCloseIn) -> ErrandMadeOut:
    """Confirm that an order came, or cancel it before anything was picked up."""
    service.close(request.viewer, id, body.how, now=clock.now(), **body.told())
    return ErrandMadeOut(id=id)


@router.post("/errands/{id}/retract", response={200: IsolationRetractedOut, **PROBLEMS}, operation_id="retract_errand")
@answering
def retract(request: HttpRequest, id: UUID, body: IsolationRetractIn) -> IsolationRetractedOut:
    """Take back what was recorded of an order by mistake."""
    made = service.retract(request.viewer, id, body.fact, body.why, now=clock.now(), **body.told())
    return IsolationRetractedOut(id=made)


@router.get("/field/errands", response={200: FieldErrandsOut, **PROBLEMS}, operation_id="field_errands")
@answering
def field_errands(request: HttpRequest, purpose: Purpose = "") -> FieldErrandsOut:
    """The orders that one carries, with what to bring and where to; those that nobody has yet; and the words of the
    forms. Without a ``purpose`` nothing tells whose they are; with it the looks are on record."""
    viewer, now = request.viewer, clock.now()
    open_now, own_now = queries.to_carry(viewer)
    doors = queries.doors(viewer, own_now, purpose, now=now) if purpose else {}
    return FieldErrandsOut(
        server_time=now, version=version("lianfang"), role=viewer.role, area=viewer.area, author=viewer.author,
        clock_bound_s=screening.at(now).clock_bound_s, open=[OpenErrandOut(**_open(row)) for row in open_now],
        carried=[
            CarriedErrandOut(
                **_open(row), stage=ErrandStage(row.stage), contactless=row.contactless,
                words=its.words if (its := doors.get(row.subject)) else "", **_where(its.person if its else None),
            )
            for row in own_now
        ],
        forms={kind.kind: {"version": kind.version, "data": kind.model_json_schema()} for kind in FORMS},
        **_terms(now),
    )  # fmt: skip


def _open(row: ErrandRow) -> dict[str, Any]:
    names = ("area", "category", "rank", "goods")
    due = rules.in_force(row.placed).due(row.placed, row.rank)
    return {"id": row.subject, "due": due, **{name: getattr(row, name) for name in names}}


def _where(person: Person | None) -> dict[str, Any]:
    """What the role sees of whom an order is for."""
    its = person.shown if person else {}
    return {"name": its.get("name"), "phones": its.get("phones") or [], "address": its.get("address")}


def _terms(now: datetime) -> dict[str, Any]:
    its = rules.in_force(now)
    return {
        "categories": [ErrandWordOut(code=one.code, zh=one.zh, en=one.en) for one in its.categories],
        "failures": [ErrandFailureOut(**one.model_dump()) for one in its.failures],
    }


def _errand(viewer: Viewer, row: ErrandRow, names: Mapping[str, str]) -> ErrandOut:
    told = ("id", "due", "carrier", "mine", "has_words", "faults")
    values = {name: getattr(row, name) for name in ErrandOut.model_fields if name not in told}
    return ErrandOut(
        id=row.subject, due=rules.in_force(row.placed).due(row.placed, row.rank), carrier=names.get(row.carrier, ""),
        mine=queries.carries(viewer, row), has_words=row.words is not None, **values,
        faults=[
            ErrandFaultOut(fact=fact, reason=reason, zh=WORDS[reason][0], en=WORDS[reason][1])
            for fact, _, reason in row.faults
        ],
    )  # fmt: skip
