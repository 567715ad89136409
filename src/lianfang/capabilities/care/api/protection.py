"""Endpoints of the protection of staff. Nobody is named."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.care.api.forms import CareActIn, CareMadeOut, CareRetractIn, CareWordOut, Code
from lianfang.capabilities.care.facts.protection import ExposureOutcome, ExposureRoute
from lianfang.capabilities.care.queries import protection as queries
from lianfang.capabilities.care.rules.protection import Supply, items, protection_policy
from lianfang.capabilities.care.service import protection as service
from lianfang.facts.shape import Schema

router = Router(tags=["care"])
Pieces = Annotated[int, Field(ge=0, le=100_000_000)]


class ProtectionStockOut(Schema):
    """What a facility has of an item, in pieces; ``days``: how long that lasts."""

    item: str
    stock: int
    used_per_day: int
    days: float | None
    supply: Supply
    at: AwareDatetime


class ProtectedOut(Schema):
    id: UUID
    area: str
    zh: str
    en: str
    stocks: list[ProtectionStockOut]


class StaffExposureOut(Schema):
    id: UUID
    facility: UUID
    how: ExposureRoute
    high_risk: bool
    at: AwareDatetime
    closed: AwareDatetime | None
    outcome: ExposureOutcome | None


class ProtectionOut(Schema):
    """Facilities by who is shortest of protection. ``infected``: staff whose exposure ended so; ``cases``: confirmed
    cases among staff, None for whoever does not count cases."""

    facilities: list[ProtectedOut]
    exposures: list[StaffExposureOut]
    infected: int
    cases: int | None
    items: list[CareWordOut]
    alarm_days: int
    warn_days: int


class ProtectionIn(CareActIn):
    """``sure``: a stock many times the one before is right."""

    facility: UUID
    item: Code
    stock: Pieces
    used_per_day: Pieces
    sure: bool = False


class ProtectionRetractIn(CareRetractIn):
    facility: UUID
    item: Code


class StaffExposureIn(CareActIn):
    """``id`` is the sender's own: the same sent twice is one exposure."""

    id: UUID
    facility: UUID
    how: ExposureRoute
    high_risk: bool


class StaffExposureCloseIn(CareActIn):
    outcome: ExposureOutcome


@router.get("/protection", response={200: ProtectionOut, **PROBLEMS}, operation_id="protection")
@answering
def protection(request: HttpRequest) -> ProtectionOut:
    """For how many days the facilities of one's divisions can protect their staff, and who was exposed."""
    now = clock.now()
    found, its = queries.board(request.viewer, now), protection_policy(now)
    names = [name for name in StaffExposureOut.model_fields if name != "id"]
    return ProtectionOut(
        facilities=[_protected(one) for one in found.facilities],
        exposures=[
            StaffExposureOut(id=one.subject, **{name: getattr(one, name) for name in names}) for one in found.exposures
        ],
        infected=found.infected, cases=found.cases,
        items=[CareWordOut(code=code, zh=one.zh, en=one.en) for code, one in items().items()],
        alarm_days=its.alarm_days, warn_days=its.warn_days,
    )  # fmt: skip


@router.post("/protection", response={200: CareMadeOut, **PROBLEMS}, operation_id="state_protection")
@answering
def state_protection(request: HttpRequest, body: ProtectionIn) -> CareMadeOut:
    """Say what a facility has of an item of protection."""
    id, fact = service.state_stock(
        request.viewer, body.fields("sure"), sure=body.sure, now=clock.now(), **body.told()
    )  # fmt: skip
    return CareMadeOut(id=id, fact=fact)


@router.post("/protection/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_protection")
@answering
def retract_of_protection(request: HttpRequest, body: ProtectionRetractIn) -> CareMadeOut:
    """Take back what was said of an item."""
    fact = service.retract_stock(
        request.viewer, body.facility, body.item, body.fact, body.why, now=clock.now(), fact=body.id
    )  # fmt: skip
    return CareMadeOut(id=body.facility, fact=fact)


@router.post("/exposures", response={200: CareMadeOut, **PROBLEMS}, operation_id="report_exposure")
@answering
def report_exposure(request: HttpRequest, body: StaffExposureIn) -> CareMadeOut:
    """Record that somebody of the staff was exposed."""
    fact = service.expose(request.viewer, body.fields("id"), id=body.id, now=clock.now(), **body.told())
    return CareMadeOut(id=body.id, fact=fact)


@router.post("/exposures/{id}/close", response={200: CareMadeOut, **PROBLEMS}, operation_id="close_exposure")
@answering
def close_exposure(request: HttpRequest, id: UUID, body: StaffExposureCloseIn) -> CareMadeOut:
    """Record what came of an exposure."""
    fact = service.close_exposure(request.viewer, id, body.outcome, now=clock.now(), **body.told())
    return CareMadeOut(id=id, fact=fact)


@router.post("/exposures/{id}/retract", response={200: CareMadeOut, **PROBLEMS}, operation_id="retract_of_exposure")
@answering
def retract_of_exposure(request: HttpRequest, id: UUID, body: CareRetractIn) -> CareMadeOut:
    """Take back what was recorded of an exposure by mistake."""
    fact = service.retract_exposure(request.viewer, id, body.fact, body.why, now=clock.now(), fact=body.id)
    return CareMadeOut(id=id, fact=fact)


def _protected(one: queries.Protected) -> ProtectedOut:
    its = one.facility
    return ProtectedOut(
        id=its.id, area=its.area, zh=its.zh, en=its.en,
        stocks=[
            ProtectionStockOut(
                item=each.row.item, stock=each.row.stock, used_per_day=each.row.used_per_day, days=each.days,
                supply=each.supply, at=each.row.at,
            )
            for each in one.stocks
        ],
    )  # fmt: skip
