"""The estimates of one division as the interface tells them, and as they are kept. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from lianfang.capabilities.warning.rules.series import Counts
from lianfang.capabilities.warning.rules.series_estimates import Alarm, Series, Span
from lianfang.capabilities.warning.rules.series_terms import Break, serial_interval, terms
from lianfang.epi.daily import Daily
from lianfang.epi.forecast.members import MEMBERS
from lianfang.epi.nowcast.cases import QUANTILES
from lianfang.epi.scores.quantiles import CENTRAL, LEVELS

BASELINES, CURVES = ("flat", "seasonal"), ("onset", "report", "confirmation")


class Estimated(NamedTuple):
    """Some divisions, each a row of everything in it. ``outlook`` is None where no serial interval is known."""

    span: Span
    disease: str
    series: Series
    outlook: Daily | None
    alarms: Sequence[Sequence[Alarm]]
    broken: Sequence[Sequence[Break]]


def told(found: Estimated, place: int) -> dict[str, Any]:
    """The division of the row ``place``. What is not known is None."""
    of = found.span
    days = [day_of(of.first + n) for n in range(of.told)]
    return {
        "version": terms().edition,
        "unknown_onset": int(found.series.unknown_onset[place]),
        "breaks": [
            one.model_dump(mode="json", include={"day", "zh", "en", "source"})
            for one in found.broken[place]
            if of.first <= one.day.toordinal() <= of.as_of
        ],
        "series": {name: curve(days, getattr(found.series, name)[place]) for name in CURVES},
        "nowcast": _nowcast(found.outlook, place, days),
        "rt": _rt(found.outlook, place, days, found.disease),
        "forecast": _forecast(found.outlook, place, of),
        "detectors": [one.model_dump(include={"code", "zh", "en", "source"}) for one in terms().detectors],
        "alarms": [alarm(one) for one in found.alarms[place]],
    }  # fmt: skip


def curve(days: Sequence[str], counts: Counts) -> list[dict[str, Any]]:
    """Counts by day."""
    return [{"day": day, "n": int(n)} for day, n in zip(days, counts, strict=True)]


def alarm(one: Alarm) -> dict[str, Any]:
    """An alarm with the words of its detector."""
    words = next(detector for detector in terms().detectors if detector.code == one.detector)
    return {**one._asdict(), "day": day_of(one.day), "by": "confirmation", "zh": words.zh, "en": words.en}


def day_of(ordinal: int) -> str:
    """A day as text."""
    return date.fromordinal(ordinal).isoformat()


def _refused(refused: Mapping[int, str] | None, place: int) -> dict[str, str] | None:
    """Why nothing can be told, in words; None where something can. Without a serial interval nothing is told."""
    reason = "serial" if refused is None else refused.get(place)
    return None if reason is None else said(reason)


def said(code: str) -> dict[str, str]:
    """A word of the terms, such as why nothing can be told."""
    return terms().said[code].model_dump()


def figures(values: Sequence[float] | Counts) -> list[float]:
    """To four places."""
    return [round(float(value), 4) for value in values]


def _nowcast(found: Daily | None, place: int, days: Sequence[str]) -> dict[str, Any]:
    refused = _refused(found.now.refused if found else None, place)
    told = [] if found is None or refused else [
        {"day": day, "reported": int(found.now.reported[place, n]), "q": figures(found.now.quantiles[place, n])}
        for n, day in enumerate(days)
    ]  # fmt: skip
    return {"refused": refused, "levels": list(QUANTILES), "days": told}


def _rt(found: Daily | None, place: int, days: Sequence[str], disease: str) -> dict[str, Any]:
    refused = _refused(found.reproduction.refused if found else None, place)
    interval = serial_interval(disease)
    told = []
    if found is not None and not refused:
        its = found.reproduction
        for n, (start, end) in enumerate(zip(its.start, its.end, strict=True)):
            told.append(
                {
                    "start": days[start - 1],
                    "end": days[end - 1],
                    "mean": round(float(its.mean[place, n]), 4),
                    "q": figures(its.quantiles[place, n]),
                    "below_one": round(float(found.below_one[place, n]), 4),
                }
            )
    return {
        "refused": refused,
        "window_days": terms().reproduction.window_days,
        "si_mean": interval and interval.mean_days,
        "si_sd": interval and interval.sd_days,
        "source": interval and f"{interval.source.title}, {interval.source.year}",
        "levels": list(QUANTILES),
        "days": told,
    }


def _forecast(found: Daily | None, place: int, of: Span) -> dict[str, Any]:
    refused = _refused(found.ahead.refused if found else None, place)
    told = [] if found is None or refused else [
        {"day": day_of(of.as_of + 1 + n), "q": figures(quantiles)}
        for n, quantiles in enumerate(found.ahead.quantiles[place])
    ]  # fmt: skip
    score = None if found is None or refused else _score(found, place)
    return {"refused": refused, "levels": list(LEVELS), "days": told, "skill": score}


def _score(found: Daily, place: int) -> dict[str, Any] | None:
    """What past forecasts of this division were worth, beside its baselines; None before the first."""
    past = found.ahead.past
    known = ~np.isnan(past.wis[place])
    if not known.any():
        return None
    wis = {name: past.members[place][:, MEMBERS.index(name)] for name in BASELINES}
    return {
        "origins": int(known.any(1).sum()),
        "wis": round(float(past.wis[place][known].mean()), 4),
        "baselines": [
            {**said(name), "wis": round(float(its[known].mean()), 4)} for name, its in wis.items()
        ],
        "coverage": [
            {"level": level, "share": round(float(share), 4)}
            for level, share in zip(CENTRAL, past.covered[place][known].mean(0), strict=True)
        ],
        "note": said("past"),
    }  # fmt: skip
