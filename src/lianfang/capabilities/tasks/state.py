"""Pure fold: the facts about one task become who has it, what came of trying, and whether it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.tasks.facts import Acknowledged, Assigned, Attempt, Attempted, Done, task_id
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing

TaskData = Assigned | Acknowledged | Attempted | Done


class Fault(NamedTuple):
    """A fact that contradicts the task that it is about. It is not applied, and is shown."""

    fact: UUID
    field: str
    reason: str


class Tried(NamedTuple):
    """One attempt, by whom and when."""

    outcome: Attempt
    by: str
    at: datetime


class TaskState(NamedTuple):
    """What was done about a task. Whether it is due, late or overtaken follows from elsewhere."""

    of: UUID
    rule: str
    slot: str
    area: str
    """As the last fact has it."""
    author: str
    """Of the first fact."""
    assignee: str = ""
    """The account that has it; empty where nobody has."""
    assigned_at: datetime | None = None
    acknowledged_at: datetime | None = None
    """Since when the present assignee has taken it on."""
    tried: tuple[Tried, ...] = ()
    done_at: datetime | None = None
    done_by: str = ""
    faults: tuple[Fault, ...] = ()
    disputed: bool = False


def fold(facts: Sequence[Fact]) -> TaskState | None:
    """The state of one task from all its facts, in any order; None where none of them holds."""
    held = standing(facts)
    state: TaskState | None = None
    faults: list[tuple[Fact, TaskData]] = []
    for fact in held.facts:
        data = fact.data
        assert isinstance(data, TaskData)
        if task_id(data.rule, data.of, data.slot or "") != fact.subject:
            faults.append((fact, data))
            continue
        if state is None:
            state = TaskState(data.of, data.rule, data.slot or "", fact.area, fact.author)
        state = _after(state._replace(area=fact.area), fact, data)
    if state is None and faults:  # shown, though of no task
        fact, data = faults[0]
        state = TaskState(data.of, data.rule, data.slot or "", fact.area, fact.author)
    told = tuple(Fault(fact.id, "subject", "not_its_task") for fact, _ in faults)
    return state and state._replace(faults=told, disputed=bool(held.disputed))


def _after(state: TaskState, fact: Fact, data: TaskData) -> TaskState:
    at = folding_order(fact)[0]
    match data:
        case Assigned(to=to):
            if to == state.assignee:
                return state
            return state._replace(assignee=to, assigned_at=at, acknowledged_at=None)
        case Acknowledged():
            if state.assignee in ("", fact.author):
                taken = state.acknowledged_at or at
                return state._replace(assignee=fact.author, assigned_at=state.assigned_at or at, acknowledged_at=taken)
            return state
        case Attempted(outcome=outcome):
            return state._replace(tried=(*state.tried, Tried(outcome, fact.author, at)))
        case Done():
            return state if state.done_at else state._replace(done_at=at, done_by=fact.author)
