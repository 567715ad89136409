"""The indicators of supplies, and what the viewer is told of behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.figures import PresentFigures, Shown
from lianfang.access.viewer import Viewer
from lianfang.capabilities.supplies.queries import stock
from lianfang.capabilities.supplies.queries.shortage import MOST_PAIRS, board
from lianfang.capabilities.supplies.rules import indicators
from lianfang.capabilities.supplies.rules.shortage import StockStatus
from lianfang.facts.indicator import Asked, Item

_SHORT: Final = (StockStatus.OUT, StockStatus.SHORT)


def _counted(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    needed, short, areas = Counter[UUID](), Counter[UUID](), dict[UUID, str]()
    for told in board(viewer, asked.area, now=asked.now, most=MOST_PAIRS).lines:
        if told.store is None or told.line.status is StockStatus.NONE:
            continue
        store = told.store.subject
        areas[store] = told.store.area
        needed[store] += 1
        short[store] += told.line.status in _SHORT
    counts = {"stock_needed": needed, "stock_short": short}
    return {key: [Item(store, area, counts[key][store]) for store, area in areas.items()] for key in keys}


def _stores(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    return {id: Shown(id) for id in stock.names(viewer, ids)}


STOCK: Final = PresentFigures(
    declared=indicators.DECLARED, identities=(), titles=indicators.TITLES, read=stock.READ, card="store", seen=_stores,
    counted=_counted,
)  # fmt: skip
