"""The kinds of fact about care: triage, hospitals, beds, transfers, expert teams."""

from lianfang.capabilities.care.facts.beds import (
    BedOccupied,
    BedOccupiedOffline,
    BedReleased,
    BedReserved,
    LeftFor,
)
from lianfang.capabilities.care.facts.hospitals import (
    BedClosed,
    BedOpened,
    BedType,
    HospitalClosed,
    HospitalLevel,
    HospitalRegistered,
    HospitalWardOpened,
    bed_id,
)
from lianfang.capabilities.care.facts.transfers import (
    MOST_ASSIGNED,
    Assigned,
    AssignmentConfirmed,
    NotMoved,
    TransferApproved,
    TransferCancelled,
    TransferDeclined,
    TransferDeparted,
    TransferReason,
    TransferReceived,
    TransferRequested,
)
from lianfang.capabilities.care.facts.triage import Consulted, Seen, Triaged, VisitEnded

__all__ = [
    "MOST_ASSIGNED",
    "Assigned",
    "AssignmentConfirmed",
    "BedClosed",
    "BedOccupied",
    "BedOccupiedOffline",
    "BedOpened",
    "BedReleased",
    "BedReserved",
    "BedType",
    "Consulted",
    "HospitalClosed",
    "HospitalLevel",
    "HospitalRegistered",
    "HospitalWardOpened",
    "LeftFor",
    "NotMoved",
    "Seen",
    "TransferApproved",
    "TransferCancelled",
    "TransferDeclined",
    "TransferDeparted",
    "TransferReason",
    "TransferReceived",
    "TransferRequested",
    "Triaged",
    "VisitEnded",
    "bed_id",
]
