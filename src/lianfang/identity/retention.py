"""The nightly job that erases what is due, by the terms of the policy."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet
from django.utils.timezone import localdate

from lianfang.access import security
from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.identity import erasure
from lianfang.identity.models import Attachment, Holding
from lianfang.identity.terms import bases, classes, days, due, open_classes, policy

__all__ = ["Braked", "Retained", "bases", "classes", "days", "due", "retain"]


class Braked(RuntimeError):
    """So much would be erased at once that somebody must confirm it first."""


class Retained(NamedTuple):
    """What a night's work erased: reasons for holding people, the people for whom none was left, and photographs."""

    holdings: int
    persons: int
    encounters: int
    attachments: int = 0


class OpenTooLong(NamedTuple):
    """Holdings of a class that have had no end for too long."""

    data_class: str
    holdings: int
    oldest: date


def retain(now: datetime, *, confirmed: bool = False) -> Retained:
    """Erases every holding that is due by the civil date of ``now``, and those who are held for nothing any more. Doing
    it again erases nothing.

    Raises Braked, and erases nothing, where the policy's brake says that so much at once is more likely a wrong clock;
    ``confirmed`` lets it happen.
    """
    erasure.replay(now)  # completes what was cut short since the start
    today = localdate(now)
    if not confirmed:
        _brake(now, today)
    total = Retained(0, 0, 0)
    for data_class in sorted(_due_classes(today)):
        while (done := _retain_some(today, data_class, now)) is not None:
            total = Retained(*map(sum, zip(total, done, strict=True)))
    attachments = _retain_attachments(today, now)
    with erasure.erasing():
        erasure.sweep()
        erasure.night_done(now)
    _tell_open(today)
    return total._replace(attachments=attachments)


def open_too_long(viewer: Viewer, today: date) -> list[OpenTooLong]:
    """The holdings in the viewer's divisions that have lasted without an end for longer than the policy lets pass
    unseen: how many of each class, and since when the oldest. Raises Forbidden."""
    with seeing(viewer, "retention.read"):
        return _open_too_long(in_range(viewer, Holding.objects.all()), today)


def _open_too_long(rows: QuerySet[Holding], today: date) -> list[OpenTooLong]:
    since = today - timedelta(days=policy().review.open_days)
    rows = rows.filter(ends=None, since__lt=since, data_class__in=open_classes())
    counted = rows.values("data_class").annotate(number=Count("id"), oldest=Min("since")).order_by("data_class")
    return [OpenTooLong(one["data_class"], one["number"], one["oldest"]) for one in counted]


def _tell_open(today: date) -> None:
    with seeing_all():
        found = _open_too_long(Holding.objects.all(), today)
    if found:
        security.log("holdings_without_end", outcome="alert", holdings=sum(one.holdings for one in found), day=today)


def _retain_some(today: date, data_class: str, now: datetime) -> Retained | None:
    """Erases some that are due; None where nothing is."""
    with erasure.erasing():
        due = Holding.objects.filter(due__lte=today, data_class=data_class)
        rows = list(due.order_by("due", "id").values_list("id", "subject")[: erasure.AT_ONCE])
        if not rows:
            return None
        over = erasure.over({subject for _, subject in rows}, today)
        gone = erasure.erase_due(over, data_class, now)
        Holding.objects.filter(id__in=[id for id, _ in rows]).delete()
    return Retained(len(rows), *gone)


def _retain_attachments(today: date, now: datetime) -> int:
    """Erases the photographs that are due; how many."""
    erased = 0
    while True:
        with erasure.erasing():
            due = Attachment.objects.filter(due__lte=today).order_by("due", "id")
            ids = list(due.values_list("id", flat=True)[: erasure.AT_ONCE])
            erasure.erase_attachments(ids, now)
        erased += len(ids)
        if len(ids) < erasure.AT_ONCE:
            return erased


def _due_classes(today: date) -> set[str]:
    with seeing_all():
        return set(Holding.objects.filter(due__lte=today).values_list("data_class", flat=True).distinct())


def _brake(now: datetime, today: date) -> None:
    """Raises Braked where more is due than the policy lets go unseen, or where the clock has leapt."""
    brake, last = policy().brake, erasure.last_trace()
    with seeing_all():
        due, held = Holding.objects.filter(due__lte=today).count(), Holding.objects.count()
    leapt = last is not None and now - last > timedelta(days=brake.clock_days)
    if leapt or (due > brake.holdings and due > brake.share * held):
        security.log("retention_stopped", outcome="alert", due=due, held=held, day=today, last=last, leapt=leapt)
        raise Braked(
            f"{due} of {held} holdings would be erased as of {today}"
            + (f", and the last that this database knows of was on {localdate(last)}" if last and leapt else "")
            + ": if this date is right, confirm it (lianfang retain --confirm); if not, set the clock"
        )
