"""Pure folds of mobilisation."""

from lianfang.capabilities.mobilisation.state.calls import CALL_KINDS, Answer, Call, call, called_id
from lianfang.capabilities.mobilisation.state.people import (
    TEAM_KINDS,
    VOLUNTEER_KINDS,
    Task,
    Team,
    Volunteer,
    team,
    volunteer,
)
from lianfang.capabilities.mobilisation.state.relief import RELIEF_KINDS, Relief, relief
from lianfang.capabilities.mobilisation.state.shifts import SHIFT_KINDS, Duty, Shift, shift
from lianfang.capabilities.mobilisation.state.staff import Care, Secondment, care, secondment
from lianfang.capabilities.mobilisation.state.words import WORDS

__all__ = [
    "CALL_KINDS", "RELIEF_KINDS", "SHIFT_KINDS", "TEAM_KINDS", "VOLUNTEER_KINDS", "WORDS", "Answer", "Call", "Care",
    "Duty", "Relief", "Secondment", "Shift", "Task", "Team", "Volunteer", "call", "called_id", "care", "relief",
    "secondment", "shift", "team", "volunteer",
]  # fmt: skip
