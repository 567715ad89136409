"""What triage proposes, whom nobody lets go, and by when what is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lianfang.capabilities.care.facts.triage import Conclusion, History, Triaged, VisitOutcome, Way
from lianfang.capabilities.care.rules.policy import policy_at
from lianfang.capabilities.care.state.triage import Visit
from lianfang.capabilities.gates.rules.holding import policy_at as gates_policy_at
from lianfang.capabilities.tasks.rules import Obligation

LOWEST_C: Final = 30.0
HIGHEST_C: Final = 45.0
FEVER: Final = "fever"


def feverish(data: Triaged, at: datetime) -> bool:
    """Whether somebody has a fever, by the threshold of that day or by what he or she says."""
    return FEVER in data.symptoms or (data.temp_c is not None and data.temp_c >= gates_policy_at(at).hold_c)


def meant(temp: float) -> float | None:
    """What a temperature that nobody can have may have been: with the point forgotten (375), or in Fahrenheit (99.5).
    None where nothing of the kind helps."""
    for tried in (temp / 10, (temp - 32) / 1.8, temp / 100):
        if LOWEST_C <= tried <= HIGHEST_C:
            return round(tried, 1)
    return None


def of_visit(id: UUID, its: Visit) -> Iterator[Obligation]:
    """To see who was sent to the fever clinic; to answer about who has fever and a history; to report whom the answer
    says so of. What is over is no longer to be done."""
    if its.data is None or its.arrived is None or its.data.way is not Way.FEVER_CLINIC:
        return
    policy, started = policy_at(its.arrived), its.seen or its.arrived
    steps = [("triage.see", its.arrived, timedelta(minutes=policy.see_min), its.seen or its.ended)]
    if its.fever and its.data.history is History.PRESENT:
        steps.append(("triage.consult", started, timedelta(hours=policy.consult_h), its.consulted or its.ended))
    if its.conclusion is Conclusion.REPORT and its.consulted is not None:
        reported = its.ended if its.outcome in (VisitOutcome.SUSPECTED, None) else None
        steps.append(("triage.report", its.consulted, timedelta(hours=policy.report_h), reported))
    for rule, begins, within, done in steps:
        yield Obligation(rule, id, its.area, begins, begins + within, done_at=done, author=its.author)
