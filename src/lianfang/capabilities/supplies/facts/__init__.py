"""The kinds of fact about supplies: stock, demand, producers, allocation, dispatch, prices, projects."""

from lianfang.capabilities.supplies.facts.allocation import (
    SharingChanged,
    SharingConfirmed,
    SharingDropped,
    SharingOfOneProposed,
    SharingProposed,
)
from lianfang.capabilities.supplies.facts.demand import DemandStated
from lianfang.capabilities.supplies.facts.dispatch import (
    DispatchCancelled,
    DispatchPlanned,
    DispatchReceived,
    DispatchSent,
)
from lianfang.capabilities.supplies.facts.prices import PriceReported
from lianfang.capabilities.supplies.facts.producers import (
    DemandSet,
    HandsAsked,
    HandsGiven,
    OutputReported,
    ProducerListed,
    WorkStated,
)
from lianfang.capabilities.supplies.facts.projects import ProgressMade, ProjectOpened
from lianfang.capabilities.supplies.facts.stock import (
    Counted,
    ItemListed,
    LotListed,
    Moved,
    StoreClosed,
    StoreOpened,
)
from lianfang.capabilities.supplies.facts.support import SupportAsked, SupportClosed, SupportTaken

__all__ = [
    "Counted", "DemandSet", "DemandStated", "DispatchCancelled", "DispatchPlanned", "DispatchReceived", "DispatchSent",
    "HandsAsked", "HandsGiven", "ItemListed", "LotListed", "Moved", "OutputReported", "PriceReported", "ProducerListed",
    "ProgressMade", "ProjectOpened", "SharingChanged", "SharingConfirmed", "SharingDropped", "SharingOfOneProposed",
    "SharingProposed", "StoreClosed", "StoreOpened", "SupportAsked", "SupportClosed", "SupportTaken", "WorkStated",
]  # fmt: skip
