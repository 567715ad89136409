"""What a commander opens: how each part of the response stands in an area, and in each division right below it. Every
part is asked of its own capability's door; the viewer comes first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, TypeVar

from lianfang.access.matrix import can
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused
from lianfang.app.command import strategies
from lianfang.app.command.strategies import WARNING, Line
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts.measures import MeasureProgress
from lianfang.capabilities.command.models import GatheringRow, HeadquartersRow, ReceiptRow, ReportRow, TicketRow
from lianfang.capabilities.command.queries import gatherings, measures, notices, playbooks, readiness, steering
from lianfang.capabilities.command.queries.command_posts import coverage
from lianfang.capabilities.command.queries.levels import response
from lianfang.capabilities.command.rules.measures import clocks
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.warning.queries.restrictions import restrictions
from lianfang.capabilities.warning.state.restriction import LimitState
from lianfang.places.gazetteer import Division

Row = TypeVar("Row", ReceiptRow, TicketRow, GatheringRow, ReportRow)


class Count(NamedTuple):
    """``n`` of ``of``; ``late`` of them are past their time."""

    n: int
    of: int
    late: int = 0


class Open(NamedTuple):
    """So many that are not closed, and how many of them are past their time."""

    n: int
    late: int


class Limits(NamedTuple):
    """Limits on entry: in force, and waiting for an approval."""

    in_force: int
    asked: int


class Below(NamedTuple):
    """A division right below the area, with what of it waits."""

    division: Division
    post: bool
    notices: Count
    tickets: Open
    gatherings: Open
    events: Open


class Board(NamedTuple):
    """``level``: the area's own, else that of the nearest area above. ``posts``: divisions right below, down to
    counties, with a command post; ``missing``: those without. ``measures`` carried out, of those in force; late are
    those of which nobody has said anything for long. ``notices`` read, of those received. ``gatherings`` wait until
    they are dissuaded, those late that were held all the same with them. ``strategies`` and ``limits`` are None for who
    is not told of classes, ``ready`` (areas with a plan in force) where there are too many areas."""

    level: state.Declared | None
    headquarters: Sequence[HeadquartersRow]
    posts: Count
    missing: tuple[Division, ...]
    strategies: list[Line] | None
    measures: Count
    notices: Count
    tickets: Open
    gatherings: Open
    events: Open
    playbooks: int
    limits: Limits | None
    ready: Count | None
    below: tuple[Below, ...]


def board(viewer: Viewer, area: str, now: datetime) -> Board:
    """The board of an area. Raises Forbidden; Refused for an area that there is not."""
    levels, posts = response(viewer, area, now), coverage(viewer, area, now)
    receipts = [one for notice in notices.notices(viewer, area) for one in notice.receipts]
    tickets, known = notices.tickets(viewer, area), gatherings.known(viewer, area)
    events = steering.reports(viewer, area)
    its = _Parts(receipts, tickets, known, events, now).within(area)
    led = [one for one in posts.lines if one.division.level != "town"]  # a street or township answers to its county's
    missing = tuple(one.division for one in led if one.post is None)
    return Board(
        level=levels.own or next(iter(levels.above), None),
        headquarters=steering.headquarters(viewer, area, now),
        posts=Count(len(led) - len(missing), len(led), len(missing)),
        missing=missing,
        strategies=strategies.lines(viewer, area, now),
        measures=_measures(viewer, area, now),
        notices=its.read(),
        tickets=its.joint(),
        gatherings=its.crowds(),
        events=its.reports(),
        playbooks=len(playbooks.runs(viewer, area, now)),
        limits=_limits(viewer, area, now),
        ready=_ready(viewer, area, now),
        below=tuple(_below(one.division, one.post is not None, its) for one in posts.lines),
    )


class _Parts(NamedTuple):
    """What waits in some divisions."""

    receipts: Sequence[ReceiptRow]
    tickets: Sequence[TicketRow]
    gatherings: Sequence[GatheringRow]
    events: Sequence[ReportRow]
    now: datetime

    def within(self, area: str) -> _Parts:
        """Of a division and what lies below it."""
        first, last = range_of(area)

        def here(rows: Sequence[Row]) -> list[Row]:
            return [one for one in rows if first <= one.area < last]

        return _Parts(here(self.receipts), here(self.tickets), here(self.gatherings), here(self.events), self.now)

    def read(self) -> Count:
        late = sum(_unanswered(one, self.now) for one in self.receipts)
        return Count(sum(one.read is not None for one in self.receipts), len(self.receipts), late)

    def joint(self) -> Open:
        return _open([one.due for one in self.tickets if one.closed is None], self.now)

    def crowds(self) -> Open:
        waiting = [one for one in self.gatherings if not (one.postponed or one.dissuaded or one.held)]
        due = [one.began + clocks(one.began.astimezone(CIVIL_TIME).date()).dissuade for one in waiting]
        alerts = sum(_held_all_the_same(one) for one in self.gatherings)
        return Open(len(waiting) + alerts, sum(at < self.now for at in due) + alerts)

    def reports(self) -> Open:
        following = [steering.steps(one)[-1] for one in self.events]
        return _open([step.due for step in following if step.done is None], self.now)


def _open(due: Collection[datetime], now: datetime) -> Open:
    return Open(len(due), sum(at < now for at in due))


def _unanswered(one: ReceiptRow, now: datetime) -> bool:
    """Past its time, unread or not acted on."""
    unread = one.read is None and one.read_by < now
    return unread or (one.act_by is not None and one.acted is None and one.act_by < now)


def _held_all_the_same(one: GatheringRow) -> bool:
    return bool(one.dissuaded and one.held and one.dissuaded <= one.held and not one.handled)


def _below(division: Division, post: bool, its: _Parts) -> Below:
    of = its.within(division.code)
    return Below(division, post, of.read(), of.joint(), of.crowds(), of.reports())


def _measures(viewer: Viewer, area: str, now: datetime) -> Count:
    rows = [row for row in measures.board(viewer, area, now) if row.starts <= now < row.until]
    stale_h = clocks(now.astimezone(CIVIL_TIME).date()).stale_h
    stale = measures.without_progress(viewer, area, now, stale_h)
    return Count(sum(row.progress == MeasureProgress.DONE for row in rows), len(rows), len(stale))


def _limits(viewer: Viewer, area: str, now: datetime) -> Limits | None:
    if not can(viewer, WARNING):
        return None
    states = [one.state for one in restrictions(viewer, area, now=now)]
    return Limits(states.count(LimitState.IN_FORCE), states.count(LimitState.ASKED))


def _ready(viewer: Viewer, area: str, now: datetime) -> Count | None:
    try:
        found = readiness.register(viewer, area, "county", now)
    except Refused:
        return None
    return Count(len(found.lines) - len(found.without), len(found.lines), len(found.without))
