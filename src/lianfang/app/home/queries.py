"""What a viewer opens the day with. Everything is asked of the capabilities' own doors; the viewer comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import Scope, can, scope
from lianfang.access.viewer import Viewer
from lianfang.app.home.day import Due, Moment, SystemDay, Told, following, in_force, told
from lianfang.capabilities.bulletins.queries import notices as bulletins
from lianfang.capabilities.gates.queries.posts import staffed
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.queries import Line
from lianfang.capabilities.tasks.rules import Progress, Task, climbed, policy, progress

READ: Final = "tasks.read"
FIRST: Final = 8
"""So many groups of own tasks stand on the first page; the list of tasks has them all."""
TO_DO: Final = (Progress.OPEN, Progress.LATE)
DONE: Final = (Progress.DONE, Progress.DONE_LATE)


class Group(NamedTuple):
    """Own tasks of one rule in one place that can be done now, ``first`` the one that falls due first."""

    rule: str
    area: str
    first: Line
    n: int
    late: int
    about: tuple[UUID, ...]
    """What each of them is about."""


class Home(NamedTuple):
    """A role's day at a moment."""

    day: SystemDay
    moments: list[Told]
    next: tuple[Moment, datetime] | None
    standing: Mapping[Progress, int] | None
    """How many of the tasks that the viewer sees or counts stand where; None for a role without tasks."""
    own: Mapping[Progress, int]
    """Of these, the viewer's own: had by the viewer, or by nobody and the role's to do."""
    groups: list[Group]
    """The own tasks that can be done now, those that are alike together, by when the first falls due."""
    sums_only: bool


def home(viewer: Viewer, now: datetime) -> Home:
    """The system day of the viewer's role, and the viewer's tasks of today by when they fall due."""
    begins, _ = tasks.day_of(None, now)
    day = in_force(localdate(now))
    moments = day.of(viewer.role)
    seen = _standing(viewer, now) if can(viewer, READ) else None
    sums_only = scope(viewer, READ) is Scope.AGGREGATE
    its = [] if sums_only else list(_own(viewer, seen or ()))
    counts = Counter((task.obligation.rule, task.obligation.due, at) for task, at in seen or ())
    notices, reporting = _notices(viewer, moments, begins)
    shifts = staffed(viewer, [one.on(begins) for one in moments if one.shifts])
    return Home(
        day,
        told(moments, begins, now, _asked(moments, counts), notices, reporting, shifts),
        following(moments, begins, now),
        None if seen is None else _stands(counts),
        Counter(at for _, at in its),
        _grouped(its, now, FIRST),
        sums_only,
    )


def own_groups(viewer: Viewer, now: datetime) -> list[Group]:
    """The viewer's own tasks that can be done now, those that are alike together; none for who sees sums only."""
    if scope(viewer, READ) in (Scope.NONE, Scope.AGGREGATE):
        return []
    return _grouped(_own(viewer, _standing(viewer, now)), now)


def _standing(viewer: Viewer, now: datetime) -> list[tuple[Task, Progress]]:
    """The tasks of today that the viewer sees or counts, with where each stands."""
    return [(task, progress(task.obligation, now)) for task in tasks.gathered(viewer, *tasks.day_of(None, now))]


def _own(viewer: Viewer, stand: Iterable[tuple[Task, Progress]]) -> Iterable[tuple[Task, Progress]]:
    is_mine = tasks.taking(viewer)
    return ((task, at) for task, at in stand if is_mine(task))


def _grouped(stand: Iterable[tuple[Task, Progress]], now: datetime, most: int | None = None) -> list[Group]:
    """Tasks come by when they fall due, and so do their groups; so many of these at most."""
    alike: dict[tuple[str, str], list[tuple[Task, Progress]]] = {}
    for task, at in stand:
        if at in TO_DO:
            alike.setdefault((task.obligation.rule, task.obligation.area), []).append((task, at))
    return [
        Group(
            rule, area, _line(*its[0], now), len(its), sum(at is Progress.LATE for _, at in its),
            tuple(task.obligation.subject for task, _ in its),
        )
        for (rule, area), its in islice(alike.items(), most)
    ]  # fmt: skip


def _asked(moments: Sequence[Moment], counts: Mapping[tuple[str, datetime, Progress], int]) -> list[Due]:
    """Of all tasks, those that a moment tells of: counted by rule and time, for there are many of each."""
    rules = {rule for one in moments for rule in one.rules}
    late = any(one.late_list for one in moments)
    return [
        Due(rule, at, stands in DONE, n)
        for (rule, at, stands), n in counts.items()
        if rule in rules or (late and stands not in DONE)
    ]


def _stands(counts: Mapping[tuple[str, datetime, Progress], int]) -> Counter[Progress]:
    """How many tasks stand where."""
    found = Counter[Progress]()
    for (_, _, stands), n in counts.items():
        found[stands] += n
    return found


def _line(task: Task, at: Progress, now: datetime) -> Line:
    one = task.obligation
    return Line(task, at, climbed(policy().rule(one.rule), one, task.assignee, at, now))


def _notices(viewer: Viewer, moments: Sequence[Moment], begins: datetime) -> tuple[dict[datetime, int], int]:
    """How many areas have a notice as of each moment that asks for one, and how many give notices at all."""
    asked = [one.on(begins) for one in moments if one.notices]
    if not asked or not can(viewer, bulletins.READ):
        return {}, 0
    return bulletins.given(viewer, asked), len(bulletins.areas(viewer))
