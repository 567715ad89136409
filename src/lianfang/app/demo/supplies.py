"""The made stock of the demonstration: a warehouse of the city, the stores of a hospital, an observation station and a
community, what they have used, what runs short, what is on its way and what is past its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from lianfang.accounts.demo import DEVICE, MORNING
from lianfang.app.demo.hospitals import BIG
from lianfang.capabilities.supplies import facts as kind
from lianfang.capabilities.supplies.facts.dispatch import Came, Load
from lianfang.capabilities.supplies.facts.stock import (
    CountedLine,
    Outside,
    Pack,
    Part,
    Place,
    StockProcess,
    StoreKind,
    SupplyClass,
    SupplyLine,
    lot_id,
)
from lianfang.facts.fact import Fact, FactData

_NAMES: Final = UUID("3f0b7c52-9d1e-5a64-8c27-5e1d0a9b6f38")
OFFICER: Final = "demo-logistics-officer"
CITY: Final = "530100"
WAREHOUSE: Final = uuid5(_NAMES, "warehouse")
SCARCE: Final = 1
"""The number of the item of which a sharing is proposed."""
DAYS: Final = 10
"""Days of use before the morning."""
_SHELF: Final = str(Place(WAREHOUSE, Part.SHELF))


class _Item(NamedTuple):
    listed: kind.ItemListed
    lot: str
    expires: date
    there: int
    """What the warehouse is given."""


def _item(
    code: str, zh: str, en: str, its: SupplyClass | None, line: SupplyLine, unit: tuple[str, str, str], holds: int,
    expires: str, there: int, norm: str | None = None,
) -> _Item:  # fmt: skip
    listed = kind.ItemListed(
        code=code, zh=zh, en=en, supply_class=its, line=line, unit=unit[0], unit_zh=unit[1], unit_en=unit[2],
        packs=(Pack(code="carton", zh="箱", en="carton", holds=holds),), norm=norm,
    )  # fmt: skip
    return _Item(listed, f"{code}-2001", date.fromisoformat(expires), there)


_PIECE, _BOTTLE, _SET = ("piece", "只", "pieces"), ("bottle", "瓶", "bottles"), ("set", "套", "sets")
_TEST, _BOX, _BAG = ("test", "人份", "tests"), ("box", "盒", "boxes"), ("bag", "袋", "bags")
_MEDICAL, _STAFF, _PROTECTION = SupplyLine.MEDICAL, SupplyLine.STAFF, SupplyClass.PROTECTION
ITEMS: Final = (
    _item("FH-01", "医用外科口罩", "surgical masks", _PROTECTION, _STAFF, _PIECE, 1000, "2021-12-31", 60_000, "mask"),
    _item("FH-02", "防护用品套装", "protective sets", _PROTECTION, _STAFF, _SET, 50, "2021-06-30", 900,
          "protective_set"),
    _item("XS-01", "84消毒液", "bleach", SupplyClass.DISINFECTION, _MEDICAL, _BOTTLE, 24, "2020-12-31", 3_000),
    _item("JC-01", "核酸检测试剂", "nucleic acid tests", SupplyClass.REAGENT, _MEDICAL, _TEST, 96, "2020-02-20", 1_900),
    _item("YP-01", "对乙酰氨基酚片", "paracetamol tablets", SupplyClass.DRUG, _MEDICAL, _BOX, 100, "2021-03-31", 1_200),
    _item("SB-01", "额温枪", "forehead thermometers", SupplyClass.EQUIPMENT, _MEDICAL, _PIECE, 20, "2025-12-31", 200),
    _item("SH-01", "大米（10千克）", "rice, 10 kg", None, SupplyLine.DAILY, _BAG, 20, "2020-09-30", 800),
)  # fmt: skip


class _Store(NamedTuple):
    zh: str
    en: str
    kind: StoreKind
    area: str
    provides: kind.DemandStated
    has: dict[int, tuple[int, int]]
    """By the number of an item what it began with, and what it uses a day."""
    serves: UUID | None = None


STORES: Final = (
    _Store("示例定点医院药械库", "Sample hospital store", StoreKind.HOSPITAL, "530102",
           kind.DemandStated(beds=20, critical_beds=3, staff=160),
           {0: (5_200, 380), 1: (3_900, 370), 2: (420, 24), 3: (1_150, 110), 4: (640, 30), 5: (40, 1)}, BIG),
    _Store("示例留验站物资点", "Sample station store", StoreKind.STATION, "530111",
           kind.DemandStated(staff=24, residents=60), {0: (1_900, 105), 1: (300, 22), 2: (180, 15), 6: (110, 6)}),
    _Store("示例社区物资点", "Sample community store", StoreKind.COMMUNITY, "530103",
           kind.DemandStated(staff=30, residents=40), {0: (1_400, 98), 2: (90, 9), 6: (240, 15)}),
)  # fmt: skip
_WAY: Final = ((0, 0, 3_000, True), (1, 2, 48, False))
"""Store, item, quantity of a dispatch from the warehouse, and whether it has left: neither has come."""


def facts() -> list[tuple[datetime, str, list[Fact]]]:
    """What was recorded of it before the demonstration's morning: when it was received, by whom, and the facts."""
    told = [*_opened(), *_bought(), *_used(), *_dispatches(), *_counted()]
    return [(MORNING, OFFICER, sorted(told, key=lambda one: one.observed_at))]


def share() -> None:
    """Proposes on the morning how the scarce item could be shared; a person of the demonstration confirms it or not."""
    from lianfang.access.viewer import Viewer
    from lianfang.accounts.signin import area_range
    from lianfang.capabilities.supplies.service import allocation

    viewer = Viewer(OFFICER, DEVICE, "logistics_officer", CITY, *area_range(CITY))
    allocation.propose(viewer, CITY, [item(SCARCE)], id=uuid5(_NAMES, "sharing"), now=MORNING)


def item(number: int) -> UUID:
    """An item of the catalogue."""
    return uuid5(_NAMES, f"item|{number}")


def store(number: int) -> UUID:
    """A store that is sent something."""
    return uuid5(_NAMES, f"store|{number}")


def fact(name: str, subject: UUID, area: str, hours: float, data: FactData) -> Fact:
    """A fact of the logistics officer's, so many hours before the morning."""
    at = MORNING - timedelta(hours=hours)
    return Fact.of(data, id=uuid5(_NAMES, f"fact|{name}"), subject=subject, area=area, observed_at=at)


_BEGAN: Final = DAYS * 24 + 12.0
"""Hours before the morning."""


def _opened() -> Iterator[Fact]:
    opened = kind.StoreOpened(name="昆明市示例应急物资库", en="Sample city warehouse", store_kind=StoreKind.WAREHOUSE)
    yield fact("warehouse", WAREHOUSE, CITY, _BEGAN, opened)
    for n, one in enumerate(ITEMS):
        yield fact(f"item {n}", item(n), "530000", _BEGAN, one.listed)
        lot = kind.LotListed(item=item(n), lot=one.lot, expires=one.expires)
        yield fact(f"lot {n}", lot_id(item(n), one.lot), "530000", _BEGAN, lot)
    for n, its in enumerate(STORES):
        opened = kind.StoreOpened(name=its.zh, en=its.en, store_kind=its.kind, serves=its.serves)
        yield fact(f"store {n}", store(n), its.area, _BEGAN, opened)
        yield fact(f"provides {n}", store(n), its.area, _BEGAN - 1, its.provides)


def _moved(name: str, hours: float, n: int, quantity: int, process: StockProcess, **ends: str | UUID) -> Fact:
    area = str(ends.get("source_area") or ends["target_area"])
    moved = kind.Moved(item=item(n), lot=ITEMS[n].lot, quantity=quantity, process=process, **ends)
    return fact(name, uuid5(_NAMES, f"moved|{name}"), area, hours, moved)


def _bought() -> Iterator[Fact]:
    """Gifts for every store as it opened, and a purchase of masks that has not come."""
    for n, one in enumerate(ITEMS):
        yield _moved(
            f"given {n}", _BEGAN - 2, n, one.there, StockProcess.RECEIPT, source=Outside.DONOR, target=_SHELF,
            target_area=CITY,
        )  # fmt: skip
    for at, its in enumerate(STORES):
        for n, (there, _) in its.has.items():
            yield _moved(
                f"given {at} {n}", _BEGAN - 2, n, there, StockProcess.RECEIPT, source=Outside.DONOR,
                target=str(Place(store(at), Part.SHELF)), target_area=its.area,
            )  # fmt: skip
    bought = kind.Moved(
        item=item(0), quantity=40_000, process=StockProcess.PURCHASE, source=Outside.SUPPLIER,
        target=str(Place(WAREHOUSE, Part.WAY)), target_area=CITY,
    )  # fmt: skip
    yield fact("bought", uuid5(_NAMES, "moved|bought"), CITY, 20, bought)


def _used() -> Iterator[Fact]:
    for at, its in enumerate(STORES):
        for n, (_, a_day) in its.has.items():
            for day in range(DAYS):
                yield _moved(
                    f"used {at} {n} {day}", 14 + day * 24, n, a_day, StockProcess.USE,
                    source=str(Place(store(at), Part.SHELF)), source_area=its.area, target=Outside.USED,
                )  # fmt: skip


def _dispatches() -> Iterator[Fact]:
    for number, (at, n, quantity, left) in enumerate(_WAY):
        its, id = STORES[at], uuid5(_NAMES, f"dispatch|{number}")
        loads = (Load(item=item(n), quantity=quantity),)
        planned = kind.DispatchPlanned(source=WAREHOUSE, target=store(at), target_area=its.area, loads=loads)
        yield fact(f"planned {number}", id, CITY, 16, planned)
        if left:
            yield fact(f"sent {number}", id, CITY, 15, kind.DispatchSent())
            yield _moved(
                f"left {number}", 15, n, quantity, StockProcess.TRANSFER, source=_SHELF, source_area=CITY,
                target=str(Place(store(at), Part.WAY)), target_area=its.area, document=id,
            )  # fmt: skip
    yield from _came()


def _came() -> Iterator[Fact]:
    """A dispatch of rice that came three days ago, two bags short."""
    id, at, n, came, lost = uuid5(_NAMES, "dispatch|came"), 2, 6, 38, 2
    its, way = STORES[at], str(Place(store(at), Part.WAY))
    loads = (Load(item=item(n), quantity=came + lost),)
    planned = kind.DispatchPlanned(source=WAREHOUSE, target=store(at), target_area=its.area, loads=loads)
    yield fact("planned came", id, CITY, 80, planned)
    yield fact("sent came", id, CITY, 79, kind.DispatchSent())
    yield _moved(
        "left came", 79, n, came + lost, StockProcess.TRANSFER, source=_SHELF, source_area=CITY, target=way,
        target_area=its.area, document=id,
    )  # fmt: skip
    proof = kind.DispatchReceived(came=(Came(item=item(n), lot=ITEMS[n].lot, quantity=came),))
    yield fact("received came", id, its.area, 74, proof)
    yield _moved(
        "came", 74, n, came, StockProcess.RECEIPT, source=way, source_area=its.area,
        target=str(Place(store(at), Part.SHELF)), target_area=its.area, document=id,
    )  # fmt: skip
    yield _moved(
        "lost", 74, n, lost, StockProcess.LOSS, source=way, source_area=its.area, target=Outside.LOST, document=id
    )  # fmt: skip


def _counted() -> Iterator[Fact]:
    """This morning's stocktake of the hospital; the others are still to be counted."""
    its = STORES[0]
    lines = tuple(
        CountedLine(item=item(n), lot=ITEMS[n].lot, found=left, expected=left)
        for n, (there, a_day) in its.has.items()
        for left in [there - a_day * DAYS]
    )
    yield fact("counted", uuid5(_NAMES, "counted"), its.area, 1, kind.Counted(store=store(0), lines=lines))
