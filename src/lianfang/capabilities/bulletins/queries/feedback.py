"""What the public told back: whoever has the ticket number learns how far it is, officers answer, sums are public."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import get_default_timezone

from lianfang.access.rows import in_range, seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.bulletins.facts.feedback import subject_of
from lianfang.capabilities.bulletins.models.feedback import FEEDBACK_KINDS, FeedbackRow
from lianfang.capabilities.bulletins.rules.feedback import Answering, Handled, answering
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.indicator import midnight
from lianfang.identity.refusals import NoPerson
from lianfang.identity.words import opened

GIVE: Final = "feedback.give"
ANSWER: Final = "feedback.answer"
RULE: Final = "feedback.answer"
PURPOSE: Final = "subject_request"
MOST: Final = 500


def listed(viewer: Viewer, *, open_only: bool) -> Sequence[FeedbackRow]:
    """What was told back in the viewer's divisions, what is due first before the rest. Raises Forbidden."""
    with seeing(viewer, ANSWER):
        rows = visible(viewer, ANSWER, FeedbackRow.objects.all())
        if open_only:
            return list(rows.filter(outcome__isnull=True).order_by("due", "subject")[:MOST])
        return list(rows.order_by("-at", "subject")[:MOST])


class Told(NamedTuple):
    """One feedback with its words; None once they are erased."""

    row: FeedbackRow
    words: str | None


def one(viewer: Viewer, subject: UUID, now: datetime) -> Told:
    """A feedback with what it says; that it was looked at is on record. Raises Forbidden, NotThere."""
    with seeing(viewer, ANSWER):
        row = visible(viewer, ANSWER, FeedbackRow.objects.filter(subject=subject)).first()
    if row is None:
        raise NotThere
    try:
        return Told(row, opened(viewer, ANSWER, row.words, purpose=PURPOSE, now=now))
    except NoPerson:
        return Told(row, None)


def of_ticket(ticket: str) -> FeedbackRow:
    """How far a feedback is, for whoever has its number. Raises NotThere."""
    with seeing_all():
        row = FeedbackRow.objects.filter(subject=subject_of(ticket)).first()
    if row is None:
        raise NotThere
    return row


def statistics(now: datetime) -> Answering:
    """How answering goes in all: sums for everybody."""
    with seeing_all():
        rows = FeedbackRow.objects.filter(at__lte=now).values_list("at", "due", "answered_at")
        return answering([Handled(*row) for row in rows], now)


def history(subject: UUID) -> list[Fact]:
    """All facts of one feedback. Within ``seeing``."""
    return [entry.fact for entry in log.read(kinds=FEEDBACK_KINDS, subjects=[subject])]


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``. What nobody can read any more is not to be answered. Raises Forbidden."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, FeedbackRow.objects.filter(at__lt=until))
        rows = rows.filter(Q(answered_at__gt=since) | Q(answered_at__isnull=True, erase_on__gt=since.date()))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    zone = get_default_timezone()
    for row in found:
        yield Obligation(
            RULE, row.subject, row.area, row.at, row.due, done_at=row.answered_at,
            lapses=midnight(row.erase_on, zone), author="open-page",
        )  # fmt: skip
