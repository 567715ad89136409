"""Plans, what was activated of them, and how far that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import RULE, Item, PlanIssued, Unit
from lianfang.capabilities.command.models import ChecklistRow, PlanRow
from lianfang.capabilities.command.queries.levels import READ, histories
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.rules import Obligation, Progress, Task, progress

MOST_PLANS: Final = 500


class Listed(NamedTuple):
    """A plan with the version that holds on a day; where none does, the last that did or will."""

    id: UUID
    area: str
    version: PlanIssued
    current: bool
    versions: int
    activated: bool
    """Whether a checklist of it is open."""


def listed(viewer: Viewer, area: str, now: datetime, day: date) -> list[Listed]:
    """The plans of an area and of what lies below it. Raises Forbidden, Refused."""
    first, last = tasks.range_of(area)
    with seeing(viewer, READ):
        rows = visible(viewer, READ, PlanRow.objects.all()).filter(area__bytes_from=first, area__bytes_before=last)
        found = list(rows.order_by("area", "code", "first", "at"))
        lists = list(ChecklistRow.objects.filter(subject__in={row.subject for row in found}))
    active = {row.subject for row, _, until in _spells(lists) if until is None or until > now}
    by_plan: dict[UUID, list[PlanRow]] = {}
    for row in found:
        by_plan.setdefault(row.subject, []).append(row)
    shown = []
    for id, versions in list(by_plan.items())[:MOST_PLANS]:
        held = [row for row in versions if row.first <= day <= row.last]
        one = (held or versions)[-1]
        shown.append(Listed(id, one.area, one.issued(), bool(held), len(versions), id in active))
    return shown


class Doing(NamedTuple):
    """One item of one unit's checklist. ``task`` and ``progress`` are None for who sees no tasks of it."""

    item: Item
    due: datetime
    task: Task | None
    progress: Progress | None


class Checklist(NamedTuple):
    id: UUID
    unit: Unit
    items: tuple[Doing, ...]


class Active(NamedTuple):
    """A version that was put into action for a level; over from ``until`` on."""

    id: UUID
    edition: str
    level: str
    declared_for: str
    at: datetime
    until: datetime | None
    checklists: tuple[Checklist, ...]


class Card(NamedTuple):
    id: UUID
    area: str
    versions: tuple[PlanRow, ...]
    """The one that came last first."""
    current: UUID | None
    """The fact of the one that holds on the day."""
    active: tuple[Active, ...]


def located(viewer: Viewer, action: str, id: UUID) -> list[PlanRow]:
    """The versions of a plan that an action reaches; within ``seeing``. Raises NotThere."""
    rows = list(visible(viewer, action, PlanRow.objects.filter(subject=id)).order_by("-first", "-at"))
    if not rows:
        raise NotThere
    return rows


def card(viewer: Viewer, id: UUID, now: datetime, day: date) -> Card:
    """A plan, given by its own id or that of one of its checklists, with all of its versions and what was activated.
    Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        of = visible(viewer, READ, ChecklistRow.objects.filter(id=id)).values_list("subject", flat=True).first()
        id = of or id
        versions = located(viewer, READ, id)
        rows = list(ChecklistRow.objects.filter(subject=id).order_by("-at", "activation", "unit"))
    issued = {row.fact: row.issued() for row in versions}
    current = next((row.fact for row in versions if row.first <= day <= row.last), None)
    told = _tasks(viewer, [row.id for row in rows], now)
    found: dict[UUID, Active] = {}
    for row, since, until in _spells(rows):
        del since
        its = issued[row.issued]
        active = found.setdefault(
            row.activation, Active(row.activation, its.edition, row.level, row.declared_for, row.at, until, ())
        )
        found[row.activation] = active._replace(checklists=(*active.checklists, _checklist(row, its, told, now)))
    return Card(id, versions[0].area, tuple(versions), current, tuple(found.values()))


def _checklist(row: ChecklistRow, plan: PlanIssued, told: dict[tuple[UUID, str], Task], now: datetime) -> Checklist:
    unit = next(one for one in plan.units if one.code == row.unit)
    items = {one.code: one for one in plan.items}
    doing = []
    for code, due_h in row.items:
        task = told.get((row.id, code))
        stands = progress(task.obligation, now) if task else None
        doing.append(Doing(items[code], row.at + timedelta(hours=due_h), task, stands))
    return Checklist(row.id, unit, tuple(doing))


def _tasks(viewer: Viewer, checklists: Collection[UUID], now: datetime) -> dict[tuple[UUID, str], Task]:
    """Where the tasks of checklists stand, as far as the viewer sees tasks."""
    if not checklists or not can(viewer, "tasks.read"):
        return {}
    since = now - timedelta(days=366)  # what was done stays to be seen
    found = tasks.shown(viewer, obligations(viewer, since, now + timedelta(hours=1), set(checklists)), since)
    return {(one.obligation.subject, one.obligation.slot): one for one in found}


def _spells(rows: Iterable[ChecklistRow]) -> Iterable[tuple[ChecklistRow, datetime, datetime | None]]:
    """Checklists with since when their level has held and until when; those whose level was taken back left out."""
    rows = list(rows)
    told = histories({row.declared_for for row in rows}) if rows else {}
    for row in rows:
        history = told[row.declared_for]
        held, spell = state.in_force(history, row.at), state.spell(history, row.at)
        if held is not None and spell is not None and held.level == row.level:
            yield row, *spell


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``; ``of`` narrows to these checklists. A task is closed by saying that it was done,
    and lapses when the level that it was given for ends. Raises Forbidden."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, ChecklistRow.objects.filter(at__lt=until))
        found = list(rows if of is None else rows.filter(id__in=list(of)))
    for row, _, lapses in _spells(found):
        if lapses is not None and lapses <= since:
            continue
        for code, due_h in row.items:
            due = row.at + timedelta(hours=due_h)
            yield Obligation(RULE, row.id, row.area, row.at, due, code, lapses=lapses, author=row.author)


def open_checklists(viewer: Viewer, plan: UUID, level: str, declared_for: str, at: datetime) -> list[ChecklistRow]:
    """What of a plan was activated within the spell of a level that a moment lies in, its level not taken back."""
    with seeing_all():
        rows = list(ChecklistRow.objects.filter(subject=plan, level=level, declared_for=declared_for))
    spell = state.spell(histories([declared_for])[declared_for], at)
    if spell is None:
        return []
    since, until = spell
    return [row for row, *_ in _spells(rows) if since <= row.at and (until is None or row.at < until)]
