"""Read tables of supplies: disposable, refolded from the record."""

from lianfang.capabilities.supplies.models.dispatch import DispatchRegister, DispatchRow
from lianfang.capabilities.supplies.models.stock import (
    BalanceRow,
    ItemRegister,
    ItemRow,
    LedgerRegister,
    LotRegister,
    LotRow,
    MovementRow,
    StoreRegister,
    StoreRow,
    UseRow,
)
from lianfang.capabilities.supplies.models.stocktake import DemandRegister, DemandRow, StocktakeRegister, StocktakeRow

__all__ = [
    "BalanceRow",
    "DemandRegister",
    "DemandRow",
    "DispatchRegister",
    "DispatchRow",
    "ItemRegister",
    "ItemRow",
    "LedgerRegister",
    "LotRegister",
    "LotRow",
    "MovementRow",
    "StocktakeRegister",
    "StocktakeRow",
    "StoreRegister",
    "StoreRow",
    "UseRow",
]
