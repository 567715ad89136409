"""A day's tasks, as a list and as counts. The viewer comes first."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import Scope, scope
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.queries.gather import READ, day_of, gathered, range_of, taking
from lianfang.capabilities.tasks.rules import Progress, Task, Where, climbed, place, policy, progress

PAGE, MOST_ON_A_PAGE = 50, 500
NO_PLACE: Final = Wrong(
    "after", "no_place", "不是列表中的位置，请用上一页返回的值", "is no place in a list; take it from the answer before"
)  # fmt: skip


class Line(NamedTuple):
    """One task of a list, and where it stands at the moment that was asked about."""

    task: Task
    progress: Progress
    climbed: Where | None


class Page(NamedTuple):
    """Tasks in the order in which they fall due; ``after`` leads to the next page, ``total`` counts the whole list."""

    lines: tuple[Line, ...]
    after: str | None
    total: int


class Wanted(NamedTuple):
    """What a list is narrowed to; what is empty or None narrows nothing."""

    area: str = ""
    mine: bool = False
    rules: frozenset[str] = frozenset()
    states: frozenset[Progress] = frozenset()
    assignee: str | None = None
    """Empty: what nobody has."""
    climbed: frozenset[Where] = frozenset()


def page(
    viewer: Viewer, wanted: Wanted, *, day: date | None = None, after: str = "", limit: int = PAGE, now: datetime
) -> Page:
    """A page of the tasks of a civil day, by default today's: what can be done on it, and what was done on it.

    None for who may see sums only. Raises Forbidden, Refused.
    """
    begin = _place(after) if after else None
    if scope(viewer, READ) is Scope.AGGREGATE:
        return Page((), None, 0)
    tasks: Iterable[Task] = _narrowed(viewer, wanted, gathered(viewer, *day_of(day, now)))
    if wanted.states or wanted.climbed:
        tasks = (line.task for line in _standing(wanted, tasks, now))
    found = list(tasks)
    first = bisect_right(found, begin, key=_place_of) if begin else 0
    shown = found[first : first + limit]
    going_on = first + limit < len(found)
    lines = tuple(_standing(wanted, shown, now))
    return Page(lines, _cursor(shown[-1]) if going_on else None, len(found))


def _narrowed(viewer: Viewer, wanted: Wanted, tasks: Iterable[Task]) -> list[Task]:
    """The tasks that are asked for, wherever they stand."""
    if wanted.area:
        area_from, area_to = range_of(wanted.area)
        tasks = [task for task in tasks if area_from <= task.obligation.area < area_to]
    if wanted.rules:
        tasks = [task for task in tasks if task.obligation.rule in wanted.rules]
    if wanted.assignee is not None:
        tasks = [task for task in tasks if task.assignee == wanted.assignee]
    return list(filter(taking(viewer), tasks)) if wanted.mine else list(tasks)


def _standing(wanted: Wanted, tasks: Iterable[Task], now: datetime) -> Iterator[Line]:
    """Where each task stands, of those that stand where it is asked for."""
    its = policy().rules
    for task in tasks:
        one = task.obligation
        stands = progress(one, now)
        if not wanted.states or stands in wanted.states:
            reached = climbed(its[one.rule], one, task.assignee, stands, now)
            if not wanted.climbed or reached in wanted.climbed:
                yield Line(task, stands, reached)


def _place_of(task: Task) -> tuple[datetime, str, int, str]:
    return place(task.obligation)


def _cursor(task: Task) -> str:
    one = task.obligation
    return f"{one.due.isoformat()}|{one.rule}|{one.subject}|{one.slot}"


def _place(after: str) -> tuple[datetime, str, int, str]:
    try:
        due, rule, subject, slot = after.split("|")
        told = datetime.fromisoformat(due)
        if told.tzinfo:
            return told, rule, UUID(subject).int, slot
    except ValueError:
        pass
    raise Refused([NO_PLACE])


class Tally(NamedTuple):
    """How many tasks stand where. ``completeness`` is the share (0 to 1) of those that fell due on the day and were
    done, late ones too; None where none has fallen due yet."""

    progress: Mapping[Progress, int]
    outcomes: Mapping[Attempt, int]
    """What came of attempts at those that are not done."""
    unassigned: int
    """Of those not done."""
    climbed: Mapping[Where, int]
    due: int
    """Of the day: fallen due until now."""
    met: int
    """Of these, done."""

    @property
    def total(self) -> int:
        return sum(self.progress.values())

    @property
    def completeness(self) -> float | None:
        return self.met / self.due if self.due else None


class Summary(NamedTuple):
    """A day's tasks, counted: all, by rule, by the area that they lie in, by who has them."""

    whole: Tally
    by_rule: Mapping[str, Tally]
    by_area: Mapping[str, Tally]
    by_assignee: Mapping[str, Tally]


def summary(viewer: Viewer, wanted: Wanted, *, day: date | None = None, now: datetime) -> Summary:
    """The tasks of a civil day, counted as they stand at ``now``. Raises as ``page``."""
    since, until = day_of(day, now)
    counted: Counter[tuple[Any, ...]] = Counter()
    for line in _standing(wanted, _narrowed(viewer, wanted, gathered(viewer, since, until)), now):
        one = line.task.obligation
        of_day = since <= one.due < until and (one.due <= now or line.progress in FINISHED)
        counted[one.rule, one.area, line.task.assignee, line.progress, one.outcome, line.climbed, of_day] += 1
    keys = {_Key(*key): n for key, n in counted.items()}
    return Summary(
        _tally(keys.items()),
        _by(keys, lambda key: key.rule),
        _by(keys, lambda key: key.area),
        _by(keys, lambda key: key.assignee),
    )


FINISHED = (Progress.DONE, Progress.DONE_LATE)


class _Key(NamedTuple):
    rule: str
    area: str
    assignee: str
    progress: Progress
    outcome: Attempt | None
    climbed: Where | None
    of_day: bool


def _by(counted: Mapping[_Key, int], part: Callable[[_Key], str]) -> dict[str, Tally]:
    parts: dict[str, list[tuple[_Key, int]]] = defaultdict(list)
    for key, n in counted.items():
        parts[part(key)].append((key, n))
    return {name: _tally(parts[name]) for name in sorted(parts)}


def _tally(counted: Iterable[tuple[_Key, int]]) -> Tally:
    at: Counter[Progress] = Counter()
    outcomes: Counter[Attempt] = Counter()
    reached: Counter[Where] = Counter()
    unassigned = due = met = 0
    for key, n in counted:
        at[key.progress] += n
        finished = key.progress in FINISHED
        due += n * key.of_day
        met += n * (key.of_day and finished)
        if not finished:
            unassigned += n * (not key.assignee)
        if key.outcome:
            outcomes[key.outcome] += n
        if key.climbed:
            reached[key.climbed] += n
    return Tally(
        {one: at[one] for one in Progress}, {one: outcomes[one] for one in Attempt}, unassigned,
        {one: reached[one] for one in Where}, due, met,
    )  # fmt: skip
