"""The shortage board: days of supply of every item in every store, what runs out first, what to buy; reports by line
and class; and what looks wrong in the stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.capabilities.care.facts.hospitals import BedType
from lianfang.capabilities.care.queries.hospitals import places
from lianfang.capabilities.isolation.queries.stations import occupancy
from lianfang.capabilities.supplies.facts.stock import StockProcess
from lianfang.capabilities.supplies.models import (
    BalanceRow,
    DemandRow,
    ItemRow,
    LotRow,
    MovementRow,
    StoreRow,
    UseRow,
)
from lianfang.capabilities.supplies.queries.stock import READ, held, total, units_of, within
from lianfang.capabilities.supplies.rules import shortage
from lianfang.capabilities.supplies.rules.policy import Policy, in_force
from lianfang.capabilities.supplies.rules.shortage import Asked, Drivers, Held, Line, Sight, StockStatus
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.epi.scores.quantiles import LEVELS

MOST_LINES, MOST_PAIRS = 300, 200_000
_ORDER: Final = {status: number for number, status in enumerate(StockStatus)}
Of = TypeVar("Of")
ByStore = Mapping[UUID, Mapping[UUID, Of]]
"""By store, then by item."""


class Told(NamedTuple):
    """A line of the board with what it is of; ``store`` is None where all stores are told together."""

    line: Line
    item: ItemRow
    store: StoreRow | None


class Board(NamedTuple):
    """``lines`` are those that run out first; ``counts`` has how many lines there are of each status in all.
    ``growth`` is how many times as many cases the forecast expects, by area, where there is one."""

    lines: tuple[Told, ...]
    counts: Mapping[StockStatus, int]
    growth: Mapping[str, Fraction]
    policy: Policy
    today: date


def board(
    viewer: Viewer, area: str = "", *, asked: Asked | None = None, together: bool = False, line: str = "",
    supply_class: str = "", items: Collection[UUID] = (), now: datetime, most: int = MOST_LINES, action: str = READ,
) -> Board:  # fmt: skip
    """The board of an area, as far as an action reaches: of each store, or of all of them ``together``; of one supply
    line or class, or of some items, where named. Raises Forbidden, Refused."""
    today = now.astimezone(CIVIL_TIME).date()
    policy = in_force(today)
    asked = asked or Asked(Fraction(1), policy.target_days, incoming=True)
    with seeing(viewer, action):
        catalogue = {row.subject: row for row in _items(line, supply_class, items)}
        standing = within(viewer, StoreRow.objects.filter(closed__isnull=True), area, action=action)
        stores = {row.subject: row for row in standing}
        balances = within(viewer, BalanceRow.objects.all(), area, action=action)
        narrowed = balances.filter(item__in=list(catalogue)) if line or supply_class or items else balances
        lying: dict[UUID, list[Held]] = defaultdict(list)
        for one in held(viewer, narrowed, today):
            if one.store is not None and one.item in catalogue:
                lying[one.store].append(one)
        used = _used(viewer, area, policy, today, action)
        drivers = _drivers(viewer, stores.values(), now)
    growth = _growth({row.area for row in stores.values()}, policy, today)
    pairs = _pairs(stores, lying, used, _needs(catalogue, drivers, policy))
    reckoned = _together if together else _apart
    lines = reckoned(pairs, catalogue, growth, Sight(asked, policy, today))
    counts = dict.fromkeys(StockStatus, 0)
    for told in lines:
        counts[told.line.status] += 1
    lines.sort(key=lambda told: (_ORDER[told.line.status], told.line.days_ahead or 0.0))
    return Board(tuple(lines[:most]), counts, {area: its for area, its in growth.items() if its != 1}, policy, today)


def _items(line: str, supply_class: str, items: Collection[UUID]) -> Iterable[ItemRow]:
    rows = ItemRow.objects.filter(subject__in=list(items)) if items else ItemRow.objects.all()
    rows = rows.filter(line=line) if line else rows
    return rows.filter(supply_class=supply_class) if supply_class else rows


def _used(viewer: Viewer, area: str, policy: Policy, today: date, action: str) -> ByStore[int]:
    """What each store has used of each item in the whole days of the policy before today."""
    since = today - timedelta(days=policy.use_days)
    rows = within(viewer, UseRow.objects.filter(day__gte=since, day__lt=today), area, action=action)
    sums = rows.values("store", "item").annotate(n=total("quantity")).values_list("store", "item", "n")
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for store, item, n in sums:
        found[store][item] = n
    return found


def _needs(items: Mapping[UUID, ItemRow], drivers: Mapping[UUID, Drivers], policy: Policy) -> ByStore[Fraction]:
    """What a day needs by the norms, of each item that has one."""
    norms = {id: norm for id, row in items.items() if (norm := policy.norm(row.norm)) is not None}
    return {store: {item: shortage.needed(norm, its) for item, norm in norms.items()} for store, its in drivers.items()}


def _drivers(viewer: Viewer, stores: Iterable[StoreRow], now: datetime) -> Mapping[UUID, Drivers]:
    """For whom each store provides: as it has said itself; where it has not, as the record has the patients of its
    hospital and the residents of its station. Within ``seeing``."""
    found = {
        row.subject: Drivers(row.beds, row.critical_beds, row.staff, row.residents) for row in DemandRow.objects.all()
    }
    serving = {row.serves: row.subject for row in stores if row.serves is not None and row.subject not in found}
    if serving:
        for station, its in occupancy(viewer, list(serving), now).items():
            found[serving[station]] = Drivers(residents=its.present)
        for hospital, by_type in places(viewer, list(serving), now).items():
            if by_type:
                severe = sum(by_type[one].held for one in _SEVERE if one in by_type)
                every = sum(its.held for its in by_type.values())
                found[serving[hospital]] = Drivers(beds=every - severe, critical_beds=severe)
    return found


_SEVERE: Final = (BedType.ICU, BedType.VENTILATOR)


def _growth(areas: Collection[str], policy: Policy, today: date) -> dict[str, Fraction]:
    """How the forecast that was last kept for an area, or for what lies around it, expects cases to change: how many
    more in the days to come than in as many before."""
    with seeing_all():
        since = today - timedelta(days=policy.growth_days)
        rows = EstimateRow.objects.filter(as_of__gte=since, as_of__lte=today)
        latest = rows.order_by("area", "-as_of", "-seq").distinct("area")
        known = {row.area: _expected(row, policy) for row in latest}
    found = {}
    for area in areas:
        around = [code for code in (area, area[:6], f"{area[:4]}00", f"{area[:2]}0000") if code in known]
        found[area] = known[around[0]] if around else Fraction(1)
    return found


def _expected(row: EstimateRow, policy: Policy) -> Fraction:
    days = row.data["forecast"]["days"][: policy.growth_days]
    before = row.data["series"]["confirmation"][-policy.growth_days :]
    if not days:
        return Fraction(1)
    middle = LEVELS.index(0.5)
    return shortage.growth(sum(one["q"][middle] for one in days), sum(one["n"] for one in before), policy)


class _Pair(NamedTuple):
    """An item in a store: what was used of it in the days of the policy, and what a day needs by the norm."""

    held: Held
    store: StoreRow
    used: int
    need: Fraction


def _pairs(
    stores: Mapping[UUID, StoreRow], lying: Mapping[UUID, Sequence[Held]], used: ByStore[int], needs: ByStore[Fraction]
) -> Iterable[_Pair]:
    """What lies in each store; what is needed there and nowhere to be found is short too."""
    none = Fraction(0)
    for id, store in stores.items():
        theirs, its_use, its_needs = lying.get(id, ()), used.get(id, {}), needs.get(id, {})
        for one in theirs:
            yield _Pair(one, store, its_use.get(one.item, 0), its_needs.get(one.item, none) if its_needs else none)
        if its_needs:
            there = {one.item for one in theirs}
            for item, need in its_needs.items():
                if need and item not in there:
                    yield _Pair(Held(id, item, 0, 0, 0, 0), store, its_use.get(item, 0), need)


def _apart(
    pairs: Iterable[_Pair], items: Mapping[UUID, ItemRow], growth: Mapping[str, Fraction], sight: Sight
) -> list[Told]:
    """A line for each item in each store."""
    rows = {id: (row, units_of(row)) for id, row in items.items()}
    times = lru_cache(None)(lambda area: growth[area] * sight.asked.factor)
    found = []
    for its, store, used, need in pairs:
        row, units = rows[its.item]
        found.append(Told(shortage.line(its, used, need, times(store.area), units, sight), row, store))
    return found


def _together(
    pairs: Iterable[_Pair], items: Mapping[UUID, ItemRow], growth: Mapping[str, Fraction], sight: Sight
) -> list[Told]:
    """A line for each item, of all stores."""
    by_item: dict[UUID, list[_Pair]] = defaultdict(list)
    for one in pairs:
        by_item[one.held.item].append(one)
    found = []
    for item, theirs in by_item.items():
        need = sum((one.need * growth[one.store.area] * sight.asked.factor for one in theirs), Fraction(0))
        sums = (sum(getattr(one.held, name) for one in theirs) for name in ("shelf", "way", "out", "expired"))
        used, units = sum(one.used for one in theirs), units_of(items[item])
        line = shortage.line(Held(None, item, *sums), used, need, sight.asked.factor, units, sight)
        found.append(Told(line, items[item], None))
    return found


class LineSum(NamedTuple):
    """A supply line and class of the catalogue: the three processes, and how many items lie in reserve."""

    line: str
    supply_class: str | None
    items: int
    held: int
    on_way: int
    negative: int


def lines(viewer: Viewer, area: str = "") -> list[LineSum]:
    """The three supply lines apart, by class: how many items are listed, are held, are on their way, and contradict the
    record. Quantities of different items do not add up, so items are counted. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        items = {row.subject: row for row in ItemRow.objects.all()}
        sums = within(viewer, BalanceRow.objects.all(), area).values("item")
        rows = sums.annotate(shelf_n=total("shelf"), way_n=total("way"), out_n=total("out"))
        found = {row["item"]: row for row in rows}
    told: dict[tuple[str, str | None], list[int]] = {}
    for id, item in items.items():
        its = told.setdefault((item.line, item.supply_class), [0, 0, 0, 0])
        row = found.get(id, {"shelf_n": 0, "way_n": 0, "out_n": 0})
        shelf, way = row["shelf_n"] + row["out_n"], row["way_n"]
        its[0] += 1
        its[1] += shelf > 0
        its[2] += way > 0
        its[3] += min(shelf, way) < 0
    return [LineSum(line, its, *numbers) for (line, its), numbers in sorted(told.items(), key=str)]


class Flag(NamedTuple):
    """What looks wrong: ``negative`` (less than nothing by the record), ``expired`` or ``expiring`` stock,
    ``used_expired`` (told afterwards to be used past its last day), ``hoard`` (far more than is needed while a
    neighbour is short)."""

    flag: str
    store: StoreRow
    item: ItemRow
    lot: str
    quantity: int
    expires: date | None
    days: float | None


def flags(viewer: Viewer, area: str = "", *, now: datetime) -> list[Flag]:
    """What looks wrong in the stock of an area. Raises Forbidden, Refused."""
    found = board(viewer, area, now=now, most=MOST_PAIRS)
    soon = found.today + timedelta(days=found.policy.expiring_days)
    told: list[Flag] = []
    with seeing(viewer, READ):
        items = {row.subject: row for row in ItemRow.objects.all()}
        stores = {row.subject: row for row in within(viewer, StoreRow.objects.all(), area)}
        balances = within(viewer, BalanceRow.objects.all(), area)
        below = balances.filter(Q(shelf__lt=0) | Q(way__lt=0) | Q(out__lt=0)).order_by("store", "item", "lot")
        for row in below[:MOST_LINES]:
            least = min(row.shelf, row.way, row.out)
            told.append(Flag("negative", stores[row.store], items[row.item], row.lot, least, None, None))
        ending = LotRow.objects.filter(item=OuterRef("item"), lot=OuterRef("lot"), expires__lt=soon)
        rows = list(balances.filter(Exists(ending), shelf__gt=0).order_by("store", "item", "lot")[:MOST_LINES])
        ends = {(one.item, one.lot): one.expires for one in LotRow.objects.filter(item__in={row.item for row in rows})}
        told += _used_expired(viewer, area, found, items, stores)
    for row in rows:
        last = ends[row.item, row.lot]
        kind = "expired" if last < found.today else "expiring"
        told.append(Flag(kind, stores[row.store], items[row.item], row.lot, row.shelf, last, None))
    return [*told, *_hoards(found)]


def _used_expired(
    viewer: Viewer, area: str, found: Board, items: Mapping[UUID, ItemRow], stores: Mapping[UUID, StoreRow]
) -> Iterable[Flag]:
    """Of the days in which expiring lots are told of, what was used past its last day: only what is told afterwards can
    be. Within ``seeing``."""
    since = datetime.combine(found.today - timedelta(days=found.policy.expiring_days), time(), CIVIL_TIME)
    rows = MovementRow.objects.filter(process=StockProcess.USE, late=True, at__gte=since).exclude(lot="")
    moved = list(within(viewer, rows, area, "source_area").order_by("-at", "subject")[:MOST_LINES])
    ends = {(one.item, one.lot): one.expires for one in LotRow.objects.filter(item__in={row.item for row in moved})}
    for row in moved:
        last, store = ends.get((row.item, row.lot)), stores.get(UUID(row.source.partition(".")[0]))
        if last is not None and store is not None and row.at.astimezone(CIVIL_TIME).date() > last:
            yield Flag("used_expired", store, items[row.item], row.lot, row.quantity, last, None)


def _hoards(found: Board) -> Iterable[Flag]:
    """Stores that hold far more than they need of what another store of their county is short of."""
    much, short = list[Told](), set[tuple[str, UUID]]()
    for one in found.lines:
        if one.store is None or one.line.days_ahead is None:
            continue
        if one.line.days_ahead > found.policy.hoard_days:
            much.append(one)
        elif one.line.status in (StockStatus.OUT, StockStatus.SHORT):
            short.add((one.store.area[:6], one.item.subject))
    for one in much:
        if one.store is not None and (one.store.area[:6], one.item.subject) in short:
            yield Flag("hoard", one.store, one.item, "", one.line.held.shelf, None, one.line.days_ahead)
