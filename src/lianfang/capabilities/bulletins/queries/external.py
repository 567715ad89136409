"""Events that may have to be told outside the country: how they were assessed, who was told, who has confirmed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.bulletins.models.briefings import EXTERNAL_KINDS, ExternalRow
from lianfang.capabilities.bulletins.queries.within import within
from lianfang.capabilities.bulletins.rules.external import RULE
from lianfang.capabilities.bulletins.state.external import Event, event
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Fact

NOTIFY: Final = "external.notify"
MOST: Final = 500


def listed(viewer: Viewer, area: str = "") -> Sequence[ExternalRow]:
    """The events of the viewer's divisions, the last that was assessed first. Raises Forbidden."""
    with seeing(viewer, NOTIFY):
        rows = within(visible(viewer, NOTIFY, ExternalRow.objects.all()), area)
        return list(rows.order_by("-assessed_at", "subject")[:MOST])


def one(viewer: Viewer, subject: UUID) -> Event:
    """An event with its assessments and who was told. Raises Forbidden; NotThere, also for another's."""
    with seeing(viewer, NOTIFY):
        if not visible(viewer, NOTIFY, ExternalRow.objects.filter(subject=subject)).exists():
            raise NotThere
        return event(history(subject))


def history(subject: UUID) -> list[Fact]:
    """All facts of one event. Within ``seeing``."""
    return [entry.fact for entry in log.read(kinds=EXTERNAL_KINDS, subjects=[subject])]


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """See ``tasks.rules.Provider``. Raises Forbidden."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, ExternalRow.objects.filter(due__isnull=False, assessed_at__lt=until))
        rows = rows.filter(Q(told_at__isnull=True) | Q(told_at__gt=since))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        assert row.due is not None
        yield Obligation(RULE, row.subject, row.area, row.assessed_at, row.due, done_at=row.told_at, author=row.author)
