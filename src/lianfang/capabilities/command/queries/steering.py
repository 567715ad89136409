"""Strategies, headquarters and reports of areas, as somebody may see them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.matrix import require, require_over
from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, no_area
from lianfang.capabilities.command.facts.reports import Instance
from lianfang.capabilities.command.models import HeadquartersRow, ReportRow, StrategyRow
from lianfang.capabilities.command.queries.levels import READ, areas_above
from lianfang.capabilities.command.rules.notices import Step, chain
from lianfang.capabilities.command.state.strategy import Override, override_at
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.identity.areas import known_areas

MOST: Final = 200
REPORT: Final = "event.report"


def overrides(viewer: Viewer, areas: Collection[str], at: datetime) -> dict[str, Override]:
    """The strategy that was decided on at a moment for each area of which one was: for itself or, where nothing was,
    for the nearest area above. An authority publishes them. Raises Forbidden."""
    require(viewer, READ)
    above = {area: [area, *areas_above(area)] for area in areas}
    with seeing_all():
        rows = StrategyRow.objects.filter(area__in={one for its in above.values() for one in its}, starts__lte=at)
        told: dict[str, list[Override]] = {}
        for row in rows.order_by("starts"):
            told.setdefault(row.area, []).append(row.override())
    held = {area: override_at(history, at) for area, history in told.items()}
    nearest = ((area, next((held[one] for one in its if held.get(one)), None)) for area, its in above.items())
    return {area: one for area, one in nearest if one is not None}


def headquarters(viewer: Viewer, area: str, at: datetime) -> list[HeadquartersRow]:
    """The headquarters of an area at a moment, at most one for an event. An authority publishes them. Raises Forbidden,
    Refused."""
    require_known(viewer, area)
    with seeing_all():
        rows = HeadquartersRow.objects.filter(area=area, starts__lte=at).order_by("event")
        return [row for row in rows if row.ends is None or row.ends > at]


def reports(viewer: Viewer, area: str) -> list[ReportRow]:
    """The events within an area that have to go up, the last first. Raises Forbidden, Refused."""
    require_known(viewer, area)
    first, last = range_of(area)
    with seeing(viewer, READ):
        rows = in_range(viewer, ReportRow.objects.filter(area__bytes_from=first, area__bytes_before=last))
        return list(rows.order_by("-began", "subject")[:MOST])


def located(viewer: Viewer, action: str, id: UUID) -> ReportRow:
    """One that an action reaches. Raises Forbidden, NotThere."""
    with seeing(viewer, action):
        row = in_range(viewer, ReportRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def steps(row: ReportRow) -> list[Step]:
    """How far a report has come, with the clock of what comes next."""
    found = datetime.fromisoformat(row.data["found"])
    arrived = {Instance(to): datetime.fromisoformat(at) for to, at in row.arrived.items()}
    return chain(found, arrived, found.astimezone(CIVIL_TIME).date())


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """That each report goes on in time: see ``tasks.rules.Provider``."""
    with seeing(viewer, "tasks.read"):
        found = in_range(viewer, ReportRow.objects.filter(began__lt=until))
        events = list(found if of is None else found.filter(subject__in=list(of)))
    for event in events:
        for step in steps(event):
            if (step.done or until) > since and step.begins < until:
                yield Obligation(
                    REPORT, event.subject, event.area, step.begins, step.due, step.to.value, done_at=step.done,
                    author=event.author,
                )  # fmt: skip


def require_known(viewer: Viewer, area: str) -> None:
    """Raises Forbidden; Refused for an area that there is not."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, READ, area)
