"""Endpoints of dispatches, stocktakes and shortages."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.supplies.api.forms import Amount, Area, Code, StockActIn, StockIdOut, StockRetractIn
from lianfang.capabilities.supplies.facts.dispatch import Came
from lianfang.capabilities.supplies.facts.stock import MOST, MOST_LINES, SupplyClass, SupplyLine
from lianfang.capabilities.supplies.queries import dispatch as queries
from lianfang.capabilities.supplies.queries import shortage as shortages
from lianfang.capabilities.supplies.rules.policy import in_force
from lianfang.capabilities.supplies.rules.shortage import Asked, StockStatus
from lianfang.capabilities.supplies.service import dispatch as service
from lianfang.capabilities.supplies.service import stocktake
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.supplies.state.dispatch import DispatchStage
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])
Quantity = Annotated[int, Field(ge=1, le=MOST)]
CSV: Final = "text/csv"
MOST_FILE: Final = 1_000_000
"""Characters of base64: far more than as many lines as are taken need."""


class DispatchLoadIn(Schema):
    """``quantity`` in the item's smallest unit."""

    model_config = ConfigDict(extra="forbid")

    item: UUID
    quantity: Quantity


class DispatchIn(StockActIn):
    """``send``: it leaves at once; otherwise it is planned. ``confirm``: a quantity is unusual and right."""

    source: UUID
    target: UUID
    loads: Annotated[list[DispatchLoadIn], Field(min_length=1, max_length=MOST_LINES)]
    send: bool = False
    confirm: bool = False


class DispatchLotIn(Schema):
    model_config = ConfigDict(extra="forbid")

    item: UUID
    lot: Code | None = None
    quantity: Annotated[int, Field(ge=0, le=MOST)]


class DispatchCameIn(Schema):
    """What came of each lot; left out, all that was sent did."""

    model_config = ConfigDict(extra="forbid")

    came: Annotated[list[DispatchLotIn], Field(max_length=MOST_LINES)] | None = None


class DispatchLoadOut(Schema):
    item: UUID
    quantity: int


class DispatchLotOut(Schema):
    item: UUID
    lot: str
    sent: int
    received: int
    lost: int


class DispatchOut(Schema):
    """``gives`` and ``takes``: whether the store that sends, or the one that receives, is in one's divisions."""

    id: UUID
    stage: DispatchStage
    source: UUID
    source_name: str
    source_en: str
    target: UUID
    target_name: str
    target_en: str
    area: str
    target_area: str
    allocation: UUID | None
    loads: list[DispatchLoadOut]
    lots: list[DispatchLotOut]
    planned: AwareDatetime
    sent: AwareDatetime | None
    sent_by: str
    received: AwareDatetime | None
    received_by: str
    gives: bool
    takes: bool


class DispatchesOut(Schema):
    dispatches: list[DispatchOut]


class StockCountLineIn(Schema):
    model_config = ConfigDict(extra="forbid")

    item: UUID
    lot: Code | None = None
    amount: Amount
    unit: Code | None = None


class StocktakeIn(StockActIn):
    store: UUID
    lines: Annotated[list[StockCountLineIn], Field(min_length=1, max_length=MOST_LINES)]
    confirm: bool = False


class StocktakeRowsIn(StockActIn):
    """Rows of a list: ``item`` (its code), ``lot``, ``amount``, ``unit``; or in their place a ``file`` with these
    columns in base64, CSV or XLSX."""

    store: UUID
    rows: Annotated[list[dict[str, Any]], Field(max_length=MOST_LINES)] = Field(default_factory=list)
    file: Annotated[str, Field(max_length=MOST_FILE)] | None = None
    content_type: Literal["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = CSV
    confirm: bool = False


class StockWrongOut(Schema):
    row: int | None
    field: str
    reason: str
    zh: str
    en: str


class StocktakeDoneOut(Schema):
    id: UUID
    counted: int
    differing: int
    errors: list[StockWrongOut]


class ShortageOut(Schema):
    """A line of the board. ``per_day_used`` and ``per_day_needed`` are decimal, rounded for the eye; ``buy`` is whole
    packs where it can be."""

    store: UUID | None
    store_name: str
    store_en: str
    area: str
    item: UUID
    shelf: int
    way: int
    out: int
    expired: int
    per_day_used: Decimal
    per_day_needed: Decimal
    days: float | None
    days_ahead: float | None
    ends: date | None
    status: StockStatus
    buy: int


class ShortageGrowthOut(Schema):
    area: str
    times: float


class ShortagesOut(Schema):
    """``counts`` has the lines of each status; ``growth`` where a forecast changes the need."""

    today: date
    edition: str
    source: str
    source_zh: str
    use_days: int
    short_days: int
    low_days: int
    target_days: int
    counts: dict[str, int]
    growth: list[ShortageGrowthOut]
    lines: list[ShortageOut]


class SupplyLineOut(Schema):
    """Items of a supply line and class: how many are listed, are held, are on their way, and contradict the record."""

    line: SupplyLine
    supply_class: SupplyClass | None
    items: int
    held: int
    on_way: int
    negative: int


class StockFlagOut(Schema):
    flag: Literal["negative", "expired", "expiring", "used_expired", "hoard"]
    store: UUID
    store_name: str
    store_en: str
    area: str
    item: UUID
    lot: str
    quantity: int
    expires: date | None
    days: float | None


class SupplyLinesOut(Schema):
    """The three supply lines apart, and what looks wrong in the stock."""

    lines: list[SupplyLineOut]
    flags: list[StockFlagOut]


@router.get("/supplies/shortages", response={200: ShortagesOut, **PROBLEMS}, operation_id="shortages")
@answering
def shortage_board(
    request: HttpRequest, area: Area = "", line: SupplyLine | None = None, supply_class: SupplyClass | None = None,
    together: bool = False, factor: Annotated[Decimal, Field(gt=0, le=100, max_digits=6)] = Decimal(1),
    target_days: Annotated[int, Field(ge=1, le=366)] | None = None, incoming: bool = True,
) -> ShortagesOut:  # fmt: skip
    """What runs out first, with what to buy. What if: the need is ``factor`` times what it is, other days are to be
    held, or what is on its way does not come."""
    now = clock.now()
    policy = in_force(now.astimezone(CIVIL_TIME).date())
    asked = Asked(Fraction(factor), target_days or policy.target_days, incoming)
    found = shortages.board(
        request.viewer, area, asked=asked, together=together, line=line or "", supply_class=supply_class or "", now=now
    )
    return ShortagesOut(
        today=found.today, edition=policy.code, target_days=asked.target_days,
        **{name: getattr(policy, name) for name in ("source", "source_zh", "use_days", "short_days", "low_days")},
        counts={str(status): n for status, n in found.counts.items()},
        growth=[ShortageGrowthOut(area=its, times=round(float(n), 2)) for its, n in sorted(found.growth.items())],
        lines=[_line(one, policy.use_days) for one in found.lines],
    )  # fmt: skip


def _line(one: shortages.Told, use_days: int) -> ShortageOut:
    its, held = one.line, one.line.held
    return ShortageOut(
        store=held.store, store_name=one.store.name if one.store else "", store_en=one.store.en if one.store else "",
        area=one.store.area if one.store else "", item=held.item, shelf=held.shelf, way=held.way, out=held.out,
        expired=held.expired, per_day_used=_tenth(its.used, use_days), per_day_needed=_tenth(its.needed, its.per),
        days=its.days, days_ahead=its.days_ahead, ends=its.ends, status=its.status, buy=its.buy,
    )  # fmt: skip


def _tenth(of: int, days: int) -> Decimal:
    return Decimal(-(-of * 10 // days)) / 10


@router.get("/supplies/lines", response={200: SupplyLinesOut, **PROBLEMS}, operation_id="supply_lines")
@answering
def supply_lines(request: HttpRequest, area: Area = "") -> SupplyLinesOut:
    """The three supply lines by class, apart, with what looks wrong in the stock."""
    flags = shortages.flags(request.viewer, area, now=clock.now())
    return SupplyLinesOut(
        lines=[SupplyLineOut(**one._asdict()) for one in shortages.lines(request.viewer, area)],
        flags=[
            StockFlagOut(
                flag=one.flag, store=one.store.subject, store_name=one.store.name, store_en=one.store.en,
                area=one.store.area, item=one.item.subject, lot=one.lot, quantity=one.quantity, expires=one.expires,
                days=one.days,
            )
            for one in flags
        ],
    )  # fmt: skip


@router.get("/supplies/dispatches", response={200: DispatchesOut, **PROBLEMS}, operation_id="dispatches")
@answering
def dispatches(request: HttpRequest, area: Area = "", stage: DispatchStage | None = None) -> DispatchesOut:
    """The newest dispatches from or to the stores of one's divisions."""
    found = queries.dispatches(request.viewer, area, stage=stage)
    names = names_of({code for one in found for code in (one.row.sent_by, one.row.received_by)})
    return DispatchesOut(dispatches=[_dispatch(one, names) for one in found])


def _dispatch(one: queries.Listed, names: Mapping[str, str]) -> DispatchOut:
    row, (source, source_en), (target, target_en) = one.row, one.source, one.target
    same = (
        "stage", "source", "target", "area", "target_area", "allocation", "loads", "planned", "sent", "received",
    )  # fmt: skip
    return DispatchOut(
        id=row.subject, source_name=source, source_en=source_en, target_name=target, target_en=target_en,
        gives=one.gives, takes=one.takes, lots=[DispatchLotOut(**its._asdict()) for its in one.lots],
        sent_by=names.get(row.sent_by, row.sent_by), received_by=names.get(row.received_by, row.received_by),
        **{name: getattr(row, name) for name in same},
    )  # fmt: skip


@router.post("/supplies/dispatches", response={200: StockIdOut, **PROBLEMS}, operation_id="plan_dispatch")
@answering
def plan(request: HttpRequest, body: DispatchIn) -> StockIdOut:
    """Plan what one store sends to another, or send it at once."""
    goods = {one.item: one.quantity for one in body.loads}
    made = service.plan(
        request.viewer, body.id, body.source, body.target, goods, confirm=body.confirm, at_once=body.send,
        now=clock.now(),
    )  # fmt: skip
    return StockIdOut(id=made)


@router.post("/supplies/dispatches/{id}/send", response={200: StockIdOut, **PROBLEMS}, operation_id="send_dispatch")
@answering
def send(request: HttpRequest, id: UUID) -> StockIdOut:
    """It leaves: taken from the one store and added to what is on its way to the other, in one transaction."""
    service.send(request.viewer, id, now=clock.now())
    return StockIdOut(id=id)


@router.post(
    "/supplies/dispatches/{id}/receive", response={200: StockIdOut, **PROBLEMS}, operation_id="receive_dispatch"
)
@answering
def receive(request: HttpRequest, id: UUID, body: DispatchCameIn) -> StockIdOut:
    """The proof of receipt: what came. What is missing is booked as lost on the way."""
    came = None if body.came is None else [Came(**one.model_dump()) for one in body.came]
    service.receive(request.viewer, id, came, now=clock.now())
    return StockIdOut(id=id)


@router.post("/supplies/dispatches/{id}/cancel", response={200: StockIdOut, **PROBLEMS}, operation_id="cancel_dispatch")
@answering
def cancel(request: HttpRequest, id: UUID) -> StockIdOut:
    """What has not left is not sent."""
    service.cancel(request.viewer, id, now=clock.now())
    return StockIdOut(id=id)


@router.post(
    "/supplies/dispatches/{id}/retract", response={200: StockIdOut, **PROBLEMS}, operation_id="retract_dispatch"
)
@answering
def retract(request: HttpRequest, id: UUID, body: StockRetractIn) -> StockIdOut:
    """Take the last step of a dispatch back, with what it moved."""
    service.take_back(request.viewer, id, body.why, now=clock.now())
    return StockIdOut(id=id)


@router.post("/supplies/stocktakes", response={200: StocktakeDoneOut, **PROBLEMS}, operation_id="take_stock")
@answering
def count(request: HttpRequest, body: StocktakeIn) -> StocktakeDoneOut:
    """Record what lies on the shelf; the ledger follows."""
    lines = [stocktake.Line(one.item, one.lot or "", one.amount, one.unit) for one in body.lines]
    differing = stocktake.count(request.viewer, body.id, body.store, lines, confirm=body.confirm, now=clock.now())
    return StocktakeDoneOut(id=body.id, counted=len(lines), differing=differing, errors=[])


@router.post(
    "/supplies/stocktakes/import", response={200: StocktakeDoneOut, **PROBLEMS}, operation_id="import_stocktake"
)
@answering
def import_count(request: HttpRequest, body: StocktakeRowsIn) -> StocktakeDoneOut:
    """A stocktake from a file's rows: good rows though others are wrong; the same again changes nothing."""
    rows = enumerate(body.rows, 1) if body.file is None else stocktake.rows_of(_decoded(body.file), body.content_type)
    done = stocktake.import_lines(request.viewer, body.id, body.store, rows, confirm=body.confirm, now=clock.now())
    errors = [StockWrongOut(**one._asdict()) for one in done.wrong]
    return StocktakeDoneOut(id=body.id, counted=done.counted, differing=done.differing, errors=errors)


def _decoded(file: str) -> bytes:
    try:
        return b64decode(file, validate=True)
    except ValueError:
        raise Refused([Wrong("file", "no_base64", "不是base64编码的文件", "is no base64")]) from None


@router.post(
    "/supplies/stocktakes/{id}/retract", response={200: StockIdOut, **PROBLEMS}, operation_id="retract_stocktake"
)
@answering
def retract_count(request: HttpRequest, id: UUID, body: StockRetractIn) -> StockIdOut:
    """Take a stocktake back, with what it moved."""
    stocktake.take_back(request.viewer, id, body.why, now=clock.now())
    return StockIdOut(id=id)
