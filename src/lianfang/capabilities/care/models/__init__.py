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
from lianfang.capabilities.care.models.protection import (
    EXPOSURE_KINDS,
    PROTECTION_KINDS,
    ExposureRegister,
    ExposureRow,
    ProtectionRegister,
    ProtectionRow,
)
from lianfang.capabilities.care.models.referrals import (
    REFERRAL_KINDS,
    SERVICE_KINDS,
    ReferralRegister,
    ReferralRow,
    ServiceRegister,
    ServiceRow,
)
from lianfang.capabilities.care.models.teams import (
    CONSULTATION_KINDS,
    TEAM_KINDS,
    ConsultationRegister,
    ConsultationRow,
    ExpertTeamRegister,
    ExpertTeamRow,
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
    "CONSULTATION_KINDS",
    "EXPOSURE_KINDS",
    "HOSPITAL_KINDS",
    "PROTECTION_KINDS",
    "REFERRAL_KINDS",
    "SERVICE_KINDS",
    "TEAM_KINDS",
    "TRANSFER_KINDS",
    "VISIT_KINDS",
    "AssignmentRegister",
    "AssignmentRow",
    "BedFaultRow",
    "BedRegister",
    "BedRow",
    "BedStayRow",
    "ConsultationRegister",
    "ConsultationRow",
    "ExpertTeamRegister",
    "ExpertTeamRow",
    "ExposureRegister",
    "ExposureRow",
    "HospitalFaultRow",
    "HospitalRegister",
    "HospitalRow",
    "HospitalWardRow",
    "ProtectionRegister",
    "ProtectionRow",
    "ReferralRegister",
    "ReferralRow",
    "ServiceRegister",
    "ServiceRow",
    "TransferFaultRow",
    "TransferRegister",
    "TransferRow",
    "VisitRegister",
    "VisitRow",
    "area_index",
]
