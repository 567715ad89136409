"""Read tables of contacts and chains: disposable, refolded from the record."""

from lianfang.capabilities.contacts.models.register import ContactRegister, IndicatorRegister
from lianfang.capabilities.contacts.models.tables import (
    Alert,
    Amended,
    Check,
    ClusterRow,
    ContactRow,
    Edge,
    ExposureRow,
    IndicatorRow,
    Node,
    SaidRow,
    SpellRow,
)

__all__ = [
    "Alert",
    "Amended",
    "Check",
    "ClusterRow",
    "ContactRegister",
    "ContactRow",
    "Edge",
    "ExposureRow",
    "IndicatorRegister",
    "IndicatorRow",
    "Node",
    "SaidRow",
    "SpellRow",
]
