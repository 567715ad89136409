"""The kinds of fact about mobilisation: teams, rotas, calls, residents' orders, stranded people."""

from lianfang.capabilities.mobilisation.facts.calls import (
    CallAnswered,
    CallClosed,
    CallDeclined,
    CallManned,
    CallPlaced,
)
from lianfang.capabilities.mobilisation.facts.errands import (
    ErrandAccepted,
    ErrandCancelled,
    ErrandConfirmed,
    ErrandDelivered,
    ErrandFailed,
    ErrandGivenBack,
    ErrandPickedUp,
    ErrandPlaced,
)
from lianfang.capabilities.mobilisation.facts.people import (
    AvailabilityStated,
    ConsentWithdrawn,
    Function,
    HeadsQualifier,
    TeamDissolved,
    TeamFormed,
    TeamJoined,
    TeamLeft,
    TeamsCounted,
    TeamTasked,
    VolunteerSignedUp,
    Window,
)
from lianfang.capabilities.mobilisation.facts.relief import ReliefHealthTold, ReliefReturned, ReliefSent
from lianfang.capabilities.mobilisation.facts.shifts import (
    ShiftCancelled,
    ShiftGivenUp,
    ShiftPlanned,
    ShiftStaffed,
    ShiftTaken,
    ShiftWorked,
)
from lianfang.capabilities.mobilisation.facts.staff import (
    SecondmentBegan,
    SecondmentEnded,
    StaffCareAsked,
    StaffCareMet,
    WorkloadStated,
    workload_id,
)

__all__ = [
    "AvailabilityStated", "CallAnswered", "CallClosed", "CallDeclined", "CallManned", "CallPlaced",
    "ConsentWithdrawn", "ErrandAccepted", "ErrandCancelled", "ErrandConfirmed", "ErrandDelivered", "ErrandFailed",
    "ErrandGivenBack", "ErrandPickedUp", "ErrandPlaced", "Function", "HeadsQualifier", "ReliefHealthTold",
    "ReliefReturned", "ReliefSent", "SecondmentBegan", "SecondmentEnded", "ShiftCancelled", "ShiftGivenUp",
    "ShiftPlanned", "ShiftStaffed", "ShiftTaken", "ShiftWorked", "StaffCareAsked", "StaffCareMet", "TeamDissolved",
    "TeamFormed", "TeamJoined", "TeamLeft", "TeamTasked", "TeamsCounted", "VolunteerSignedUp", "Window",
    "WorkloadStated", "workload_id",
]  # fmt: skip
