"""Gatherings that are known, and what is to be done about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.command.models import GatheringRow
from lianfang.capabilities.command.queries.levels import READ
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation

MOST: Final = 500
DISSUADE: Final = "gathering.dissuade"
HANDLE: Final = "gathering.handle"


def known(viewer: Viewer, area: str) -> list[GatheringRow]:
    """The gatherings of an area, the last planned first. Raises Forbidden, Refused."""
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = GatheringRow.objects.filter(area__bytes_from=first, area__bytes_before=last)
        return list(in_range(viewer, rows).order_by("-data__planned", "subject")[:MOST])


def located(viewer: Viewer, action: str, id: UUID) -> GatheringRow:
    """One that an action reaches. Raises Forbidden, NotThere."""
    with seeing(viewer, action):
        row = in_range(viewer, GatheringRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """That a known gathering is dissuaded in time, and that the county deals with one that was held though it had been
    dissuaded: see ``tasks.rules.Provider``."""
    with seeing(viewer, "tasks.read"):
        rows = in_range(viewer, GatheringRow.objects.filter(began__lt=until))
        found = list(rows if of is None else rows.filter(subject__in=list(of)))
    for row in found:
        its = clocks(row.began.astimezone(CIVIL_TIME).date())
        answered = min((at for at in (row.postponed, row.dissuaded) if at), default=None)
        lapsed = row.held if answered is None else None
        if (answered or lapsed or until) > since:
            yield Obligation(
                DISSUADE, row.subject, row.area, row.began, row.began + its.dissuade, done_at=answered, lapses=lapsed,
                author=row.author,
            )  # fmt: skip
        if row.dissuaded and row.held and row.dissuaded <= row.held and (row.handled or until) > since:
            yield Obligation(
                HANDLE, row.subject, row.area, row.held, row.held + its.handle, done_at=row.handled, author=row.author
            )
