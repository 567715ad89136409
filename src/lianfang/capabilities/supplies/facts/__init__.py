"""The kinds of fact about supplies: stock, demand, producers, allocation, dispatch, prices, projects."""

from lianfang.capabilities.supplies.facts.dispatch import (
    DispatchCancelled,
    DispatchPlanned,
    DispatchReceived,
    DispatchSent,
)
from lianfang.capabilities.supplies.facts.stock import (
    Counted,
    ItemListed,
    LotListed,
    Moved,
    StoreClosed,
    StoreOpened,
)

__all__ = [
    "Counted", "DispatchCancelled", "DispatchPlanned", "DispatchReceived", "DispatchSent",
    "ItemListed", "LotListed", "Moved", "StoreClosed", "StoreOpened",
]  # fmt: skip
