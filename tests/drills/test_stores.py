"""The stock of a drill: nothing is ever sent or used that is not there, most is covered, and something runs short."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

import orjson

from lianfang.capabilities.drills.rules.stores import ITEMS, MISSED, Stores
from lianfang.capabilities.supplies.facts import Counted, Moved
from lianfang.capabilities.supplies.state import effects
from tests.drills.made import drill

DAYS, COUNTIES = 30, 10


def test_balances_never_fall_below_nothing_most_is_covered_and_something_runs_short() -> None:
    stock = Stores(replace(drill(), days=DAYS), "logistics-officer-530100")
    stock.areas = [f"5301{n:02}" for n in range(1, COUNTIES + 1)]
    stock.write()
    told = [(one.seen, orjson.loads(one.text)) for one in stock.desk.told]
    held: dict[tuple[UUID, UUID, str], int] = defaultdict(int)
    counted = 0
    for _, body in sorted(told, key=lambda one: one[0]):
        if body["kind"] == Moved.kind:
            data = Moved(**body["data"])
            for effect in effects(data):
                held[effect.store, data.item, effect.column] += effect.adds
                assert held[effect.store, data.item, effect.column] >= 0 or effect.column == "bought"
        elif body["kind"] == Counted.kind:
            its = Counted(**body["data"])
            assert [one.found for one in its.lines] == [held[its.store, one.item, "shelf"] for one in its.lines]
            counted += 1
    lasts = [
        held[UUID(stock.desk.name("store", at)), item, "shelf"] / ITEMS[n].a_day
        for at in range(COUNTIES)
        for n, item in enumerate(stock.items)
    ]
    assert sum(one >= 7 for one in lasts) > len(lasts) / 2
    assert 0 < sum(one < 3 for one in lasts) < len(lasts) / 4
    assert (1 - 2 * MISSED) * (DAYS - 1) * COUNTIES < counted < (DAYS - 1) * COUNTIES
    ids = [body["id"] for _, body in told]
    assert len(ids) == len(set(ids))
