"""Endpoints that compare sets of measures from today's registers on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, Refused, Wrong, answering
from lianfang.capabilities.cases.models import zone
from lianfang.capabilities.drills.queries import whatif as queries
from lianfang.capabilities.drills.rules import whatif as rules
from lianfang.capabilities.drills.rules.whatif_terms import Measure, terms
from lianfang.facts.shape import Schema
from lianfang.profiles.disease import profile

router = Router(tags=["drills"])
Code = Annotated[str, Field(max_length=64)]
Area = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9.-]+$")]
Seed = Annotated[int, Field(ge=0, le=2**31 - 1)]
Number = Annotated[float, Field(ge=-1_000_000, le=1_000_000, allow_inf_nan=False)]
Day = Annotated[int, Field(ge=-1_000, le=1_000)]


class WhatIfSourceOut(Schema):
    source: str
    source_zh: str | None
    doi: str | None
    status: Literal["verified", "unverified", "working"]


class WhatIfFigureOut(WhatIfSourceOut):
    value: float
    low: float | None
    high: float | None


class WhatIfAssumptionOut(Schema):
    code: str
    zh: str
    en: str
    unit: Literal["number", "day", "person", "piece", "set", "share"]
    least: float
    most: float
    published: WhatIfFigureOut | None
    """None where the figure can only be the area's own."""


class WhatIfMeasureFiguresOut(WhatIfSourceOut):
    share: float
    delay: float
    effect: float


class WhatIfMeasureOut(Schema):
    code: Measure
    zh: str
    en: str
    text_zh: str
    text_en: str
    delay: bool
    published: WhatIfMeasureFiguresOut


class WhatIfLimitsOut(Schema):
    recent_days: int
    least_cases: int
    least_own: int
    least_days: int
    most_days: int
    least_runs: int
    most_runs: int
    most_scenarios: int
    most_infections: int
    earliest_day: int


class WhatIfStartOut(Schema):
    days: int
    runs: int
    seed: int


class WhatIfBeginsOut(Schema):
    zh: str
    en: str
    begins: dict[Measure, int]


class WhatIfSaidOut(Schema):
    zh: str
    en: str


class WhatIfTermsOut(Schema):
    """``levels``: the parts of the runs that a spread is told at. ``flows``: figures that are told in total, the others
    at their peak."""

    edition: str
    disease: str
    zh: str
    en: str
    diseases: list[str]
    reproduction: WhatIfFigureOut
    assumptions: list[WhatIfAssumptionOut]
    measures: list[WhatIfMeasureOut]
    limits: WhatIfLimitsOut
    start: WhatIfStartOut
    starts: list[WhatIfBeginsOut]
    left_out: list[WhatIfSaidOut]
    levels: list[float]
    figures: list[str]
    flows: list[str]


class WhatIfOwnOut(Schema):
    """``n``: the cases that it is from; of the days of observation 0, they are the edition's."""

    value: float
    n: int


class WhatIfPlacesOut(Schema):
    stations: int
    all: int
    held: int


class WhatIfOnsetOut(Schema):
    day: date | None
    cases: int


class WhatIfTodayOut(Schema):
    area: str
    disease: str
    edition: str
    at: AwareDatetime
    cases: int
    recent: int
    in_hospital: int
    suspected: int
    observed: int
    onsets: list[WhatIfOnsetOut]
    beds: WhatIfPlacesOut
    places: WhatIfPlacesOut
    own: dict[str, WhatIfOwnOut]


class WhatIfGrowthIn(Schema):
    """One of the two is to be said: how many one case infects, or in how many days cases double. With no ``low`` and
    ``high`` nothing but chance spreads the runs."""

    model_config = ConfigDict(extra="forbid")

    reproduction: Number | None = None
    doubling_days: Number | None = None
    low: Number | None = None
    high: Number | None = None

    @model_validator(mode="after")
    def one_is_said(self) -> Self:
        if (self.reproduction is None) == (self.doubling_days is None):
            raise ValueError("give reproduction or doubling_days, one of the two")
        if (self.low is None) != (self.high is None):
            raise ValueError("give low and high, or neither")
        return self


class WhatIfTakenIn(Schema):
    model_config = ConfigDict(extra="forbid")

    begins: Day
    ends: Day | None = None
    share: Number
    delay: Number = 0.0
    effect: Number


class WhatIfScenarioIn(Schema):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=64)]
    growth: WhatIfGrowthIn
    measures: Annotated[dict[Measure, WhatIfTakenIn], Field(max_length=8)]


class WhatIfCompareIn(Schema):
    model_config = ConfigDict(extra="forbid")

    area: Area
    disease: Code
    days: Day
    runs: Day
    seed: Seed
    assumptions: Annotated[dict[Code, Number], Field(max_length=64)]
    scenarios: Annotated[list[WhatIfScenarioIn], Field(max_length=8)]


class WhatIfUsedOut(Schema):
    """A figure that was used, and whether it is the area's own, a published one, or somebody's own choice."""

    code: str
    value: float
    basis: Literal["own", "published", "chosen"]


class WhatIfFullOut(Schema):
    """``share`` of the runs of which it is known goes beyond the places on record; in the middle one of these first
    on ``day``. Of what has no place on record nothing is said."""

    figure: str
    places: int
    share: float
    day: date | None


class WhatIfOutcomeOut(Schema):
    """Figures at each of the levels; null where so many runs went beyond what is reckoned (``broken``)."""

    name: str
    reproduction: float
    broken: int
    days: dict[str, list[list[float | None]]]
    whole: dict[str, list[float | None]]
    against: dict[str, list[float | None]] | None
    full: list[WhatIfFullOut]


class WhatIfComparedOut(Schema):
    """``dates``: each figure is of the 24 hours that end on that day, at the hour of ``at``."""

    today: WhatIfTodayOut
    at: AwareDatetime
    dates: list[date]
    runs: int
    seed: int
    used: list[WhatIfUsedOut]
    outcomes: list[WhatIfOutcomeOut]


@router.get("/what-if/terms", response={200: WhatIfTermsOut, **PROBLEMS}, operation_id="what_if_terms")
@answering
def what_if_terms(request: HttpRequest, disease: Code = "ncov-2020") -> WhatIfTermsOut:
    """What a comparison takes as given, each figure with its source, and within which bounds it can be changed."""
    its = terms()
    if disease not in its.diseases:
        codes = ", ".join(its.diseases)
        raise Refused([Wrong("disease", "unknown", f"只有{codes}的推演参数", f"there are figures for {codes} only")])
    of = its.diseases[disease]
    name = profile(disease)
    return WhatIfTermsOut(
        edition=its.edition, disease=disease, zh=name.zh, en=name.en, diseases=list(its.diseases),
        reproduction=WhatIfFigureOut(**of.reproduction.model_dump()),
        assumptions=[
            WhatIfAssumptionOut(
                **one.model_dump(),
                published=None
                if one.code not in of.assumptions
                else WhatIfFigureOut(**of.assumptions[one.code].model_dump()),
            )
            for one in its.assumptions
        ],
        measures=[
            WhatIfMeasureOut(
                **one.model_dump(), published=WhatIfMeasureFiguresOut(**of.measures[one.code].model_dump())
            )
            for one in its.measures
        ],
        limits=WhatIfLimitsOut(**its.limits.model_dump()), start=WhatIfStartOut(**its.start.model_dump()),
        starts=[WhatIfBeginsOut(zh=one.zh, en=one.en, begins=dict(one.begins)) for one in its.starts],
        left_out=[WhatIfSaidOut(**one.model_dump()) for one in its.left_out],
        levels=list(rules.LEVELS), figures=list(rules.FIGURES), flows=sorted(rules.FLOWS),
    )  # fmt: skip


@router.get("/what-if/today", response={200: WhatIfTodayOut, **PROBLEMS}, operation_id="what_if_today")
@answering
def what_if_today(request: HttpRequest, area: Area, disease: Code) -> WhatIfTodayOut:
    """What the registers have of an area now: where a comparison starts."""
    now = clock.now()
    return _today(queries.today(request.viewer, area, disease, now), area, disease, now)


@router.post("/what-if/compare", response={200: WhatIfComparedOut, **PROBLEMS}, operation_id="compare_what_if")
@answering
def compare_what_if(request: HttpRequest, body: WhatIfCompareIn) -> WhatIfComparedOut:
    """What comes of each set of measures in many runs, with its spread. The same request from the same registers gives
    the same. Nothing is assumed unsaid; refused where the cases are too few to reckon from. Stores nothing."""
    now = clock.now()
    start = queries.today(request.viewer, body.area, body.disease, now)
    scenarios = [_scenario(one) for one in body.scenarios]
    wrong = list(rules.faults(start.known, body.assumptions, scenarios, days=body.days, runs=body.runs))
    if wrong:
        raise Refused([Wrong(*one) for one in wrong])
    kept = {"beds": start.beds, "observed": start.places}
    places = {name: its.all for name, its in kept.items() if its.stations}  # where none is on record, none is known
    found = rules.compare(
        start.known, body.assumptions, scenarios, days=body.days, runs=body.runs, seed=body.seed, places=places
    )
    first = now.astimezone(zone()).date()
    dates = [date.fromordinal(first.toordinal() + 1 + day) for day in range(body.days)]
    return WhatIfComparedOut(
        today=_today(start, body.area, body.disease, now), at=now, dates=dates, runs=body.runs, seed=body.seed,
        used=[
            WhatIfUsedOut(code=code, value=value, basis=_basis(start, body.disease, code, value))
            for code, value in body.assumptions.items()
        ],
        outcomes=[_outcome(one, its, places, dates) for one, its in zip(scenarios, found, strict=True)],
    )  # fmt: skip


def _scenario(one: WhatIfScenarioIn) -> rules.Scenario:
    by = "reproduction" if one.growth.doubling_days is None else "doubling_days"
    value = getattr(one.growth, by)
    low, high = (value if end is None else end for end in (one.growth.low, one.growth.high))
    taken = {code: rules.Taken(**its.model_dump()) for code, its in one.measures.items()}
    return rules.Scenario(one.name, rules.Growth(by, value, low, high), taken)


def _basis(start: queries.Today, disease: str, code: str, value: float) -> Literal["own", "published", "chosen"]:
    if code in start.own and start.own[code].value == value:
        return "own"
    published = terms().diseases[disease].assumptions.get(code)
    return "published" if published is not None and published.value == value else "chosen"


def _today(one: queries.Today, area: str, disease: str, now: AwareDatetime) -> WhatIfTodayOut:
    return WhatIfTodayOut(
        area=area, disease=disease, edition=one.edition, at=now, cases=one.cases, recent=one.known.recent,
        in_hospital=one.in_hospital, suspected=one.suspected, observed=one.observed,
        onsets=[WhatIfOnsetOut(**each._asdict()) for each in one.onsets],
        beds=WhatIfPlacesOut(**one.beds._asdict()), places=WhatIfPlacesOut(**one.places._asdict()),
        own={code: WhatIfOwnOut(**its._asdict()) for code, its in one.own.items()},
    )  # fmt: skip


def _outcome(one: rules.Scenario, its: rules.Outcome, places: dict[str, int], dates: list[date]) -> WhatIfOutcomeOut:
    return WhatIfOutcomeOut(
        name=one.name, reproduction=its.reproduction, broken=its.broken,
        days={name: [list(day.at) for day in days] for name, days in its.days.items()},
        whole={name: list(spread.at) for name, spread in its.whole.items()},
        against=None if its.against is None else {name: list(spread.at) for name, spread in its.against.items()},
        full=[
            WhatIfFullOut(figure=name, places=places[name], share=share, day=None if day is None else dates[day])
            for name, (share, day) in its.full.items()
        ],
    )  # fmt: skip
