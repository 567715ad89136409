"""Endpoints of the catalogue, of stores and of what moves in them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.isolation.queries.stations import named
from lianfang.capabilities.supplies.api.forms import Amount, Area, Code, Name, StockActIn, StockIdOut, StockRetractIn
from lianfang.capabilities.supplies.facts.stock import MOST_PACKS, StockProcess, StoreKind, SupplyClass, SupplyLine
from lianfang.capabilities.supplies.models import ItemRow, MovementRow, StoreRow
from lianfang.capabilities.supplies.queries import stock as queries
from lianfang.capabilities.supplies.rules.policy import in_force
from lianfang.capabilities.supplies.service import stock as service
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router(tags=["supplies"])
People = Annotated[int, Field(ge=0, le=1_000_000)]


class StockPackIn(Schema):
    model_config = ConfigDict(extra="forbid")

    code: Code
    zh: Name
    en: Name
    holds: Annotated[int, Field(ge=2, le=10**9)]


class SupplyItemIn(StockActIn):
    """An item of the catalogue; with the ``id`` of one that is listed it replaces what was told of it."""

    area: Area
    code: Code
    zh: Name
    en: Name
    supply_class: SupplyClass | None = None
    line: SupplyLine
    unit: Code
    unit_zh: Name
    unit_en: Name
    packs: Annotated[list[StockPackIn], Field(max_length=MOST_PACKS)] = Field(default_factory=list)
    norm: Code | None = None


class StockPackOut(Schema):
    code: str
    zh: str
    en: str
    holds: int


class SupplyItemOut(Schema):
    id: UUID
    area: str
    code: str
    zh: str
    en: str
    supply_class: SupplyClass | None
    line: SupplyLine
    unit: str
    unit_zh: str
    unit_en: str
    packs: list[StockPackOut]
    norm: str | None


class SupplyNormOut(Schema):
    code: str
    zh: str
    en: str
    source: str
    source_zh: str


class SupplyItemsOut(Schema):
    items: list[SupplyItemOut]
    norms: list[SupplyNormOut]


class StockStoreIn(StockActIn):
    area: Area
    name: Annotated[str, Field(min_length=1, max_length=64)]
    en: Annotated[str, Field(max_length=64)] = ""
    store_kind: StoreKind
    serves: UUID | None = None


class StockStoreOut(Schema):
    id: UUID
    area: str
    name: str
    en: str
    store_kind: StoreKind
    serves: UUID | None
    closed: AwareDatetime | None


class ListedStockStoreOut(StockStoreOut):
    """``negative``: of how many lots there is less than nothing by the record."""

    items: int
    negative: int
    counted: AwareDatetime | None


class StockStoresOut(Schema):
    """``uncounted`` are those that nobody has counted today."""

    stores: list[ListedStockStoreOut]
    uncounted: list[UUID]


class StoreStationOut(Schema):
    """A station of observation that a store can be of: which it is, and nothing of who lives or works there."""

    id: UUID
    name: str
    area: str


class StockLotOut(Schema):
    item: UUID
    lot: str
    expires: date | None
    shelf: int
    way: int
    out: int
    bought: int
    used: int
    lost: int


class StockMovementOut(Schema):
    """``mine``: whether the viewer has recorded it."""

    id: UUID
    mine: bool
    at: AwareDatetime
    author: str
    item: UUID
    lot: str
    quantity: int
    source: str
    target: str
    process: StockProcess
    document: UUID | None
    late: bool
    confirmed: bool


class StockOrderOut(Schema):
    """A purchase of which ``open`` has not come yet."""

    id: UUID
    at: AwareDatetime
    item: UUID
    ordered: int
    open: int


class StockCountLineOut(Schema):
    item: UUID
    lot: str | None
    found: int
    expected: int


class StocktakeOut(Schema):
    """``mine``: whether the viewer has recorded it."""

    id: UUID
    mine: bool
    at: AwareDatetime
    author: str
    differing: int
    lines: list[StockCountLineOut]


class StockDemandOut(Schema):
    at: AwareDatetime
    beds: int
    critical_beds: int
    staff: int
    residents: int


class StoreCardOut(StockStoreOut):
    today: date
    lots: list[StockLotOut]
    movements: list[StockMovementOut]
    orders: list[StockOrderOut]
    stocktakes: list[StocktakeOut]
    demand: StockDemandOut | None


class StockMovementIn(StockActIn):
    """What was ordered, came, was handed out, was used or lost. ``late``: it happened before and is sent afterwards;
    ``confirm``: the quantity is unusual and right."""

    process: Literal["purchase", "receipt", "issue", "use", "loss"]
    store: UUID
    item: UUID
    amount: Amount
    unit: Code | None = None
    lot: Code | None = None
    expires: date | None = None
    origin: Literal["", "donor", "out"] = ""
    document: UUID | None = None
    late: bool = False
    confirm: bool = False
    at: Time | None = None


class StockDemandIn(StockActIn):
    """For whom the store provides; ``id`` is that of the statement."""

    beds: People = 0
    critical_beds: People = 0
    staff: People = 0
    residents: People = 0


@router.get("/supplies/items", response={200: SupplyItemsOut, **PROBLEMS}, operation_id="supply_items")
@answering
def items(request: HttpRequest) -> SupplyItemsOut:
    """The catalogue: five classes, three supply lines, and what a day of care needs by which norm."""
    norms = in_force(clock.now().astimezone(CIVIL_TIME).date()).norms
    return SupplyItemsOut(
        items=[item_out(row) for row in queries.items(request.viewer)],
        norms=[SupplyNormOut(**one.model_dump(include=set(SupplyNormOut.model_fields))) for one in norms],
    )


@router.post("/supplies/items", response={200: StockIdOut, **PROBLEMS}, operation_id="list_supply_item")
@answering
def list_item(request: HttpRequest, body: SupplyItemIn) -> StockIdOut:
    """Put an item into the catalogue, or replace what is told of one."""
    fields = body.model_dump(exclude={"id", "area"})
    return StockIdOut(id=service.list_item(request.viewer, body.area, fields, id=body.id, now=clock.now()))


@router.get("/supplies/stores", response={200: StockStoresOut, **PROBLEMS}, operation_id="stores")
@answering
def stores(request: HttpRequest, area: Area = "", closed: bool = False) -> StockStoresOut:
    """The stores of one's divisions."""
    found = queries.stores(request.viewer, area, closed=closed)
    told = [
        ListedStockStoreOut(**_store(one.row), items=one.items, negative=one.negative, counted=one.counted)
        for one in found
    ]
    return StockStoresOut(stores=told, uncounted=queries.uncounted(request.viewer, found, clock.now()))


@router.get("/supplies/stations", response={200: list[StoreStationOut], **PROBLEMS}, operation_id="stations_of_stores")
@answering
def stations(request: HttpRequest) -> list[StoreStationOut]:
    """The stations of one's divisions that a store can be opened for."""
    rows = named(request.viewer, service.MANAGE)
    return [StoreStationOut(id=row.subject, name=row.name, area=row.area) for row in rows]


@router.post("/supplies/stores", response={200: StockIdOut, **PROBLEMS}, operation_id="open_store")
@answering
def open_store(request: HttpRequest, body: StockStoreIn) -> StockIdOut:
    """Open a store, or replace what is told of one."""
    fields = body.model_dump(exclude={"id", "area"})
    return StockIdOut(id=service.open_store(request.viewer, body.area, fields, id=body.id, now=clock.now()))


@router.get("/supplies/stores/{id}", response={200: StoreCardOut, **PROBLEMS}, operation_id="store")
@answering
def store(request: HttpRequest, id: UUID) -> StoreCardOut:
    """One store: its lots, its last movements and stocktakes, what is on its way, and for whom it provides."""
    found = queries.card(request.viewer, id)
    demand, me = found.demand, request.viewer.author
    names = names_of({one.author for one in found.movements} | {one.author for one in found.stocktakes})
    return StoreCardOut(
        **_store(found.row), today=clock.now().astimezone(CIVIL_TIME).date(),
        lots=[StockLotOut(**one._asdict()) for one in found.lots],
        movements=[_movement(row, me, names) for row in found.movements],
        orders=[StockOrderOut(**one._asdict()) for one in found.orders],
        stocktakes=[
            StocktakeOut(
                id=one.subject,
                mine=one.author == me,
                author=names.get(one.author, one.author),
                **{name: getattr(one, name) for name in ("at", "differing", "lines")},
            )
            for one in found.stocktakes
        ],
        demand=demand and StockDemandOut(**{name: getattr(demand, name) for name in StockDemandOut.model_fields}),
    )  # fmt: skip


@router.post("/supplies/stores/{id}/close", response={200: StockIdOut, **PROBLEMS}, operation_id="close_store")
@answering
def close_store(request: HttpRequest, id: UUID) -> StockIdOut:
    """Close a store that is empty."""
    service.close_store(request.viewer, id, now=clock.now())
    return StockIdOut(id=id)


@router.post("/supplies/stores/{id}/demand", response={200: StockIdOut, **PROBLEMS}, operation_id="state_demand")
@answering
def state_demand(request: HttpRequest, id: UUID, body: StockDemandIn) -> StockIdOut:
    """Say for whom a store provides: beds, staff, residents. The last statement counts."""
    fields = body.model_dump(exclude={"id"})
    service.state_demand(request.viewer, id, fields, fact=body.id, now=clock.now())
    return StockIdOut(id=body.id)


@router.post("/supplies/movements", response={200: StockIdOut, **PROBLEMS}, operation_id="move_stock")
@answering
def move(request: HttpRequest, body: StockMovementIn) -> StockIdOut:
    """Record a purchase, receipt, issue, use or loss. Lots that end first are taken first."""
    act = service.Act(**{**body.model_dump(exclude={"at"}), "process": StockProcess(body.process)})
    return StockIdOut(id=service.move(request.viewer, act, now=clock.now(), at=body.at))


@router.post("/supplies/movements/{id}/retract", response={200: StockIdOut, **PROBLEMS}, operation_id="retract_stock")
@answering
def retract(request: HttpRequest, id: UUID, body: StockRetractIn) -> StockIdOut:
    """Take a movement back from which nothing has followed."""
    service.take_back(request.viewer, id, body.why, now=clock.now())
    return StockIdOut(id=id)


def item_out(row: ItemRow) -> SupplyItemOut:
    """An item as it is told."""
    return SupplyItemOut(
        id=row.subject, **{name: getattr(row, name) for name in SupplyItemOut.model_fields if name != "id"}
    )


def _movement(row: MovementRow, me: str, names: Mapping[str, str]) -> StockMovementOut:
    apart = ("id", "mine", "author")
    same = {name: getattr(row, name) for name in StockMovementOut.model_fields if name not in apart}
    return StockMovementOut(
        id=row.subject, mine=row.author == me, author=names.get(row.author, row.author), **same
    )  # fmt: skip


def _store(row: StoreRow) -> dict[str, Any]:
    return {"id": row.subject, **{name: getattr(row, name) for name in StockStoreOut.model_fields if name != "id"}}
