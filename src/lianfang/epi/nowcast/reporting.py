"""The law of reporting delay, from triangles whose late cells are not known yet.

Whoever is not reported yet is reported on the next day with a chance 1 − exp(−x), x = H(delay) · g(weekday of the
report) · exp(trend · day): grouped survival with proportional hazards (Prentice RL, Gloeckler LA, Biometrics
1978;34:57–67, doi:10.2307/2529588). Reports still to come are filled in by expectation (Dempster AP, Laird NM, Rubin
DB, J R Stat Soc B 1977;39:1–38), so that days of which little is known yet bias nothing. A day without reports, as a
Sunday may be, thus pushes reports to the next; the trend, of each delay its own, drawn to one of all, follows
delays that grow or shrink. Compiled.
"""

from __future__ import annotations

from math import exp, expm1, log

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.series import Numbers

ROUNDS = 40
WEEK = 7
WEEKDAY_WEIGHT = 20.0
"""Reports at the usual pace that each weekday is given beforehand, so that few reports make no weekday effect."""
TREND_SD = 0.02
"""How much the log hazard changes by a day, before the data: of all delays together; of each apart, the data say."""
ALL = 30.0
"""The hazard of the last delay: all who are left are reported."""


@compiled
def fit(triangle: Numbers, weight: Numbers, share: Numbers, spread: Numbers) -> None:
    """Of a triangle (days, delays), what follows the last day unread: into ``share`` (days) the part of each day's
    cases that is reported by now, above 0, into ``spread`` the relative variance of the hazard that it comes from.

    ``weight`` (days, delays): 0 for reports that say nothing of delays and are left out, else 1.
    """
    days, delays = triangle.shape
    counts, reported = np.zeros((days, delays)), np.zeros((days, delays))
    seen = np.zeros((3, delays, WEEK))
    for day in range(days):
        total = 0.0
        for delay in range(min(days - day, delays)):
            counts[day, delay] = triangle[day, delay] * weight[day, delay]
            total += counts[day, delay]
            reported[day, delay] = total
            if delay < delays - 1:  # whoever is left is reported: no rate to learn
                _told(seen, counts[day, delay] * weight[day, delay], day, delay, days)
    hazard = _begin(counts, reported)
    weekly, trend, sure = np.ones(WEEK), np.zeros(delays), np.zeros(delays)
    apart = TREND_SD**2
    rate, expected = np.zeros((days, delays)), np.empty((3, delays, WEEK))
    for _ in range(ROUNDS):
        _rates(hazard, weekly, trend, rate)
        _expect(counts, reported, weight, rate, expected)
        apart = _improve(seen, expected, hazard, weekly, trend, sure, apart)
    _rates(hazard, weekly, trend, rate)
    _spread(rate, seen[0], sure, share, spread)


@compiled
def _told(table: Numbers, number: float, day: int, delay: int, days: int) -> None:
    """Adds to sums by delay and weekday of the report: of the number, and of its products with the time of the report,
    from the middle of all days, and with the square of that."""
    time = day + delay - (days - 1) / 2
    weekday = (day + delay) % WEEK
    table[0, delay, weekday] += number
    table[1, delay, weekday] += number * time
    table[2, delay, weekday] += number * time**2


@compiled
def _begin(counts: Numbers, reported: Numbers) -> Numbers:
    """Hazards by the chain ladder."""
    days, delays = counts.shape
    hazard = np.empty(delays)
    share = np.ones(delays)
    for delay in range(delays - 1, 0, -1):
        new, sofar = 0.0, 0.0
        for day in range(days - delay):
            new += counts[day, delay]
            sofar += reported[day, delay]
        share[delay - 1] = share[delay] * min(max(1 - new / max(sofar, 1e-9), 1e-6), 1.0)
    before = 1.0
    for delay in range(delays):
        left = min(max(1 - share[delay], 1e-9), 1 - 1e-9)
        hazard[delay] = max(log(before / left), 1e-6)
        before = left
    hazard[-1] = ALL
    return hazard


@compiled
def _rates(hazard: Numbers, weekly: Numbers, trend: Numbers, rate: Numbers) -> None:
    """Hazards by day and delay, as far as they are over, into ``rate``."""
    days, delays = rate.shape
    for delay in range(delays):
        steep = hazard[delay] * exp(trend[delay] * (delay - (days - 1) / 2))
        step = exp(trend[delay])
        for day in range(days - delay):
            rate[day, delay] = steep * weekly[(day + delay) % WEEK]
            steep *= step


@compiled
def _expect(counts: Numbers, reported: Numbers, weight: Numbers, rate: Numbers, expected: Numbers) -> None:
    """The reports expected of those who waited, by delay and weekday as ``_told`` sums them, into ``expected``."""
    days, delays = counts.shape
    expected[:] = 0.0
    for day in range(days):
        last = min(days - day, delays)
        total = reported[day, last - 1]
        if total <= 0:
            continue
        total /= _share(rate[day, :last].sum())
        for delay in range(min(last, delays - 1)):
            if weight[day, delay]:
                waiting = max(total - reported[day, delay], 0.0)
                if counts[day, delay] > 0:
                    waiting += counts[day, delay] * _within(rate[day, delay])
                _told(expected, waiting * rate[day, delay], day, delay, days)


@compiled
def _improve(
    seen: Numbers, expected: Numbers, hazard: Numbers, weekly: Numbers, trend: Numbers, sure: Numbers, apart: float
) -> float:
    """Better hazards, weekdays, trends and their precision ``sure``, by the reports seen and expected; the variance of
    the trends of delays about that of all is given back."""
    delays = hazard.size
    little = 0.5 / delays
    for delay in range(delays - 1):
        better = (seen[0, delay].sum() + little) / (expected[0, delay].sum() + little)
        hazard[delay] *= better
        expected[:, delay] *= better
    for weekday in range(WEEK):
        better = (seen[0, :, weekday].sum() + WEEKDAY_WEIGHT) / (expected[0, :, weekday].sum() + WEEKDAY_WEIGHT)
        weekly[weekday] *= better
        expected[:, :, weekday] *= better
    steep = expected[2].sum(1)
    common = (steep * trend).sum() / (steep.sum() + TREND_SD**-2)
    spread = 0.0
    for delay in range(delays):
        spread += ((trend[delay] - common) ** 2 + 1 / (steep[delay] + 1 / apart)) / delays
    for delay in range(delays):
        sure[delay] = steep[delay] + 1 / spread
        push = seen[1, delay].sum() - expected[1, delay].sum() - (trend[delay] - common) / spread
        trend[delay] += min(max(push / sure[delay], -TREND_SD), TREND_SD)
    return spread


@compiled
def _spread(rate: Numbers, seen: Numbers, sure: Numbers, share: Numbers, spread: Numbers) -> None:
    """Part reported by now, and relative variance of the hazard up to now: of its parts by delay, of their trends
    and of the weekdays."""
    days, delays = rate.shape
    for day in range(days):
        last = min(days - day, delays)
        share[day] = _share(rate[day, :last].sum())
        whole, parts = 0.0, 0.0
        for delay in range(last):
            one = min(rate[day, delay], ALL)
            own = 1 / (seen[delay].sum() + 0.5) + (days / 2) ** 2 / sure[delay]
            own += 1 / (seen[:, (day + delay) % WEEK].sum() + WEEKDAY_WEIGHT)
            whole += one
            parts += one**2 * own
        spread[day] = parts / max(whole, 1e-12) ** 2


@compiled
def _share(hazard: float) -> float:
    return float(max(-expm1(-hazard), 1e-9))


@compiled
def _within(rate: float) -> float:
    """The part of the day that those reported on it waited, by expectation."""
    if rate < 0.02:
        return 0.5 - rate / 12
    return 1 / rate - 1 / expm1(min(rate, 500.0))
