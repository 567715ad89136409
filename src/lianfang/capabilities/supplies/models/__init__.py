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

__all__ = [
    "BalanceRow",
    "DispatchRegister",
    "DispatchRow",
    "ItemRegister",
    "ItemRow",
    "LedgerRegister",
    "LotRegister",
    "LotRow",
    "MovementRow",
    "StoreRegister",
    "StoreRow",
    "UseRow",
]
