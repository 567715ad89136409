"""Farrington's method, made flexible by Noufaily: a count beside a regression on the same season of the years before.

Farrington CP, Andrews NJ, Beale AD, Catchpole MA. A statistical algorithm for the early detection of outbreaks of
infectious disease. J R Stat Soc A 1996;159:547–563. doi:10.2307/2983331. Noufaily A, Enki DG, Farrington P, Garthwaite
P, Andrews N, Charlett A. An improved algorithm for outbreak detection in multiple surveillance systems. Stat Med
2013;32:1206–1222. doi:10.1002/sim.5595. Settings as in Salmon M, Schumacher D, Höhle M. Monitoring count time series in
R: aberration detection in public health surveillance. J Stat Softw 2016;70(10). doi:10.18637/jss.v070.i10
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtr

from lianfang.epi.aberration.found import Found
from lianfang.epi.aberration.quasi_poisson import Fit, fit
from lianfang.epi.series import Numbers, checked

THRESHOLDS = ("delta", "nbPlugin")
POWERS = {"2/3": 2 / 3, "1/2": 1 / 2, "none": 1.0}
"""By ``powertrans``: the power of a count that is held to be normal."""
FEWEST_YEARS = 3
"""Years of past from which a trend is thought of."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``b`` years of past, ``w`` times on either side of the season's middle, ``noPeriods`` parts of a year; residuals
    above ``weightsThreshold`` count less, if ``reweight``; the last ``pastWeeksNotIncluded`` times are left out, ``w``
    without it; a trend is kept at a p value up to ``pThresholdTrend``, and none without ``trend``; ``thresholdMethod``
    of ``THRESHOLDS``, of which ``delta`` has a power of the count of ``POWERS``, ``powertrans``; ``alpha``; of
    ``limit54`` at least so many cases in the last so many times for a bound; ``freq`` times a year. Raises ValueError
    for others."""

    b: int = 5
    w: int = 3
    noPeriods: int = 1
    weightsThreshold: float = 2.58
    pastWeeksNotIncluded: int | None = None
    pThresholdTrend: float = 0.05
    trend: bool = True
    reweight: bool = True
    powertrans: str = "2/3"
    thresholdMethod: str = "delta"
    alpha: float = 0.05
    limit54: tuple[int, int] = (5, 4)
    freq: int = 52

    def __post_init__(self) -> None:
        if not 0 < self.alpha < 1:
            raise ValueError(f"alpha: between 0 and 1; here is {self.alpha}")
        for name, known in (("thresholdMethod", THRESHOLDS), ("powertrans", tuple(POWERS))):
            if (value := getattr(self, name)) not in known:
                raise ValueError(f"{name}: {', '.join(known)} are known; here is {value}")
        if not (self.b >= 1 and self.w >= 0 and self.left_out >= 0 and self.noPeriods >= 1):
            raise ValueError("b and noPeriods from 1, w and pastWeeksNotIncluded from 0")
        rest = self.freq - 2 * self.w - 1
        if rest < 0 or (self.noPeriods > 1 and rest < self.noPeriods - 1):
            raise ValueError(f"w, noPeriods: a year of {self.freq} times has not so many")
        if min(self.limit54) < 0:
            raise ValueError("limit54: numbers from 0")

    @property
    def left_out(self) -> int:
        """The last times that are left out."""
        return self.w if self.pastWeeksNotIncluded is None else self.pastWeeksNotIncluded

    @property
    def first(self) -> int:
        """The first time with its whole past, as a place in the series."""
        return self.b * self.freq + self.w


def farrington_flexible(counts: ArrayLike, settings: Settings, first: int = 0) -> Found:
    """Alarms from the time ``first`` on, or the first that has its whole past.

    There is no bound where the regression does not settle, or where the last cases are fewer than ``limit54`` asks. A
    series that cannot be used is told in ``refused``.
    """
    found, refused = checked(counts)
    at = np.arange(max(first, settings.first), found.shape[1])
    shape = len(found), at.size
    expected, upper = np.full(shape, np.nan), np.full(shape, np.nan)
    usable = np.array([row for row in range(len(found)) if row not in refused], np.int64)
    if not at.size:
        refused |= {int(row): "short" for row in usable}
        return Found(at, expected, upper, np.zeros(shape, bool), refused)
    for place, time in enumerate(at.tolist() if usable.size else []):
        mean, bound = _judged(found[usable], time, settings)
        low, long = settings.limit54
        few = found[usable, max(time - long + 1, 0) : time + 1].sum(1) < low
        expected[usable, place], upper[usable, place] = mean, np.where(few, np.nan, bound)
    with np.errstate(invalid="ignore"):
        alarm = found[:, at] > upper
    return Found(at, expected, upper, alarm, refused)


def past(time: int, settings: Settings) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The times that a count is compared with, and the part of the year of each: 0 is the season of the count."""
    s = settings
    times: list[int] = []
    parts: list[int] = []
    for year in range(s.b, -1, -1):
        middle = time - s.freq * year
        season = range(middle - s.w, middle + s.w + 1)
        times += season
        parts += [0] * len(season)
        if s.noPeriods > 1 and year:
            between = np.arange(middle + s.w + 1, middle + s.freq - s.w)
            for part, some in enumerate(np.array_split(between, s.noPeriods - 1), 1):
                times += some.tolist()
                parts += [part] * some.size
    chosen = np.array(times) < time - s.left_out
    return np.array(times)[chosen], np.array(parts)[chosen]


def _judged(found: Numbers, time: int, settings: Settings) -> tuple[Numbers, Numbers]:
    """Expected count and bound of a time."""
    times, parts = past(time, settings)
    counts = found[:, times]
    steps = (times - time).astype(np.float64)
    levels = (parts[:, None] == np.unique(parts)[1:]).astype(np.float64)
    plain = np.column_stack((np.ones(times.size), levels))
    told, kept = np.empty((3, len(counts))), np.zeros(len(counts), bool)
    if settings.trend and settings.b >= FEWEST_YEARS:
        design = np.column_stack((plain, steps))
        made, error = _weighed(counts, design, settings)
        told = _predicted(made, error)
        sd = np.sqrt(made.covariance[:, -1, -1] * error)
        chance = 2 * stdtr(times.size - design.shape[1], -abs(made.coefficients[:, -1] / sd))
        with np.errstate(invalid="ignore"):
            kept = (chance <= settings.pThresholdTrend) & (told[0] <= counts.max(1))
    if not kept.all():
        told[:, ~kept] = _predicted(*_weighed(counts[~kept], plain, settings))
    return told[0], _bound(told, settings)


def _weighed(counts: Numbers, design: Numbers, settings: Settings) -> tuple[Fit, Numbers]:
    """The regression, done again with smaller weights of counts that are far above it: outbreaks of the past. With it
    the dispersion by which its coefficients err: after weighing the package takes that of residuals relative to the
    mean."""
    made = fit(counts, design, np.ones_like(counts))
    if not settings.reweight:
        return made, made.dispersion
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.sqrt(_at_least_poisson(made)[:, None] * (1 - made.leverage)) * made.mean ** (1 / 6)
        residual = 1.5 * (counts ** (2 / 3) - made.mean ** (2 / 3)) / spread
        weights = np.where(residual > settings.weightsThreshold, residual**-2.0, 1.0)
    weights *= (counts.shape[1] / weights.sum(1))[:, None]
    made = fit(counts, design, weights)
    relative = (weights * (counts / made.mean - 1) ** 2).sum(1)
    return made, relative / (len(design) - design.shape[1])


def _predicted(made: Fit, error: Numbers) -> Numbers:
    """Expected count of the time itself, variance of the estimate of it, and dispersion: (3, series)."""
    mean = np.exp(made.coefficients[:, 0])
    return np.stack((mean, mean**2 * made.covariance[:, 0, 0] * error, _at_least_poisson(made)))


def _at_least_poisson(made: Fit) -> Numbers:
    return np.maximum(made.dispersion, 1.0)


def _bound(predicted: Numbers, settings: Settings) -> Numbers:
    """The largest count that is no alarm: of the negative binomial distribution of that mean and dispersion, or by the
    power of the count that is nearly normal."""
    mean, error, dispersion = predicted
    if settings.thresholdMethod == "delta":
        spread = np.sqrt(dispersion * mean + error) / mean
        z, power = float(ndtri(1 - settings.alpha)), POWERS[settings.powertrans]
        return np.asarray(mean * np.maximum(1 + power * z * spread, 0) ** (1 / power))
    from scipy.stats import nbinom, poisson  # a second to load, which nobody else needs

    chance = 1 - settings.alpha
    wide = dispersion > 1
    above = np.where(wide, dispersion, 2.0)
    found = np.where(wide, nbinom.ppf(chance, mean / (above - 1), 1 / above), poisson.ppf(chance, mean))
    return np.asarray(found, np.float64)
