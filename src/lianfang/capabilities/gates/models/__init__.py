"""Read tables of gates, refolded from the record."""

from lianfang.capabilities.gates.models.registers import (
    CountRegister,
    DepartmentRegister,
    EncounterRegister,
    InspectionRegister,
    NoticeRegister,
    PostRegister,
    ShiftRegister,
    TreatmentRegister,
    VehicleRegister,
    county_of_post,
    found_of,
)
from lianfang.capabilities.gates.models.tables import (
    CountRow,
    DepartmentRow,
    EncounterRow,
    InspectionRow,
    NoticeRow,
    PostRow,
    ShiftRow,
    TreatmentRow,
    VehicleRow,
)

__all__ = [
    "CountRegister",
    "CountRow",
    "DepartmentRegister",
    "DepartmentRow",
    "EncounterRegister",
    "EncounterRow",
    "InspectionRegister",
    "InspectionRow",
    "NoticeRegister",
    "NoticeRow",
    "PostRegister",
    "PostRow",
    "ShiftRegister",
    "ShiftRow",
    "TreatmentRegister",
    "TreatmentRow",
    "VehicleRegister",
    "VehicleRow",
    "county_of_post",
    "found_of",
]
