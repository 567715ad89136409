"""Read table of tasks: what was done about each. Disposable, refolded from the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models

from lianfang.capabilities.tasks.facts import Acknowledged, Assigned, Attempt, Attempted, Done
from lianfang.capabilities.tasks.state import Fault, TaskState, Tried, fold
from lianfang.facts.fact import Entry
from lianfang.facts.facts import Retracted
from lianfang.facts.refold import SubjectRegister


class TaskRow(models.Model):
    """What one division has recorded about a task. What is due is not here: it follows from other facts."""

    pk = models.CompositePrimaryKey("subject", "area")
    subject = models.UUIDField()
    area = models.CharField(max_length=64)
    author = models.CharField(max_length=64)
    of = models.UUIDField()
    rule = models.CharField(max_length=64)
    slot = models.CharField(max_length=64)
    assignee = models.CharField(max_length=64)
    assigned_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    tried = models.JSONField()
    """A list of what came of it, by whom and when."""
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=64)
    faults = models.JSONField()
    disputed = models.BooleanField()

    class Meta:
        db_table = "tasks_task"
        indexes: ClassVar = [
            models.Index(
                fields=["area", "subject"], opclasses=["varchar_pattern_ops", "uuid_ops"], name="tasks_task_area"
            ),
            models.Index(fields=["of"], name="tasks_task_of"),
            models.Index(fields=["assignee"], name="tasks_task_assignee"),
        ]

    def state(self) -> TaskState:
        """What was done about the task, as the fold has it."""
        return TaskState(
            self.of, self.rule, self.slot, self.area, self.author, self.assignee, self.assigned_at,
            self.acknowledged_at, tried_of(self.tried), self.done_at, self.done_by,
            tuple(Fault(UUID(fact), field, reason) for fact, field, reason in self.faults), self.disputed,
        )  # fmt: skip


def tried_of(told: Sequence[Sequence[str]]) -> tuple[Tried, ...]:
    """The attempts of a row."""
    return tuple(Tried(Attempt(outcome), by, datetime.fromisoformat(at)) for outcome, by, at in told)


class TaskRegister(SubjectRegister):
    """Every task about which something was recorded, a row each."""

    name = "tasks.tasks"
    kinds = frozenset({Assigned.kind, Attempted.kind, Acknowledged.kind, Done.kind, Retracted.kind})
    models = (TaskRow,)

    def rows(self, subject: UUID, entries: Sequence[Entry]) -> Iterable[TaskRow]:
        for state in fold([entry.fact for entry in entries]):
            yield TaskRow(
                subject=subject,
                area=state.area,
                author=state.author,
                of=state.of,
                rule=state.rule,
                slot=state.slot,
                assignee=state.assignee,
                assigned_at=state.assigned_at,
                acknowledged_at=state.acknowledged_at,
                tried=[[one.outcome, one.by, one.at.isoformat()] for one in state.tried],
                done_at=state.done_at,
                done_by=state.done_by,
                faults=[[str(one.fact), one.field, one.reason] for one in state.faults],
                disputed=state.disputed,
            )
