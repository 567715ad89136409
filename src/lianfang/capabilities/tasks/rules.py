"""What is to be done by when follows from facts, the disease's profile and the time; nothing of it is stored.

Where a task stands is said by the clock and by facts alone: there is no tick for being late, and none for being done.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Protocol
from uuid import UUID

from lianfang.capabilities.tasks.facts import Attempt, task_id
from lianfang.capabilities.tasks.state import TaskState
from lianfang.facts.indicator import Better, Group, Indicator, Kind

__all__ = [
    "INDICATORS", "KIND_TITLES", "Obligation", "Policy", "Progress", "Provider", "Rule", "Step", "Task", "Where",
    "climbed", "once", "overlaid", "parse", "place", "policy", "progress", "task_id",
]  # fmt: skip


class Obligation(NamedTuple):
    """A thing to do by a time. ``rule`` is a code of ``policy/tasks.toml``; ``subject`` what it is about (a case, a
    contact, an order); ``slot`` tells several of one rule apart (``2020-01-21.am``).

    It can be done from ``begins``, is late after ``due``, and cannot be done any more from ``lapses`` on. ``done_at``
    is when a fact closed it; an attempt that found nobody leaves ``done_at`` empty and says so in ``outcome``. The list
    is made anew whenever it is asked for: a late or corrected fact changes it at once.
    """

    rule: str
    subject: UUID
    area: str
    begins: datetime
    due: datetime
    slot: str = ""
    person: UUID | None = None
    done_at: datetime | None = None
    outcome: Attempt | None = None
    lapses: datetime | None = None
    author: str = ""
    """Who entered the subject: whose own work it is."""

    @property
    def task(self) -> UUID:
        return task_id(self.rule, self.subject, self.slot)


class Provider(Protocol):
    """How a capability tells of its obligations; an app names it in its ``AppConfig``:
    ``obligations = "lianfang.capabilities.x.queries.obligations"``."""

    def __call__(
        self, viewer: object, since: datetime, until: datetime, of: Collection[UUID] | None = None
    ) -> Iterable[Obligation]:
        """Those of the divisions of the viewer's ``tasks.read`` that can be done before ``until`` and are either done
        after ``since``, or not done and not lapsed by ``since``; ``of`` narrows to these subjects. Which roles see
        which rule is not asked here: that is the policy's."""


class Progress(StrEnum):
    """Where a task stands."""

    AHEAD = "ahead"  # its time has not come
    OPEN = "open"
    LATE = "late"  # and can still be done
    MISSED = "missed"  # and cannot be done any more
    DONE = "done"
    DONE_LATE = "done_late"


class Where(StrEnum):
    """Whom a late task has reached, from the nearest up."""

    ASSIGNEE = "assignee"
    TOWN = "town"
    COUNTY = "county"
    PREFECTURE = "prefecture"
    PROVINCE = "province"


class Step(NamedTuple):
    """So long after it was due, a task that is not done reaches ``to``."""

    after: timedelta
    to: Where


class Rule(NamedTuple):
    """What kind of thing is to be done, who does it, and whom it reaches when it is late."""

    code: str
    zh: str
    en: str
    does: frozenset[str]
    """Roles of the matrix."""
    by_hand: bool
    """Whether a ``task.done`` closes it; any other is closed by the record that it asks for."""
    doers_only: bool
    """Whether those who give out tasks do not see it: a call for counselling."""
    charges: bool
    """Whether who has it is told whom it is about. Only where that is said by somebody else: nobody gives himself the
    charge of a person by naming that person."""
    climbs: tuple[Step, ...]
    since: date
    source: str
    say: tuple[str, str] | None
    """What whoever does it tells people, in Chinese and in English; None where there is nothing to tell."""


class Policy(NamedTuple):
    rules: Mapping[str, Rule]
    by_author: frozenset[str]
    """Roles whose own work is what they have entered themselves; of any other it is what lies in their area."""

    def rule(self, code: str) -> Rule:
        """Raises LookupError for a rule that the policy has not: a provider may make up none."""
        if code not in self.rules:
            raise LookupError(f"policy/tasks.toml has no rule {code}")
        return self.rules[code]


@cache
def policy() -> Policy:
    """The policy of ``policy/tasks.toml``."""
    text = resources.files("lianfang.capabilities.tasks").joinpath("policy/tasks.toml").read_text("utf-8")
    return parse(tomllib.loads(text))


def parse(table: Mapping[str, Any]) -> Policy:
    """The policy of a TOML document. Raises ValueError where steps of a rule do not go up, or come before another."""
    found = {}
    order = list(Where)
    for code, one in table["rules"].items():
        steps = tuple(Step(timedelta(hours=step["after_h"]), Where(step["to"])) for step in one["climbs"])
        ranks = [order.index(step.to) for step in steps]
        waits = [step.after for step in steps]
        say = one.get("say")
        if not steps or sorted(set(ranks)) != ranks or sorted(waits) != waits:
            raise ValueError(f"policy/tasks.toml: {code}: steps go up, one after another")
        found[code] = Rule(
            code, one["zh"], one["en"], frozenset(one["does"]), one.get("by_hand", False), one.get("doers_only", False),
            one.get("charges", False), steps, one["since"], one["source"],
            (say["zh"].strip(), say["en"].strip()) if say else None,
        )  # fmt: skip
    return Policy(MappingProxyType(found), frozenset(table["own"]["by_author"]))


class Task(NamedTuple):
    """An obligation with what was done about it: one line of a list."""

    obligation: Obligation
    assignee: str = ""
    acknowledged_at: datetime | None = None
    attempts: int = 0
    tried_at: datetime | None = None


def once(obligations: Iterable[Obligation]) -> list[Obligation]:
    """Each obligation once, in the order in which they fall due, whatever the order in which they are told. Where two
    tellings of one differ, it stands as done by the earlier of what was done, and else by the earlier time."""
    told: dict[tuple[str, int, str], Obligation] = {}
    for one in obligations:
        key = (one.rule, one.subject.int, one.slot)
        held = told.setdefault(key, one)
        if held is not one and _precedence(one) < _precedence(held):
            told[key] = one
    return sorted(told.values(), key=place)


place: Callable[[Obligation], tuple[datetime, str, int, str]] = attrgetter("due", "rule", "subject.int", "slot")
"""Where an obligation stands in a list."""


def _precedence(one: Obligation) -> tuple[Any, ...]:
    return one.done_at is None, one.done_at or one.due, one.outcome is None, one.due, one.begins, str(one)


def overlaid(obligation: Obligation, series: TaskState | None, own: TaskState | None, *, by_hand: bool) -> Task:
    """The obligation with what was done about it: about itself, or about the series that it is one of.

    Who has it is the last who was given either. Only a task that is closed by hand is closed by ``task.done``; what
    came of an attempt stands until the record itself tells.
    """
    holders = [state for state in (series, own) if state and state.assignee and state.assigned_at]
    holder = max(holders, key=lambda state: (state.assigned_at, state is own), default=None)
    tried = own.tried if own else ()
    if own and by_hand and own.done_at and (obligation.done_at is None or own.done_at < obligation.done_at):
        obligation = obligation._replace(done_at=own.done_at)
    if tried and obligation.outcome is None:
        obligation = obligation._replace(outcome=tried[-1].outcome)
    return Task(
        obligation,
        holder.assignee if holder else "",
        holder.acknowledged_at if holder else None,
        len(tried),
        tried[-1].at if tried else None,
    )


def progress(one: Obligation, now: datetime) -> Progress:
    """Where a task stands at a moment. What is recorded as done after ``now`` is not done yet."""
    if one.done_at is not None and one.done_at <= now:
        return Progress.DONE if one.done_at <= one.due else Progress.DONE_LATE
    if now < one.begins:
        return Progress.AHEAD
    if now <= one.due:
        return Progress.OPEN
    return Progress.MISSED if one.lapses is not None and one.lapses <= now else Progress.LATE


def climbed(rule: Rule, one: Obligation, assignee: str, stands: Progress, now: datetime) -> Where | None:
    """Whom a task that stands so has reached; None for one that is neither late nor missed. One that nobody has reaches
    whoever comes after the assignee at once."""
    if stands is not Progress.LATE and stands is not Progress.MISSED:
        return None
    reached = [step.to for step in rule.climbs if one.due + step.after <= now]
    above = [step.to for step in rule.climbs if step.to is not Where.ASSIGNEE]
    if not assignee and above and reached[-1:] in ([], [Where.ASSIGNEE]):
        return above[0]
    return reached[-1] if reached else None


_OWN: Final = (
    "Lianfang's tasks: each rule with its source in tasks.toml",
    "联防任务规则（逐条注明来源，见 tasks.toml）",
)
_RECORDED: Final = ("task.assigned", "task.acknowledged", "task.attempted")
INDICATORS: Final = (
    Indicator(
        "tasks_open", Group.TASKS, "待办任务", "tasks open", "task", Kind.STOCK, Better.NONE,
        "现在可以办理、尚未到期的任务。", "Tasks that can be done now and are not due yet.",
        "tasks_open = |{begun, not done, due ≥ now}|", *_OWN, _RECORDED, "tasks", series=False,
    ),
    Indicator(
        "tasks_late", Group.TASKS, "逾期任务", "tasks late", "task", Kind.STOCK, Better.LOWER,
        "已过期限、尚未完成且仍可办理的任务。", "Tasks that are past due, not done, and can still be done.",
        "tasks_late = |{due < now, not done, not lapsed}|", *_OWN, _RECORDED, "tasks", series=False,
    ),
)  # fmt: skip
KIND_TITLES: Final = MappingProxyType(
    {
        "task.assigned": ("分派任务", "Assigned"),
        "task.acknowledged": ("签收任务", "Acknowledged"),
        "task.attempted": ("登记结果", "Attempted"),
    }
)
