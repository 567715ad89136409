"""Producers, hands, prices and emergency projects as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.mobilisation.models import TeamRow
from lianfang.capabilities.supplies.facts.producers import Working
from lianfang.capabilities.supplies.models import ItemRow, LabourRow, PriceRow, ProducerRow, ProjectRow
from lianfang.capabilities.supplies.models.production import series
from lianfang.capabilities.supplies.rules import prices as price_rules
from lianfang.capabilities.supplies.rules import production as rules
from lianfang.capabilities.supplies.rules.prices import Against, Good, against_base
from lianfang.capabilities.supplies.rules.production import Gap, Restart, capacity_gap, restart
from lianfang.capabilities.supplies.rules.projects import Burn, burn_down, passed
from lianfang.capabilities.supplies.state import CIVIL_TIME
from lianfang.capabilities.supplies.state.producers import holding
from lianfang.capabilities.tasks import queries as tasks

READ: Final = "production.read"
MOST: Final = 1_000
OUTPUT_DAYS: Final = 28
"""Days of output that are shown."""
CURVE_DAYS: Final = 21
"""Days back for which the share of producers at work is told."""
PRICE_DAYS: Final = 14
TEAMS: Final = "teams.read"


def rows_of(viewer: Viewer, model: Any, area: str) -> Any:
    """The rows of an area that the viewer sees; within ``seeing``. Raises Refused."""
    first, last = tasks.range_of(area)
    return visible(viewer, READ, model.objects.filter(area__bytes_from=first, area__bytes_before=last))


class Making(NamedTuple):
    """What a producer makes of an item. ``made`` is the last day's output, with its day; ``per_day`` what it can make:
    the most of the usual day and of what it has made in the days that are shown."""

    item: UUID
    usual: int
    per_day: int
    made: tuple[date, int] | None
    output: tuple[tuple[date, int], ...]
    demand: int | None
    gap: Gap | None


class Listed(NamedTuple):
    row: ProducerRow
    working: Working | None
    since: date | None
    makes: tuple[Making, ...]


class Board(NamedTuple):
    """``restart`` on the day, and ``curve`` on the days before it, the day itself last."""

    producers: tuple[Listed, ...]
    restart: Restart
    curve: tuple[tuple[date, Restart], ...]
    items: dict[UUID, ItemRow]


def board(viewer: Viewer, area: str, day: date) -> Board:
    """The producers of an area on a day. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(rows_of(viewer, ProducerRow, area).order_by("area", "name", "subject")[:MOST])
        ids = {item for row in rows for item, _ in row.makes}
        items = {one.subject: one for one in ItemRow.objects.filter(subject__in=ids)}
    its = rules.in_force(day)
    work = [series(row.work) for row in rows]
    days = [day - timedelta(days=back) for back in range(CURVE_DAYS, -1, -1)]
    curve = tuple((one, restart([_working(said, one) for said in work], its)) for one in days)
    found = tuple(_listed(row, said, day) for row, said in zip(rows, work, strict=True))
    return Board(found, curve[-1][1], curve, items)


def _working(said: dict[date, str], day: date) -> Working | None:
    since = max((one for one in said if one <= day), default=None)
    return None if since is None else Working(said[since])


def _listed(row: ProducerRow, said: dict[date, str], day: date) -> Listed:
    makes = tuple(_making(row, UUID(item), usual, day) for item, usual in row.makes)
    return Listed(row, _working(said, day), max((one for one in said if one <= day), default=None), makes)


def _making(row: ProducerRow, item: UUID, usual: int, day: date) -> Making:
    output = [(one, n) for one, n in sorted(series(row.output.get(str(item), [])).items()) if one <= day][-OUTPUT_DAYS:]
    per_day = max([usual, *(n for _, n in output)])
    demand = holding(series(row.demand.get(str(item), [])), day)
    gap = None if demand is None else capacity_gap(per_day, demand)
    return Making(item, usual, per_day, output[-1] if output else None, tuple(output), demand, gap)


class Hands(NamedTuple):
    """A request for hands; ``going`` are as many as go, ``producer`` the row of who asks."""

    row: LabourRow
    producer: ProducerRow | None
    going: int


class Team(NamedTuple):
    id: UUID
    zh: str
    en: str
    members: int


def labour(viewer: Viewer, area: str, now: datetime) -> tuple[list[Hands], list[Team]]:
    """Requests for hands whose shift is not over for a day, and the teams that could go. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(rows_of(viewer, LabourRow, area).filter(ends__gt=now - timedelta(days=1)).order_by("begins")[:MOST])
        producers = {one.subject: one for one in rows_of(viewer, ProducerRow, area)}
    found = [Hands(row, producers.get(row.producer), sum(map(len, row.given))) for row in rows]
    return found, _teams(viewer)


def _teams(viewer: Viewer) -> list[Team]:
    if not can(viewer, TEAMS):
        return []
    with seeing(viewer, TEAMS):
        rows = visible(viewer, TEAMS, TeamRow.objects.filter(dissolved__isnull=True, members__gt=0))
        return [Team(row.subject, row.zh, row.en, row.members) for row in rows.order_by("area", "subject")[:MOST]]


class Priced(NamedTuple):
    """A good in a shop on a day; ``row`` is None where nobody has told of that day."""

    area: str
    outlet: str
    good: Good
    row: PriceRow | None
    before: int | None
    against: Against
    course: tuple[tuple[date, int | None], ...]


def priced(viewer: Viewer, area: str, day: date) -> list[Priced]:
    """The prices of an area on a day, those that are told of first. Raises Forbidden, Refused."""
    its = price_rules.in_force(day)
    since = min(its.base_before - timedelta(days=4 * its.base_days), day - timedelta(days=90))
    with seeing(viewer, READ):
        rows = list(rows_of(viewer, PriceRow, area).filter(day__lte=day, day__gte=since).order_by("day")[: MOST * 20])
    by_subject: dict[UUID, list[PriceRow]] = defaultdict(list)
    for row in rows:
        by_subject[row.subject].append(row)
    goods = {one.code: one for one in its.goods}
    found = [_priced(each, day, its, goods) for each in by_subject.values() if each[0].good in goods]
    order = {one.code: n for n, one in enumerate(its.goods)}
    return sorted(found, key=lambda one: (one.against.alert is None, order[one.good.code], one.area, one.outlet))


def _priced(rows: Sequence[PriceRow], day: date, its: price_rules.Policy, goods: dict[str, Good]) -> Priced:
    fen = {row.day: row.fen for row in rows if row.fen is not None}
    last = rows[-1] if rows[-1].day == day else None
    before = max((one for one in fen if one < day), default=None)
    course = tuple((row.day, row.fen) for row in rows if row.day > day - timedelta(days=PRICE_DAYS))
    return Priced(
        rows[0].area, rows[0].outlet, goods[rows[0].good], last, None if before is None else fen[before],
        against_base(fen, day, its), course,
    )  # fmt: skip


class Running(NamedTuple):
    """A project with how it stands; ``counts`` by stage in its order."""

    row: ProjectRow
    burn: Burn
    counts: tuple[int, ...]


def projects(viewer: Viewer, area: str, now: datetime) -> list[Running]:
    """The emergency projects of an area, those first that are due first. Raises Forbidden, Refused."""
    with seeing(viewer, READ):
        rows = list(rows_of(viewer, ProjectRow, area).order_by("-due", "subject")[:MOST])
    return [running(row, now) for row in rows]


def running(row: ProjectRow, now: datetime) -> Running:
    """How a project stands at a moment."""
    steps, done = [one["code"] for one in row.steps], row.told()
    burn = burn_down(row.parts, steps, row.begins, row.due, done, now)
    return Running(row, burn, tuple(passed(done, one, now) for one in steps))


def today(now: datetime) -> date:
    return now.astimezone(CIVIL_TIME).date()
