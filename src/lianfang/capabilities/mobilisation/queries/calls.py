"""Calls for hands, as somebody may see them: a department those in which it is called, with what it said itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.mobilisation.models import CalledRow, CallRow
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation

READ: Final = "calls.read"
PAGE: Final = 20
MOST: Final = 200
RULE: Final = "call.answer"


class Called(NamedTuple):
    """A call with the departments that are called: all of them, or for one of them itself."""

    row: CallRow
    departments: tuple[CalledRow, ...]


class Board(NamedTuple):
    """Some of the calls, and how many there are of each kind."""

    calls: list[Called]
    open: int
    closed: int


def calls(viewer: Viewer, area: str, *, closed: bool = False, skip: int = 0, limit: int = PAGE) -> Board:
    """The open calls of an area, the one that is needed first before the others; or the closed ones, the latest first.
    Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = _seen(viewer, READ, CallRow.objects.filter(area__bytes_from=first, area__bytes_before=last))
        waiting, over = rows.filter(closed__isnull=True), rows.filter(closed__isnull=False)
        ordered = over.order_by("-closed", "subject") if closed else waiting.order_by("starts", "subject")
        found = _with_departments(viewer, ordered[skip : skip + limit])
        return Board(found, waiting.count(), over.count())


def call(viewer: Viewer, id: UUID) -> Called:
    """One call. Raises NotThere, Forbidden."""
    with seeing(viewer, READ):
        return _with_departments(viewer, [located(viewer, READ, id)])[0]


def located(viewer: Viewer, action: str, id: UUID) -> CallRow:
    """A call that an action reaches, within ``seeing``. Raises NotThere."""
    row = _seen(viewer, action, CallRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def departments(viewer: Viewer, id: UUID) -> frozenset[str]:
    """As which of the departments that are called the viewer answers, within ``seeing``."""
    rows = CalledRow.objects.filter(subject=id, department__in=own_work(viewer).authors)
    return frozenset(rows.values_list("department", flat=True))


def _seen(viewer: Viewer, action: str, rows: QuerySet[CallRow]) -> QuerySet[CallRow]:
    mine = CalledRow.objects.filter(subject=OuterRef("subject"), department__in=own_work(viewer).authors)
    return visible(viewer, action, rows, own=Exists(mine))


def _with_departments(viewer: Viewer, rows: Iterable[CallRow]) -> list[Called]:
    rows = list(rows)
    told = CalledRow.objects.filter(subject__in=[row.subject for row in rows]).order_by("department")
    if scope(viewer, READ) is Scope.OWN:
        told = told.filter(department__in=own_work(viewer).authors)
    found: dict[UUID, list[CalledRow]] = defaultdict(list)
    for one in told:
        found[one.subject].append(one)
    return [Called(row, tuple(found[row.subject])) for row in rows]


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """That a called department answers, in time: see ``tasks.rules.Provider``. It lapses when the call is closed."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, CalledRow.objects.filter(placed__lt=until))
        found = list(rows if of is None else rows.filter(id__in=list(of)))
    for row in found:
        if (row.answered or row.closed or until) > since:
            yield Obligation(
                RULE, row.id, row.area, row.placed, row.answer_by, done_at=row.answered, lapses=row.closed,
                author=row.author,
            )  # fmt: skip
