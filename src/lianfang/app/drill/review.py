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
from lianfang.app.drill.space import Space
from lianfang.capabilities.drills.queries import registers
from lianfang.capabilities.drills.rules.review import Difference, Error, Review, compare
from lianfang.facts import log

PRINTED = 20  # differences; a file takes all
WORDS = {
    "zh": {
        "head": "演练 {name}：{facts} 条事实，核对 {rows} 行",
        "errors": "{kind}{by}：注入 {n} 处，登记表中照此可见 {shows} 处，参演人员处理 {found} 处{after}",
        "after": "（记录后中位 {days:.1f} 天）",
        "cases": "第 {day} 天 {date}：感染 {infected}，发病 {onset}，当日收到病例报告 {reported}",
        "inject": "导调加入：{at}，{area} 报告病例 {cases} 例，发病日 {onset}",
        "others": "其余差异 {n} 处（参演人员的记录，或导调所加）：",
        "none": "除注入的错误外，登记表与真实情况一致。",
        "more": "……另有 {n} 处，用 --out 写入文件",
        "other": "{register} {key}：应为 {expected}，实为 {held}",
    },
    "en": {
        "head": "Drill {name}: {facts} facts, {rows} rows compared",
        "errors": "{kind}{by}: {n} injected, {shows} show in the registers as such, {found} taken up by those who took "
        "part{after}",
        "after": " (median {days:.1f} days after it was recorded)",
        "cases": "Day {day}, {date}: {infected} infected, {onset} fell ill, {reported} case reports received",
        "inject": "By the trainer at {at}: {cases} cases reported in {area}, onset {onset}",
        "others": "{n} other differences (records of those who took part, or of the trainer):",
        "none": "But for the injected errors the registers hold the truth.",
        "more": "… and {n} more: --out writes them to a file",
        "other": "{register} {key}: expected {expected}, held {held}",
    },
}
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
            kind=kind,
            by=f" ({by})" if by else "",
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
        yield "  " + words["other"].format(**_told(other))
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


def _told(one: Difference) -> dict[str, Any]:
    return {name: json.dumps(value, ensure_ascii=False) for name, value in one._asdict().items()} | {
        "register": one.register
    }
