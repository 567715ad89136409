"""How items are shared, and what a sharing goes by: what stores can give, what places need, how far it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import F

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.supplies.facts.allocation import MOST_PLACES
from lianfang.capabilities.supplies.facts.stock import StoreKind
from lianfang.capabilities.supplies.models import AllocationRow, DemandRow, ItemRow, StoreRow
from lianfang.capabilities.supplies.queries import shortage
from lianfang.capabilities.supplies.queries.stock import READ, within
from lianfang.capabilities.supplies.rules.allocate import Place, Store
from lianfang.capabilities.supplies.rules.production import Policy
from lianfang.places.queries import centres

MOST: Final = 100
GIVE: Final = frozenset({StoreKind.WAREHOUSE, StoreKind.PRODUCER})
EARTH_KM: Final = 6371.0
Position = tuple[float, float]
"""Degrees east and north."""


class Ground(NamedTuple):
    """What a sharing goes by; ``km`` has a row for each store and a column for each place."""

    stores: tuple[Store, ...]
    places: tuple[Place, ...]
    km: Any


def ground(viewer: Viewer, area: str, item: ItemRow, days: int, its: Policy, *, now: datetime) -> Ground:
    """The stores of an area that can give of an item, and its places that need some: what each has, from the shortage
    board. Raises Forbidden, Refused where there is nothing to share or nobody to share it with."""
    told = shortage.board(
        viewer, area, line=item.line, supply_class=item.supply_class or "", now=now, most=shortage.MOST_PAIRS
    )
    lines = [(one.store, one.line) for one in told.lines if one.store is not None and one.item.subject == item.subject]
    heads = _heads(viewer, {row.subject for row, _ in lines})
    stores, places, areas = [], [], (list[str](), list[str]())
    for row, line in lines:
        held = line.held
        if row.store_kind in GIVE:
            stores.append(Store(row.subject, max(0, held.shelf), -(-max(0, held.shelf) * its.reserve_percent // 100)))
            areas[0].append(row.area)
        elif line.needed:
            need, floor = (-(-line.needed * n // line.per) for n in (days, its.floor_days))
            has = max(0, held.shelf + held.out + held.way)
            places.append(Place(row.subject, need, has, floor, heads.get(row.subject)))
            areas[1].append(row.area)
    if not any(one.available for one in stores):
        raise Refused(
            [Wrong("item", "nothing_to_share", "没有可分的库存", "lies in no warehouse of the area: buy some")]
        )
    if not places:
        raise Refused([Wrong("area", "nobody_in_need", "没有需要这种物资的单位", "has no place that needs any of it")])
    if max(len(stores), len(places)) > MOST_PLACES:
        raise Refused(
            [Wrong("area", "too_wide", "范围过大，请选择下级地区", "has too many of them: choose an area below")]
        )
    return Ground(tuple(stores), tuple(places), kilometres(*areas))


def _heads(viewer: Viewer, stores: Collection[UUID]) -> dict[UUID, int]:
    """For how many people stores provide, as they have said themselves."""
    with seeing(viewer, READ):
        rows = DemandRow.objects.filter(subject__in=list(stores)).annotate(n=F("beds") + F("staff") + F("residents"))
        return {id: n for id, n in rows.values_list("subject", "n") if n}


def kilometres(sources: Sequence[str], targets: Sequence[str]) -> Any:
    """How far divisions are from each other: between their middles, as the crow flies. Within one it is nought, and so
    it is where no map has either: that way is not weighed."""
    where = positions({*sources, *targets})
    far = np.zeros((len(sources), len(targets)))
    for s, source in enumerate(sources):
        for t, target in enumerate(targets):
            if source != target and source in where and target in where:
                far[s, t] = _apart(where[source], where[target])
    return np.rint(far)


def _apart(one: Position, other: Position) -> float:
    """Kilometres between two positions on a sphere."""
    (east, north), (east2, north2) = np.radians(one), np.radians(other)
    half = np.sin((north2 - north) / 2) ** 2 + np.cos(north) * np.cos(north2) * np.sin((east2 - east) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(half)))


def positions(areas: Collection[str]) -> dict[str, Position]:
    """The middle of each division; of one that no map has, that of the county or prefecture around it."""
    around = {area: [area, area[:6], f"{area[:4]}00", f"{area[:2]}0000"] for area in areas}
    known = centres({code for codes in around.values() for code in codes})
    found = {area: next((known[code] for code in codes if code in known), None) for area, codes in around.items()}
    return {area: its for area, its in found.items() if its is not None}


class Listed(NamedTuple):
    row: AllocationRow
    item: ItemRow | None


def allocations(viewer: Viewer, area: str = "") -> list[Listed]:
    """The sharings of an area, the newest first. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(within(viewer, AllocationRow.objects.all(), area).order_by("-at", "subject")[:MOST])
        items = {row.subject: row for row in ItemRow.objects.filter(subject__in={row.item for row in rows})}
    return [Listed(row, items.get(row.item)) for row in rows]


class Card(NamedTuple):
    """A sharing with the rows of the stores and places that it names, and where those lie."""

    row: AllocationRow
    item: ItemRow | None
    stores: Mapping[UUID, StoreRow]
    positions: Mapping[str, Position]


def card(viewer: Viewer, id: UUID) -> Card:
    """A sharing. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
        proposal = row.proposed()
        ids = [*(one.store for one in proposal.stores), *(one.place for one in proposal.places)]
        stores = {one.subject: one for one in StoreRow.objects.filter(subject__in=ids)}
        item = ItemRow.objects.filter(subject=row.item).first()
    return Card(row, item, stores, positions({one.area for one in stores.values()}))


def located(viewer: Viewer, action: str, id: UUID) -> AllocationRow:
    """The row of a sharing that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, AllocationRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row
