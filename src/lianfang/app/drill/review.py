"""The review at the end of a drill, in lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lianfang.app.drill.review_words import WORDS
from lianfang.app.drill.space import Space
from lianfang.capabilities.drills.queries import review
from lianfang.capabilities.drills.queries.review import Reviewed
from lianfang.capabilities.drills.rules.review import Difference
from lianfang.capabilities.drills.rules.review_names import ERRORS, GENERATORS, REGISTERS

PRINTED = 20  # differences; a file takes all


def report(space: Space, its: Reviewed, lang: str) -> Iterator[str]:
    """The review in lines."""
    words = WORDS[lang]
    yield words["head"].format(name=space.name, facts=its.facts, rows=sum(its.review.rows.values()))
    for kind in review.kinds(its.errors):
        yield words["errors"].format(
            kind=ERRORS[kind.error][lang],
            by=_by(kind.error, kind.by, lang),
            n=kind.injected,
            shows=kind.shows,
            found=kind.taken_up,
            after="" if kind.median_days is None else words["after"].format(days=kind.median_days),
        )
    for number, day in enumerate(review.days(space.drill(), space.mark.get("curve", ()), its.reported), 1):
        yield words["cases"].format(day=number, **day._asdict())
    for one in space.mark.get("injects", ()):
        yield words["inject"].format(**one)
    others = its.review.others
    yield words["others"].format(n=len(others)) if others else words["none"]
    for other in others[:PRINTED]:
        yield "  " + words["other"].format(**_told(other, lang))
    if len(others) > PRINTED:
        yield words["more"].format(n=len(others) - PRINTED)


def _by(error: str, by: str, lang: str) -> str:
    """How it came about: the generator that made it up, or by how many days it is late; empty where nothing says."""
    if not by:
        return ""
    how = WORDS[lang]["late"].format(days=by) if error == "late" else GENERATORS[by][lang]
    return WORDS[lang]["by"].format(how=how)


def _told(one: Difference, lang: str) -> dict[str, Any]:
    values = {name: json.dumps(value, ensure_ascii=False) for name, value in one._asdict().items()}
    return {**values, "register": REGISTERS[one.register][lang]}
