"""What enterprises and facilities need, and until when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from lianfang.access.rows import in_range, seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.supplies.facts.support import SupportCategory
from lianfang.capabilities.supplies.models import ProducerRow, SupportRow
from lianfang.capabilities.supplies.rules import production as rules
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.tasks import queries as tasks
from lianfang.capabilities.tasks.rules import Obligation

READ: Final = "support.read"
RULE: Final = "support.solve"
MOST: Final = 1_000


class Listed(NamedTuple):
    """A ticket; ``of`` names the producer or the facility."""

    row: SupportRow
    of: str
    of_en: str
    due: datetime
    late: bool


def tickets(viewer: Viewer, area: str, now: datetime, *, closed: bool = False) -> list[Listed]:
    """The tickets of an area that are open, the first due first, or, with ``closed``, those that are not, the newest
    first. Raises Forbidden, Refused."""
    first, last = tasks.range_of(area)
    with seeing(viewer, READ):
        rows = visible(viewer, READ, SupportRow.objects.all()).filter(area__bytes_from=first, area__bytes_before=last)
        found = list(rows.filter(closed__isnull=not closed).order_by("-closed", "at", "subject")[:MOST])
        ids = {row.producer for row in found if row.producer}
        names = {row.subject: (row.name, row.en) for row in ProducerRow.objects.filter(subject__in=ids)}
    told = [_listed(row, names, now) for row in found]
    return told if closed else sorted(told, key=lambda one: (one.due, one.row.subject))


def _listed(row: SupportRow, names: dict[UUID, tuple[str, str]], now: datetime) -> Listed:
    of, of_en = names.get(row.producer, ("", "")) if row.producer else (row.facility, "")
    until = due(row)
    return Listed(row, of, of_en or of, until, row.closed is None and now > until)


def due(row: SupportRow) -> datetime:
    """Until when a ticket is to be solved."""
    return rules.due(
        SupportCategory(row.category), row.at, row.due, rules.in_force(row.at.astimezone(CIVIL_TIME).date())
    )


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``; ``of`` narrows to these tickets: every ticket is to be solved. Raises Forbidden."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, SupportRow.objects.filter(at__lt=until))
        rows = rows.filter(Q(closed__isnull=True) | Q(closed__gte=since))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        yield Obligation(RULE, row.subject, row.area, row.at, due(row), done_at=row.closed, author=row.author)
