"""The truth of a drill opened: what was wrong, what of it was found and when, and what happened day by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from django.db import connection, transaction

from lianfang.access.rows import seeing_all
from lianfang.accounts.drills import DEVICE, FILES, Drill
from lianfang.capabilities.command.facts import PlanIssued
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.rules.files import TRUTH
from lianfang.capabilities.drills.rules.review import Comparison, Difference, Error
from lianfang.facts import log

COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "error": {"zh": "错误", "en": "error"},
    "by": {"zh": "方式或天数", "en": "how, or days"},
    "worker": {"zh": "记录人", "en": "worker"},
    "register": {"zh": "登记表", "en": "register"},
    "key": {"zh": "键", "en": "key"},
    "facts": {"zh": "事实", "en": "facts"},
    "truth": {"zh": "真实", "en": "truth"},
    "expected": {"zh": "应为", "en": "expected"},
    "held": {"zh": "实为", "en": "held"},
    "shows": {"zh": "登记表中可见", "en": "shows"},
    "taken_up_after_days": {"zh": "处理（天后）", "en": "taken up after days"},
}
"""Of the list of errors and differences. An error has its ``truth``, another difference what is ``expected``."""

_TASKS = """
SELECT p.data::text, c.unit, i ->> 0, c.at + (i ->> 1)::int * interval '1 hour' AS due, t.done_at,
       EXISTS (SELECT FROM fact f WHERE f.subject = t.subject AND f.kind = 'task.done' AND f.device = %s)
FROM command_checklist c
JOIN command_plan p ON p.fact = c.issued
CROSS JOIN jsonb_array_elements(c.items) i
LEFT JOIN tasks_task t ON t.of = c.id AND t.rule = 'plan.item' AND t.slot = i ->> 0
ORDER BY due, c.at, c.unit, i ->> 0"""
SHOWN: Final = 200
"""Differences that are told at once; a file has all."""
ERRORS_AT_ONCE: Final = 1_000
_TAKEN_UP = "SELECT subject, received_at, body FROM fact WHERE device = %s ORDER BY seq"
_RECORDED = "SELECT id, received_at FROM fact WHERE id = ANY (%s)"
_REPORTED = """
SELECT (received_at AT TIME ZONE 'Asia/Shanghai')::date, count(*) FROM fact WHERE kind = 'case.reported' GROUP BY 1"""


class Found(NamedTuple):
    """An injected error; ``after``: how long after it was recorded somebody who took part took it up, None: nobody."""

    error: Error
    after: timedelta | None

    @property
    def days(self) -> float | None:
        return None if self.after is None else self.after / timedelta(days=1)


class PlanTask(NamedTuple):
    """A task of a plan that was put into action: of which plan and unit, what was to be done by when, and when somebody
    said that it was. ``hand``: whether that was one who took part; else it is of the drill's own records."""

    plan: dict[str, str]
    unit: dict[str, str]
    item: dict[str, str]
    due: datetime
    done: datetime | None
    hand: bool


class Kind(NamedTuple):
    """Errors of a kind and of a generator (or so many days late): how many were injected, show in the registers as
    such, and were taken up, in the middle so many days after they were recorded."""

    error: str
    by: str
    injected: int
    shows: int
    taken_up: int
    median_days: float | None


class Reviewed(NamedTuple):
    """``rows``: how many of each register were compared; ``errors`` by what they are; ``others``: how many of each
    register differ for no injected error, and ``first`` the first of these. ``facts``: how many the record had then;
    ``reported``: case reports by the day on which they were received; ``tasks`` in the order of their time;
    ``course``: how many were infected and fell ill on each day."""

    rows: Mapping[str, int]
    errors: list[Kind]
    others: Mapping[str, int]
    first: list[Difference]
    facts: int
    reported: Mapping[date, int]
    tasks: list[PlanTask]
    course: list[tuple[int, int]]


class Day(NamedTuple):
    """What happened on a day, and how many case reports were received."""

    date: date
    infected: int
    onset: int
    reported: int


def reviewed(
    space: Path, write: Callable[[dict[str, Any]], object], told: Callable[[int, int | None], object]
) -> Reviewed:
    """Opens the truth in a drill's space and compares it with the record of this process as it is now; writes every
    error, then every other difference (``error`` null). ``told``: see ``Comparison``."""
    with transaction.atomic(), connection.cursor() as cursor:
        # What is read twice is the same both times, whatever comes in meanwhile; all of each register is read.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET LOCAL cursor_tuple_fraction = 1")
        its = Comparison(partial(_lines, space / FILES / TRUTH), registers.held, told)
        cursor.execute(_REPORTED)
        reported = dict(cursor.fetchall())
        errors = list(kinds(_written(_found(its.errors()), write)))
        others, first = Counter[str](), list[Difference]()
        for other in its.differences():
            others[other.register] += 1
            first += [other] if len(first) < SHOWN else []
            write({"error": None, **other._asdict()})
        return Reviewed(its.rows, errors, others, first, log.head().seq, reported, list(_tasks()), list(its.course()))


def _written(found: Iterable[Found], write: Callable[[dict[str, Any]], object]) -> Iterator[Found]:
    for one in found:
        write({**one.error._asdict(), "taken_up_after_days": one.days})
        yield one


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _tasks() -> Iterator[PlanTask]:
    with seeing_all(), connection.cursor() as cursor:
        cursor.execute(_TASKS, [DEVICE])
        for plan, unit, item, due, done, hand in cursor.fetchall():
            its = PlanIssued.model_validate_json(plan)
            of = next(one for one in its.units if one.code == unit), next(one for one in its.items if one.code == item)
            named, by, what = ({"zh": one.zh, "en": one.en or one.zh} for one in (its, *of))
            yield PlanTask(named, by, what, due, done, hand)


def kinds(errors: Iterable[Found]) -> Iterator[Kind]:
    """The errors by what they are and how they came about."""
    alike = defaultdict[tuple[str, str], list[tuple[bool, float | None]]](list)
    for one in errors:
        alike[one.error.error, one.error.by].append((one.error.shows, one.days))
    for (error, by), ones in sorted(alike.items()):
        after = [days for _, days in ones if days is not None]
        shows = sum(shows for shows, _ in ones)
        yield Kind(error, by, len(ones), shows, len(after), median(after) if after else None)


def days(drill: Drill, its: Reviewed) -> Iterator[Day]:
    """Every day of a drill."""
    received = Counter(its.reported)
    for day, (infected, onset) in enumerate(its.course):
        on = drill.first_day + timedelta(days=day)
        yield Day(on, infected, onset, received[on])


def cells(one: Mapping[str, Any]) -> list[str | float | None]:
    """A line as cells under COLUMNS; lists as JSON."""
    return [_cell(one.get(name)) for name in COLUMNS]


def _cell(value: Any) -> str | float | None:
    if isinstance(value, (list, tuple)):
        return orjson.dumps(value).decode()
    return str(value).lower() if isinstance(value, bool) else value


def _found(errors: Iterable[Error]) -> Iterator[Found]:
    """When each error was taken up: by a record that corrects it, or that is about the same subject, later."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_UP, [DEVICE])
        taken = defaultdict[str, list[datetime]](list)
        for subject, at, body in cursor:
            for about in {str(subject), str(orjson.loads(bytes(body)).get("corrects"))}:
                taken[about].append(at)
    rest = iter(errors)
    while some := list(islice(rest, ERRORS_AT_ONCE)):
        ids = {UUID(fact) for one in some for fact in one.facts}
        with connection.cursor() as cursor:
            cursor.execute(_RECORDED, [list(ids)])
            recorded: dict[str, datetime] = {str(id): at for id, at in cursor}
        for one in some:
            began = min((recorded[fact] for fact in one.facts if fact in recorded), default=None)
            told = [at for about in (*one.facts, str(one.key[0])) for at in taken.get(about, ())]
            later = [at for at in told if began and at >= began]
            yield Found(one, min(later) - began if later and began else None)
