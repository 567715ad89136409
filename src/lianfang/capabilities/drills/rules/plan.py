"""The response of a drill's area: its level, and a plan that is in action from the first day, whose tasks are done in
time, late or never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from lianfang.capabilities.command import facts as kind
from lianfang.capabilities.command.facts import ResponseLevel, checklist_id
from lianfang.capabilities.drills.rules.desks import Desk
from lianfang.capabilities.drills.rules.drill import DAY_MINUTES, NEVER, Drill
from lianfang.capabilities.drills.rules.rounds import OPENED as BEGINS
from lianfang.capabilities.tasks.facts import Assigned, Done, task_id
from lianfang.epi.simulate import dice

HOUR: Final = 60
ISSUER: Final = "演练指挥部"
DOCUMENT: Final = "演练-2"
"""Of the level."""

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


def issued(day: date, accounts: Mapping[str, str], issuer: str, doc_no: str, zh: str, en: str) -> kind.PlanIssued:
    """A made plan with its name, in force on a day, for the accounts of roles."""
    units = tuple(kind.Unit(code=role, zh=zh, en=en, account=accounts[role]) for role, (zh, en) in _UNITS.items())
    items = tuple(
        kind.Item(code=code, zh=zh, en=en, due_h=due_h, units=units_of, levels=_LEVELS)
        for code, zh, en, due_h, units_of in _ITEMS
    )
    return kind.PlanIssued(
        code="drill", edition="1", zh=zh, en=en, issuer=issuer, doc_no=doc_no,
        first=day - timedelta(days=30), last=day + timedelta(days=335), units=units, items=items,
    )  # fmt: skip


class Planned:
    """Writes what begins the response and what comes of the plan's tasks, and what the registers hold of them in the
    end."""

    def __init__(self, drill: Drill, accounts: dict[str, str]) -> None:
        """``accounts``: by role, who works for the whole area."""
        self.drill, self.accounts, self.desk = drill, accounts, Desk(drill)
        self.plan = issued(drill.at(0).date(), accounts, ISSUER, "演练-1", "演练应急预案", "plan of the drill")
        self.level, self.version, self.activation = (self.desk.name("response", n) for n in range(3))
        self.lists = {role: checklist_id(UUID(self.activation), role) for role in _UNITS}

    def _done(self) -> Iterator[tuple[int, str, str, int]]:
        """Each task by its number, with unit, item and the minute at which it is done: NEVER where it is not."""
        in_time = self.drill.response.plan_in_time
        asked = [(item, unit) for item in self.plan.items for unit in item.units]
        for number, (item, unit) in enumerate(asked):
            drawn = dice.uniform(dice.key(self.drill.seed, "plan"), number, 0, 0)
            late = (drawn - in_time) / (1 - in_time) if drawn >= in_time else 0.0
            part = drawn / in_time if drawn < in_time else 1 + 4 * late
            done = BEGINS + int(item.due_h * HOUR * (0.2 + 0.8 * part)) if late < 0.5 else NEVER
            yield number, unit, item.code, done

    def write(self) -> None:
        """Everything that is recorded of the response."""
        drill, area, by = self.drill, self.drill.area, self.accounts["county_duty_officer"]
        response, plan = str(kind.response_id(area)), str(kind.plan_id(area, self.plan.code))
        level = kind.LevelDeclared(level=ResponseLevel.I, issuer=ISSUER, doc_no=DOCUMENT, starts=drill.at(BEGINS))
        activated = kind.PlanActivated(
            level=ResponseLevel.I, issued=UUID(self.version), declared=UUID(self.level), declared_for=area
        )
        for n, (data, subject) in enumerate([(level, response), (self.plan, plan), (activated, plan)]):
            self.desk.tell(data, subject, area, by, BEGINS, ("response", n))
        for n, (role, of) in enumerate(self.lists.items()):
            given = Assigned(to=self.accounts[role], of=of, rule=kind.RULE)
            self.desk.tell(given, str(task_id(kind.RULE, of)), area, by, BEGINS, ("plan given", n))
        for n, unit, item, at in self._done():
            of = self.lists[unit]
            done = Done(of=of, rule=kind.RULE, slot=item)
            self.desk.tell(done, str(task_id(kind.RULE, of, item)), area, self.accounts[unit], at, ("plan done", n))

    def rows(self) -> Iterator[tuple[str, str, list[Any]]]:
        """The rows of registers: of a level who declared it and how; of a checklist its unit, level and how many items;
        of what was recorded of tasks the checklist, the item (empty: all of it), who has it and who did it."""
        yield "levels", str(kind.response_id(self.drill.area)), [ResponseLevel.I, ISSUER, DOCUMENT]
        for unit, of in self.lists.items():
            many = sum(unit in item.units for item in self.plan.items)
            yield "checklists", str(of), [unit, ResponseLevel.I, many]
            yield "plan_tasks", str(task_id(kind.RULE, of)), [str(of), "", self.accounts[unit], ""]
        for _, unit, item, at in self._done():
            if at < self.drill.days * DAY_MINUTES:
                of = self.lists[unit]
                yield "plan_tasks", str(task_id(kind.RULE, of, item)), [str(of), item, "", self.accounts[unit]]
