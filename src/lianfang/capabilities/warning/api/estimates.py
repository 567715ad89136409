"""Endpoints of estimates: an area's curves, complete onsets, R, what may come, and days with more than expected."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from lianfang.accounts import clock
from lianfang.accounts.refused import PROBLEMS, answering
from lianfang.capabilities.cases.api.forms import Word
from lianfang.capabilities.warning.api.sign_offs import ForecastSignedOut, signed_out
from lianfang.capabilities.warning.queries import series as queries
from lianfang.capabilities.warning.queries.sign_offs import signed
from lianfang.capabilities.warning.rules.reading import infections_reading, readings
from lianfang.capabilities.warning.rules.series_told import alarm, curve, told
from lianfang.capabilities.warning.rules.sign_off import digest
from lianfang.facts.api import Time
from lianfang.facts.shape import Schema

router = Router()


class SaidOut(Schema):
    code: str
    zh: str
    en: str


class DayCountOut(Schema):
    day: date
    n: int


class CurvesOut(Schema):
    onset: list[DayCountOut]
    report: list[DayCountOut]
    confirmation: list[DayCountOut]


class BreakOut(Schema):
    day: date
    zh: str
    en: str
    source: str


class NowcastDayOut(Schema):
    """``q``: at the levels."""

    day: date
    reported: int
    q: list[float]


class NowcastOut(Schema):
    refused: SaidOut | None
    levels: list[float]
    days: list[NowcastDayOut]


class RtWindowOut(Schema):
    """``below_one``: the chance that R is below 1."""

    start: date
    end: date
    mean: float
    q: list[float]
    below_one: float


class RtOut(Schema):
    refused: SaidOut | None
    window_days: int
    si_mean: float | None
    si_sd: float | None
    source: str | None
    levels: list[float]
    days: list[RtWindowOut]


class ForecastDayOut(Schema):
    day: date
    q: list[float]


class BaselineOut(SaidOut):
    wis: float


class ForecastCoverageOut(Schema):
    level: float
    share: float


class ForecastScoreOut(Schema):
    """What forecasts from the last days were worth: weighted interval score, in cases, and how often the truth lay in
    the intervals."""

    origins: int
    wis: float
    baselines: list[BaselineOut]
    coverage: list[ForecastCoverageOut]
    note: SaidOut


class ForecastOut(Schema):
    refused: SaidOut | None
    levels: list[float]
    days: list[ForecastDayOut]
    skill: ForecastScoreOut | None


class DetectorOut(SaidOut):
    source: str


class AlarmOut(Schema):
    detector: str
    zh: str
    en: str
    by: Literal["confirmation"]
    day: date
    observed: int
    expected: float | None
    upper: float | None


class ReadingOut(SaidOut):
    """A sentence in plain words; ``code`` is of the figure that it reads."""


class EstimatesOut(Schema):
    """``digest``: of the figures of the forecast, to sign it off by; None where there is none. ``signed``: who did so;
    None while it is internal."""

    area: str
    disease: str
    as_of: date
    known_at: datetime | None
    seq: int
    computed_at: datetime
    version: str
    unknown_onset: int
    breaks: list[BreakOut]
    series: CurvesOut
    nowcast: NowcastOut
    rt: RtOut
    forecast: ForecastOut
    digest: str | None
    signed: ForecastSignedOut | None
    detectors: list[DetectorOut]
    alarms: list[AlarmOut]
    readings: list[ReadingOut]


class InfectedDayOut(Schema):
    """``share``: the part of that day's infected whose onset can be seen by now; ``q``: all infected, at the levels."""

    day: date
    share: float
    q: list[float]


class InfectionsOut(Schema):
    """The incubation has a mean and an sd, or a median and a dispersion (e to the power of the sd of the logarithm)."""

    area: str
    disease: str
    as_of: date
    known_at: datetime | None
    seq: int
    version: str
    refused: SaidOut | None
    mean_days: float | None
    sd_days: float | None
    median_days: float | None
    dispersion: float | None
    source: str | None
    levels: list[float]
    days: list[InfectedDayOut]
    reading: ReadingOut | None


class PartSeriesOut(Schema):
    """A division with its counts by day, and the days of alarms, whichever detector's."""

    area: str
    zh: str
    en: str
    days: list[DayCountOut]
    alarms: list[AlarmOut]


class PartsSeriesOut(Schema):
    area: str
    disease: str
    by: Literal["onset", "report", "confirmation"]
    as_of: date
    known_at: datetime | None
    seq: int
    parts: list[PartSeriesOut]


@router.get("/warning/estimates", response={200: EstimatesOut, **PROBLEMS}, operation_id="estimates")
@answering
def estimates(
    request: HttpRequest,
    area: Word,
    disease: Word = "ncov-2020",
    as_of: date | None = None,
    known_at: Time | None = None,
) -> dict[str, object]:
    """An area's cases by day of onset, report and confirmation, as they were known; the onsets still to be told, R and
    the days ahead by onset, and who signed those off; days on which more were confirmed than expected. ``as_of`` is the
    last day that is told, by itself the last one that was over."""
    now = clock.now()
    found, at = queries.estimates(request.viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    its = told(found, 0)
    of = digest(its)
    return {
        "area": area, "disease": disease, "as_of": at.as_of, "known_at": known_at, "seq": at.seq, "computed_at": now,
        **its, "digest": of, "signed": signed_out(signed(request.viewer, area, disease, at.as_of, of)),
        "readings": [one._asdict() for one in readings(its, at.as_of)],
    }  # fmt: skip


@router.get("/warning/infections", response={200: InfectionsOut, **PROBLEMS}, operation_id="infections")
@answering
def infections(
    request: HttpRequest,
    area: Word,
    disease: Word = "ncov-2020",
    as_of: date | None = None,
    known_at: Time | None = None,
) -> dict[str, object]:
    """When those of an area who fell ill were infected: their complete onsets taken back by the incubation. Days of
    which little can be seen by their onsets yet are not told."""
    now = clock.now()
    told, at = queries.infected(request.viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    reading = infections_reading(told)
    return {
        "area": area, "disease": disease, "as_of": at.as_of, "known_at": known_at, "seq": at.seq, **told,
        "reading": reading and reading._asdict(),
    }  # fmt: skip


@router.get("/warning/series", response={200: PartsSeriesOut, **PROBLEMS}, operation_id="parts_series")
@answering
def parts_series(
    request: HttpRequest,
    area: Word,
    disease: Word = "ncov-2020",
    by: Literal["onset", "report", "confirmation"] = "report",
    days: Annotated[int, Field(ge=1, le=60)] = 28,
    as_of: date | None = None,
    known_at: Time | None = None,
) -> dict[str, object]:
    """The last ``days`` of each division right below an area, side by side, with the alarms on them."""
    now = clock.now()
    below, found, at = queries.parts(request.viewer, area, disease=disease, as_of=as_of, known_at=known_at, now=now)
    first = at.as_of.toordinal() - days + 1
    dates = [date.fromordinal(first + n).isoformat() for n in range(days)]
    return {
        "area": area, "disease": disease, "by": by, "as_of": at.as_of, "known_at": known_at, "seq": at.seq,
        "parts": [
            {
                "area": part.area,
                "zh": part.division.name if part.division else part.area,
                "en": (part.division.en or part.division.pinyin) if part.division else part.area,
                "days": curve(dates, getattr(found.series, by)[place][-days:]),
                "alarms": [alarm(one) for one in found.alarms[place] if one.day >= first],
            }
            for place, part in enumerate(below)
        ],
    }  # fmt: skip
