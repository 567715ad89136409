"""The catalogue, the stores, and what lies in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.supplies.facts.stock import Part, Place, StockProcess
from lianfang.capabilities.supplies.models import (
    BalanceRow,
    DemandRow,
    ItemRow,
    LotRow,
    MovementRow,
    StocktakeRow,
    StoreRow,
)
from lianfang.capabilities.supplies.rules.policy import in_force
from lianfang.capabilities.supplies.rules.shortage import Held
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.tasks import queries as tasks

READ: Final = "supplies.read"
MOST_STORES, MOST_ITEMS, MOST_MOVEMENTS, MOST_STOCKTAKES = 2_000, 2_000, 100, 10


def units_of(row: ItemRow) -> dict[str, int]:
    """The units of an item, with how many of the smallest each holds."""
    return {row.unit: 1} | {pack["code"]: pack["holds"] for pack in row.packs}


def items(viewer: Viewer) -> list[ItemRow]:
    """The catalogue, which everybody sees who sees stock. Raises Forbidden."""
    with seeing(viewer, READ):
        return list(ItemRow.objects.order_by("code", "subject")[:MOST_ITEMS])


def item(viewer: Viewer, id: UUID) -> ItemRow:
    """An item of the catalogue; within ``seeing``. Raises NotThere."""
    row = ItemRow.objects.filter(subject=id).first()
    if row is None:
        raise NotThere
    return row


def located(viewer: Viewer, action: str, id: UUID) -> StoreRow:
    """The row of a store that an action reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, StoreRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def within(
    viewer: Viewer, rows: QuerySet[Any], area: str, column: str = "area", action: str = READ
) -> QuerySet[Any]:  # fmt: skip
    """Those of the rows that an action of the viewer's reaches that lie in a division. Raises Refused."""
    first, last = tasks.range_of(area)
    bounds = {f"{column}__bytes_from": first, f"{column}__bytes_before": last}
    return visible(viewer, action, rows, column).filter(**bounds)


class Listed(NamedTuple):
    """A store in a list: how many items it holds, what contradicts the record there, and when it was last counted."""

    row: StoreRow
    items: int
    negative: int
    counted: datetime | None


def stores(viewer: Viewer, area: str = "", *, closed: bool = False) -> list[Listed]:
    """The stores of an area. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = within(viewer, StoreRow.objects.all(), area)
        rows = rows if closed else rows.filter(closed__isnull=True)
        found = list(rows.order_by("area", "name", "subject")[:MOST_STORES])
        held: dict[UUID, set[UUID]] = defaultdict(set)
        negative: dict[UUID, int] = defaultdict(int)
        for row in within(viewer, BalanceRow.objects.all(), area).values_list("store", "item", "shelf", "way", "out"):
            if any(row[2:]):
                held[row[0]].add(row[1])
            negative[row[0]] += min(row[2:]) < 0
        counts = within(viewer, StocktakeRow.objects.all(), area).order_by("store", "-at").distinct("store")
        counted = dict(counts.values_list("store", "at"))
    return [Listed(row, len(held[row.subject]), negative[row.subject], counted.get(row.subject)) for row in found]


def balances(viewer: Viewer, area: str = "", items: Collection[UUID] = (), *, now: datetime) -> list[Held]:
    """What each store of an area has of each item; of ``items`` alone where any are named. Raises Forbidden,
    Refused."""
    with seeing(viewer, READ):
        rows = within(viewer, BalanceRow.objects.all(), area)
        return held(viewer, rows.filter(item__in=list(items)) if items else rows, now.astimezone(CIVIL_TIME).date())


def held(viewer: Viewer, rows: QuerySet[Any], today: date) -> list[Held]:
    """Balances by store and item; within ``seeing``."""
    ended = LotRow.objects.filter(item=OuterRef("item"), lot=OuterRef("lot"), expires__lt=today)
    past = rows.filter(Exists(ended), shelf__gt=0).values("store", "item").annotate(n=total("shelf"))
    expired = {(store, item): shelf for store, item, shelf in past.values_list("store", "item", "n")}
    sums = rows.values("store", "item").annotate(n=total("shelf"), m=total("way"), o=total("out"))
    found = []
    for store, item, shelf, way, out in sums.values_list("store", "item", "n", "m", "o"):
        gone = expired.get((store, item), 0) if expired else 0
        found.append(Held(store, item, shelf - gone, way, out, gone))
    return found


def total(column: str) -> Cast:
    """The sum of a column of whole numbers as one: the database's own is of any size, and slow to read."""
    return Cast(Sum(column), BigIntegerField())


class LotHeld(NamedTuple):
    """A lot in a store: see ``models.BalanceRow`` for the numbers."""

    item: UUID
    lot: str
    expires: date | None
    shelf: int
    way: int
    out: int
    bought: int
    used: int
    lost: int


class StoreCard(NamedTuple):
    row: StoreRow
    lots: tuple[LotHeld, ...]
    movements: tuple[MovementRow, ...]
    orders: tuple[Order, ...]
    stocktakes: tuple[StocktakeRow, ...]
    demand: DemandRow | None


def card(viewer: Viewer, id: UUID) -> StoreCard:
    """A store with what lies there, its last movements and stocktakes. Raises Forbidden, NotThere."""
    with seeing(viewer, READ):
        row = located(viewer, READ, id)
        rows = list(BalanceRow.objects.filter(store=id).order_by("item", "lot"))
        ends = lots_end(viewer, {one.item for one in rows})
        return StoreCard(
            row,
            tuple(
                LotHeld(
                    one.item, one.lot, ends.get((one.item, one.lot)), one.shelf, one.way, one.out, one.bought,
                    one.used, one.lost,
                )
                for one in rows
            ),
            tuple(_movements(id)),
            tuple(orders(viewer, id)),
            tuple(StocktakeRow.objects.filter(store=id).order_by("-at", "subject")[:MOST_STOCKTAKES]),
            DemandRow.objects.filter(subject=id).first(),
        )  # fmt: skip


def lots_end(viewer: Viewer, items: Iterable[UUID]) -> dict[tuple[UUID, str], date]:
    """The last day of each lot of some items, where it is known."""
    rows = LotRow.objects.filter(item__in=list(items)).values_list("item", "lot", "expires")
    return {(item, lot): expires for item, lot, expires in rows}


def _movements(store: UUID) -> list[MovementRow]:
    """The latest of a store's; of each of its accounts as many are looked at as are shown."""
    found: dict[UUID, MovementRow] = {}
    for part in Part:
        account = str(Place(store, part))
        for side in ("source", "target"):
            rows = MovementRow.objects.filter(**{side: account}).order_by("-at", "subject")
            found |= {row.subject: row for row in rows[:MOST_MOVEMENTS]}
    return sorted(found.values(), key=lambda row: (row.at, row.subject), reverse=True)[:MOST_MOVEMENTS]


class Order(NamedTuple):
    """A purchase of which not all has come: ``open`` is what is still on its way."""

    id: UUID
    at: datetime
    item: UUID
    ordered: int
    open: int


def orders(viewer: Viewer, store: UUID) -> list[Order]:
    """The purchases for a store of which not all has come. Within ``seeing``."""
    way = str(Place(store, Part.WAY))
    bought = MovementRow.objects.filter(target=way, process=StockProcess.PURCHASE).order_by("-at", "subject")
    found = {row.subject: row for row in bought[:MOST_MOVEMENTS]}
    came: dict[UUID, int] = defaultdict(int)
    for row in MovementRow.objects.filter(document__in=list(found), source=way):
        came[row.document] += row.quantity
    return [
        Order(id, row.at, row.item, row.quantity, row.quantity - came[id])
        for id, row in found.items()
        if row.quantity > came[id]
    ]


def shelf(viewer: Viewer, store: UUID, item: UUID, part: Part = Part.SHELF) -> list[tuple[str, date | None, int]]:
    """The lots of an item in a store's account, those that end first before the others: lot, last day, quantity.
    Within ``seeing``."""
    rows = dict(BalanceRow.objects.filter(store=store, item=item).values_list("lot", str(part)))
    ends = lots_end(viewer, [item])
    found = [(lot, ends.get((item, lot)), quantity) for lot, quantity in rows.items()]
    return sorted(found, key=lambda one: (one[1] or date.max, one[0]))


def quantities_before(viewer: Viewer, store: UUID, item: UUID, process: StockProcess, now: datetime) -> list[int]:
    """The quantities of the last movements of the kind: in the store, or, of too few there, in all that are seen.
    Within ``seeing``."""
    policy = in_force(now.astimezone(CIVIL_TIME).date())
    accounts = [str(Place(store, part)) for part in Part]
    rows = MovementRow.objects.filter(item=item, process=process)
    own = rows.filter(Q(source__in=accounts) | Q(target__in=accounts)).order_by("-at")
    found = list(own.values_list("quantity", flat=True)[: policy.usual_of])
    if len(found) < policy.usual_from:
        found = list(rows.order_by("-at").values_list("quantity", flat=True)[: policy.usual_of])
    return found


def uncounted(viewer: Viewer, found: Iterable[Listed], now: datetime) -> list[UUID]:
    """Which of some stores nobody has counted today."""
    begins = now.astimezone(CIVIL_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
    return [one.row.subject for one in found if one.counted is None or one.counted < begins]


def names(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, StoreRow]:
    """The rows of those stores that the viewer sees; within ``seeing``."""
    return {row.subject: row for row in visible(viewer, READ, StoreRow.objects.filter(subject__in=list(ids)))}
