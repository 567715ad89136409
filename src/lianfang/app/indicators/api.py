"""Endpoints of indicators. No decision is made here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.app.indicators import queries
from lianfang.app.indicators.queries import Check, Figure, Moment
from lianfang.app.indicators.registry import titles
from lianfang.facts.api import Time
from lianfang.facts.fact import Entry
from lianfang.facts.shape import Schema
from lianfang.places.gazetteer import Division
from lianfang.places.queries import current_gazetteer, populations

router = Router(tags=["indicators"])

Word = Annotated[str, Query(min_length=1, max_length=64)]
Mark = Annotated[str, Query(max_length=200)]
Limit = Annotated[int, Query(ge=1, le=500)]
Day = Annotated[date, Field(ge=date(1970, 1, 1), le=date(2199, 12, 31))]
DISEASE = "ncov-2020"


class IndicatorOut(Schema):
    """What a figure is, how it is counted and after whom. ``of`` is the indicator that a share is a part of."""

    key: str
    group: Literal["cases", "contacts", "isolation", "screening", "checkpoints", "tasks", "warning", "care", "supplies"]
    zh: str
    en: str
    unit: str
    kind: Literal["stock", "flow", "share"]
    better: Literal["lower", "higher", "none"]
    definition_zh: str
    definition_en: str
    formula: str
    source: str
    source_zh: str
    fact_kinds: list[str]
    room: str
    per_population: bool
    series: bool
    of: str | None


class IndicatorAreaOut(Schema):
    code: str
    zh: str
    en: str
    level: str


class IndicatorFigureOut(Schema):
    """``before`` is the number of the day before, ``of`` what a share is a part of. Zero is counted; null is not
    recorded, or hidden from the viewer."""

    n: int | None
    of: int | None
    before: int | None
    state: Literal["counted", "not_recorded", "hidden"]


class IndicatorPartOut(IndicatorAreaOut):
    population: int | None
    figures: dict[str, int | None]
    spark: dict[str, list[int | None]]


class IndicatorCheckOut(Schema):
    code: str
    zh: str
    en: str
    holds: bool
    detail: str


class IndicatorMomentOut(Schema):
    """What is told of ``day``, up to ``as_of``, by the record as it was known at ``known_at``, up to the fact
    ``seq``."""

    day: date
    as_of: AwareDatetime
    known_at: AwareDatetime
    seq: int


class IndicatorFiguresOut(IndicatorMomentOut):
    area: IndicatorAreaOut
    population: int | None
    figures: dict[str, IndicatorFigureOut]
    parts: list[IndicatorPartOut]
    checks: list[IndicatorCheckOut]


class IndicatorDayOut(Schema):
    day: date
    n: int | None


class IndicatorBandOut(Schema):
    day: date
    lower: float
    median: float
    upper: float


class IndicatorDaysOut(Schema):
    """``parts`` has the numbers of the same days by division, where it was asked for."""

    key: str
    area: str
    known_at: AwareDatetime
    days: list[IndicatorDayOut]
    parts: dict[str, list[int | None]] | None
    band: list[IndicatorBandOut] | None


class IndicatorFactOut(Schema):
    seq: int
    id: UUID
    kind: str
    title_zh: str
    title_en: str
    occurred_at: AwareDatetime
    recorded_at: AwareDatetime


class IndicatorItemOut(Schema):
    """What one thing counts in a figure, or, without ``subject``, all that the viewer may count and not see of an area.
    ``room`` is the room of the desk in which ``id`` is opened."""

    subject: UUID | None
    room: str | None
    id: UUID | None
    area: str
    number: str | None
    counts: int
    facts: list[IndicatorFactOut]


class IndicatorRevisionOut(Schema):
    known_at: AwareDatetime
    seq: int
    n: int


class IndicatorExplainedOut(IndicatorMomentOut):
    """A figure down to its facts: the ``counts`` of all pages sum to ``n``. ``revisions``: what it was from which fact
    on, the last ones."""

    key: str
    area: str
    n: int | None
    found: int
    items: list[IndicatorItemOut]
    next: str | None
    masked: bool
    formula: str
    checks: list[IndicatorCheckOut]
    revisions: list[IndicatorRevisionOut]


def _below(area: str, part: str, people: Mapping[str, int]) -> int | None:
    """The population of a division below an area; of what lies in none of them nobody knows it."""
    return people.get(part) if part != area else None


@router.get("/indicators", response=list[IndicatorOut], operation_id="indicators")
def indicators(request: HttpRequest) -> list[dict[str, Any]]:
    """Every indicator: what it is, how it is counted, and after whom."""
    return [{**one._asdict(), "of": one.of or None} for one in queries.declared(request.viewer)]


@router.get("/areas/{code}/indicators", response={200: IndicatorFiguresOut, **PROBLEMS}, operation_id="area_indicators")
@answering
def area_indicators(
    request: HttpRequest, code: str, day: Day | None = None, known_at: Time | None = None, disease: Word = DISEASE
) -> IndicatorFiguresOut:
    """The figures of an area on a day as they were known at a moment, and those of its divisions; by default of today,
    by all that is known."""
    found = queries.figures(request.viewer, code, disease=disease, day=day, known_at=known_at, now=clock.now())
    gazetteer = current_gazetteer()
    people = populations([code, *(one.area for one in found.parts)], found.moment.day)
    return IndicatorFiguresOut(
        **_moment(found.moment),
        area=_area(code, found.area),
        population=people.get(code),
        figures={key: _figure(one) for key, one in found.figures.items()},
        parts=[
            IndicatorPartOut(
                **_area(one.area, gazetteer.division(one.area)).model_dump(), population=_below(code, one.area, people),
                figures=dict(one.figures),
                spark={key: list(numbers) for key, numbers in one.spark.items()},
            )
            for one in found.parts
        ],
        checks=_checks(found.checks),
    )  # fmt: skip


@router.get(
    "/areas/{code}/indicators/{key}/days", response={200: IndicatorDaysOut, **PROBLEMS}, operation_id="indicator_days"
)
@answering
def indicator_days(
    request: HttpRequest, code: str, key: str, since: Day | None = None, until: Day | None = None,
    known_at: Time | None = None, disease: Word = DISEASE, parts: bool = False,
) -> IndicatorDaysOut:  # fmt: skip
    """An indicator of an area day by day, as it was known at a moment; with ``parts`` by division too. By default of
    the last two weeks."""
    found = queries.days(
        request.viewer, code, key, disease=disease, since=since, until=until, known_at=known_at, now=clock.now()
    )
    return IndicatorDaysOut(
        key=key,
        area=code,
        known_at=found.moment.known_at,
        days=[IndicatorDayOut(day=found.first + timedelta(days=at), n=n) for at, n in enumerate(found.whole)],
        parts={part: list(numbers) for part, numbers in found.parts.items()} if parts else None,
        band=[IndicatorBandOut(**one._asdict()) for one in found.band] or None,
    )


@router.get(
    "/areas/{code}/indicators/{key}/facts",
    response={200: IndicatorExplainedOut, **PROBLEMS},
    operation_id="indicator_facts",
)
@answering
def indicator_facts(
    request: HttpRequest, code: str, key: str, day: Day | None = None, known_at: Time | None = None,
    disease: Word = DISEASE, after: Mark = "", limit: Limit = 50,
) -> IndicatorExplainedOut:  # fmt: skip
    """What a figure is made of, page by page: whom or what it counts with the facts on record of each, the sums that it
    must close in, and how it changed as facts came in. Who may have sums only gets these by division."""
    found = queries.explained(
        request.viewer, code, key, disease=disease, day=day, known_at=known_at, after=after, limit=limit,
        now=clock.now(),
    )  # fmt: skip
    return IndicatorExplainedOut(
        **_moment(found.moment),
        key=key,
        area=code,
        n=found.n,
        found=found.behind.found,
        items=[
            IndicatorItemOut(
                subject=item.subject, room=found.counting.card if item.id else None, id=item.id,
                area=item.area, number=item.number, counts=item.counts,
                facts=_facts(found.facts.get(item.subject, ()) if item.subject else ()),
            )
            for item in found.behind.items
        ],
        next=found.behind.next,
        masked=found.behind.masked,
        formula=found.one.formula,
        checks=_checks(found.checks),
        revisions=[IndicatorRevisionOut(known_at=at, seq=seq, n=n) for at, seq, n in found.revisions],
    )  # fmt: skip


def _moment(moment: Moment) -> dict[str, Any]:
    return moment._asdict()


def _area(code: str, division: Division | None) -> IndicatorAreaOut:
    if division is None:
        return IndicatorAreaOut(code=code, zh=code, en=code, level="")
    return IndicatorAreaOut(code=code, zh=division.name, en=division.en or division.pinyin, level=division.level)


def _figure(one: Figure) -> IndicatorFigureOut:
    state: Literal["counted", "not_recorded", "hidden"] = "counted"
    if one.n is None:
        state = "hidden" if one.hidden else "not_recorded"
    return IndicatorFigureOut(n=one.n, of=one.of, before=one.before, state=state)


def _checks(checks: Iterable[Check]) -> list[IndicatorCheckOut]:
    return [
        IndicatorCheckOut(
            code=one.identity.code, zh=one.identity.zh, en=one.identity.en, holds=one.holds, detail=one.detail
        )
        for one in checks
    ]


def _facts(entries: Iterable[Entry]) -> list[IndicatorFactOut]:
    found = []
    for entry in entries:
        zh, en = titles().get(entry.fact.kind, (entry.fact.kind, entry.fact.kind))
        found.append(
            IndicatorFactOut(
                seq=entry.seq,
                id=entry.fact.id,
                kind=entry.fact.kind,
                title_zh=zh,
                title_en=en,
                occurred_at=entry.fact.observed_at,
                recorded_at=entry.received_at,
            )
        )
    return found
