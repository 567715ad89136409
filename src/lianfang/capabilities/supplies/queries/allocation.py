"""How items are shared, and what a sharing goes by: what stores can give, what places need, how far it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import F

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.supplies.facts.allocation import MOST_PLACES, Portion, SharingProposed
from lianfang.capabilities.supplies.facts.stock import StoreKind
from lianfang.capabilities.supplies.models import AllocationRow, DemandRow, ItemRow, StoreRow
from lianfang.capabilities.supplies.queries import shortage
from lianfang.capabilities.supplies.queries.stock import READ, within
from lianfang.capabilities.supplies.rules.allocate import Place, Store
from lianfang.capabilities.supplies.rules.production import Policy
from lianfang.capabilities.supplies.rules.shortage import Line
from lianfang.places.queries import centres

MOST: Final = 100
GIVE: Final = frozenset({StoreKind.WAREHOUSE, StoreKind.PRODUCER})
EARTH_KM: Final = 6371.0
Position = tuple[float, float]
"""Degrees east and north."""


class Ground(NamedTuple):
    """What the sharing of an item goes by; ``km`` has a row for each store and a column for each place."""

    stores: tuple[Store, ...]
    places: tuple[Place, ...]
    km: Any


def ground(
    viewer: Viewer, area: str, items: Collection[ItemRow], days: int, its: Policy, *, now: datetime
) -> dict[UUID, Ground]:
    """By item the stores of an area that can give of it, and its places that need some: what each has, from the
    shortage board. Raises Forbidden, Refused where there is nothing of an item to share or nobody to share it with."""
    ids = {row.subject for row in items}
    told: dict[UUID, list[tuple[StoreRow, Line]]] = defaultdict(list)
    for one in shortage.board(viewer, area, items=ids, now=now, most=shortage.MOST_PAIRS).lines:
        if one.store is not None:
            told[one.item.subject].append((one.store, one.line))
    places = {row.subject for lines in told.values() for row, _ in lines if row.store_kind not in GIVE}
    heads = _heads(viewer, places)
    where = positions({row.area for lines in told.values() for row, _ in lines})
    return {row.subject: _ground(row, told[row.subject], days, its, heads, where) for row in items}


def _ground(
    item: ItemRow, lines: Sequence[tuple[StoreRow, Line]], days: int, its: Policy, heads: Mapping[UUID, int],
    where: Mapping[str, Position],
) -> Ground:  # fmt: skip
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
        zh, en = f"{item.zh}没有可分的库存，请先采购", f"has {item.en}, of which nothing lies in a warehouse: buy some"
        raise Refused([Wrong("items", "nothing_to_share", zh, en)])
    if not places:
        zh, en = f"没有需要{item.zh}的单位，请移出本方案", f"has {item.en}, which no place needs: leave it out"
        raise Refused([Wrong("items", "nobody_in_need", zh, en)])
    if max(len(stores), len(places)) > MOST_PLACES:
        raise Refused(
            [Wrong("area", "too_wide", "范围过大，请选择下级地区", "has too many of them: choose an area below")]
        )
    return Ground(tuple(stores), tuple(places), kilometres(*areas, where))


def _heads(viewer: Viewer, stores: Collection[UUID]) -> dict[UUID, int]:
    """For how many people stores provide, as they have said themselves."""
    with seeing(viewer, READ):
        rows = DemandRow.objects.filter(subject__in=list(stores)).annotate(n=F("beds") + F("staff") + F("residents"))
        return {id: n for id, n in rows.values_list("subject", "n") if n}


def kilometres(sources: Sequence[str], targets: Sequence[str], where: Mapping[str, Position]) -> Any:
    """How far divisions are from each other: between their middles, as the crow flies. Within one it is nought, and so
    it is where no map has either: that way is not weighed."""
    unknown = (np.nan, np.nan)
    rows, columns = (np.radians([where.get(area, unknown) for area in areas]) for areas in (sources, targets))
    east, north = rows.reshape(-1, 1, 2).transpose(2, 0, 1)
    east2, north2 = columns.reshape(1, -1, 2).transpose(2, 0, 1)
    half = np.sin((north2 - north) / 2) ** 2 + np.cos(north) * np.cos(north2) * np.sin((east2 - east) / 2) ** 2
    return np.nan_to_num(np.rint(2 * EARTH_KM * np.arcsin(np.sqrt(half))))


def positions(areas: Collection[str]) -> dict[str, Position]:
    """The middle of each division; of one that no map has, that of the county or prefecture around it."""
    around = {area: [area, area[:6], f"{area[:4]}00", f"{area[:2]}0000"] for area in areas}
    known = centres({code for codes in around.values() for code in codes})
    found = {area: next((known[code] for code in codes if code in known), None) for area, codes in around.items()}
    return {area: its for area, its in found.items() if its is not None}


class Listed(NamedTuple):
    """A sharing with the items of it that the catalogue still has."""

    row: AllocationRow
    items: tuple[ItemRow, ...]


def allocations(viewer: Viewer, area: str = "") -> list[Listed]:
    """The sharings of an area, the newest first. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(within(viewer, AllocationRow.objects.all(), area).order_by("-at", "subject")[:MOST])
        items = _items({id for row in rows for id in row.items})
    return [Listed(row, tuple(items[id] for id in row.items if id in items)) for row in rows]


def _items(ids: Collection[str]) -> dict[str, ItemRow]:
    """By id as a register tells it; within ``seeing``."""
    return {str(row.subject): row for row in ItemRow.objects.filter(subject__in=list(ids))}


class Card(NamedTuple):
    """A sharing, one ``portion`` of it, the rows of all items and of the stores and places that the portion names, and
    where those lie."""

    row: AllocationRow
    proposal: SharingProposed
    portion: Portion
    items: Mapping[str, ItemRow]
    stores: Mapping[UUID, StoreRow]
    positions: Mapping[str, Position]


def card(viewer: Viewer, id: UUID, item: UUID | None = None) -> Card:
    """A sharing, with how an item of it is shared: the first where none is named. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
        proposal = row.proposed()
        portion = next((one for one in proposal.portions if item in (None, one.item)), None)
        if portion is None:
            raise NotThere
        ids = [*(one.store for one in portion.stores), *(one.place for one in portion.places)]
        stores = {one.subject: one for one in StoreRow.objects.filter(subject__in=ids)}
        items = _items(row.items)
    return Card(row, proposal, portion, items, stores, positions({one.area for one in stores.values()}))


def located(viewer: Viewer, action: str, id: UUID) -> AllocationRow:
    """The row of a sharing that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, AllocationRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row
