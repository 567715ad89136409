"""Read tables of mobilisation: disposable, refolded from the record."""

from lianfang.capabilities.mobilisation.models.calls import CalledRow, CallRegister, CallRow
from lianfang.capabilities.mobilisation.models.errands import ErrandRegister, ErrandRow
from lianfang.capabilities.mobilisation.models.people import (
    MemberRow,
    TeamCountRegister,
    TeamCountRow,
    TeamRegister,
    TeamRow,
    VolunteerRegister,
    VolunteerRow,
)
from lianfang.capabilities.mobilisation.models.relief import ReliefRegister, ReliefRow
from lianfang.capabilities.mobilisation.models.shifts import DutyRow, ShiftRegister, ShiftRow
from lianfang.capabilities.mobilisation.models.staff import (
    SecondmentRegister,
    SecondmentRow,
    StaffCareRegister,
    StaffCareRow,
    WorkloadRegister,
    WorkloadRow,
)

__all__ = [
    "CallRegister", "CallRow", "CalledRow", "DutyRow", "ErrandRegister", "ErrandRow", "MemberRow", "ReliefRegister",
    "ReliefRow", "SecondmentRegister", "SecondmentRow", "ShiftRegister", "ShiftRow", "StaffCareRegister",
    "StaffCareRow", "TeamCountRegister", "TeamCountRow", "TeamRegister", "TeamRow", "VolunteerRegister",
    "VolunteerRow", "WorkloadRegister", "WorkloadRow",
]  # fmt: skip
