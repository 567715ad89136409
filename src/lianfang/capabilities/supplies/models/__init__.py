"""Read tables of supplies: disposable, refolded from the record."""

from lianfang.capabilities.supplies.models.allocation import AllocationRegister, AllocationRow
from lianfang.capabilities.supplies.models.dispatch import DispatchRegister, DispatchRow
from lianfang.capabilities.supplies.models.production import (
    LabourRegister,
    LabourRow,
    PriceRegister,
    PriceRow,
    ProducerRegister,
    ProducerRow,
    ProjectRegister,
    ProjectRow,
    SupportRegister,
    SupportRow,
)
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
    "AllocationRegister",
    "AllocationRow",
    "BalanceRow",
    "DemandRegister",
    "DemandRow",
    "DispatchRegister",
    "DispatchRow",
    "ItemRegister",
    "ItemRow",
    "LabourRegister",
    "LabourRow",
    "LedgerRegister",
    "LotRegister",
    "LotRow",
    "MovementRow",
    "PriceRegister",
    "PriceRow",
    "ProducerRegister",
    "ProducerRow",
    "ProjectRegister",
    "ProjectRow",
    "StocktakeRegister",
    "StocktakeRow",
    "StoreRegister",
    "StoreRow",
    "SupportRegister",
    "SupportRow",
    "UseRow",
]
