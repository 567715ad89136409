"""What a viewer opens the day with. Everything is asked of the capabilities' own doors; the viewer comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.utils.timezone import localdate

from lianfang.access.matrix import Scope, can, scope
from lianfang.access.viewer import Viewer
from lianfang.app.home.day import Due, Moment, SystemDay, Told, following, in_force, told
from lianfang.capabilities.bulletins import queries as bulletins
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.queries import Line
from lianfang.capabilities.tasks.rules import Progress, Task, climbed, policy, progress

READ: Final = "tasks.read"
FIRST: Final = 8
"""So many of the own tasks stand on the first page; the list of tasks has them all."""
TO_DO: Final = (Progress.OPEN, Progress.LATE)


class Home(NamedTuple):
    """A role's day at a moment."""

    day: SystemDay
    moments: list[Told]
    next: tuple[Moment, datetime] | None
    standing: Mapping[Progress, int] | None
    """How many of the tasks that the viewer sees or counts stand where; None for a role without tasks."""
    own: Mapping[Progress, int]
    """Of these, the viewer's own: had by the viewer, or by nobody and the role's to do."""
    lines: tuple[Line, ...]
    """The own tasks that can be done now, by when they fall due; the first ones."""
    sums_only: bool


def home(viewer: Viewer, now: datetime) -> Home:
    """The system day of the viewer's role, and the viewer's tasks of today by when they fall due."""
    begins, ends = tasks.day_of(None, now)
    day = in_force(localdate(now))
    moments = day.of(viewer.role)
    seen = tasks.gathered(viewer, begins, ends) if can(viewer, READ) else None
    stand = [(task, progress(task.obligation, now)) for task in seen or ()]
    sums_only = scope(viewer, READ) is Scope.AGGREGATE
    its = [] if sums_only else list(_own(viewer, stand))
    notices, reporting = _notices(viewer, moments, begins)
    return Home(
        day,
        told(moments, begins, now, [_due(task, at) for task, at in stand], notices, reporting),
        following(moments, begins, now),
        None if seen is None else Counter(at for _, at in stand),
        Counter(at for _, at in its),
        tuple(_line(task, at, now) for task, at in [one for one in its if one[1] in TO_DO][:FIRST]),
        sums_only,
    )


def _own(viewer: Viewer, stand: Iterable[tuple[Task, Progress]]) -> Iterable[tuple[Task, Progress]]:
    is_mine = tasks.taking(viewer)
    return ((task, at) for task, at in stand if is_mine(task))


def _due(task: Task, at: Progress) -> Due:
    return Due(task.obligation.rule, task.obligation.due, at in (Progress.DONE, Progress.DONE_LATE))


def _line(task: Task, at: Progress, now: datetime) -> Line:
    one = task.obligation
    return Line(task, at, climbed(policy().rule(one.rule), one, task.assignee, at, now))


def _notices(viewer: Viewer, moments: Sequence[Moment], begins: datetime) -> tuple[dict[datetime, int], int]:
    """How many areas have a notice as of each moment that asks for one, and how many give notices at all."""
    asked = [one.on(begins) for one in moments if one.notices]
    if not asked or not can(viewer, bulletins.READ):
        return {}, 0
    return bulletins.given(viewer, asked), len(bulletins.areas(viewer))
