"""Read tables of screening: disposable, refolded from the record. No names."""

from lianfang.capabilities.screening.models.grids import (
    EducationRegister,
    EducationRow,
    GridRegister,
    GridRow,
    ReferenceRegister,
    ReferenceRow,
    ReportRegister,
    ReportRow,
    TenureRow,
)
from lianfang.capabilities.screening.models.households import HouseholdRegister
from lianfang.capabilities.screening.models.tables import (
    CubeRow,
    HouseholdFaultRow,
    HouseholdRow,
    OutcomeRow,
    ResidentRow,
    RoundRow,
    SizeRow,
    VisitRow,
)

__all__ = [
    "CubeRow", "EducationRegister", "EducationRow", "GridRegister", "GridRow", "HouseholdFaultRow", "HouseholdRegister",
    "HouseholdRow", "OutcomeRow", "ReferenceRegister", "ReferenceRow", "ReportRegister", "ReportRow", "ResidentRow",
    "RoundRow", "SizeRow", "TenureRow", "VisitRow",
]  # fmt: skip
