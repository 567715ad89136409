"""Endpoints of the prices of necessities."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.supplies.api.production_forms import Area, Code, Place, ProductionIdOut, TellIn
from lianfang.capabilities.supplies.facts.prices import PriceSupply
from lianfang.capabilities.supplies.queries import production as queries
from lianfang.capabilities.supplies.rules.prices import in_force
from lianfang.capabilities.supplies.service import production as service
from lianfang.facts.fact import Day
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])


class PricePointOut(Schema):
    day: date
    fen: int | None


class PriceOut(Schema):
    """A good in a shop on the day. ``fen``, hundredths of a yuan, and ``supply`` are None where nobody has told of that
    day; ``before`` is the last price ahead of it; ``change`` is against ``base_fen``, 0.15 is 15 % more."""

    area: str
    outlet: str
    good: str
    fen: int | None
    supply: PriceSupply | None
    before: int | None
    base_fen: float | None
    change: float | None
    alert: Literal["up", "down"] | None
    course: list[PricePointOut]


class PriceGoodOut(Schema):
    code: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str


class PricesOut(Schema):
    """``alerts`` of ``prices`` are told of: they differ from the base by more than ``alert_percent``."""

    area: str
    day: date
    edition: str
    source: str
    source_zh: str
    alert_percent: float
    base_before: date
    base_days: int
    goods: list[PriceGoodOut]
    alerts: int
    out: int
    prices: list[PriceOut]


class PriceIn(TellIn):
    area: Area
    outlet: Place
    good: Code
    day: Day
    fen: Annotated[int, Field(ge=1, le=10**8)] | None = None
    supply: PriceSupply = PriceSupply.ENOUGH


@router.get("/prices", response={200: PricesOut, **PROBLEMS}, operation_id="prices")
@answering
def prices(request: HttpRequest, area: Area = "", day: Day | None = None) -> PricesOut:
    """What necessities cost in the shops of an area on a day, against their base."""
    on = day or queries.today(clock.now())
    its, found = in_force(on), queries.priced(request.viewer, area, on)
    return PricesOut(
        area=area, day=on, edition=its.code, source=its.source, source_zh=its.source_zh,
        alert_percent=its.alert_percent, base_before=its.base_before, base_days=its.base_days,
        goods=[PriceGoodOut(**one.model_dump()) for one in its.goods],
        alerts=sum(one.against.alert is not None for one in found),
        out=sum(one.row is not None and one.row.supply == PriceSupply.OUT for one in found),
        prices=[_price(one) for one in found],
    )  # fmt: skip


@router.post("/prices", response={200: ProductionIdOut, **PROBLEMS}, operation_id="report_price")
@answering
def report_price(request: HttpRequest, body: PriceIn) -> ProductionIdOut:
    """Report what a good costs in a shop on a day, and whether it is to be had."""
    fields = body.model_dump(exclude={"fact", "area"})
    made: UUID = service.report_price(request.viewer, body.area, fields, fact=body.fact, now=clock.now())
    return ProductionIdOut(id=made)


def _price(one: queries.Priced) -> PriceOut:
    return PriceOut(
        area=one.area, outlet=one.outlet, good=one.good.code, fen=one.row.fen if one.row else None,
        supply=PriceSupply(one.row.supply) if one.row else None, before=one.before, **one.against._asdict(),
        course=[PricePointOut(day=day, fen=fen) for day, fen in one.course],
    )  # fmt: skip
