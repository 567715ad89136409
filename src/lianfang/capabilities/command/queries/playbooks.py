"""How communities answer their first case: begun by hand, or by a case that was confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases.queries.first_case import answering, firsts
from lianfang.capabilities.cases.rules.first_case import FirstCase, first_case_id, horizon
from lianfang.capabilities.command.models import PlaybookRow
from lianfang.capabilities.command.queries.levels import READ
from lianfang.capabilities.command.queries.steering import require_known
from lianfang.capabilities.command.rules.notices import playbooks
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import range_of, shown
from lianfang.capabilities.tasks.rules import Obligation, Progress, progress

MOST: Final = 200
CLASSES: Final = "warning.read"


class Item(NamedTuple):
    """A kind of task of a first case: how many there are, when the first is due, how many are done, how many late."""

    rule: str
    due: datetime
    n: int
    done: int
    late: int


class Run(NamedTuple):
    """That a community answers its first case. ``row``: where it was begun by hand; ``by_case``: a case was
    confirmed."""

    first: FirstCase
    row: PlaybookRow | None
    by_case: bool
    items: tuple[Item, ...]


def runs(viewer: Viewer, area: str, now: datetime) -> list[Run]:
    """The first cases within an area that are being answered, the last first: begun by hand, and, for who is told of
    classes, by a case that was confirmed. Of no case it is said which. Raises Forbidden, Refused."""
    require_known(viewer, area)
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = PlaybookRow.objects.filter(began__gt=now - horizon(), area__bytes_from=first, area__bytes_before=last)
        begun = {_first(row): row for row in in_range(viewer, rows).order_by("began")[:MOST]}
    known = firsts(viewer, now) if can(viewer, CLASSES) else []
    by_case = {one.id: one for one in known if first <= one.community < last and one.at + horizon() > now}
    told = {one.id: one for one in begun} | by_case
    items = _items(viewer, list(told.values()), now)
    by_hand = {one.id: row for one, row in begun.items()}
    found = [Run(one, by_hand.get(one.id), one.id in by_case, items[one.id]) for one in told.values()]
    return sorted(found, key=lambda run: (run.first.at, run.first.id), reverse=True)[:MOST]


def _first(row: PlaybookRow) -> FirstCase:
    """The first case that a run by hand answers. It has the id that it would have by the record: what was done of it
    stays done once the case is on record."""
    starts = datetime.fromisoformat(row.data["starts"])
    its = playbooks(starts.astimezone(CIVIL_TIME).date())[row.data["playbook"]]
    return FirstCase(first_case_id(its.disease, row.area), row.area, starts)


def _items(viewer: Viewer, told: list[FirstCase], now: datetime) -> dict[UUID, tuple[Item, ...]]:
    """How far each task of some first cases has come, as far as the viewer sees or counts tasks."""
    found: dict[UUID, dict[str, Item]] = {one.id: {} for one in told}
    if not told or not can(viewer, "tasks.read"):
        return dict.fromkeys(found, ())
    since = now - horizon()
    for task in shown(viewer, answering(viewer, told, since, None), since):
        its = task.obligation
        of = found[UUID(its.slot) if its.slot else its.subject]
        stands = progress(its, now)
        done, late = stands in (Progress.DONE, Progress.DONE_LATE), stands is Progress.LATE
        held = of.get(its.rule, Item(its.rule, its.due, 0, 0, 0))
        of[its.rule] = held._replace(n=held.n + 1, done=held.done + done, late=held.late + late)
    return {id: tuple(of.values()) for id, of in found.items()}


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """The tasks of what was begun by hand: see ``tasks.rules.Provider``."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, PlaybookRow.objects.filter(began__gt=since - horizon(), began__lt=until))
        told = [_first(row) for row in rows]
    yield from answering(viewer, told, since, of)
