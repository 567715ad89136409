"""Endpoints of spread: newly affected areas by day, and where cases came from."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.warning.queries.spread import MOST_DAYS, reach
from lianfang.capabilities.warning.rules.reading import spread_reading
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema
from lianfang.places.queries import current_gazetteer

router = Router()
Word = Annotated[str, Field(max_length=64)]
Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]


class SpreadAreaOut(Schema):
    area: str
    zh: str
    en: str


class SpreadFirstOut(SpreadAreaOut):
    """An area, and when its first case was confirmed."""

    at: AwareDatetime


class SpreadDayOut(Schema):
    """A day: the areas reached on it, how many had been by its end, and the cases confirmed on it."""

    day: date
    newly: list[SpreadAreaOut]
    reached: int
    cases: int


class SpreadFlowOut(Schema):
    """So many cases were brought into an area from another; None where nobody knows from where."""

    came_from: SpreadAreaOut | None
    to: SpreadAreaOut
    cases: int


class SpreadReadingOut(Schema):
    zh: str
    en: str


class SpreadOut(Schema):
    """``unplaced``: cases of which the area is not known to the level; ``reading``: how far it has reached, in
    words."""

    area: str
    disease: str
    level: str
    as_of: AwareDatetime
    known_at: AwareDatetime | None
    seq: int
    days: list[SpreadDayOut]
    first: list[SpreadFirstOut]
    matrix: list[SpreadFlowOut]
    sources: dict[str, int]
    unplaced: int
    reading: SpreadReadingOut


@router.get("/warning/spread", response={200: SpreadOut, **PROBLEMS}, operation_id="spread")
@answering
def spread(
    request: HttpRequest, area: Word, disease: Word = "ncov-2020", level: Word = "", days: Days = 28,
    as_of: Time | None = None, known_at: Time | None = None,
) -> SpreadOut:  # fmt: skip
    """The areas newly reached on each of the last ``days``, by the day of their first confirmed case, and where the
    imported cases of each came from. ``level`` is that of the areas, by default the one right below."""
    found = reach(
        request.viewer, area, disease=disease, level=level, days=days, as_of=as_of, known_at=known_at, now=clock.now()
    )
    said = spread_reading([len(one.newly) for one in found.spread.days], len(found.spread.first))
    first = sorted(found.spread.first.items(), key=lambda one: (one[1], one[0]))
    return SpreadOut(
        area=area, disease=disease, level=found.level, as_of=as_of or clock.now(), known_at=known_at,
        seq=found.at.seq,
        days=[
            SpreadDayOut(day=one.day, newly=[_area(code) for code in one.newly], reached=one.reached, cases=one.cases)
            for one in found.spread.days
        ],
        first=[SpreadFirstOut(**_area(code).model_dump(), at=at) for code, at in first],
        matrix=[
            SpreadFlowOut(came_from=_area(one.came_from) if one.came_from else None, to=_area(one.to), cases=one.cases)
            for one in found.matrix
        ],
        sources={source.value: n for source, n in found.sources.items()}, unplaced=found.spread.unplaced,
        reading=SpreadReadingOut(zh=said.zh, en=said.en),
    )  # fmt: skip


def _area(code: str) -> SpreadAreaOut:
    division = current_gazetteer().division(code)
    return SpreadAreaOut(
        area=code, zh=division.name if division else code, en=(division.en or division.pinyin) if division else code
    )
