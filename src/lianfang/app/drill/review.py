"""The review at the end of a drill, in lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from lianfang.accounts.drills import ZONE
from lianfang.app.drill.review_words import WORDS
from lianfang.app.drill.space import Space
from lianfang.capabilities.drills.queries import review
from lianfang.capabilities.drills.queries.review import PlanTask, Reviewed
from lianfang.capabilities.drills.rules.review import Difference
from lianfang.capabilities.drills.rules.review_names import ERRORS, GENERATORS, REGISTERS

PRINTED = 20  # differences; a file takes all
SAID_EVERY_S = 5


def report(space: Space, its: Reviewed, lang: str) -> Iterator[str]:
    """The review in lines."""
    words = WORDS[lang]
    yield words["head"].format(name=space.name, facts=its.facts, rows=sum(its.rows.values()))
    for kind in its.errors:
        yield words["errors"].format(
            kind=ERRORS[kind.error][lang],
            by=_by(kind.error, kind.by, lang),
            n=kind.injected,
            shows=kind.shows,
            found=kind.taken_up,
            after="" if kind.median_days is None else words["after"].format(days=kind.median_days),
        )
    for number, day in enumerate(review.days(space.drill(), its), 1):
        yield words["cases"].format(day=number, **day._asdict())
    for one in space.mark.get("injects", ()):
        yield words["inject"].format(**one)
    for task in its.tasks:
        yield _task(task, lang)
    others = sum(its.others.values())
    yield words["others"].format(n=others) if others else words["none"]
    for other in its.first[:PRINTED]:
        yield "  " + words["other"].format(**_told(other, lang))
    if others > PRINTED:
        yield words["more"].format(n=others - PRINTED)


def compared() -> Callable[[int, int | None], None]:
    """What says on standard error, now and then, how far a comparison is."""
    said = time.monotonic()

    def tell(rows: int, of: int | None) -> None:
        nonlocal said
        if time.monotonic() - said >= SAID_EVERY_S:
            said = time.monotonic()
            print(f"lianfang: {rows} of about {of} rows are compared …", file=sys.stderr, flush=True)

    return tell


def _task(one: PlanTask, lang: str) -> str:
    words = WORDS[lang]
    how = "undone" if one.done is None else "in_time" if one.done <= one.due else "late_done"
    done = words[how].format(at=one.done and f"{one.done.astimezone(ZONE):%Y-%m-%d %H:%M}")
    by = words["by"].format(how=words["hand"]) if one.hand else ""
    due = f"{one.due.astimezone(ZONE):%Y-%m-%d %H:%M}"
    return words["task"].format(unit=one.unit[lang], item=one.item[lang], due=due, done=done, by=by)


def _by(error: str, by: str, lang: str) -> str:
    """How it came about: the generator that made it up, or by how many days it is late; empty where nothing says."""
    if not by:
        return ""
    how = WORDS[lang]["late"].format(days=by) if error == "late" else GENERATORS[by][lang]
    return WORDS[lang]["by"].format(how=how)


def _told(one: Difference, lang: str) -> dict[str, Any]:
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in one._asdict().items()}
    return {**values, "register": REGISTERS[one.register][lang]}
