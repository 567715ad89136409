"""Who is held in place. Source: who is suspected is held where he or she is found (State Council, January 2020)."""

from __future__ import annotations

from datetime import datetime

from lianfang.capabilities.checkpoints.state import CST
from lianfang.capabilities.gates.facts import HoldReason, Screened
from lianfang.capabilities.gates.rules.policy import Policy, in_force


def policy_at(at: datetime) -> Policy:
    """The edition of a moment's civil day."""
    return in_force(at.astimezone(CST).date())


def held_for(data: Screened, at: datetime) -> HoldReason | None:
    """Why whom a screening at ``at`` was made of is to be held: a temperature from the threshold of that day on, or the
    answer that he or she has a fever or symptoms. None where neither is."""
    if data.temp_c is not None and data.temp_c >= policy_at(at).hold_c:
        return HoldReason.TEMPERATURE
    return HoldReason.ANSWER if data.fever or data.symptoms else None
