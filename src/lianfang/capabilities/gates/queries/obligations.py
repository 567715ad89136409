"""What is to be done about gates, for the list of tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.rows import Rows, in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.checkpoints.state import CST
from lianfang.capabilities.gates.facts import Measure, PostKind
from lianfang.capabilities.gates.models import (
    EncounterRow,
    InspectionRow,
    NoticeRow,
    PostRow,
    TreatmentRow,
    found_of,
)
from lianfang.capabilities.gates.queries.care import waiting
from lianfang.capabilities.gates.queries.posts import DAY, midnight, shifts_of, tasked, uncovered
from lianfang.capabilities.gates.rules import due
from lianfang.capabilities.gates.rules.holding import policy_at
from lianfang.capabilities.tasks.rules import Obligation


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``; ``of`` narrows to these encounters, posts, notices and inspections. Raises
    Forbidden."""
    with seeing(viewer, "tasks.read"):
        found = [
            *_of_holds(viewer, since, of), *_of_posts(viewer, since, until, of), *_of_notices(viewer, since, of),
            *_of_inspections(viewer, since, of), *_of_calls(viewer, since, of),
        ]  # fmt: skip
    return [one for one in found if one.begins < until and _counts(one, since)]


def _counts(one: Obligation, since: datetime) -> bool:
    if one.done_at is not None:
        return one.done_at > since
    return one.lapses is None or one.lapses > since


def _among(viewer: Viewer, rows: QuerySet[Rows], of: Collection[UUID] | None) -> QuerySet[Rows]:
    rows = in_range(viewer, rows)
    return rows if of is None else rows.filter(subject__in=list(of))


def _tasked(viewer: Viewer, rows: QuerySet[Rows]) -> QuerySet[Rows]:
    """Of what was sent to posts or found there, what the viewer is told of."""
    posts = tasked(viewer)
    return rows if posts is None else rows.filter(post__in=posts.values("subject"))


def _of_holds(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    held = EncounterRow.objects.filter(Q(ended__isnull=True) | Q(ended__gt=since), held_since__isnull=False)
    for row in _among(viewer, held, of):
        assert row.held_since is not None
        yield from due.of_hold(
            due.Holding(
                row.subject, row.area, row.author, row.held_since, row.taken_up, row.transferred, row.ended
            )
        )  # fmt: skip


def _of_posts(viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    staffed = PostRow.objects.filter(closed__isnull=True).exclude(kind_of=PostKind.CLINIC)
    posts = tasked(viewer)
    if posts is not None:
        staffed = staffed.filter(subject__in=posts.values("subject"))
    rows = list(_among(viewer, staffed, of))
    ids = [row.subject for row in rows]
    shifts = shifts_of(viewer, ids, since - DAY, until + DAY, until)
    treated = _treated(ids, since, until)
    first, last = (at.astimezone(CST).date() for at in (since, until))
    for row in rows:
        place = due.Place(row.subject, row.area, row.author, row.opened)
        day = first
        while day <= last:
            yield from due.of_gaps(place, uncovered(row, shifts[row.subject], day))
            day += timedelta(days=1)
        made = due.treatments(row.opened, treated[row.subject], until, policy_at(until))
        yield from due.of_treatments(place, [one for one in made if one.done is None or one.done > since])


def _treated(
    ids: Collection[UUID], since: datetime, until: datetime
) -> dict[UUID, dict[tuple[Measure, str], list[datetime]]]:
    """When places and conveyances were treated after ``since``, and the last time before."""
    rows = TreatmentRow.objects.filter(subject__in=list(ids), at__lte=until)
    columns = ("subject", "measure", "conveyance", "at")
    before = rows.filter(at__lte=since).order_by(*columns[:3], "-at").distinct(*columns[:3])
    found: dict[UUID, dict[tuple[Measure, str], list[datetime]]] = defaultdict(lambda: defaultdict(list))
    for part in (before, rows.filter(at__gt=since)):
        for subject, measure, conveyance, at in part.values_list(*columns):
            found[subject][Measure(measure), conveyance or ""].append(at)
    return found


def _of_notices(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    sent = NoticeRow.objects.filter(Q(read__isnull=True) | Q(read__gt=since))
    for row in _among(viewer, _tasked(viewer, sent), of):
        yield due.of_notice(row.subject, row.area, row.author, row.sent, row.read)


def _of_inspections(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    rows = InspectionRow.objects.filter(Q(open_items__gt=0) | Q(at__gt=since - 30 * DAY)).exclude(found=[])
    for row in _among(viewer, _tasked(viewer, rows), of):
        yield from due.of_findings(row.subject, row.area, row.author, found_of(row))


def _of_calls(viewer: Viewer, since: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    for row in waiting(viewer, since, of):
        yield due.of_call(row.subject, row.area, row.author, row.at, midnight(row.erase_on))
