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

__all__ = [
    "BED_KINDS",
    "HOSPITAL_KINDS",
    "BedFaultRow",
    "BedRegister",
    "BedRow",
    "BedStayRow",
    "HospitalFaultRow",
    "HospitalRegister",
    "HospitalRow",
    "HospitalWardRow",
    "area_index",
]
