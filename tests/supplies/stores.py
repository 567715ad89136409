"""A catalogue, stores and acts of stock for trials, by way of the routes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.access.made import OWN as WUHUA
from tests.access.made import viewer
from tests.isolation.made import Desk

OFFICER = viewer("logistics_officer", "530000", author="stores")
COUNTY = viewer("logistics_officer", WUHUA, author="county")
MASK = {
    "area": "530000", "code": "FH-001", "zh": "医用外科口罩", "en": "surgical masks", "supply_class": "protection",
    "line": "staff", "unit": "piece", "unit_zh": "只", "unit_en": "pieces", "norm": "mask",
    "packs": [
        {"code": "box", "zh": "盒", "en": "box", "holds": 50},
        {"code": "carton", "zh": "箱", "en": "carton", "holds": 2000}
    ],
}  # fmt: skip


def an_item(desk: Desk, **other: Any) -> str:
    body = {**MASK, "code": f"FH-{uuid4().hex[:6]}", **other, "id": str(uuid4())}
    return str(desk.done("/supplies/items", body, OFFICER)["id"])


def a_store(desk: Desk, area: str = WUHUA, **other: Any) -> str:
    body = {"id": str(uuid4()), "area": area, "name": "区物资库", "store_kind": "warehouse", **other}
    return str(desk.done("/supplies/stores", body, OFFICER)["id"])


def an_act(process: str, store: str, item: str, amount: object, **other: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "process": process, "store": store, "item": item, "amount": amount, **other}


def moved(desk: Desk, process: str, store: str, item: str, amount: object, **other: Any) -> str:
    return str(desk.done("/supplies/movements", an_act(process, store, item, amount, **other), OFFICER)["id"])


def held(desk: Desk, store: str) -> list[tuple[str, int, int, int, int, int]]:
    """Of each lot of a store: lot, shelf, way, out, used, lost."""
    lots = desk.get(f"/supplies/stores/{store}", OFFICER).json()["lots"]
    return [tuple(one[name] for name in ("lot", "shelf", "way", "out", "used", "lost")) for one in lots]
