"""Items and stores for trials of production and sharing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.supplies.facts.stock import StockProcess
from lianfang.capabilities.supplies.service import stock
from lianfang.facts import log
from tests.access.made import viewer
from tests.checkpoints.desk import COUNTY, NOW, Desk

CITY = "530100"
LOGISTICS = viewer("logistics_officer", CITY, author="logistics-1")
DEPARTMENT = viewer("responding_department", CITY, author="department-1")


def new() -> str:
    return str(log.new_id())


def mask(
    code: str = "mask", *, who: Viewer = LOGISTICS, now: datetime = NOW, norm: str | None = None, zh: str = "医用口罩"
) -> UUID:
    """A kind of mask in the catalogue."""
    fields: dict[str, Any] = {
        "code": code, "zh": zh, "en": "medical mask", "supply_class": "protection", "line": "staff",
        "unit": "piece", "unit_zh": "只", "unit_en": "piece", "norm": norm,
    }  # fmt: skip
    return stock.list_item(who, CITY, fields, id=log.new_id(), now=now)


def store(kind: str, area: str = COUNTY, name: str = "库", *, now: datetime = NOW) -> UUID:
    fields = {"name": name, "store_kind": kind}
    return stock.open_store(LOGISTICS, area, fields, id=log.new_id(), now=now)


def received(place: UUID, item: UUID, amount: int, *, now: datetime = NOW) -> None:
    """A gift on the shelf."""
    act = stock.Act(log.new_id(), StockProcess.RECEIPT, place, item, Decimal(amount), origin="donor", confirm=True)
    stock.move(LOGISTICS, act, now=now)


def used(place: UUID, item: UUID, amount: int, *, now: datetime = NOW) -> None:
    act = stock.Act(log.new_id(), StockProcess.USE, place, item, Decimal(amount), confirm=True)
    stock.move(LOGISTICS, act, now=now)


def producer(desk: Desk, item: UUID, per_day: int = 50_000, *, area: str = COUNTY, name: str = "口罩厂") -> str:
    """A producer of an item."""
    body = {"id": new(), "area": area, "name": name, "makes": [{"item": str(item), "per_day": per_day}]}
    return str(desk.ok("/producers", body, LOGISTICS)["id"])
