"""The only door for reading tasks. The viewer comes first; the list is made of what every capability tells of."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import get_default_timezone, localdate

from lianfang.access.matrix import Scope, can, require_over, scope
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import demo
from lianfang.accounts.models import Appointment, Device
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Refused, Wrong
from lianfang.accounts.signin import area_range
from lianfang.capabilities.tasks.facts import Attempt
from lianfang.capabilities.tasks.models import TaskRow
from lianfang.capabilities.tasks.rules import (
    Obligation,
    Progress,
    Provider,
    Task,
    Where,
    climbed,
    once,
    overlaid,
    place,
    policy,
    progress,
)
from lianfang.capabilities.tasks.state import TaskState
from lianfang.facts.fold import EVERYWHERE
from lianfang.identity.areas import known_areas
from lianfang.identity.queries import Person, shown
from lianfang.identity.refusals import NotYourPurpose
from lianfang.places.queries import subtree_range
from lianfang.places.spans import END, Scattered
from lianfang.profiles.disease.parts import within

READ = "tasks.read"
PAGE, MOST_ON_A_PAGE = 50, 500


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


NO_PLACE = Wrong(
    "after", "no_place", "不是列表中的位置，请用上一页返回的值", "is no place in a list; take it from the answer before"
)  # fmt: skip
NO_PURPOSE = Wrong("purpose", "missing", "查看姓名须说明用途", "say for what you look at names")
NO_AREA = Wrong("area", "no_area", "没有这个区划代码，请核对", "is no division's code: correct it")
NO_RULE = Wrong("rule", "no_rule", "没有这种任务，请核对", "is no kind of task: correct it")


class Wanted(NamedTuple):
    """What a list is narrowed to; what is empty or None narrows nothing."""

    area: str = ""
    mine: bool = False
    rules: frozenset[str] = frozenset()
    states: frozenset[Progress] = frozenset()
    assignee: str | None = None
    """Empty: what nobody has."""
    climbed: frozenset[Where] = frozenset()


@cache
def providers() -> tuple[Provider, ...]:
    """What every installed app names as ``obligations``."""
    named = (getattr(config, "obligations", None) for config in apps.get_app_configs())
    return tuple(import_string(path) for path in named if path)


def day_of(day: date | None, now: datetime) -> tuple[datetime, datetime]:
    """The half-open span of a civil day; of today where none is given."""
    begins = datetime.combine(day or localdate(now), time(), get_default_timezone())
    return begins, begins + timedelta(days=1)


def gathered(viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None) -> list[Task]:
    """Every task that the viewer is to see, or to have counted, by when it falls due; the times are ``Provider``'s.
    Raises Forbidden."""
    seen = _rules_seen(viewer)
    with seeing(viewer, READ):
        told = once(one for provider in providers() for one in provider(viewer, since, until, of) if seen(one.rule))
    # What is closed by hand is not known to be done where it comes from.
    tasks = [task for task in _with_marks(told) if (done := task.obligation.done_at) is None or done >= since]
    if scope(viewer, READ) is Scope.OWN:
        is_mine = _taking(viewer)
        return [task for task in tasks if is_mine(task)]
    return tasks


def _rules_seen(viewer: Viewer) -> Callable[[str], bool]:
    """Which rules are the viewer's: what the role does, and for who gives tasks out or counts them what all do."""
    overseeing = can(viewer, "tasks.assign") or scope(viewer, READ) is Scope.AGGREGATE

    @cache
    def seen(code: str) -> bool:
        rule = policy().rule(code)
        return viewer.role in rule.does or (overseeing and not rule.doers_only)

    return seen


def _taking(viewer: Viewer) -> Callable[[Task], bool]:
    """Which tasks are on the viewer's own list: what the viewer has, and what nobody has and the role does."""
    its, authors = policy(), own_work(viewer).authors
    by_author = viewer.role in its.by_author

    def is_mine(task: Task) -> bool:
        if task.assignee:
            return task.assignee in authors
        one = task.obligation
        return viewer.role in its.rules[one.rule].does and (not by_author or one.author in authors)

    return is_mine


def _with_marks(told: Sequence[Obligation]) -> Iterator[Task]:
    """What was done about an obligation is seen by whoever sees the obligation, wherever it was recorded."""
    subjects = list({one.subject for one in told})
    marks: dict[tuple[str, UUID, str], TaskState] = {}
    with seeing_all():
        for row in TaskRow.objects.filter(of__in=subjects) if subjects else ():
            state = row.state()
            if state.assignee or state.tried or state.done_at:
                marks[state.rule, state.of, state.slot] = state
    for one in told:
        series = _about(one, marks.get((one.rule, one.subject, "")))
        own = _about(one, marks.get((one.rule, one.subject, one.slot))) if one.slot else series
        if series or own:
            yield overlaid(one, series, own, by_hand=policy().rules[one.rule].by_hand)
        else:
            yield Task(one)


def _about(one: Obligation, mark: TaskState | None) -> TaskState | None:
    """What was recorded by the division that is responsible, or by one within or around it; nobody else's counts."""
    if mark and (mark.area == one.area or within(mark.area, one.area) or within(one.area, mark.area)):
        return mark
    return None


def page(
    viewer: Viewer, wanted: Wanted, *, day: date | None = None, after: str = "", limit: int = PAGE, now: datetime
) -> Page:
    """A page of the tasks of a civil day, by default today's: what can be done on it, and what was done on it.

    None for who may see sums only. Raises Forbidden, Refused.
    """
    begin = _place(after) if after else None
    if scope(viewer, READ) is Scope.AGGREGATE:
        return Page((), None, 0)
    lines = _narrowed(viewer, wanted, gathered(viewer, *day_of(day, now)), now)
    first = bisect_right(lines, begin, key=_place_of) if begin else 0
    shown = tuple(lines[first : first + limit])
    going_on = first + limit < len(lines)
    return Page(shown, _cursor(shown[-1]) if going_on else None, len(lines))


def _narrowed(viewer: Viewer, wanted: Wanted, tasks: Iterable[Task], now: datetime) -> list[Line]:
    area_from, area_to = range_of(wanted.area)
    is_mine, its = _taking(viewer), policy()
    lines = []
    for task in tasks:
        one = task.obligation
        if not area_from <= one.area < area_to or (wanted.mine and not is_mine(task)):
            continue
        if (wanted.rules and one.rule not in wanted.rules) or wanted.assignee not in (None, task.assignee):
            continue
        line = Line(task, progress(one, now), climbed(its.rules[one.rule], one, task.assignee, now))
        if wanted.states and line.progress not in wanted.states:
            continue
        if wanted.climbed and line.climbed not in wanted.climbed:
            continue
        lines.append(line)
    return lines


def range_of(area: str) -> tuple[str, str]:
    """The codes of a division, town, community or grid and of what lies below it; of all where none is given. Raises
    Refused."""
    if not area:
        return EVERYWHERE
    try:
        return subtree_range(area)
    except Scattered:
        raise Refused([NO_AREA]) from None
    except LookupError:
        if known_areas()(area):  # below the divisions that have a row
            return area, area + END
        raise Refused([NO_AREA]) from None


def _place_of(line: Line) -> tuple[datetime, str, UUID, str]:
    return place(line.task.obligation)


def _cursor(line: Line) -> str:
    due, rule, subject, slot = _place_of(line)
    return f"{due.isoformat()}|{rule}|{subject}|{slot}"


def _place(after: str) -> tuple[datetime, str, UUID, str]:
    try:
        due, rule, subject, slot = after.split("|")
        told = datetime.fromisoformat(due)
        if told.tzinfo:
            return told, rule, UUID(subject), slot
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
    counted: Counter[_Key] = Counter()
    for line in _narrowed(viewer, wanted, gathered(viewer, since, until), now):
        one = line.task.obligation
        of_day = since <= one.due < until and (one.due <= now or line.progress in FINISHED)
        key = _Key(one.rule, one.area, line.task.assignee, line.progress, one.outcome, line.climbed, of_day)
        counted[key] += 1
    return Summary(
        _tally(counted.items()),
        _by(counted, lambda key: key.rule),
        _by(counted, lambda key: key.area),
        _by(counted, lambda key: key.assignee),
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


def held_by(viewer: Viewer, code: str, area: str) -> list[TaskState]:
    """What was given to somebody in an area and not taken away since. Raises Forbidden."""
    area_from, area_to = range_of(area)
    rows = TaskRow.objects.filter(assignee=code, done_at=None, area__bytes_from=area_from, area__bytes_before=area_to)
    with seeing(viewer, "tasks.assign"):
        return [row.state() for row in visible(viewer, "tasks.assign", rows).order_by("subject")]


def holders(viewer: Viewer, ids: Collection[UUID]) -> dict[UUID, str]:
    """Who has each of these tasks or series, of those that somebody in the viewer's divisions has. Raises Forbidden."""
    with seeing(viewer, READ):
        rows = TaskRow.objects.filter(subject__in=list(ids)).exclude(assignee="")
        return dict(in_range(viewer, rows).values_list("subject", "assignee"))


def people(viewer: Viewer, tasks: Collection[tuple[UUID, UUID]], purpose: str, *, now: datetime) -> dict[UUID, Person]:
    """Who the tasks of the viewer's list are about, given by their ids and what they are about, as the viewer's role
    may see them. The look is on record. Raises Forbidden, Refused."""
    since, until = day_of(None, now)
    told = gathered(viewer, since, until, {of for _, of in tasks})
    ids = {id for id, _ in tasks}
    about = [one.person for one, *_ in told if one.task in ids and one.person]
    return named(viewer, list(dict.fromkeys(about)), purpose, now=now)


def named(viewer: Viewer, ids: Sequence[UUID], purpose: str, *, now: datetime) -> dict[UUID, Person]:
    """People as the viewer's role may see them; the look goes on record before. Raises Forbidden, Refused."""
    if not ids:
        return {}
    if not purpose:
        raise Refused([NO_PURPOSE])
    try:
        return shown(viewer, ids, purpose=purpose, now=now)
    except NotYourPurpose as error:
        raise Refused([Wrong("purpose", "not_yours", error.zh, error.en)]) from None


class Assignee(NamedTuple):
    """Somebody to whom a task can be given: the code that facts carry, the name on the roster, the role, the area."""

    code: str
    name: str
    role: str
    area: str


def assignees(viewer: Viewer, code: str, area: str, now: datetime) -> list[Assignee]:
    """Those who do what a rule asks for, over this division, at this moment, the nearest first. Raises Forbidden,
    Refused."""
    require_over(viewer, "tasks.attempt", area)
    rule = policy().rules.get(code)
    if rule is None:
        raise Refused([NO_RULE])
    if settings.DEMO:
        hats = [(demo.author(role), role, role, over) for role, over in demo.appointments().values()]
    else:
        held = Appointment.objects.in_time(now).filter(role__in=rule.does, account__is_active=True)
        hats = [
            (str(one.account_id), one.account.display_name, one.role, one.area)
            for one in held.select_related("account")
        ]
        kept = Device.objects.filter(role__in=rule.does, revoked_at__isnull=True, enrolled_at__isnull=False)
        hats += [(str(one.id), one.title, one.role, one.area) for one in kept]
    found = {
        (code, role): Assignee(code, name, role, over)
        for code, name, role, over in hats
        if role in rule.does and _covers(over, area)
    }
    return sorted(found.values(), key=lambda one: (-len(one.area), one.name, one.code))


def _covers(over: str, area: str) -> bool:
    first, after = area_range(over)
    return first <= area < after
