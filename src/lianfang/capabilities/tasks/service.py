"""The only door for writing about tasks: give out, take on, tell what came of it, say that it was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.matrix import reaches, require, require_over
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.tasks import queries
from lianfang.capabilities.tasks.facts import Acknowledged, Assigned, Attempt, Attempted, Done, task_id
from lianfang.capabilities.tasks.models import TaskRegister
from lianfang.capabilities.tasks.rules import Task, policy
from lianfang.capabilities.tasks.state import TaskData, fold
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.lock import locked

MOST_AT_ONCE: Final = 1_000
AHEAD: Final = timedelta(days=60)
"""How far ahead a task may lie that somebody is given."""
NOT_SEEN: Final = frozenset({Attempt.NOT_FOUND, Attempt.REFUSED, Attempt.NOT_ATTEMPTED})


class Named(NamedTuple):
    """A task as it is asked for: its id, and what it is about."""

    id: UUID
    of: UUID


def assign(viewer: Viewer, to: str, tasks: Sequence[Named], *, series: bool, now: datetime) -> list[UUID]:
    """Gives tasks to somebody, all or none; with ``series`` the whole series that each is one of.

    Given again to the same, nothing is recorded; to another, it is handed over. Returns the tasks that changed hands.
    Raises Forbidden; NotThere for one that is not open or not the viewer's, Refused where ``to`` does no such things.
    """
    require(viewer, "tasks.assign")
    with transaction.atomic():
        locked(*(task.of for task in tasks))
        given = {}
        for task in _open(viewer, tasks, now):
            one = task.obligation
            slot = "" if series else one.slot
            given[task_id(one.rule, one.subject, slot)] = (
                Assigned(to=to, of=one.subject, rule=one.rule, slot=slot or None),
                one.area,
            )
            require_over(viewer, "tasks.assign", one.area)
        _require_assignee(viewer, to, given.values(), now)
        held = _holders(given)
        changed = [_fact(id, area, now, data) for id, (data, area) in given.items() if held.get(id) != to]
        _append(viewer, changed)
    return [fact.subject for fact in changed]


def give(viewer: Viewer, to: str, of: UUID, rules: Sequence[str], area: str, *, now: datetime) -> list[Fact]:
    """The facts that give series of tasks about one thing to somebody, for a service that appends them with its own.
    Raises Refused where ``to`` does no such things there."""
    given = [(Assigned(to=to, of=of, rule=rule), area) for rule in rules]
    _require_assignee(viewer, to, given, now)
    return [_fact(task_id(data.rule, of), area, now, data) for data, _ in given]


def hand_over(viewer: Viewer, giver: str, to: str, *, area: str, now: datetime) -> list[UUID]:
    """Gives everything open that ``giver`` has in an area to somebody else, who does such things there. Returns the
    tasks and series that changed hands. Raises Forbidden, Refused."""
    require_over(viewer, "tasks.assign", area)
    with transaction.atomic():
        held = queries.held_by(viewer, giver, area)
        locked(*(state.of for state in held))
        held = queries.held_by(viewer, giver, area)
        tasks = queries.gathered(viewer, now, now + AHEAD, {state.of for state in held})
        still = {(one.rule, one.subject, slot) for one, *_ in tasks for slot in ("", one.slot) if not one.done_at}
        given = [
            (Assigned(to=to, of=state.of, rule=state.rule, slot=state.slot or None), state.area)
            for state in held
            if (state.rule, state.of, state.slot) in still
        ]
        _require_assignee(viewer, to, given, now)
        facts = [_fact(task_id(data.rule, data.of, data.slot or ""), its, now, data) for data, its in given]
        _append(viewer, facts)
    return [fact.subject for fact in facts]


def acknowledge(viewer: Viewer, task: Named, *, series: bool, now: datetime) -> None:
    """Takes a task on, or its series; again, nothing is recorded. Raises NotThere, Refused where another has it."""
    with transaction.atomic():
        found = _own(viewer, task, now)
        if found.assignee in own_work(viewer).authors and found.acknowledged_at:
            return
        one = found.obligation
        slot = "" if series else one.slot
        data = Acknowledged(of=one.subject, rule=one.rule, slot=slot or None)
        _append(viewer, [_fact(task_id(one.rule, one.subject, slot), one.area, now, data)])


def attempt(viewer: Viewer, task: Named, outcome: Attempt, *, at: datetime | None, now: datetime) -> None:
    """Tells what came of a task that was not done; the same attempt sent again is not another one.

    Raises NotThere, Refused: who was seen is told by the record that the task asks for.
    """
    with transaction.atomic():
        found = _own(viewer, task, now)
        one, rule = found.obligation, policy().rule(found.obligation.rule)
        if not rule.by_hand and outcome not in NOT_SEEN:
            raise Refused([_RECORD_IT._replace(field="outcome")])
        data = Attempted(outcome=outcome, of=one.subject, rule=one.rule, slot=one.slot or None)
        _append(viewer, [_fact(one.task, one.area, _time(found, at, now), data, f"{viewer.author}|{outcome}")])


def done(viewer: Viewer, task: Named, *, at: datetime | None, now: datetime) -> None:
    """Says that a task was done that no other record closes. Raises NotThere, Refused."""
    with transaction.atomic():
        found = _own(viewer, task, now)
        one, rule = found.obligation, policy().rule(found.obligation.rule)
        if not rule.by_hand:
            raise Refused([_RECORD_IT])
        data = Done(of=one.subject, rule=one.rule, slot=one.slot or None)
        _append(viewer, [_fact(one.task, one.area, _time(found, at, now), data)])


_RECORD_IT: Final = Wrong(
    "task", "by_record",
    "此任务由其记录自动完成：请直接登记检查、测温等记录",
    "is closed by its own record: enter the check, the measurement or the act itself",
)  # fmt: skip


def _open(viewer: Viewer, tasks: Sequence[Named], now: datetime) -> list[Task]:
    """The tasks of these ids as they are on the viewer's list and not done. Raises NotThere for any that is not."""
    told = queries.gathered(viewer, now, now + AHEAD, {task.of for task in tasks})
    found = {task.obligation.task: task for task in told if task.obligation.done_at is None}
    if any(task.id not in found for task in tasks):
        raise NotThere
    return [found[task.id] for task in tasks]


def _own(viewer: Viewer, task: Named, now: datetime) -> Task:
    """One that the viewer may act on: nobody else has it. Raises Forbidden, NotThere, Refused."""
    require(viewer, "tasks.attempt")
    locked(task.of)
    (found,) = _open(viewer, [task], now)
    require_over(viewer, "tasks.attempt", found.obligation.area)
    if found.assignee and found.assignee not in own_work(viewer).authors:
        raise Refused([
            Wrong(
                "task", "taken", "已分派给他人：请先改派", "has been given to somebody else: hand it over first"
            )
        ])  # fmt: skip
    return found


def _require_assignee(viewer: Viewer, to: str, given: Iterable[tuple[Assigned, str]], now: datetime) -> None:
    """Raises Refused unless ``to`` does what is given there; of whoever asks, the present hat says so."""
    for rule, area in sorted({(data.rule, area) for data, area in given}):
        its = policy().rule(rule)
        own = to == viewer.author and viewer.role in its.does and reaches(viewer, "tasks.attempt", area)
        if not own and to not in {one.code for one in queries.assignees(viewer, rule, area, now)}:
            raise Refused([
                Wrong(
                    "to", "not_a_doer",
                    f"没有在{area}负责“{its.zh}”的此账户或设备：请从可分派人员中选择",
                    f"is no account or device that does “{its.en}” in {area}: choose one of the assignees",
                )
            ])  # fmt: skip


def _time(task: Task, at: datetime | None, now: datetime) -> datetime:
    """When something was done. Raises Refused for a time that cannot be."""
    if at is not None and at > now:
        raise Refused([Wrong("at", "in_future", "在现在之后，请核对", "lies ahead: correct it")])
    if at is not None and at < task.obligation.begins:
        raise Refused([Wrong("at", "too_early", "早于任务可以开始的时间，请核对", "is before the task could be begun")])
    return at or now


def _holders(given: Mapping[UUID, tuple[Assigned, str]]) -> dict[UUID, str]:
    """Who has each task in its area, as the record has it."""
    told: dict[UUID, list[Fact]] = defaultdict(list)
    for entry in log.read(kinds=TaskRegister.kinds, subjects=list(given)):
        told[entry.fact.subject].append(entry.fact)
    found = {id: queries.about(given[id][1], fold(facts)) for id, facts in told.items()}
    return {id: state.assignee for id, state in found.items() if state}


def _fact(task: UUID, area: str, at: datetime, data: TaskData, by: str = "") -> Fact:
    """The same thing told of the same task at the same time is one fact, however often it is sent."""
    id = uuid5(task, f"{data.kind}|{at.isoformat()}|{by or getattr(data, 'to', '')}")
    return Fact.of(data, id=id, subject=task, area=area, observed_at=at)


def _append(viewer: Viewer, facts: Sequence[Fact]) -> None:
    for outcome in log.append(facts, principal=viewer.principal):
        if outcome.status is log.Status.SET_ASIDE:
            raise RuntimeError(f"the record did not take a task's fact: {outcome.reason}")
