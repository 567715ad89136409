"""The stock of a drill: nothing is ever sent or used that is not there, and some counties run short."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

import orjson

from lianfang.capabilities.drills.rules.stores import ITEMS, SPARED, Stores
from lianfang.capabilities.supplies.facts import Moved
from lianfang.capabilities.supplies.state import effects
from tests.drills.made import DAYS, drill


def test_balances_never_fall_below_nothing_and_somebody_runs_short() -> None:
    stock = Stores(drill(), "logistics-officer-530100")
    stock.areas = [f"53010{n}" for n in range(1, SPARED + 1)]
    stock.write()
    told = [(one.seen, orjson.loads(one.text)) for one in stock.desk.told]
    moved = [(seen, Moved(**body["data"])) for seen, body in told if body["kind"] == Moved.kind]
    held: dict[tuple[UUID, UUID, str], int] = defaultdict(int)
    for _, data in sorted(moved, key=lambda one: one[0]):
        for effect in effects(data):
            held[effect.store, data.item, effect.column] += effect.adds
            assert held[effect.store, data.item, effect.column] >= 0 or effect.column == "bought"
    last = UUID(stock.desk.name("store", SPARED - 1))
    assert held[last, stock.items[0], "used"] < ITEMS[0].a_day * DAYS
    assert held[UUID(stock.desk.name("store", 0)), stock.items[0], "used"] == ITEMS[0].a_day * DAYS
    ids = [body["id"] for _, body in told]
    assert len(ids) == len(set(ids))
