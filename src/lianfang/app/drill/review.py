"""The review at the end of a drill: what was wrong, what of it was found and when, and what the truth was."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from django.db import connection

from lianfang.accounts.drills import DEVICE
from lianfang.app.drill import files
from lianfang.app.drill.review_words import ERRORS, GENERATORS, REGISTERS, WORDS
from lianfang.app.drill.space import Space
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.rules.review import Difference, Error, Review, compare
from lianfang.facts import log

PRINTED = 20  # differences; a file takes all
_TAKEN_UP = "SELECT subject, received_at, body FROM fact WHERE device = %s ORDER BY seq"
_RECORDED = "SELECT id, received_at FROM fact WHERE id = ANY (%s)"
_REPORTED = """
SELECT (received_at AT TIME ZONE 'Asia/Shanghai')::date, count(*) FROM fact WHERE kind = 'case.reported' GROUP BY 1"""


class Found(NamedTuple):
    """An injected error; ``after``: how long after it was recorded somebody who took part took it up, None: nobody."""

    error: Error
    after: timedelta | None


class Reviewed(NamedTuple):
    review: Review
    errors: list[Found]
    facts: int


def reviewed(space: Space) -> Reviewed:
    """Opens the truth and compares it with the record of this process."""
    with (space.files / files.TRUTH).open("rb") as truth:
        review = compare(truth, registers.held())
    return Reviewed(review, list(_found(review.errors)), log.head().seq)


def report(space: Space, its: Reviewed, lang: str) -> Iterator[str]:
    """The review in lines."""
    words = WORDS[lang]
    yield words["head"].format(name=space.name, facts=its.facts, rows=sum(its.review.rows.values()))
    kinds = defaultdict[tuple[str, str], list[Found]](list)
    for one in its.errors:
        kinds[one.error.error, one.error.by].append(one)
    for (kind, by), ones in sorted(kinds.items()):
        after = [one.after / timedelta(days=1) for one in ones if one.after is not None]
        yield words["errors"].format(
            kind=ERRORS[kind][lang],
            by=_by(kind, by, lang),
            n=len(ones),
            shows=sum(one.error.shows for one in ones),
            found=len(after),
            after=words["after"].format(days=median(after)) if after else "",
        )
    yield from _curve(space, words)
    for one in space.mark.get("injects", ()):
        yield words["inject"].format(**one)
    others = its.review.others
    yield words["others"].format(n=len(others)) if others else words["none"]
    for other in others[:PRINTED]:
        yield "  " + words["other"].format(**_told(other, lang))
    if len(others) > PRINTED:
        yield words["more"].format(n=len(others) - PRINTED)


def lines(its: Reviewed) -> Iterator[bytes]:
    """Every error and every other difference as JSON, a line each."""
    for one in its.errors:
        days = None if one.after is None else one.after / timedelta(days=1)
        yield orjson.dumps({**one.error._asdict(), "taken_up_after_days": days}) + b"\n"
    for other in its.review.others:
        yield orjson.dumps({"error": None, **other._asdict()}) + b"\n"


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


def _curve(space: Space, words: dict[str, str]) -> Iterator[str]:
    """What happened day by day beside what the record was told."""
    with connection.cursor() as cursor:
        cursor.execute(_REPORTED)
        reported = Counter(dict(cursor.fetchall()))
    drill = space.drill()
    for day, (infected, onset) in enumerate(space.mark.get("curve", ())):
        date = drill.first_day + timedelta(days=day)
        told = {"infected": infected, "onset": onset, "reported": reported[date]}
        yield words["cases"].format(day=day + 1, date=date, **told)


def _by(error: str, by: str, lang: str) -> str:
    """How it came about: the generator that made it up, or by how many days it is late; empty where nothing says."""
    if not by:
        return ""
    how = WORDS[lang]["late"].format(days=by) if error == "late" else GENERATORS[by][lang]
    return WORDS[lang]["by"].format(how=how)


def _told(one: Difference, lang: str) -> dict[str, Any]:
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in one._asdict().items()}
    return {**values, "register": REGISTERS[one.register][lang]}
