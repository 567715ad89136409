"""Notices to posts with their receipts; inspections with what they found."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import Rows, in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.gates.facts import InspectionMode
from lianfang.capabilities.gates.models import InspectionRow, NoticeRow, found_of
from lianfang.capabilities.gates.queries.posts import READ, mine
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.gates.rules.policy import words
from lianfang.capabilities.tasks.queries import range_of

INSPECT: Final = "inspections.make"
MOST: Final = 500


class Dimension(NamedTuple):
    """A part of the work: inspections that found nothing wrong there, findings, and how many of them are open."""

    code: str
    in_order: int
    found: int
    open: int


class Overdue(NamedTuple):
    """A finding that was to be put right, or looked at again, by ``due``."""

    inspection: UUID
    post: UUID | None
    area: str
    item: str
    due: datetime
    rectified: bool


class Inspections(NamedTuple):
    """Inspections, the newest first; how many of all were made on site, and how many by telephone. ``dimensions`` of
    these rows."""

    rows: tuple[InspectionRow, ...]
    on_site: int
    by_phone: int
    dimensions: tuple[Dimension, ...] = ()


def notices(
    viewer: Viewer, *, post: UUID | None = None, group: UUID | None = None, unread: bool = False, area: str = ""
) -> list[NoticeRow]:
    """Notices to the posts that the viewer sees, the newest first. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = _of_posts(viewer, READ, NoticeRow.objects.all())
        rows = rows.filter(**{name: value for name, value in (("post", post), ("group", group)) if value is not None})
        if unread:
            rows = rows.filter(read__isnull=True)
        return list(_within(rows, area).order_by("-sent", "subject")[:MOST])


def notice(viewer: Viewer, action: str, id: UUID) -> NoticeRow:
    """One notice to a post that an action reaches; within ``seeing``. Raises NotThere."""
    row = _of_posts(viewer, action, NoticeRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def copies(viewer: Viewer, group: UUID) -> dict[UUID, UUID]:
    """The copies of a notice by post; within ``seeing``."""
    return dict(NoticeRow.objects.filter(group=group).values_list("post", "subject"))


def inspections(viewer: Viewer, *, post: UUID | None = None, open_only: bool = False, area: str = "") -> Inspections:
    """Inspections of the posts and divisions that the viewer sees. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = _within(_of_posts(viewer, READ, InspectionRow.objects.all()), area)
        if post is not None:
            rows = rows.filter(post=post)
        on_site, by_phone = (rows.filter(mode=mode).count() for mode in (InspectionMode.ON_SITE, InspectionMode.PHONE))
        if open_only:
            rows = rows.filter(open_items__gt=0)
        found = tuple(rows.order_by("-at", "subject")[:MOST])
    return Inspections(found, on_site, by_phone, _dimensions(found))


def _dimensions(rows: tuple[InspectionRow, ...]) -> tuple[Dimension, ...]:
    of = {code: one.of for code, one in words("findings").items()}
    told = []
    for code in words("dimensions"):
        theirs = [[one for one in row.found if of.get(one["item"]) == code] for row in rows]
        found = [one for each in theirs for one in each]
        open_ = sum(not one["in_order"] for one in found)
        told.append(Dimension(code, sum(not each for each in theirs), len(found), open_))
    return tuple(told)


def overdue(viewer: Viewer, now: datetime, *, area: str = "") -> list[Overdue]:
    """What inspections found and nobody put right in time, or looked at again. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(_within(_of_posts(viewer, READ, InspectionRow.objects.filter(open_items__gt=0)), area))
    late = []
    for row in rows:
        for one in found_of(row):
            due = (one.rectified or one.since) + timedelta(hours=policy_at(one.since).rectify_h)
            if not one.in_order and due < now:
                late.append(
                    Overdue(row.subject, row.post, row.area, one.finding.item, due, one.rectified is not None)
                )  # fmt: skip
    return late


def inspection(viewer: Viewer, action: str, id: UUID) -> InspectionRow:
    """One inspection that an action reaches; within ``seeing``. Raises NotThere."""
    row = _of_posts(viewer, action, InspectionRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def _of_posts(viewer: Viewer, action: str, rows: QuerySet[Rows]) -> QuerySet[Rows]:
    """Rows of a division; where an action reaches one's own posts alone, the rows of those."""
    rows = in_range(viewer, rows) if scope(viewer, action) is not Scope.ALL else rows
    if scope(viewer, action) is Scope.OWN:
        return rows.filter(Q(post__in=mine(viewer, action).values("subject")))
    return rows


def _within(rows: QuerySet[Rows], area: str) -> QuerySet[Rows]:
    if not area:
        return rows
    first, last = range_of(area)
    return rows.filter(area__bytes_from=first, area__bytes_before=last)
