"""The law of reporting delay, from triangles whose late cells are not known yet.

Whoever is not reported yet is reported on the next day with a chance 1 − exp(−x), x = H(delay) · g(weekday of the
report) · exp(trend · day): grouped survival with proportional hazards (Prentice RL, Gloeckler LA, Biometrics
1978;34:57–67, doi:10.2307/2529588). Reports still to come are filled in by expectation (Dempster AP, Laird NM, Rubin
DB, J R Stat Soc B 1977;39:1–38), so that days of which little is known yet bias nothing. A day without reports, as a
Sunday may be, thus pushes reports to the next; the trend, of each delay its own, drawn to one of all, follows
delays that grow or shrink.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lianfang.epi.series import Numbers

ROUNDS = 40
WEEK = 7
WEEKDAY_WEIGHT = 20.0
"""Reports at the usual pace that each weekday is given beforehand, so that few reports make no weekday effect."""
TREND_SD = 0.02
"""How much the log hazard changes by a day, before the data: of all delays together; of each apart, the data say."""
ALL = 30.0
"""The hazard of the last delay: all who are left are reported."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """By series and reference date (series, days)."""

    share: Numbers
    """The part of a day's cases that is reported by now, above 0."""
    spread: Numbers
    """The relative variance of the hazard that ``share`` comes from."""


def fit(triangles: Numbers, weight: Numbers) -> Reporting:
    """The part reported by now, of (series, days, delays) with NaN where a report is not possible yet.

    ``weight`` (days, delays): 0 for reports that say nothing of delays and are left out, else 1.
    """
    _, days, delays = triangles.shape
    report = np.arange(days)[:, None] + np.arange(delays)
    known = report < days
    usable = known * weight
    usable[:, -1] = 0  # whoever is left is reported: no rate to learn
    counts = np.where(known, triangles, 0.0) * weight
    seen, reported = counts * usable, np.cumsum(counts, 2)
    law = _Law(_begin(counts, known), report % WEEK, report - (days - 1) / 2)
    for _ in range(ROUNDS):
        rate = law.rate()
        total = _now(reported) / _share(rate)
        waiting = np.maximum(total[..., None] - reported, 0.0)
        law.improve(seen, (waiting + counts * _within(rate)) * usable)
    rate = law.rate()
    return Reporting(_share(rate), law.spread(np.where(known, np.minimum(rate, ALL), 0.0), seen))


class _Law:
    """The hazards of many series, being improved."""

    def __init__(self, hazard: Numbers, weekday: NDArray[np.int64], time: Numbers) -> None:
        """``hazard`` (series, delays); ``weekday`` and ``time`` of the report (days, delays)."""
        self.hazard, self.weekday, self.time = hazard, weekday, time
        self.weekly, self.trend = np.ones((len(hazard), WEEK)), np.zeros_like(hazard)
        self.apart = np.full((len(hazard), 1), TREND_SD**2)
        """The variance of the trends of delays about the trend of all."""
        self.sure = np.zeros_like(hazard)
        """The precision of the trends."""

    def rate(self) -> Numbers:
        """(series, days, delays)."""
        steep = np.exp(self.trend[:, None, :] * self.time)
        return np.asarray(self.hazard[:, None, :] * self.weekly[:, self.weekday] * steep)

    def improve(self, seen: Numbers, exposed: Numbers) -> None:
        """By the reports seen and the persons and days in which each might have been."""
        little = 0.5 / self.hazard.shape[1]
        self.hazard *= (seen.sum(1) + little) / ((exposed * self.rate()).sum(1) + little)
        self.hazard[:, -1] = ALL
        expected = exposed * self.rate()
        for one in range(WEEK):
            here = self.weekday == one
            told = seen[:, here].sum(1) + WEEKDAY_WEIGHT, expected[:, here].sum(1) + WEEKDAY_WEIGHT
            self.weekly[:, one] *= told[0] / told[1]
        expected = exposed * self.rate()
        steep = (expected * self.time**2).sum(1)
        common = (steep * self.trend).sum(1, keepdims=True) / (steep.sum(1, keepdims=True) + TREND_SD**-2)
        self.apart = ((self.trend - common) ** 2 + 1 / (steep + 1 / self.apart)).mean(1, keepdims=True)
        self.sure = steep + 1 / self.apart
        push = ((seen - expected) * self.time).sum(1) - (self.trend - common) / self.apart
        self.trend += np.clip(push / self.sure, -TREND_SD, TREND_SD)

    def spread(self, rate: Numbers, seen: Numbers) -> Numbers:
        """Relative variance of the hazard up to now: of its parts by delay, of their trends and of the weekdays."""
        days = rate.shape[1]
        by_delay = 1 / (seen.sum(1) + 0.5) + (days / 2) ** 2 / self.sure
        by_weekday = np.stack([1 / (seen[:, self.weekday == one].sum(1) + WEEKDAY_WEIGHT) for one in range(WEEK)], 1)
        whole = np.maximum(_now(np.cumsum(rate, 2)), 1e-12)
        parts = rate**2 * (by_delay[:, None, :] + by_weekday[:, self.weekday])
        return np.asarray(_now(np.cumsum(parts, 2)) / whole**2)


def _begin(counts: Numbers, known: NDArray[np.bool_]) -> Numbers:
    """Hazards by the chain ladder."""
    reported = np.cumsum(counts, 2)
    reverse = (counts * known).sum(1) / np.maximum((reported * known).sum(1), 1e-9)
    later = np.cumprod(np.clip(1 - reverse, 1e-6, 1)[:, ::-1], 1)[:, ::-1]
    share = np.concatenate((later[:, 1:], np.ones((len(counts), 1))), 1)
    left = np.clip(1 - share, 1e-9, 1 - 1e-9)
    before = np.concatenate((np.ones((len(counts), 1)), left[:, :-1]), 1)
    hazard: Numbers = np.maximum(np.log(before / left), 1e-6)
    hazard[:, -1] = ALL
    return hazard


def _now(of: Numbers) -> Numbers:
    """Of each reference date, what stands at the last delay that is possible by now."""
    days, delays = of.shape[1:]
    last = np.minimum(np.arange(days)[::-1], delays - 1)
    return np.asarray(of[:, np.arange(days), last])


def _share(rate: Numbers) -> Numbers:
    return np.asarray(np.maximum(-np.expm1(-_now(np.cumsum(rate, 2))), 1e-9))


def _within(rate: Numbers) -> Numbers:
    """The part of the day that those reported on it waited, by expectation."""
    safe = np.maximum(rate, 1e-6)
    return np.asarray(1 / safe - 1 / np.expm1(np.minimum(safe, 500)))
