"""Beds asked for: of the designated hospital, for whoever is suspected, until it has taken him or her in."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from lianfang.capabilities.cases import facts as kind
from lianfang.capabilities.drills.rules.desks import HOSPITAL, Desk, code
from lianfang.capabilities.drills.rules.setting import chief
from lianfang.capabilities.tasks.facts import Acknowledged, Assigned, task_id

RULE: Final = "case.admit"
ASKED, TAKEN_ON = 15, 45
"""Minutes from a report until a hospital is asked, and until it says that it has a bed."""
HOUR: Final = 60


def asked(desk: Desk, case: str, area: str, number: int, reported: int, admitted: int) -> None:
    """Asks for a bed for a case, and takes the patient in."""
    drill, task = desk.drill, str(task_id(RULE, UUID(case)))
    hospital, of = code(HOSPITAL, drill.area), UUID(case)
    asks, takes = Assigned(to=hospital, of=of, rule=RULE), Acknowledged(of=of, rule=RULE)
    desk.tell(asks, task, area, chief(drill), reported + ASKED, ("bed asked", number))
    desk.tell(takes, task, area, hospital, reported + TAKEN_ON, ("bed found", number))
    bed = kind.Admitted(hospital=hospital, designated=True)
    desk.tell(bed, case, area, hospital, admitted, ("admitted", number))
    desk.tell(kind.Treated(), case, area, hospital, admitted + HOUR, ("treated", number))


def row(desk: Desk, reported: int, end: int) -> list[object] | None:
    """Of a request for a bed: who was asked, whether it was taken on by the last minute. None: not asked by then."""
    if reported + ASKED > end:
        return None
    return [code(HOSPITAL, desk.drill.area), reported + TAKEN_ON <= end]
