"""Endpoints of what enterprises and facilities need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.supplies.api.production_forms import (
    Area,
    BeginIn,
    Code,
    Place,
    ProductionIdOut,
    ProductionRetractIn,
    TellIn,
    Words,
)
from lianfang.capabilities.supplies.facts.support import SupportCategory, SupportOutcome
from lianfang.capabilities.supplies.queries import support as queries
from lianfang.capabilities.supplies.rules.production import in_force
from lianfang.capabilities.supplies.service import support as service
from lianfang.capabilities.supplies.service.production import take_back
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])


class SupportTicketOut(Schema):
    """What somebody needs; ``of`` names the producer or the facility."""

    id: UUID
    area: str
    category: SupportCategory
    producer: UUID | None
    of: str
    of_en: str
    owner: str | None
    zh: str
    at: AwareDatetime
    due: AwareDatetime
    late: bool
    taken: AwareDatetime | None
    taken_by: str
    closed: AwareDatetime | None
    outcome: SupportOutcome | None


class SupportOut(Schema):
    """``late`` of the tickets are open beyond their time."""

    at: AwareDatetime
    support_h: int
    facility_h: int
    late: int
    tickets: list[SupportTicketOut]


class SupportIn(BeginIn):
    category: SupportCategory
    producer: UUID | None = None
    facility: Place = ""
    owner: Code | None = None
    due: Time | None = None
    zh: Words = ""


class SupportCloseIn(TellIn):
    outcome: SupportOutcome


@router.get("/support", response={200: SupportOut, **PROBLEMS}, operation_id="support")
@answering
def support(request: HttpRequest, area: Area = "", state: Literal["open", "closed"] = "open") -> SupportOut:
    """What enterprises and facilities need: what is open, the first due first, or what is closed."""
    now = clock.now()
    found = queries.tickets(request.viewer, area, now, closed=state == "closed")
    its = in_force(now.astimezone(queries.CIVIL_TIME).date())
    names = names_of({code for one in found for code in (one.row.taken_by, one.row.owner) if code})
    return SupportOut(
        at=now, support_h=its.support_h, facility_h=its.facility_h, late=sum(one.late for one in found),
        tickets=[_ticket(one, names) for one in found],
    )  # fmt: skip


@router.post("/support", response={200: ProductionIdOut, **PROBLEMS}, operation_id="ask_support")
@answering
def ask_support(request: HttpRequest, body: SupportIn) -> ProductionIdOut:
    """Ask for something that a producer or a facility needs."""
    fields = body.model_dump(exclude={"id", "area"})
    return ProductionIdOut(id=service.ask(request.viewer, body.area, fields, id=body.id, now=clock.now()))


@router.post("/support/{id}/take", response={200: ProductionIdOut, **PROBLEMS}, operation_id="take_support")
@answering
def take_support(request: HttpRequest, id: UUID, body: TellIn) -> ProductionIdOut:
    """Take a need on."""
    return ProductionIdOut(id=service.take(request.viewer, id, fact=body.fact, now=clock.now()))


@router.post("/support/{id}/close", response={200: ProductionIdOut, **PROBLEMS}, operation_id="close_support")
@answering
def close_support(request: HttpRequest, id: UUID, body: SupportCloseIn) -> ProductionIdOut:
    """What came of a need."""
    return ProductionIdOut(id=service.close(request.viewer, id, body.outcome, fact=body.fact, now=clock.now()))


@router.post("/support/{id}/retract", response={200: ProductionIdOut, **PROBLEMS}, operation_id="retract_support")
@answering
def retract_support(request: HttpRequest, id: UUID, body: ProductionRetractIn) -> ProductionIdOut:
    """Take back what was recorded of a need by mistake."""
    made = take_back(request.viewer, id, body.taken, body.why, now=clock.now(), fact=body.fact)
    return ProductionIdOut(id=made)


def _ticket(one: queries.Listed, names: Mapping[str, str]) -> SupportTicketOut:
    row = one.row
    same = ("area", "category", "producer", "zh", "at", "taken", "closed", "outcome")
    return SupportTicketOut(
        id=row.subject, of=one.of, of_en=one.of_en, due=one.due, late=one.late,
        owner=row.owner and names.get(row.owner, row.owner), taken_by=names.get(row.taken_by, row.taken_by),
        **{name: getattr(row, name) for name in same},
    )  # fmt: skip
