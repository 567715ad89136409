"""The shortage board: days of supply of every item in every store, what runs out first, what to buy; reports by line
and class; and what looks wrong in the stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Sum

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
from lianfang.capabilities.supplies.queries.stock import READ, held, units_of, within
from lianfang.capabilities.supplies.rules import shortage
from lianfang.capabilities.supplies.rules.policy import Policy, in_force
from lianfang.capabilities.supplies.rules.shortage import Asked, Drivers, Held, Line, StockStatus
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.warning.models.estimates import EstimateRow
from lianfang.epi.scores.quantiles import LEVELS

MOST_LINES, MOST_PAIRS = 300, 200_000
_ORDER: Final = {status: number for number, status in enumerate(StockStatus)}


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
    supply_class: str = "", now: datetime, most: int = MOST_LINES, action: str = READ,
) -> Board:  # fmt: skip
    """The board of an area, as far as an action reaches: of each store, or of all of them ``together``; of one supply
    line or class where named. Raises Forbidden, Refused."""
    today = now.astimezone(CIVIL_TIME).date()
    policy = in_force(today)
    asked = asked or Asked(Fraction(1), policy.target_days, incoming=True)
    with seeing(viewer, action):
        items = {row.subject: row for row in _items(line, supply_class)}
        standing = within(viewer, StoreRow.objects.filter(closed__isnull=True), area, action=action)
        stores = {row.subject: row for row in standing}
        balances = within(viewer, BalanceRow.objects.all(), area, action=action)
        narrowed = balances.filter(item__in=list(items)) if line or supply_class else balances
        lying = [one for one in held(viewer, narrowed, today) if one.store in stores and one.item in items]
        used = _used(viewer, area, policy, today, action)
        drivers = _drivers(viewer, stores.values(), now)
    growth = _growth({row.area for row in stores.values()}, policy, today)
    lines = [*_lines(lying, stores, items, used, drivers, growth, asked, policy, today, together)]
    counts = dict.fromkeys(StockStatus, 0)
    for one in lines:
        counts[one.status] += 1
    lines.sort(key=lambda one: (_ORDER[one.status], one.days_ahead if one.days_ahead is not None else 0.0))
    shown = lines[:most]
    told = (Told(one, items[one.held.item], stores[one.held.store] if one.held.store else None) for one in shown)
    return Board(tuple(told), counts, {area: its for area, its in growth.items() if its != 1}, policy, today)


def _items(line: str, supply_class: str) -> Iterable[ItemRow]:
    rows = ItemRow.objects.all()
    rows = rows.filter(line=line) if line else rows
    return rows.filter(supply_class=supply_class) if supply_class else rows


def _used(
    viewer: Viewer, area: str, policy: Policy, today: date, action: str
) -> Mapping[tuple[UUID, UUID], int]:  # fmt: skip
    """What each store has used of each item in the whole days of the policy before today."""
    since = today - timedelta(days=policy.use_days)
    rows = within(viewer, UseRow.objects.filter(day__gte=since, day__lt=today), area, action=action)
    sums = rows.values("store", "item").annotate(n=Sum("quantity")).values_list("store", "item", "n")
    return {(store, item): int(n) for store, item, n in sums}


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


def _lines(
    lying: Iterable[Held], stores: Mapping[UUID, StoreRow], items: Mapping[UUID, ItemRow],
    used: Mapping[tuple[UUID, UUID], int], drivers: Mapping[UUID, Drivers], growth: Mapping[str, Fraction],
    asked: Asked, policy: Policy, today: date, together: bool,
) -> Iterable[Line]:  # fmt: skip
    norms = {id: policy.norm(row.norm) for id, row in items.items()}
    units = {id: units_of(row) for id, row in items.items()}
    times = lru_cache(None)(lambda area: growth.get(area, Fraction(1)) * asked.factor)
    needs = {
        (store, item): shortage.needed(norm, its)
        for store, its in drivers.items()
        for item, norm in norms.items()
        if norm is not None and store in stores
    }
    none = Fraction(0)
    # What is needed and nowhere to be found is short too.
    there = {(one.store, one.item) for one in lying}
    missing = [Held(store, item, 0, 0, 0, 0) for (store, item), need in needs.items() if need]
    every = [*lying, *(one for one in missing if (one.store, one.item) not in there)]
    if not together:
        for one in every:
            assert one.store is not None
            key = (one.store, one.item)
            yield shortage.line(
                one, used.get(key, 0), needs.get(key, none), times(stores[one.store].area), asked, policy,
                units[one.item], today,
            )  # fmt: skip
        return
    by_item: dict[UUID, list[Held]] = defaultdict(list)
    for one in every:
        by_item[one.item].append(one)
    for item, theirs in by_item.items():
        keys = [(one.store, one.item) for one in theirs if one.store is not None]
        need = sum((needs.get(key, none) * times(stores[key[0]].area) for key in keys), none)
        use = sum(used.get(key, 0) for key in keys)
        sums = (sum(getattr(one, name) for one in theirs) for name in ("shelf", "way", "out", "expired"))
        yield shortage.line(Held(None, item, *sums), use, need, asked.factor, asked, policy, units[item], today)


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
        rows = sums.annotate(shelf_n=Sum("shelf"), way_n=Sum("way"), out_n=Sum("out"))
        found = {row["item"]: row for row in rows}
    told: dict[tuple[str, str | None], list[int]] = {}
    for id, item in items.items():
        its = told.setdefault((item.line, item.supply_class), [0, 0, 0, 0])
        row = found.get(id, {"shelf_n": 0, "way_n": 0, "out_n": 0})
        shelf, way = int(row["shelf_n"]) + int(row["out_n"]), int(row["way_n"])
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
    short = {
        (one.store.area[:6], one.item.subject)
        for one in found.lines
        if one.store and one.line.status in (StockStatus.OUT, StockStatus.SHORT)
    }
    for one in found.lines:
        ahead = one.line.days_ahead
        if one.store is None or ahead is None or (one.store.area[:6], one.item.subject) not in short:
            continue
        if ahead > found.policy.hoard_days:
            yield Flag("hoard", one.store, one.item, "", one.line.held.shelf, None, ahead)
