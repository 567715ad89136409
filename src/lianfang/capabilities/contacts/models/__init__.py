"""Read tables of contacts and chains: disposable, refolded from the record."""

from lianfang.capabilities.contacts.models.register import ContactRegister
from lianfang.capabilities.contacts.models.tables import (
    Alert,
    Amended,
    Check,
    ClusterRow,
    ContactRow,
    Edge,
    ExposureRow,
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
    "Node",
    "SaidRow",
    "SpellRow",
]
