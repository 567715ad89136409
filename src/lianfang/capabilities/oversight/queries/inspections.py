"""What inspectors ask about besides what they find: gatherings that nobody dissuaded, measures that stand still."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.command.queries import gatherings, measures
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.isolation.state import CIVIL_TIME


class Undissuaded(NamedTuple):
    """A gathering known since ``began`` that was to be dissuaded or postponed by ``due``."""

    id: UUID
    area: str
    began: datetime
    due: datetime


class Still(NamedTuple):
    """A measure of which no unit has told anything since ``since``."""

    id: UUID
    area: str
    number: int
    zh: str
    en: str
    since: datetime


class Undone(NamedTuple):
    gatherings: tuple[Undissuaded, ...]
    measures: tuple[Still, ...]
    stale_h: int


def undone(viewer: Viewer, area: str, now: datetime) -> Undone:
    """Gatherings past their time without anybody's having dissuaded them, and measures in force without progress.
    Raises Forbidden, Refused."""
    its = clocks(now.astimezone(CIVIL_TIME).date())
    late = [
        Undissuaded(row.subject, row.area, row.began, due)
        for row in gatherings.known(viewer, area)
        if row.postponed is None and row.dissuaded is None and (due := row.began + its.dissuade) < now
    ]
    still = []
    for row in measures.without_progress(viewer, area, now, its.stale_h):
        issued = row.issued()
        still.append(Still(row.subject, row.area, row.number, issued.zh, issued.en, row.told or row.starts))
    return Undone(tuple(late), tuple(still), its.stale_h)
