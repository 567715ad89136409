"""The response of a drill's area: its level, and a plan that is in action from the first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import numpy as np

from lianfang.capabilities.command import facts as kind
from lianfang.capabilities.command.facts import ResponseLevel
from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.drills.rules.shapes import ids, written
from lianfang.capabilities.drills.rules.world import Told
from lianfang.capabilities.tasks.facts import Assigned, task_id
from lianfang.facts.fact import FactData

_UNITS = {
    "county_duty_officer": ("值班室", "duty office"),
    "responding_department": ("联动部门", "responding department"),
}
"""Who carries the plan out, by the role of who stands for the unit."""
_ITEMS = (
    ("hq", "成立指挥部并开始值守", "set up the headquarters and man it", 2, tuple(_UNITS)),
    ("report", "建立日报告和零报告制度", "begin daily and zero reports", 12, ("county_duty_officer",)),
    ("points", "设立卡点并排班", "set up points and plan their shifts", 24, ("responding_department",)),
    ("supplies", "清点防护物资", "count protective supplies", 48, ("responding_department",)),
)
_LEVELS = (ResponseLevel.I, ResponseLevel.II)


def issued(drill: Drill, accounts: dict[str, str]) -> kind.PlanIssued:
    """The plan of a drill, for the accounts of roles."""
    units = tuple(kind.Unit(code=role, zh=zh, en=en, account=accounts[role]) for role, (zh, en) in _UNITS.items())
    items = tuple(
        kind.Item(code=code, zh=zh, en=en, due_h=due_h, units=units_of, levels=_LEVELS)
        for code, zh, en, due_h, units_of in _ITEMS
    )
    first = drill.at(0).date()
    return kind.PlanIssued(
        code="drill", edition="1", zh="演练应急预案", en="plan of the drill", issuer="演练指挥部", doc_no="演练-1",
        first=first - timedelta(days=30), last=first + timedelta(days=335), units=units, items=items,
    )  # fmt: skip


def told(drill: Drill, accounts: dict[str, str], by: str, at: int) -> Iterator[Told]:
    """What begins the response at a minute: the level declared, the plan issued, activated and given out."""
    names = ids(drill.seed, "response", np.arange(3 + len(_UNITS), dtype=np.int64))
    response, plan = str(kind.response_id(drill.area)), str(kind.plan_id(drill.area, "drill"))
    level = kind.LevelDeclared(
        level=ResponseLevel.I, issuer="演练指挥部", doc_no="演练-2", starts=drill.at(at)
    )  # fmt: skip
    activated = kind.PlanActivated(
        level=ResponseLevel.I, issued=UUID(names[1]), declared=UUID(names[0]), declared_for=drill.area
    )
    facts: list[tuple[FactData, str, str]] = [
        (level, names[0], response), (issued(drill, accounts), names[1], plan), (activated, names[2], plan),
    ]  # fmt: skip
    for role, name in zip(_UNITS, names[3:], strict=True):
        of = kind.checklist_id(UUID(names[2]), role)
        facts.append((Assigned(to=accounts[role], of=of, rule=kind.RULE), name, str(task_id(kind.RULE, of))))
    for data, name, subject in facts:
        yield Told(at, by, at, written(drill, data, name, subject, drill.area, at, by))
