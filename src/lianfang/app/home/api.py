"""The endpoint of the first page. No decision is made here."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.accounts.roster import names_of
from lianfang.app.home import queries
from lianfang.app.home.day import Moment, Stands, Told
from lianfang.capabilities.tasks.api import TaskOut, TaskRuleOut, rules_out, task_out
from lianfang.capabilities.tasks.rules import Progress
from lianfang.facts.shape import Schema

router = Router(tags=["home"])


class HomeNextOut(Schema):
    """A time of the system day. ``room``: where the desk leads from it."""

    code: str
    at: AwareDatetime
    zh: str
    en: str
    room: str


class HomeMomentOut(HomeNextOut):
    """``due`` things were or will be due by then, ``done`` of them are there; null where the clock alone tells."""

    due: int | None
    done: int | None
    stands: Stands


class HomeTasksOut(Schema):
    """Own tasks of one rule in one place that can be done now: the one that falls due first, how many there are, how
    many of them are late."""

    first: TaskOut
    n: int
    late: int


class HomeOut(Schema):
    """A role's day. ``standing``: how many tasks stand where, null for a role without tasks; ``own``: of these the
    viewer's own; ``tasks``: those that can be done now, alike ones together, by when the first falls due."""

    now: AwareDatetime
    edition: str
    source: str
    source_zh: str
    moments: list[HomeMomentOut]
    next: HomeNextOut | None
    standing: dict[Progress, int] | None
    own: dict[Progress, int]
    tasks: list[HomeTasksOut]
    rules: dict[str, TaskRuleOut]
    names: dict[str, str]
    """What those are called who have them, by code."""
    sums_only: bool


@router.get("/home", response={200: HomeOut, **PROBLEMS}, operation_id="home")
@answering
def home(request: HttpRequest) -> HomeOut:
    """The day of the viewer's role: what is due, what came, what is late, the next cut-off, and what to do first."""
    now = clock.now()
    found = queries.home(request.viewer, now)
    return HomeOut(
        now=now,
        edition=found.day.code,
        source=found.day.source,
        source_zh=found.day.source_zh,
        moments=[_moment(one) for one in found.moments],
        next=HomeNextOut(**_time(*found.next)) if found.next else None,
        standing=None if found.standing is None else dict(found.standing),
        own=dict(found.own),
        tasks=[HomeTasksOut(first=task_out(one.first), n=one.n, late=one.late) for one in found.groups],
        rules=rules_out(one.first for one in found.groups),
        names=names_of(one.first.task.assignee for one in found.groups),
        sums_only=found.sums_only,
    )


def _moment(one: Told) -> HomeMomentOut:
    return HomeMomentOut(**_time(one.moment, one.at), due=one.due, done=one.done, stands=one.stands)


def _time(moment: Moment, at: datetime) -> dict[str, Any]:
    return {"code": moment.code, "at": at, "zh": moment.zh, "en": moment.en, "room": moment.room}
