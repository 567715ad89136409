"""Endpoints of tasks. No decision is made here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.capabilities.tasks import queries, service
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.queries import Line, Tally, Wanted
from lianfang.capabilities.tasks.rules import Progress, Rule, Where, policy
from lianfang.facts.fact import Code, Day, Time
from lianfang.facts.shape import Schema
from lianfang.identity.api import person_out
from lianfang.identity.forms import PersonOut

router = Router(tags=["tasks"])

Area = Annotated[str, Field(max_length=64)]


class TaskSayOut(Schema):
    """What whoever does a task tells people."""

    zh: str
    en: str


class TaskTitleOut(Schema):
    """The title of a kind of task; ``say`` is what is told with it, where there is something to tell."""

    zh: str
    en: str
    say: TaskSayOut | None


class TaskOut(Schema):
    """A task. ``of`` is what it is about (a contact, an arrival), ``person`` the pseudonym of whom it is about."""

    id: UUID
    rule: str
    of: UUID
    slot: str
    area: str
    person: UUID | None
    begins: AwareDatetime
    due: AwareDatetime
    lapses: AwareDatetime | None
    state: Progress
    climbed_to: Where | None
    assignee: str
    acknowledged_at: AwareDatetime | None
    outcome: Attempt | None
    attempts: int
    tried_at: AwareDatetime | None
    done_at: AwareDatetime | None


class TaskRuleOut(TaskTitleOut):
    """``by_hand``: closed by saying so; any other by the record that it asks for."""

    by_hand: bool


class TasksOut(Schema):
    tasks: list[TaskOut]
    rules: dict[str, TaskRuleOut]
    names: dict[str, str]
    """What those are called who have them, by code."""
    next: str | None
    """Ask on with this as ``after``; None at the end."""
    total: int


class TaskTallyOut(Schema):
    """``completeness``: the share of those that fell due on the day and were done; None where none has fallen due."""

    total: int
    states: dict[Progress, int]
    outcomes: dict[Attempt, int]
    unassigned: int
    climbed: dict[Where, int]
    due: int
    met: int
    completeness: float | None


class SummaryOut(Schema):
    day: date
    whole: TaskTallyOut
    by_rule: dict[str, TaskTallyOut]
    by_area: dict[str, TaskTallyOut]
    by_assignee: dict[str, TaskTallyOut]
    rules: dict[str, TaskTitleOut]
    names: dict[str, str]


class AssigneeOut(Schema):
    code: str
    name: str
    role: str
    area: str


class NamedIn(Schema):
    id: UUID
    of: UUID


class AssignIn(Schema):
    """To whom; ``series``: the whole series, such as all checks of one contact."""

    of: UUID
    to: Code
    series: bool = False


class AssignManyIn(Schema):
    tasks: Annotated[list[NamedIn], Field(min_length=1, max_length=service.MOST_AT_ONCE)]
    to: Code
    series: bool = False


class TaskHandOverIn(Schema):
    giver: Code
    to: Code
    area: Area


class TaskTakeIn(Schema):
    of: UUID
    series: bool = False


class AttemptIn(Schema):
    of: UUID
    outcome: Attempt
    at: Time | None = None


class DoneIn(Schema):
    of: UUID
    at: Time | None = None


class TaskPeopleIn(Schema):
    """Of which tasks of one's list, and for what, one wants to see whom they are about."""

    tasks: Annotated[list[NamedIn], Field(min_length=1, max_length=queries.MOST_ON_A_PAGE)]
    purpose: Annotated[str, Field(max_length=64)]


class TaskPeopleOut(Schema):
    """People by their pseudonyms; whom the role does not see is not in it."""

    people: dict[str, PersonOut]


class ChangedOut(Schema):
    """The tasks, and series of tasks, of which something was recorded."""

    changed: list[UUID]


class OkOut(Schema):
    id: UUID


class TaskWantedIn(Schema):
    """What a list is narrowed to. ``day`` is a civil day, by default today; ``mine``: what one has, and what nobody
    has and one's role does; ``assignee`` empty: what nobody has."""

    area: Area = ""
    day: Day | None = None
    mine: bool = False
    rule: Annotated[list[Code], Field(max_length=50)] = []  # noqa: RUF012  # a schema's default is copied
    state: Annotated[list[Progress], Field(max_length=10)] = []  # noqa: RUF012
    assignee: Annotated[str, Field(max_length=64)] | None = None
    climbed: Annotated[list[Where], Field(max_length=10)] = []  # noqa: RUF012

    def wanted(self) -> Wanted:
        return Wanted(
            self.area, self.mine, frozenset(self.rule), frozenset(self.state), self.assignee, frozenset(self.climbed)
        )


@router.get("/tasks", response={200: TasksOut, **PROBLEMS}, operation_id="tasks")
@answering
def tasks(
    request: HttpRequest,
    narrowed: Query[TaskWantedIn],
    after: Annotated[str, Query(max_length=300)] = "",
    limit: Annotated[int, Query(ge=1, le=queries.MOST_ON_A_PAGE)] = queries.PAGE,
) -> TasksOut:
    """What is to be done on a day, and what was done on it, in the order in which it falls due."""
    page = queries.page(request.viewer, narrowed.wanted(), day=narrowed.day, after=after, limit=limit, now=clock.now())
    return TasksOut(
        tasks=[task_out(line) for line in page.lines],
        rules=rules_out(page.lines),
        names=names_of(line.task.assignee for line in page.lines),
        next=page.after,
        total=page.total,
    )


@router.get("/tasks/summary", response={200: SummaryOut, **PROBLEMS}, operation_id="tasks_summary")
@answering
def tasks_summary(request: HttpRequest, narrowed: Query[TaskWantedIn]) -> SummaryOut:
    """The tasks of a day, counted: all, by rule, by area, by who has them."""
    now = clock.now()
    counted = queries.summary(request.viewer, narrowed.wanted(), day=narrowed.day, now=now)
    return SummaryOut(
        day=queries.day_of(narrowed.day, now)[0].date(),
        whole=_tally(counted.whole),
        by_rule={name: _tally(one) for name, one in counted.by_rule.items()},
        by_area={name: _tally(one) for name, one in counted.by_area.items()},
        by_assignee={name: _tally(one) for name, one in counted.by_assignee.items()},
        rules=_titles(counted.by_rule),
        names=names_of(counted.by_assignee),
    )


@router.get("/tasks/assignees", response={200: list[AssigneeOut], **PROBLEMS}, operation_id="task_assignees")
@answering
def task_assignees(
    request: HttpRequest, rule: Annotated[str, Query(max_length=64)], area: Annotated[str, Query(max_length=64)]
) -> list[AssigneeOut]:
    """Those who can be given what a rule asks for in a division, the nearest first."""
    found = queries.assignees(request.viewer, rule, area, clock.now())
    return [AssigneeOut(**one._asdict()) for one in found]


@router.post("/tasks/people", response={200: TaskPeopleOut, **PROBLEMS}, operation_id="task_people")
@answering
def task_people(request: HttpRequest, body: TaskPeopleIn) -> TaskPeopleOut:
    """Who tasks of one's list are about, as the role may see them. The look goes on record first."""
    asked = [(one.id, one.of) for one in body.tasks]
    found = queries.people(request.viewer, asked, body.purpose, now=clock.now())
    return TaskPeopleOut(people={str(id): person_out(one) for id, one in found.items()})


@router.post("/tasks/assign", response={200: ChangedOut, **PROBLEMS}, operation_id="assign_tasks")
@answering
def assign_tasks(request: HttpRequest, body: AssignManyIn) -> ChangedOut:
    """Give many tasks to somebody, all or none."""
    named = [service.Named(one.id, one.of) for one in body.tasks]
    return ChangedOut(changed=service.assign(request.viewer, body.to, named, series=body.series, now=clock.now()))


@router.post("/tasks/hand-over", response={200: ChangedOut, **PROBLEMS}, operation_id="hand_over_tasks")
@answering
def hand_over_tasks(request: HttpRequest, body: TaskHandOverIn) -> ChangedOut:
    """Give everything open that somebody has in an area to somebody else."""
    return ChangedOut(changed=service.hand_over(request.viewer, body.giver, body.to, area=body.area, now=clock.now()))


@router.post("/tasks/{id}/assign", response={200: ChangedOut, **PROBLEMS}, operation_id="assign_task")
@answering
def assign_task(request: HttpRequest, id: UUID, body: AssignIn) -> ChangedOut:
    """Give one task, or the series that it is one of, to somebody; again, to somebody else."""
    named = [service.Named(id, body.of)]
    return ChangedOut(changed=service.assign(request.viewer, body.to, named, series=body.series, now=clock.now()))


@router.post("/tasks/{id}/acknowledge", response={200: OkOut, **PROBLEMS}, operation_id="acknowledge_task")
@answering
def acknowledge_task(request: HttpRequest, id: UUID, body: TaskTakeIn) -> OkOut:
    """Take a task on, or the series that it is one of."""
    service.acknowledge(request.viewer, service.Named(id, body.of), series=body.series, now=clock.now())
    return OkOut(id=id)


@router.post("/tasks/{id}/attempt", response={200: OkOut, **PROBLEMS}, operation_id="attempt_task")
@answering
def attempt_task(request: HttpRequest, id: UUID, body: AttemptIn) -> OkOut:
    """Tell what came of trying a task."""
    service.attempt(request.viewer, service.Named(id, body.of), body.outcome, at=body.at, now=clock.now())
    return OkOut(id=id)


@router.post("/tasks/{id}/done", response={200: OkOut, **PROBLEMS}, operation_id="task_done")
@answering
def task_done(request: HttpRequest, id: UUID, body: DoneIn) -> OkOut:
    """Say that a task was done that no other record closes."""
    service.done(request.viewer, service.Named(id, body.of), at=body.at, now=clock.now())
    return OkOut(id=id)


def task_out(line: Line) -> TaskOut:
    """A line of a list as it is answered."""
    one = line.task.obligation
    return TaskOut(
        id=one.task,
        rule=one.rule,
        of=one.subject,
        slot=one.slot,
        area=one.area,
        person=one.person,
        begins=one.begins,
        due=one.due,
        lapses=one.lapses,
        state=line.progress,
        climbed_to=line.climbed,
        assignee=line.task.assignee,
        acknowledged_at=line.task.acknowledged_at,
        outcome=one.outcome,
        attempts=line.task.attempts,
        tried_at=line.task.tried_at,
        done_at=one.done_at,
    )


def rules_out(lines: Iterable[Line]) -> dict[str, TaskRuleOut]:
    """What the rules of a list ask for, by code."""
    its = policy().rules
    found = sorted({line.task.obligation.rule for line in lines})
    return {code: TaskRuleOut(**_title(its[code]), by_hand=its[code].by_hand) for code in found}


def _titles(codes: Iterable[str]) -> dict[str, TaskTitleOut]:
    its = policy().rules
    return {code: TaskTitleOut(**_title(its[code])) for code in sorted(set(codes))}


def _title(rule: Rule) -> dict[str, Any]:
    say = TaskSayOut(zh=rule.say[0], en=rule.say[1]) if rule.say else None
    return {"zh": rule.zh, "en": rule.en, "say": say}


def _tally(tally: Tally) -> TaskTallyOut:
    return TaskTallyOut(
        total=tally.total,
        states=dict(tally.progress),
        outcomes=dict(tally.outcomes),
        unassigned=tally.unassigned,
        climbed=dict(tally.climbed),
        due=tally.due,
        met=tally.met,
        completeness=tally.completeness,
    )
