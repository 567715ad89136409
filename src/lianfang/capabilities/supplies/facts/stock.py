"""The kinds of fact about stock: what there is to hold, where it is held, and every movement of it.

The ledger is kept by double entry: a movement takes a quantity from one account and adds it to another. A store has
three accounts: its shelf, what is on its way to it, and what was handed out in it and is not used up yet. Outside are
``supplier``, ``donor``, ``used`` and ``lost``. Quantities are whole numbers of the item's smallest unit.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, NamedTuple, Self
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.facts.fact import AreaCode, Code, Day, FactData, OfficialText, PlaceName

_NAMES: Final = UUID("0b8d5f0e-58f4-5a0f-9a5e-4a1f2a6f7d21")
MOST: Final = 10**12
"""The most of an item that one movement has, in its smallest unit."""
MOST_PACKS, MOST_LINES = 20, 500

Name = Annotated[OfficialText, Field(min_length=1, max_length=100, pattern=r"\S")]
Quantity = Annotated[int, Field(ge=1, le=MOST)]
Lot = Annotated[Code, Field(max_length=32)]
"""The maker's number of a lot."""


class SupplyClass(StrEnum):
    """The five classes of a response."""

    REAGENT = "reagent"
    DISINFECTION = "disinfection"
    PROTECTION = "protection"
    DRUG = "drug"
    EQUIPMENT = "equipment"


class SupplyLine(StrEnum):
    """The three lines that are reported apart: drugs and medical supplies, protection of health workers, daily
    necessities."""

    MEDICAL = "medical"
    STAFF = "staff"
    DAILY = "daily"


class StoreKind(StrEnum):
    WAREHOUSE = "warehouse"
    HOSPITAL = "hospital"
    STATION = "station"
    PRODUCER = "producer"
    COMMUNITY = "community"


class StockProcess(StrEnum):
    PURCHASE = "purchase"
    RECEIPT = "receipt"
    TRANSFER = "transfer"
    ISSUE = "issue"
    USE = "use"
    LOSS = "loss"
    COUNT = "count"


class Part(StrEnum):
    """Which of a store's accounts."""

    SHELF = "shelf"
    WAY = "way"
    OUT = "out"


class Outside(StrEnum):
    """The accounts that no store has. What a count finds more comes from ``lost``."""

    SUPPLIER = "supplier"
    DONOR = "donor"
    USED = "used"
    LOST = "lost"


class Place(NamedTuple):
    """An account of a store."""

    store: UUID
    part: Part

    def __str__(self) -> str:
        return str(self.store) if self.part is Part.SHELF else f"{self.store}.{self.part}"


_UUID: Final = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
Account = Annotated[Code, Field(pattern=rf"^({'|'.join(Outside)}|{_UUID}(\.(way|out))?)$")]
"""A store's id is its shelf; ``.way`` and ``.out`` behind it are its other accounts."""


def place_of(account: str) -> Place | None:
    """The store's account that this is; None for an outside one."""
    if account in set(Outside):
        return None
    store, _, part = account.partition(".")
    return Place(UUID(store), Part(part or "shelf"))


def lot_id(item: UUID, lot: str) -> UUID:
    """The subject of a lot of an item."""
    return uuid5(_NAMES, f"{item}|{lot}")


class Pack(BaseModel):
    """A unit that holds a whole number of the smallest: a box of 50 pieces."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    zh: Name
    en: Name
    holds: Annotated[int, Field(ge=2, le=10**9)]


class ItemListed(FactData, kind="stock.item_listed", version=1, founds=True):
    """Something that is held in stock; listed again, the later listing counts. ``norm`` is the code of the need in
    ``policy/demand.toml`` that it meets."""

    code: Annotated[Code, Field(max_length=32)]
    zh: Name
    en: Name
    supply_class: SupplyClass | None = None
    line: SupplyLine
    unit: Annotated[Code, Field(max_length=32)]
    unit_zh: Name
    unit_en: Name
    packs: Annotated[tuple[Pack, ...], Field(max_length=MOST_PACKS)] = ()
    norm: Code | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.supply_class is None and self.line is not SupplyLine.DAILY:
            raise ValueError("only daily necessities have no class")
        codes = [self.unit, *(one.code for one in self.packs)]
        if len(set(codes)) < len(codes):
            raise ValueError("a unit is named twice")
        return self


class StoreOpened(FactData, kind="stock.store_opened", version=1, founds=True):
    """A place that holds stock was opened, or its particulars changed. ``serves`` is the facility that it is of."""

    name: PlaceName
    en: PlaceName = ""
    store_kind: StoreKind
    serves: UUID | None = None


class StoreClosed(FactData, kind="stock.store_closed", version=1):
    """Nothing is taken in any more."""


class LotListed(FactData, kind="stock.lot_listed", version=1):
    """The last day on which a lot may be used."""

    item: UUID
    lot: Lot
    expires: Day


class Moved(FactData, kind="stock.moved", version=1):
    """A quantity of an item went from one account to another; the subject is the movement. The envelope's area is that
    of the store that gave, or of the one that took where none gave."""

    item: UUID
    lot: Lot | None = None
    quantity: Quantity
    """In the item's smallest unit."""
    source: Account
    target: Account
    source_area: AreaCode | None = None
    """Of the store that gave; None for an outside account."""
    target_area: AreaCode | None = None
    process: StockProcess
    unit: Code | None = None
    """In which it was counted."""
    lot_read: bool = False
    """The lot was read when it came: what was on its way had none."""
    document: UUID | None = None
    """The purchase, the dispatch or the stocktake that it is of."""
    late: bool = False
    """Written down where it happened and sent afterwards: it is on record though the stock was short."""
    confirmed: bool = False
    """The quantity is unusual, and was confirmed when it was asked back."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        source, target = place_of(self.source), place_of(self.target)
        if (source is None) != (self.source_area is None) or (target is None) != (self.target_area is None):
            raise ValueError("a store has an area, and an outside account none")
        ends = (source.part if source else self.source, target.part if target else self.target)
        if ends not in _WAYS[self.process]:
            raise ValueError(f"no {self.process} goes from {self.source} to {self.target}")
        if source and target and (source.store == target.store) is (self.process is StockProcess.TRANSFER):
            raise ValueError("a transfer is to another store, and only a transfer")
        return self


_WAYS: Final[dict[StockProcess, frozenset[tuple[str, str]]]] = {
    StockProcess.PURCHASE: frozenset({(Outside.SUPPLIER, Part.WAY)}),
    StockProcess.RECEIPT: frozenset(
        {(Part.WAY, Part.SHELF), (Outside.SUPPLIER, Part.SHELF), (Outside.DONOR, Part.SHELF)}
    ),
    StockProcess.TRANSFER: frozenset({(Part.SHELF, Part.WAY)}),
    StockProcess.ISSUE: frozenset({(Part.SHELF, Part.OUT)}),
    StockProcess.USE: frozenset({(Part.SHELF, Outside.USED), (Part.OUT, Outside.USED)}),
    StockProcess.LOSS: frozenset({(Part.SHELF, Outside.LOST), (Part.WAY, Outside.LOST), (Part.OUT, Outside.LOST)}),
    StockProcess.COUNT: frozenset({(Part.SHELF, Outside.LOST), (Outside.LOST, Part.SHELF)}),
}  # fmt: skip
"""Between which accounts each process moves."""


class CountedLine(BaseModel):
    """What lay on the shelf, in the smallest unit, and what the ledger had."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: UUID
    lot: Lot | None = None
    found: Annotated[int, Field(ge=0, le=MOST)]
    expected: Annotated[int, Field(ge=-MOST, le=MOST)]


class Counted(FactData, kind="stock.counted", version=1):
    """A stocktake of a store; the subject is the stocktake. What differs is moved in facts of their own."""

    store: UUID
    lines: Annotated[tuple[CountedLine, ...], Field(min_length=1, max_length=MOST_LINES)]
