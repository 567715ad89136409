"""Who has tasks, who can be given them, and whom they are about. The viewer comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

from lianfang.access.matrix import Scope, can, require_over, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import demo
from lianfang.accounts.models import Appointment, Device
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import Refused, Wrong
from lianfang.accounts.signin import area_range
from lianfang.capabilities.tasks.models import TaskRow
from lianfang.capabilities.tasks.queries.gather import READ, day_of, gathered, range_of
from lianfang.capabilities.tasks.rules import Task, policy
from lianfang.capabilities.tasks.state import TaskState
from lianfang.identity.charged import CHARGED, shown_with
from lianfang.identity.queries import Person
from lianfang.identity.refusals import NotYourPurpose

SOON: Final = timedelta(days=1)
"""Whoever is to be seen again within this time is still one's charge: between two checks one may ring up."""
NO_PURPOSE: Final = Wrong("purpose", "missing", "查看姓名须说明用途", "say for what you look at names")
NO_RULE: Final = Wrong("rule", "no_rule", "没有这种任务，请核对", "is no kind of task: correct it")


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
        told = in_range(viewer, rows).order_by("assigned_at", "area").values_list("subject", "assignee")
        return dict(told)  # the last that was given


def people(viewer: Viewer, tasks: Collection[tuple[UUID, UUID]], purpose: str, *, now: datetime) -> dict[UUID, Person]:
    """Who the tasks of the viewer's list are about, given by their ids and what they are about, as the viewer's role
    may see them. The look is on record. Raises Forbidden, Refused."""
    since, _ = day_of(None, now)
    told = gathered(viewer, since, now + SOON, {of for _, of in tasks})
    ids = {id for id, _ in tasks}
    about = list(dict.fromkeys(one.person for one, *_ in told if one.task in ids and one.person))
    charge = _charge(viewer, told, now).union(*(charged(viewer, about) for charged in charges()))
    return named(viewer, about, purpose, charge=charge, now=now)


class Charged(Protocol):
    """How a capability tells with whom somebody is charged by something else than a task; an app names it in its
    ``AppConfig``: ``charges = "lianfang.capabilities.x.queries.residents"``."""

    def __call__(self, viewer: Viewer, people: Collection[UUID]) -> frozenset[UUID]:
        """Those of the people, now; none for a role without ``people.charged``."""


@cache
def charges() -> tuple[Charged, ...]:
    """What every installed app names as ``charges``."""
    paths = (getattr(config, "charges", None) for config in apps.get_app_configs())
    return tuple(import_string(path) for path in paths if path)


def _charge(viewer: Viewer, tasks: Iterable[Task], now: datetime) -> frozenset[UUID]:
    """Whom those of the tasks are about that are of a rule that charges, still to be done, and the viewer's or, where
    the role's reach says so, nobody's and the role's to do."""
    if not can(viewer, CHARGED):
        return frozenset()
    authors, its = own_work(viewer).authors, policy()
    anybodys = scope(viewer, CHARGED) is not Scope.OWN
    return frozenset(
        one.person
        for one, assignee, *_ in tasks
        if one.person is not None
        and its.rule(one.rule).charges
        and one.done_at is None
        and (one.lapses is None or one.lapses > now)
        and (assignee in authors or (anybodys and not assignee and viewer.role in its.rule(one.rule).does))
    )


def named(
    viewer: Viewer, ids: Sequence[UUID], purpose: str, *, charge: Collection[UUID] = (), now: datetime
) -> dict[UUID, Person]:
    """People as the viewer's role may see them, and those in its ``charge``; the look goes on record before. Raises
    Forbidden, Refused."""
    if not ids:
        return {}
    if not purpose:
        raise Refused([NO_PURPOSE])
    try:
        return shown_with(viewer, ids, charge, purpose=purpose, now=now)
    except NotYourPurpose as error:
        raise Refused([Wrong("purpose", "not_yours", error.zh, error.en)]) from None


class Assignee(NamedTuple):
    """Somebody to whom a task can be given: the code that facts carry, the name on the roster, the role, the area."""

    code: str
    name: str
    role: str
    area: str


def assignees(viewer: Viewer, code: str, area: str, now: datetime, *, action: str = "tasks.attempt") -> list[Assignee]:
    """Those who do what a rule asks for, over this division, at this moment, the nearest first; ``action``: for what
    the viewer asks. Raises Forbidden, Refused."""
    require_over(viewer, action, area)
    rule = policy().rules.get(code)
    if rule is None:
        raise Refused([NO_RULE])
    if settings.DEMO:
        hats = [(one.code, one.title, one.role, one.area) for one in demo.hats()]
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
