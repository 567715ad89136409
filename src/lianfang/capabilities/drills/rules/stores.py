"""The stock of a drill: a warehouse for the whole area that buys what is used, a store in each county, what is sent to
it, used and counted day by day. Most is covered; of a few items some counties are sent less than they use, so that
something runs low and something short."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import Desk, counties
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
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
)
from lianfang.epi.simulate import dice
from lianfang.facts.fact import FactData

OPENS, COUNTED, PLANNED, LEAVES, COMES, USED = 6 * 60, 8 * 60, 9 * 60, 10 * 60, 15 * 60, 20 * 60
"""Minutes of a day."""
EVERY: Final = 4
"""Days from a dispatch to the next."""
COVER: Final = 12
"""Days of use that a county's store is filled up to."""
LOW, SHORT = 0.25, 0.12
"""What of an item a county uses and is not sent: from the share of pairs of a county and an item that runs low on, and
of that which runs short."""
SENT: Final = {LOW: 0.9, SHORT: 0.6}
"""The part of its use that such a county is sent."""
UNEVEN: Final = 0.2
"""By how much the use of a day is above or below the usual."""
BEGINS, BUYS, BRINGS = 30, 10, 2
"""The warehouse begins with so many days' use of all counties, and buys that of so many days as often, which comes so
many days later."""
MISSED: Final = 0.08
"""The share of mornings on which a store is not counted."""
BEDS, STAFF = 5, 40
"""For whom each county's store provides."""


class _Item(NamedTuple):
    listed: kind.ItemListed
    a_day: int
    """What a county uses."""


def _item(
    code: str, zh: str, en: str, its: SupplyClass | None, line: SupplyLine, unit: tuple[str, str, str], pack: Pack,
    a_day: int, norm: str | None = None,
) -> _Item:  # fmt: skip
    listed = kind.ItemListed(
        code=code, zh=zh, en=en, supply_class=its, line=line, unit=unit[0], unit_zh=unit[1], unit_en=unit[2],
        packs=(pack,), norm=norm,
    )  # fmt: skip
    return _Item(listed, a_day)


def _pack(holds: int) -> Pack:
    return Pack(code="carton", zh="箱", en="carton", holds=holds)


_PIECE, _SET, _BOTTLE, _TEST = (
    ("piece", "只", "pieces"), ("set", "套", "sets"), ("bottle", "瓶", "bottles"), ("test", "人份", "tests"),
)  # fmt: skip
ITEMS: Final = (
    _item(
        "FH-01", "医用外科口罩", "surgical masks", SupplyClass.PROTECTION, SupplyLine.STAFF, _PIECE, _pack(1000), 900,
        "mask",
    ),
    _item(
        "FH-02", "防护用品套装", "protective sets", SupplyClass.PROTECTION, SupplyLine.STAFF, _SET, _pack(50), 120,
        "protective_set",
    ),
    _item("XS-01", "84消毒液", "bleach", SupplyClass.DISINFECTION, SupplyLine.MEDICAL, _BOTTLE, _pack(24), 48),
    _item("JC-01", "核酸检测试剂", "nucleic acid tests", SupplyClass.REAGENT, SupplyLine.MEDICAL, _TEST, _pack(96), 60),
    _item("SH-01", "大米（10千克）", "rice, 10 kg", None, SupplyLine.DAILY, ("bag", "袋", "bags"), _pack(20), 30),
)  # fmt: skip


class Stores:
    """Writes the facts of the stock."""

    def __init__(self, drill: Drill, officer: str) -> None:
        """``officer``: the account that runs it."""
        self.drill, self.officer, self.desk = drill, officer, Desk(drill)
        self.areas = counties(drill)
        self.warehouse = UUID(self.desk.name("warehouse", 0))
        self.items = [UUID(self.desk.name("supply item", n)) for n in range(len(ITEMS))]
        self.held: dict[tuple[int, int], int] = {}

    def write(self) -> None:
        """Everything that is recorded of the stock."""
        self._open()
        for day in range(self.drill.days):
            if day and day % BUYS == 0:
                self._buy(day)
            for at in range(len(self.areas)):
                self._count(day, at)
                if day % EVERY == 0:
                    self._send(day, at)
                self._use(day, at)

    def _store(self, at: int) -> UUID:
        return UUID(self.desk.name("store", at))

    def _drawn(self, purpose: str, who: int) -> float:
        return dice.uniform(dice.key(self.drill.seed, purpose), who, 0, 0)

    def _open(self) -> None:
        whole = self.drill.area
        opened = kind.StoreOpened(name="演练物资总库", en="Drill warehouse", store_kind=StoreKind.WAREHOUSE)
        self._tell(opened, self.warehouse, whole, OPENS, ("warehouse opened", 0))
        for at, area in enumerate(self.areas):
            store = kind.StoreOpened(
                name=f"演练{at + 1}号物资点", en=f"Drill store {at + 1}", store_kind=StoreKind.HOSPITAL
            )
            self._tell(store, self._store(at), area, OPENS, ("store opened", at))
            provides = kind.DemandStated(beds=BEDS, staff=STAFF)
            self._tell(provides, self._store(at), area, OPENS + 1, ("demand stated", at))
        shelf = str(Place(self.warehouse, Part.SHELF))
        for n, item in enumerate(ITEMS):
            self._tell(item.listed, self.items[n], whole, OPENS, ("item listed", n))
            self._move(
                ("stocked", n), n, item.a_day * len(self.areas) * BEGINS, StockProcess.RECEIPT, whole, OPENS + 30,
                source=Outside.DONOR, target=shelf, target_area=whole,
            )  # fmt: skip

    def _buy(self, day: int) -> None:
        """A purchase for the warehouse, and its receipt."""
        whole, shelf, way = self.drill.area, *(str(Place(self.warehouse, one)) for one in (Part.SHELF, Part.WAY))
        for n, item in enumerate(ITEMS):
            number, of, minute = day * len(ITEMS) + n, item.a_day * len(self.areas) * BUYS, day * DAY_MINUTES + PLANNED
            self._move(
                ("bought", number), n, of, StockProcess.PURCHASE, whole, minute, source=Outside.SUPPLIER, target=way,
                target_area=whole,
            )  # fmt: skip
            self._move(
                ("brought", number), n, of, StockProcess.RECEIPT, whole, minute + BRINGS * DAY_MINUTES, source=way,
                target=shelf, source_area=whole, target_area=whole,
                document=UUID(self.desk.name("stock bought", number)),
            )  # fmt: skip

    def _goods(self, day: int, at: int) -> list[tuple[int, int]]:
        """What a county is sent of each item: filled up at first, then what it has used since, or a part of that."""
        found = []
        for n, item in enumerate(ITEMS):
            wanted = max(0, item.a_day * COVER - self.held.get((at, n), 0))
            drawn = self._drawn("stock spared", at * len(ITEMS) + n)
            part = SENT[SHORT] if drawn < SHORT else SENT[LOW] if drawn < LOW else 1.0
            of = min(wanted, int(item.a_day * EVERY * part)) if day and part < 1 else wanted
            found += [(n, of)] if of else []
        return found

    def _send(self, day: int, at: int) -> None:
        """A dispatch to a county: decided, sent, received; the last to the last county is still on its way."""
        number, minute = day * len(self.areas) + at, day * DAY_MINUTES
        whole, area, store = self.drill.area, self.areas[at], self._store(at)
        goods, open = self._goods(day, at), at == len(self.areas) - 1 and day + EVERY >= self.drill.days
        id = UUID(self.desk.name("dispatch", number))
        loads = tuple(Load(item=self.items[n], quantity=of) for n, of in goods)
        planned = kind.DispatchPlanned(source=self.warehouse, target=store, target_area=area, loads=loads)
        self._tell(planned, id, whole, minute + PLANNED, ("dispatch planned", number))
        self._tell(kind.DispatchSent(), id, whole, minute + LEAVES, ("dispatch sent", number))
        if not open:
            came = tuple(Came(item=self.items[n], quantity=of) for n, of in goods)
            self._tell(kind.DispatchReceived(came=came), id, whole, minute + COMES, ("dispatch received", number))
        shelf, way = str(Place(store, Part.SHELF)), str(Place(store, Part.WAY))
        for n, of in goods:
            each = number * len(ITEMS) + n
            self._move(
                ("sent", each), n, of, StockProcess.TRANSFER, whole, minute + LEAVES, document=id, source_area=whole,
                source=str(Place(self.warehouse, Part.SHELF)), target=way, target_area=area,
            )  # fmt: skip
            if not open:
                self._move(
                    ("received", each), n, of, StockProcess.RECEIPT, area, minute + COMES, document=id, source=way,
                    target=shelf, source_area=area, target_area=area,
                )  # fmt: skip
                self.held[at, n] = self.held.get((at, n), 0) + of

    def _use(self, day: int, at: int) -> None:
        """What a county uses on a day, as far as it has it."""
        for n, item in enumerate(ITEMS):
            number = (day * len(self.areas) + at) * len(ITEMS) + n
            usual = item.a_day * (1 + UNEVEN * (2 * self._drawn("stock use", number) - 1))
            of = min(round(usual), self.held.get((at, n), 0))
            if of:
                self.held[at, n] -= of
                self._move(
                    ("used", number), n, of, StockProcess.USE, self.areas[at], day * DAY_MINUTES + USED,
                    source=str(Place(self._store(at), Part.SHELF)), source_area=self.areas[at], target=Outside.USED,
                )  # fmt: skip

    def _count(self, day: int, at: int) -> None:
        """The stocktake of a morning: it finds what is on record."""
        number = day * len(self.areas) + at
        lying = [(n, self.held.get((at, n), 0)) for n in range(len(ITEMS))]
        if day and self._drawn("stock counted", number) >= MISSED:
            lines = tuple(CountedLine(item=self.items[n], found=of, expected=of) for n, of in lying)
            counted = kind.Counted(store=self._store(at), lines=lines)
            id, minute = UUID(self.desk.name("stocktake", number)), day * DAY_MINUTES + COUNTED
            self._tell(counted, id, self.areas[at], minute, ("stock counted", number))

    def _move(
        self, name: tuple[str, int], item: int, quantity: int, process: StockProcess, area: str, minute: int,
        **ends: str | UUID,
    ) -> None:  # fmt: skip
        moved = kind.Moved(item=self.items[item], quantity=quantity, process=process, **ends)
        what, number = name
        self._tell(moved, UUID(self.desk.name(f"stock {what}", number)), area, minute, (f"stock moved {what}", number))

    def _tell(self, data: FactData, subject: UUID, area: str, minute: int, name: tuple[str, int]) -> None:
        self.desk.tell(data, str(subject), area, self.officer, minute, name)
