"""Oversight of a drill that is loaded: the rules are asked, and its inspector draws records and places by lot and asks
households again. A lot hangs on the record's chain, so that it cannot be written with the drill's files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.facts.sampling import RecallResult
from lianfang.capabilities.oversight.queries import sampling as queries
from lianfang.capabilities.oversight.service import detecting, sampling

_NAMES: Final = UUID("c3f1b7de-2a43-5b58-9c0f-6a0d7f1e5b24")
DRAWN, SITES, WEEKS = 30, 3, 2
"""Records and places that are drawn at once; weeks that are drawn from and looked at."""
WAITING, UNREACHED = 5, 11
"""Of the latest draw every fifth record waits to be asked about; nobody is reached behind every eleventh door."""
WEEK: Final = timedelta(days=7)


def made_up(truth: Iterable[dict[str, Any]]) -> frozenset[UUID]:
    """The visits of a drill's truth that nobody made."""
    return frozenset(
        UUID(fact)
        for one in truth
        if one.get("error") == "made_up" and one["register"] == "outcomes"
        for fact in one["facts"]
    )


def oversee(inspector: Viewer, invented: Collection[UUID], *, now: datetime) -> None:
    """Raises what the rules find of the last weeks, draws records of each and places of today, and records
    what households say who are asked again: those of ``invented`` visits, that nobody came. Done again, it does
    nothing."""
    today = now.astimezone(CIVIL_TIME).date()
    for weeks in reversed(range(WEEKS)):
        at, last = now - weeks * WEEK, today - timedelta(days=1) - weeks * WEEK
        detecting.detect(at, area=inspector.area)
        draw = uuid5(_NAMES, f"records|{inspector.area}|{last}")
        try:
            sampling.draw_records(inspector, inspector.area, DRAWN, last - WEEK + timedelta(1), last, now=now, id=draw)
            _ask(inspector, draw, invented, now, latest=weeks == 0)
        except Refused:
            continue  # nobody was visited in that week
    sites = uuid5(_NAMES, f"sites|{inspector.area}|{today}")
    try:
        sampling.draw_sites(inspector, inspector.area, SITES, today, now=now, id=sites)
    except Refused:
        return  # there is no post


def _ask(inspector: Viewer, draw: UUID, invented: Collection[UUID], now: datetime, *, latest: bool) -> None:
    for n, one in enumerate(_drawn(inspector, draw)):
        if latest and n % WAITING == 0:
            continue
        told = RecallResult.DISAGREES if one in invented else RecallResult.AGREES
        result = RecallResult.NOT_REACHED if n % UNREACHED == 1 else told
        sampling.recall(inspector, draw, one, result, now=now, fact=uuid5(draw, str(one)))


def _drawn(inspector: Viewer, draw: UUID) -> list[UUID]:
    found = next(one for one in queries.record_draws(inspector, inspector.area) if one.row.subject == draw)
    return [UUID(one) for one in found.row.drawn]
