"""Pure folds of one subject's facts: a person's orders, a station, a need."""

from lianfang.capabilities.isolation.state.faults import CIVIL_TIME, WORDS, Fault, when
from lianfang.capabilities.isolation.state.needs import Need, need
from lianfang.capabilities.isolation.state.orders import (
    COMPLETED,
    LEGAL,
    NO_GROUND,
    Ground,
    Order,
    Orders,
    Stage,
    Stay,
    day_of,
    orders,
)
from lianfang.capabilities.isolation.state.stations import Log, Station, Ward, station

__all__ = [
    "CIVIL_TIME",
    "COMPLETED",
    "LEGAL",
    "NO_GROUND",
    "WORDS",
    "Fault",
    "Ground",
    "Log",
    "Need",
    "Order",
    "Orders",
    "Stage",
    "Station",
    "Stay",
    "Ward",
    "day_of",
    "need",
    "orders",
    "station",
    "when",
]
