"""What there is to do: gathered from every capability, with what was done about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from django.apps import apps
from django.db.models import JSONField, Value
from django.db.models.functions import NullIf
from django.utils.module_loading import import_string
from django.utils.timezone import get_default_timezone, localdate

from lianfang.access.matrix import Scope, can, require, scope
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Refused, no_area
from lianfang.capabilities.tasks.models import TaskRow, tried_of
from lianfang.capabilities.tasks.queries.rows import tuples
from lianfang.capabilities.tasks.rules import (
    Obligation,
    Provider,
    Task,
    once,
    overlaid,
    policy,
)
from lianfang.capabilities.tasks.state import TaskState, merged
from lianfang.facts.fold import EVERYWHERE
from lianfang.facts.kept import Kept
from lianfang.facts.refold import among
from lianfang.identity.areas import known_areas
from lianfang.places.queries import subtree_range
from lianfang.places.spans import END, Scattered
from lianfang.profiles.disease.parts import within

READ: Final = "tasks.read"
NOTHING: Final = Value([], JSONField())
KEPT: Final = Kept[list[Task]](most=200_000, longest_s=300, weigh=len)
"""What was gathered last: some hundred megabytes of tasks. Whose a post is goes by its shifts, which begin and end
without a fact: by hours, so that minutes do not count."""
MARKED: Final = ("of", "rule", "slot", "area", "author", "assignee", "assigned_at", "acknowledged_at")


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
    Nobody changes the list. Raises Forbidden."""
    require(viewer, READ)
    if of is not None:
        return _gathered(viewer, since, until, of)
    return KEPT.get((viewer, since, until), lambda: _gathered(viewer, since, until))


def _gathered(viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None) -> list[Task]:
    seen = _rules_seen(viewer)
    with seeing(viewer, READ):
        told = once(one for provider in providers() for one in provider(viewer, since, until, of) if seen(one.rule))
    return _shown(viewer, told, since)


def shown(viewer: Viewer, told: Iterable[Obligation], since: datetime) -> list[Task]:
    """Those of some obligations that the viewer is to see, or to have counted, by when they fall due; without those
    that were done before ``since``. Raises Forbidden."""
    require(viewer, READ)
    seen = _rules_seen(viewer)
    return _shown(viewer, once(one for one in told if seen(one.rule)), since)


def _shown(viewer: Viewer, told: list[Obligation], since: datetime) -> list[Task]:
    # What is closed by hand is not known to be done where it comes from.
    tasks = [task for task in _with_marks(told) if (done := task.obligation.done_at) is None or done >= since]
    if scope(viewer, READ) is Scope.OWN:
        is_mine = taking(viewer)
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


def taking(viewer: Viewer) -> Callable[[Task], bool]:
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
    marks = _marks({one.subject.int: one.subject for one in told}.values())
    by_hand = {code for code, rule in policy().rules.items() if rule.by_hand}
    for one in told:
        its = marks.get(one.subject.int)
        if its is None:
            yield Task(one)
            continue
        series = about(one.area, found) if (found := its.get((one.rule, ""))) else None
        own = series
        if one.slot:
            own = about(one.area, found) if (found := its.get((one.rule, one.slot))) else None
        if own:
            yield overlaid(one, series, own, by_hand=one.rule in by_hand)
        elif series:
            yield Task(one, series.assignee, series.acknowledged_at)
        else:
            yield Task(one)


def _marks(subjects: Collection[UUID]) -> dict[int, dict[tuple[str, str], list[TaskState]]]:
    """What was recorded about the tasks of these subjects: by the subject's id as a number, then by rule and slot."""
    with seeing_all():
        # An empty list is passed over: to read it takes longer than all the rest of a row.
        told = TaskRow.objects.filter(of__in=among(subjects)).annotate(any_tried=NullIf("tried", NOTHING))
        rows = tuples(told, *MARKED, "done_at", "any_tried") if subjects else []
    found: dict[int, dict[tuple[str, str], list[TaskState]]] = {}
    for *its, done_at, tried in rows:
        state = TaskState(*its, tried_of(tried) if tried else (), done_at)
        if state.assignee or tried or done_at:
            found.setdefault(state.of.int, {}).setdefault((state.rule, state.slot), []).append(state)
    return found


def about(area: str, states: Sequence[TaskState]) -> TaskState | None:
    """What was recorded by the division that is responsible, or by one within or around it; nobody else's counts."""
    if not states or (len(states) == 1 and states[0].area == area):
        return states[0] if states else None
    return merged([one for one in states if within(one.area, area) or within(area, one.area)])


def range_of(area: str) -> tuple[str, str]:
    """The codes of a division, town, community or grid and of what lies below it; of all where none is given. Raises
    Refused."""
    if not area:
        return EVERYWHERE
    try:
        return subtree_range(area)
    except Scattered:
        raise Refused([no_area()]) from None
    except LookupError:
        if known_areas()(area):  # below the divisions that have a row
            return area, area + END
        raise Refused([no_area()]) from None
