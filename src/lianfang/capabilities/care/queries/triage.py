"""Who waits at the fever clinics, and since when. The viewer comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, time
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.care.models.triage import VisitRow
from lianfang.capabilities.care.rules.triage import of_visit
from lianfang.capabilities.gates.facts import PostKind
from lianfang.capabilities.gates.models import PostRow
from lianfang.capabilities.gates.queries import care
from lianfang.capabilities.isolation.queries.orders import area_range
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.rules import Obligation

READ: Final = "triage.read"
RECORD: Final = "triage.record"
CONSULT: Final = "triage.consult"
MOST: Final = 500
"""Visits of one list."""


class Queued(NamedTuple):
    """A visit in the list: its number of the day at its clinic, and what is to be done first about it."""

    row: VisitRow
    number: int
    next: Obligation | None


class ClinicState(NamedTuple):
    """A fever clinic: open now or not, and how many wait, are with a doctor, and came today."""

    row: PostRow
    open_now: bool
    waiting: int
    inside: int
    today: int


class Board(NamedTuple):
    clinics: list[ClinicState]
    visits: list[Queued]


def clinic(viewer: Viewer, action: str, id: UUID) -> PostRow:
    """A fever clinic that an action of the viewer's reaches; within ``seeing``. Raises NotThere."""
    rows = PostRow.objects.filter(subject=id, kind_of=PostKind.CLINIC, closed__isnull=True)
    row = visible(viewer, action, rows).first()
    if row is None:
        raise NotThere
    return row


def located(viewer: Viewer, action: str, id: UUID) -> VisitRow:
    """The row of a visit that an action of the viewer's reaches; within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, VisitRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def board(viewer: Viewer, *, area: str, clinic: UUID | None, now: datetime) -> Board:
    """The fever clinics of a division, and whoever waits there or came today: who is to be seen first stands first.
    Raises Forbidden, Refused."""
    found = care.clinics(viewer, area, now)
    with seeing(viewer, READ):
        rows = visible(viewer, READ, VisitRow.objects.all())
        if area:
            first, last = area_range(area)
            rows = rows.filter(area__bytes_from=first, area__bytes_before=last)
        begins = datetime.combine(now.astimezone(CIVIL_TIME).date(), time(), CIVIL_TIME)
        open_ = Q(ended__isnull=True, way="fever_clinic")
        every = list(rows.filter(open_ | Q(arrived__gte=begins)).order_by("seq")[: MOST * 4])
    numbers = _numbers(every)
    shown = [one for one in every if clinic is None or one.clinic == clinic]
    queued = [Queued(row, numbers[row.subject], _next(row)) for row in shown]
    states = [_state(one, [row for row in every if row.clinic == one.row.subject], begins) for one in found]
    return Board(states, sorted(queued, key=_urgency)[:MOST])


def _numbers(rows: Iterable[VisitRow]) -> dict[UUID, int]:
    """By visit, the how-manieth it was of its day at its clinic, in the order in which they became known."""
    counts, found = defaultdict[tuple[UUID, object], int](int), dict[UUID, int]()
    for row in rows:
        of = row.clinic, row.arrived.astimezone(CIVIL_TIME).date()
        counts[of] += 1
        found[row.subject] = counts[of]
    return found


def _next(row: VisitRow) -> Obligation | None:
    undone = [one for one in of_visit(row.subject, row.visit()) if one.done_at is None]
    return min(undone, key=lambda one: one.due, default=None)


def _urgency(one: Queued) -> tuple[bool, bool, datetime, int]:
    """Open ones first, of these who has fever and a history, then by what is due first; the rest the latest first."""
    row = one.row
    over = row.ended is not None or row.way != "fever_clinic"
    if over:
        return True, True, row.arrived, -row.seq
    return False, not (row.fever and row.history == "present"), one.next.due if one.next else row.arrived, row.seq


def _state(one: care.Clinic, rows: Collection[VisitRow], begins: datetime) -> ClinicState:
    here = [row for row in rows if row.way == "fever_clinic" and row.ended is None]
    waiting = sum(1 for row in here if row.seen is None)
    today = sum(1 for row in rows if row.arrived >= begins)
    return ClinicState(one.row, one.open_now, waiting, len(here) - waiting, today)


def obligations(viewer: Viewer, since: datetime, of: Collection[UUID] | None = None) -> list[Obligation]:
    """What is to be done about visits; within ``seeing``."""
    rows = in_range(viewer, VisitRow.objects.filter(Q(ended__isnull=True) | Q(ended__gt=since), way="fever_clinic"))
    if of is not None:
        rows = rows.filter(subject__in=list(of))
    return [each for row in rows for each in of_visit(row.subject, row.visit())]
