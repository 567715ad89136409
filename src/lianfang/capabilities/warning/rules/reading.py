"""What the figures of an area say in plain words, in Chinese and English (``policy/readings.toml``). Pure.

Figures come as the interface tells them (``series_told.told``): days as ISO dates, quantiles at ``levels``, None what
is not known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib import resources
from typing import Annotated, Any, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.warning.rules.grading import Title
from lianfang.epi.scores.quantiles import CLOSE

CURVES: Final = ("onset", "report", "confirmation")
NOTHING: Final = "—"
"""What is written for a number that is not known."""
_LOW, _MIDDLE, _HIGH = 0.05, 0.5, 0.95
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
Share = Annotated[float, Field(gt=0, lt=1)]
Days = Annotated[int, Field(ge=1)]


class Figures(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    week_days: Days
    lately_days: Days
    least_sure: Share
    most_sure: Share
    still_to_come: Share
    seen_share: Share
    since: date
    source: str


class Wording(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    figures: Figures
    by: Mapping[str, Title]
    titles: Mapping[str, Title]
    said: Mapping[str, Title]


class Reading(NamedTuple):
    """One sentence; ``code`` is of the figure that it reads."""

    code: str
    zh: str
    en: str


@cache
def wording() -> Wording:
    """The words."""
    file = resources.files("lianfang.capabilities.warning").joinpath("policy/readings.toml")
    return Wording.model_validate(tomllib.loads(file.read_text("utf-8")))


def readings(told: Mapping[str, Any], as_of: date) -> list[Reading]:
    """What the estimates of an area as of a day say, figure by figure."""
    found: list[Reading | None] = [_curve(told["series"][by], by, as_of) for by in CURVES]
    found += [_nowcast(told["nowcast"]), _ratio(told["rt"]), _forecast(told["forecast"])]
    if told["forecast"]["refused"] is None:
        found.append(_score(told["forecast"]["skill"]))
    return [one for one in (*found, _alarms(told["alarms"], as_of)) if one is not None]


def spread_reading(newly: Sequence[int], reached: int) -> Reading:
    """How far a disease has reached: how many areas were newly reached on each of the last days, and by now."""
    if not reached:
        return _said("spread", "spread_none")
    days = wording().figures.week_days
    return _said("spread", "spread", days=days, n=sum(newly[-days:]), all=number(reached))


def infections_reading(told: Mapping[str, Any]) -> Reading | None:
    """How many were infected on the last day that can be told well (``infections.infections``); None without one."""
    if told["refused"]:
        return refusal("infections", told["refused"])
    seen = [one for one in told["days"] if one["share"] >= wording().figures.seen_share]
    if not seen:
        return None
    low, mid, high = (_whole(at_level(told["levels"], seen[-1]["q"], level)) for level in (_LOW, _MIDDLE, _HIGH))
    return _said("infections", "infections", **_day(seen[-1]["day"]), low=low, mid=mid, high=high)


def refusal(what: str, why: Mapping[str, str]) -> Reading:
    """That a figure was not reckoned, and why."""
    title = wording().titles[what]
    return _said(
        what, "refused", what_zh=title.zh, what_en=title.en, reason_zh=why["zh"], reason_en=why["en"]
    )  # fmt: skip


def week_of(days: Iterable[Mapping[str, Any]], as_of: date, back: int = 0) -> int | None:
    """The sum over the week that ends ``back`` days before a day; None where no day of it is known."""
    last = as_of - timedelta(back)
    first = last - timedelta(wording().figures.week_days - 1)
    known = [one["n"] for one in days if first.isoformat() <= one["day"] <= last.isoformat()]
    return sum(known) if known else None


def at_level(levels: Sequence[float], q: Sequence[float | None], level: float) -> float | None:
    """The quantile at a level; None where that was not reckoned."""
    return next((value for one, value in zip(levels, q, strict=True) if abs(one - level) < CLOSE), None)


def number(value: float | None) -> str:
    """A number as it is written in both languages, to one digit after the point."""
    return NOTHING if value is None else f"{round(value, 1):,g}" if abs(value) < 1e5 else f"{round(value):,}"


def day_zh(day: str) -> str:
    year, month, its = day.split("-")
    return f"{year}年{int(month)}月{int(its)}日"


def day_en(day: str) -> str:
    year, month, its = day.split("-")
    return f"{int(its)} {_MONTHS[int(month) - 1]} {year}"


def _said(code: str, wanted: str, **figures: object) -> Reading:
    words = wording().said[wanted]
    return Reading(code, words.zh.format_map(figures), words.en.format_map(figures))


def _day(day: str) -> dict[str, str]:
    return {"day_zh": day_zh(day), "day_en": day_en(day)}


def _whole(value: float | None) -> str:
    return number(None if value is None else round(value))


def _curve(days: Sequence[Mapping[str, Any]], by: str, as_of: date) -> Reading:
    span, words = wording().figures.week_days, wording().by[by]
    n, before = week_of(days, as_of), week_of(days, as_of, span)
    return _said(
        f"curve_{by}", "curve_none" if n == 0 else "curve", days=span, n=number(n), before=number(before),
        by_zh=words.zh, by_en=words.en,
    )  # fmt: skip


def _nowcast(told: Mapping[str, Any]) -> Reading | None:
    """The latest day of which some are thought to be still unreported, and how many there may be."""
    if told["refused"]:
        return refusal("nowcast", told["refused"])
    levels, share = told["levels"], wording().figures.still_to_come
    for one in reversed(told["days"]):
        low, mid, high = (at_level(levels, one["q"], level) for level in (_LOW, _MIDDLE, _HIGH))
        if mid is not None and mid - one["reported"] > share * mid:
            figures = {"low": _whole(low), "mid": _whole(mid), "high": _whole(high), "n": number(one["reported"])}
            return _said("nowcast", "nowcast", **_day(one["day"]), **figures)
    return _said("nowcast", "nowcast_full") if told["days"] else None


def _ratio(told: Mapping[str, Any]) -> Reading | None:
    """R, and on which side of 1 it is with what certainty."""
    if told["refused"]:
        return refusal("rt", told["refused"])
    if not told["days"]:
        return None
    last, least = told["days"][-1], wording().figures.least_sure
    below, r = last["below_one"], number(last["mean"])
    for side, share in (("rt_below", below), ("rt_above", 1 - below)):
        if share >= least:
            sure = _sure(share)
            return _said("rt", side, r=r, sure_zh=sure.zh, sure_en=sure.en)
    return _said("rt", "rt_unsure", r=r)


def _sure(share: float) -> Reading:
    most = wording().figures.most_sure
    if share >= most:
        return _said("sure", "sure_most", n=round(most * 100))
    return _said("sure", "sure", n=int(share * 100 + 1e-9))


def _forecast(told: Mapping[str, Any]) -> Reading | None:
    if told["refused"]:
        return refusal("forecast", told["refused"])
    if not told["days"]:
        return None
    last = told["days"][-1]
    low, mid, high = (_whole(at_level(told["levels"], last["q"], level)) for level in (_LOW, _MIDDLE, _HIGH))
    return _said("forecast", "forecast", **_day(last["day"]), low=low, mid=mid, high=high)


def _score(score: Mapping[str, Any] | None) -> Reading:
    """What past forecasts were worth."""
    if not score or not score["origins"]:
        return _said("score", "score_none")
    held = [
        _said("score", "score_cover", level=round(one["level"] * 100), share=round(one["share"] * 100))
        for one in score["coverage"]
    ]
    return _said(
        "score", "score", n=number(score["origins"]), wis=number(score["wis"]),
        cover_zh="，".join(one.zh for one in held), cover_en=", ".join(one.en for one in held),
    )  # fmt: skip


def _alarms(alarms: Sequence[Mapping[str, Any]], as_of: date) -> Reading:
    days = wording().figures.lately_days
    if not alarms:
        return _said("alarms", "alarms_none")
    since = (as_of - timedelta(days)).isoformat()
    lately = [one for one in alarms if one["day"] > since]
    if not lately:
        return _said("alarms", "alarms_old", days=days)
    last = max(lately, key=lambda one: str(one["day"]))
    # a sum that is still over its bound leaves no room for a limit of the day
    return _said(
        "alarms", "alarms" if last["upper"] else "alarms_only", days=days, n=len(lately), **_day(last["day"]),
        name_zh=last["zh"], name_en=last["en"],
        seen=number(last["observed"]), upper=number(last["upper"]),
    )  # fmt: skip
