"""The stock of a drill: a warehouse for the whole area, a store in each county, what is sent from the one to the other
and used day by day. Some counties are sent less than they use, so that something runs short."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.drills.rules.desks import Desk, counties
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, Drill
from lianfang.capabilities.supplies import facts as kind
from lianfang.capabilities.supplies.facts.dispatch import Came, Load
from lianfang.capabilities.supplies.facts.stock import (
    Outside,
    Pack,
    Part,
    Place,
    StockProcess,
    StoreKind,
    SupplyClass,
    SupplyLine,
)
from lianfang.facts.fact import FactData

OPENS, PLANNED, LEAVES, COMES, USED = 6 * 60, 9 * 60, 10 * 60, 15 * 60, 20 * 60
"""Minutes of a day."""
EVERY: Final = 4
"""Days from a dispatch to the next."""
SPARED: Final = 4
"""Each so-manieth county is sent half of what it uses."""
LASTS: Final = 1.5
"""The warehouse begins with so many times what the counties use in the whole drill."""


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
            for at in range(len(self.areas)):
                if day % EVERY == 0:
                    self._send(day, at)
                self._use(day, at)

    def _store(self, at: int) -> UUID:
        return UUID(self.desk.name("store", at))

    def _open(self) -> None:
        whole = self.drill.area
        opened = kind.StoreOpened(name="演练物资总库", en="Drill warehouse", store_kind=StoreKind.WAREHOUSE)
        self._tell(opened, self.warehouse, whole, OPENS, ("warehouse opened", 0))
        for at, area in enumerate(self.areas):
            store = kind.StoreOpened(
                name=f"演练{at + 1}号物资点", en=f"Drill store {at + 1}", store_kind=StoreKind.HOSPITAL
            )
            self._tell(store, self._store(at), area, OPENS, ("store opened", at))
        for n, item in enumerate(ITEMS):
            self._tell(item.listed, self.items[n], whole, OPENS, ("item listed", n))
            enough = int(item.a_day * len(self.areas) * self.drill.days * LASTS)
            self._move(
                ("stocked", n), n, enough, StockProcess.RECEIPT, whole, OPENS + 30, source=Outside.DONOR,
                target=str(Place(self.warehouse, Part.SHELF)), target_area=whole,
            )  # fmt: skip

    def _send(self, day: int, at: int) -> None:
        """A dispatch to a county: decided, sent, received."""
        number, minute = day * len(self.areas) + at, day * DAY_MINUTES
        whole, area, store = self.drill.area, self.areas[at], self._store(at)
        share = 2 if day and at % SPARED == SPARED - 1 else 1
        goods = [item.a_day * EVERY // share for item in ITEMS]
        id = UUID(self.desk.name("dispatch", number))
        loads = tuple(Load(item=self.items[n], quantity=of) for n, of in enumerate(goods))
        planned = kind.DispatchPlanned(source=self.warehouse, target=store, target_area=area, loads=loads)
        self._tell(planned, id, whole, minute + PLANNED, ("dispatch planned", number))
        self._tell(kind.DispatchSent(), id, whole, minute + LEAVES, ("dispatch sent", number))
        came = tuple(Came(item=self.items[n], quantity=of) for n, of in enumerate(goods))
        self._tell(kind.DispatchReceived(came=came), id, whole, minute + COMES, ("dispatch received", number))
        shelf, way = str(Place(store, Part.SHELF)), str(Place(store, Part.WAY))
        for n, of in enumerate(goods):
            each = number * len(ITEMS) + n
            self._move(
                ("sent", each), n, of, StockProcess.TRANSFER, whole, minute + LEAVES, document=id, source_area=whole,
                source=str(Place(self.warehouse, Part.SHELF)), target=way, target_area=area,
            )  # fmt: skip
            self._move(
                ("received", each), n, of, StockProcess.RECEIPT, area, minute + COMES, document=id, source=way,
                target=shelf, source_area=area, target_area=area,
            )  # fmt: skip
            self.held[at, n] = self.held.get((at, n), 0) + of

    def _use(self, day: int, at: int) -> None:
        """What a county uses on a day, as far as it has it."""
        for n, item in enumerate(ITEMS):
            of = min(item.a_day, self.held.get((at, n), 0))
            if of:
                self.held[at, n] -= of
                number = (day * len(self.areas) + at) * len(ITEMS) + n
                self._move(
                    ("used", number), n, of, StockProcess.USE, self.areas[at], day * DAY_MINUTES + USED,
                    source=str(Place(self._store(at), Part.SHELF)), source_area=self.areas[at], target=Outside.USED,
                )  # fmt: skip

    def _move(
        self, name: tuple[str, int], item: int, quantity: int, process: StockProcess, area: str, minute: int,
        **ends: str | UUID,
    ) -> None:  # fmt: skip
        moved = kind.Moved(item=self.items[item], quantity=quantity, process=process, **ends)
        what, number = name
        self._tell(moved, UUID(self.desk.name(f"stock {what}", number)), area, minute, (f"stock moved {what}", number))

    def _tell(self, data: FactData, subject: UUID, area: str, minute: int, name: tuple[str, int]) -> None:
        self.desk.tell(data, str(subject), area, self.officer, minute, name)
