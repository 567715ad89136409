"""The truth of a drill opened: what was wrong, what of it was found and when, and what happened day by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from lianfang.accounts.drills import DEVICE, FILES, Drill
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.rules.files import TRUTH
from lianfang.capabilities.drills.rules.review import Error, Review, compare
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


class Reviewed(NamedTuple):
    """``facts``: how many the record had then; ``reported``: case reports by the day on which they were received."""

    review: Review
    errors: list[Found]
    facts: int
    reported: Mapping[date, int]


class Kind(NamedTuple):
    """Errors of a kind and of a generator (or so many days late): how many were injected, show in the registers as
    such, and were taken up, in the middle so many days after they were recorded."""

    error: str
    by: str
    injected: int
    shows: int
    taken_up: int
    median_days: float | None


class Day(NamedTuple):
    """What happened on a day, and how many case reports were received."""

    date: date
    infected: int
    onset: int
    reported: int


def reviewed(space: Path) -> Reviewed:
    """Opens the truth in a drill's space and compares it with the record of this process."""
    with (space / FILES / TRUTH).open("rb") as truth:
        review = compare(truth, registers.held())
    with connection.cursor() as cursor:
        cursor.execute(_REPORTED)
        reported = dict(cursor.fetchall())
    return Reviewed(review, list(_found(review.errors)), log.head().seq, reported)


def kinds(errors: Sequence[Found]) -> Iterator[Kind]:
    """The errors by what they are and how they came about."""
    alike = defaultdict[tuple[str, str], list[Found]](list)
    for one in errors:
        alike[one.error.error, one.error.by].append(one)
    for (error, by), ones in sorted(alike.items()):
        after = [one.days for one in ones if one.days is not None]
        shows = sum(one.error.shows for one in ones)
        yield Kind(error, by, len(ones), shows, len(after), median(after) if after else None)


def days(drill: Drill, curve: Sequence[Sequence[int]], reported: Mapping[date, int]) -> Iterator[Day]:
    """Every day of a drill; ``curve``: the infected and who fell ill on each."""
    received = Counter(reported)
    for day, (infected, onset) in enumerate(curve):
        its = drill.first_day + timedelta(days=day)
        yield Day(its, infected, onset, received[its])


def lines(its: Reviewed) -> Iterator[dict[str, Any]]:
    """Every error, and every other difference (``error`` null)."""
    for one in its.errors:
        yield {**one.error._asdict(), "taken_up_after_days": one.days}
    for other in its.review.others:
        yield {"error": None, **other._asdict()}


def cells(one: Mapping[str, Any]) -> list[str | float | None]:
    """A line as cells under COLUMNS; lists as JSON."""
    return [_cell(one.get(name)) for name in COLUMNS]


def _cell(value: Any) -> str | float | None:
    if isinstance(value, (list, tuple)):
        return orjson.dumps(value).decode()
    return str(value).lower() if isinstance(value, bool) else value


def _found(errors: Sequence[Error]) -> Iterator[Found]:
    """When each error was taken up: by a record that corrects it, or that is about the same subject, later."""
    ids = {UUID(fact) for one in errors for fact in one.facts}
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [list(ids)])
        recorded: dict[str, datetime] = {str(id): at for id, at in cursor}
        cursor.execute(_TAKEN_UP, [DEVICE])
        taken = defaultdict[str, list[datetime]](list)
        for subject, at, body in cursor:
            for about in {str(subject), str(orjson.loads(bytes(body)).get("corrects"))}:
                taken[about].append(at)
    for one in errors:
        began = min((recorded[fact] for fact in one.facts if fact in recorded), default=None)
        later = [at for about in (*one.facts, str(one.key[0])) for at in taken.get(about, ()) if began and at >= began]
        yield Found(one, min(later) - began if later and began else None)
