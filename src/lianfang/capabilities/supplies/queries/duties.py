"""What is to be done in supplies by when, for the list of tasks: stores counted, dispatches received, output reported,
needs solved."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.supplies.facts.producers import Working
from lianfang.capabilities.supplies.models import DispatchRow, ProducerRow, StocktakeRow, StoreRow
from lianfang.capabilities.supplies.models.production import series
from lianfang.capabilities.supplies.queries import support
from lianfang.capabilities.supplies.rules import policy as stock_policy
from lianfang.capabilities.supplies.rules import production as production_policy
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.supplies.state.producers import holding
from lianfang.capabilities.tasks.rules import Obligation

COUNT: Final = "stock.count"
RECEIVE: Final = "dispatch.receive"
REPORT: Final = "production.report"
READ: Final = "tasks.read"


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """See ``tasks.rules.Provider``. Raises Forbidden."""
    yield from support.obligations(viewer, since, until, of)
    yield from _counts(viewer, since, until, of)
    yield from _receipts(viewer, since, until, of)
    yield from _reports(viewer, since, until, of)


def _counts(viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """That a store which was open as a day began is counted in it; it lapses with the day."""
    days = _days(since, until)
    with seeing(viewer, READ):
        rows = in_range(viewer, StoreRow.objects.filter(opened__lt=until))
        stores = list(rows if of is None else rows.filter(subject__in=list(of)))
        ids = [row.subject for row in stores]
        counts = StocktakeRow.objects.filter(store__in=ids, at__gte=_begins(days[0]), at__lt=_begins(days[-1] + _DAY))
        counted: dict[tuple[UUID, date], datetime] = {}
        for store, at in counts.order_by("at").values_list("store", "at"):
            counted.setdefault((store, at.astimezone(CIVIL_TIME).date()), at)
    for row in stores:
        for day in days:
            begins, done = _begins(day), counted.get((row.subject, day))
            if row.opened >= begins or (row.closed is not None and row.closed < begins) or (done and done < since):
                continue
            due = begins + timedelta(hours=stock_policy.in_force(day).count_by_h)
            yield Obligation(
                COUNT, row.subject, row.area, begins, due, day.isoformat(), done_at=done, lapses=begins + _DAY,
                author=row.author,
            )  # fmt: skip


def _receipts(viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """That whoever a dispatch was sent to says what came of it."""
    with seeing(viewer, READ):
        rows = in_range(viewer, DispatchRow.objects.filter(sent__lt=until), "target_area")
        rows = rows.filter(Q(received__isnull=True) | Q(received__gte=since))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        due = row.sent + timedelta(hours=stock_policy.in_force(row.sent.astimezone(CIVIL_TIME).date()).receive_h)
        yield Obligation(
            RECEIVE, row.subject, row.target_area, row.sent, due, done_at=row.received, author=row.author
        )  # fmt: skip


def _reports(viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None) -> Iterator[Obligation]:
    """That a producer which works on a day tells what it made in it; it lapses a day after the day."""
    days = _days(since - _DAY, until)
    with seeing(viewer, READ):
        rows = in_range(viewer, ProducerRow.objects.all())
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        work = series(row.work)
        told = {day: datetime.fromisoformat(at) for day, at in series(row.reported).items()}
        for day in days:
            begins, done = _begins(day), told.get(day)
            if holding(work, day) not in (Working.PART, Working.FULL) or (done and done < since):
                continue
            due = begins + timedelta(hours=production_policy.in_force(day).report_by_h)
            yield Obligation(
                REPORT, row.subject, row.area, begins, due, day.isoformat(), done_at=done, lapses=begins + 2 * _DAY,
                author=row.author,
            )  # fmt: skip


_DAY: Final = timedelta(days=1)


def _days(since: datetime, until: datetime) -> list[date]:
    """The days that a span touches."""
    first, last = (one.astimezone(CIVIL_TIME).date() for one in (since, max(since, until - timedelta(microseconds=1))))
    return [first + n * _DAY for n in range((last - first).days + 1)]


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), CIVIL_TIME)
