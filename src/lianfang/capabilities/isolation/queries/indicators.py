"""The indicators of isolation, and which orders and stations the viewer is told of behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.figures import PresentFigures, RowFigures, Rows, Shown, countable
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.isolation.models import OrderRow, StationRow
from lianfang.capabilities.isolation.queries import orders, stations
from lianfang.capabilities.isolation.rules import indicators
from lianfang.facts.indicator import Asked, Item


def _orders(viewer: Viewer) -> QuerySet[Any]:
    return countable(viewer, orders.READ, OrderRow.objects.all())


def _ordered(viewer: Viewer, people: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = visible(viewer, orders.READ, OrderRow.objects.all(), own=orders.own(viewer)).filter(subject__in=list(people))
    return {subject: Shown(order) for subject, order in rows.order_by("issued").values_list("subject", "order")}


def _places(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    with seeing(viewer, stations.READ):
        rows = countable(viewer, stations.READ, StationRow.objects.filter(closed__isnull=True))
        rows = rows.filter(area__bytes_from=asked.within[0], area__bytes_before=asked.within[1])
        areas = dict(rows.values_list("subject", "area"))
    places = stations.occupancy(viewer, list(areas), asked.now)
    told = {"places_used": lambda its: its.held, "places_free": lambda its: its.free}
    return {key: [Item(id, areas[id], told[key](its)) for id, its in places.items()] for key in keys}


def _stations(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, Shown]:
    rows = visible(viewer, stations.READ, StationRow.objects.all(), own=orders.own(viewer)).filter(
        subject__in=list(ids)
    )
    return {subject: Shown(subject, number) for subject, number in rows.values_list("subject", "number")}


ORDERS: Final = RowFigures(
    declared=indicators.ORDERS,
    identities=(),
    titles=indicators.TITLES,
    read=orders.READ,
    card="order",
    seen=_ordered,
    rows={
        "orders_active": Rows(_orders, "issued", "lifted"),
        "orders_new": Rows(_orders, "issued"),
    },
)
STATIONS: Final = PresentFigures(
    declared=indicators.STATIONS,
    identities=(),
    titles=indicators.TITLES,
    read=stations.READ,
    card="station",
    seen=_stations,
    counted=_places,
)
