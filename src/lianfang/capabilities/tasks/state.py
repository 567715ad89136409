"""Pure fold: the facts about one task become who has it, what came of trying, and whether it was done.

Each division that records something has a state of its own: which of them counts follows from who is responsible for
the task, and that may change hands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import inf
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
    """The division whose facts these are."""
    author: str
    """Of the first of them."""
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
    named: bool = True
    """False where no fact names the task that its subject says."""


def fold(facts: Sequence[Fact]) -> tuple[TaskState, ...]:
    """The states of one task from all its facts, in any order: one for each division, by its code."""
    held = standing(facts)
    states: dict[str, TaskState] = {}
    for fact in held.facts:
        data = fact.data
        assert isinstance(data, TaskData)
        state = states.get(fact.area)
        named = task_id(data.rule, data.of, data.slot or "") == fact.subject
        if state is None or (named and not state.named):
            faults = state.faults if state else ()
            state = TaskState(
                data.of, data.rule, data.slot or "", fact.area, fact.author, faults=faults, named=named,
                disputed=bool(held.disputed),
            )  # fmt: skip
        if named:
            states[fact.area] = _after(state, fact, data)
        else:
            told = Fault(fact.id, "subject", "not_its_task")
            states[fact.area] = state._replace(faults=(*state.faults, told))
    return tuple(states[area] for area in sorted(states))


def merged(states: Sequence[TaskState]) -> TaskState | None:
    """What several divisions that count have recorded about one task, as one; None for none."""
    if len(states) < 2:
        return states[0] if states else None
    last = max(states, key=lambda one: (one.assigned_at.timestamp() if one.assigned_at else -inf, one.area))
    done = min((one for one in states if one.done_at), key=lambda one: (one.done_at, one.area), default=last)
    tried = sorted((its for one in states for its in one.tried), key=lambda its: (its.at, its.by, its.outcome))
    return last._replace(tried=tuple(tried), done_at=done.done_at, done_by=done.done_by)


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
