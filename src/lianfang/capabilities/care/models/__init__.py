"""Read tables of care: disposable, refolded from the record."""

from lianfang.capabilities.care.models.beds import BED_KINDS, BedFaultRow, BedRegister, BedRow, BedStayRow
from lianfang.capabilities.care.models.hospitals import (
    HOSPITAL_KINDS,
    HospitalFaultRow,
    HospitalRegister,
    HospitalRow,
    HospitalWardRow,
    area_index,
)
from lianfang.capabilities.care.models.transfers import (
    ASSIGNMENT_KINDS,
    TRANSFER_KINDS,
    AssignmentRegister,
    AssignmentRow,
    TransferFaultRow,
    TransferRegister,
    TransferRow,
)
from lianfang.capabilities.care.models.triage import VISIT_KINDS, VisitRegister, VisitRow

__all__ = [
    "ASSIGNMENT_KINDS",
    "BED_KINDS",
    "HOSPITAL_KINDS",
    "TRANSFER_KINDS",
    "VISIT_KINDS",
    "AssignmentRegister",
    "AssignmentRow",
    "BedFaultRow",
    "BedRegister",
    "BedRow",
    "BedStayRow",
    "HospitalFaultRow",
    "HospitalRegister",
    "HospitalRow",
    "HospitalWardRow",
    "TransferFaultRow",
    "TransferRegister",
    "TransferRow",
    "VisitRegister",
    "VisitRow",
    "area_index",
]
