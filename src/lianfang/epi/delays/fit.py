"""Fits of a delay between two events whose times are known to windows, seen up to a day.

Both events have a window of days; the first is as likely on any time of its own. Whoever's second event is after the
day of the data is not among them, which the likelihood takes into account by dividing by the chance to be seen.

Reich NG, Lessler J, Cummings DAT, Brookmeyer R. Estimating incubation period distributions with coarse data. Stat Med
2009;28:2769–2784. doi:10.1002/sim.3659. Park SW and others. Estimating epidemiological delay distributions for
infectious diseases. medRxiv 2024. doi:10.1101/2024.01.12.24301247
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize

from lianfang.epi.delays.laws import LAWS, Law, integral
from lianfang.epi.series import Numbers

LEAST = 10
"""Fewer delays fit no law."""
DRAWS = 2000
RAREST = 1e-10
"""A chance below this is lost in rounding; a delay that a law holds for as rare counts so much against it."""
QUANTILES = (0.05, 0.5, 0.95)
ENDS = (0.025, 0.975)


class TooFew(ValueError):
    """Fewer than ``LEAST`` delays, or all in the same window: no law can be told."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A law fitted. Intervals are 95 %, from the curvature of the likelihood."""

    law: str
    parameters: dict[str, float]
    mean: tuple[float, float, float]
    """Estimate, lower, upper; days, as the others."""
    sd: tuple[float, float, float]
    quantiles: dict[float, tuple[float, float, float]]
    log_likelihood: float
    aic: float
    n: int


def fit(
    first: ArrayLike, second: ArrayLike, law: str, *, as_of: float | None = None, widths: ArrayLike = (1.0, 1.0)
) -> Fitted:
    """The law (``gamma``, ``lognormal``, ``weibull``) of the delay from ``first`` to ``second``.

    ``first``, ``second``: the days on which the windows begin, numbered from any day. ``widths``: how many days the
    windows have, one pair or a row for each. ``as_of``: the last day on which a second event would be in the data;
    None where none can be missing for that. Raises TooFew, and ValueError for a second window that ends before the
    first begins, or that lies after ``as_of``.
    """
    begin, end = np.asarray(first, np.float64), np.asarray(second, np.float64)
    wide = np.broadcast_to(np.asarray(widths, np.float64), (len(begin), 2))
    seen = np.full(len(begin), np.inf) if as_of is None else as_of + 1 - begin
    gaps = np.column_stack((end - begin, wide, seen))
    if (gaps[:, 0] + gaps[:, 2] <= 0).any():
        raise ValueError("the second event ends before the first begins")
    if (gaps[:, 0] >= gaps[:, 3]).any():
        raise ValueError("the second event lies after the last day of the data")
    kinds, times = np.unique(gaps, axis=0, return_counts=True)
    if len(begin) < LEAST or len(np.unique(kinds[:, :3], axis=0)) < 2:
        raise TooFew(f"{LEAST} delays that differ are needed")
    known = LAWS[law]
    middle = np.maximum(gaps[:, 0] + (gaps[:, 2] - gaps[:, 1]) / 2, 0.25)
    start = np.log(known.begin(float(middle.mean()), max(float(middle.std()), 0.3)))

    def loss(logs: Numbers) -> float:
        return -float(times @ _log_likelihood(known, kinds, *np.exp(np.clip(logs, -20, 20))))

    found = minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-9, "maxiter": 4000})
    return _told(law, found.x, _covariance(loss, found.x), -float(found.fun), len(begin))


def _log_likelihood(law: Law, kinds: Numbers, one: float, other: float) -> Numbers:
    """Of each row: days between the windows' beginnings, width of either, and days until the data end."""
    gap, wide, late, seen = kinds.T

    def within(x: Numbers) -> Numbers:
        """The chance that the second event is up to x days after the first window begins."""
        return np.asarray((integral(law, x, one, other) - integral(law, x - wide, one, other)) / wide)

    held = np.isfinite(seen)
    chance = np.maximum(within(np.where(held, np.minimum(gap + late, seen), gap + late)) - within(gap), RAREST)
    whole = np.where(held, np.maximum(within(np.where(held, seen, 1.0)), 1e-300), 1.0)
    return np.asarray(np.log(chance) - np.log(whole))


def _covariance(loss: Callable[[Numbers], float], at: Numbers) -> Numbers:
    """Of the logs of the parameters, from second differences of the loss."""
    step = 1e-2
    curve = np.empty((2, 2))
    for i in range(2):
        for j in range(2):
            a, b = np.eye(2)[i] * step, np.eye(2)[j] * step
            curve[i, j] = (loss(at + a + b) - loss(at + a - b) - loss(at - a + b) + loss(at - a - b)) / (4 * step**2)
    values, vectors = np.linalg.eigh((curve + curve.T) / 2)
    return np.asarray(vectors @ np.diag(1 / np.maximum(values, 1e-2)) @ vectors.T)


def _told(name: str, logs: Numbers, covariance: Numbers, likelihood: float, n: int) -> Fitted:
    law = LAWS[name]
    dice = np.random.Generator(np.random.Philox(n))
    drawn = np.exp(np.clip(dice.multivariate_normal(logs, covariance, DRAWS), -20, 20))
    best = np.exp(logs)

    def three(value: float, values: Numbers) -> tuple[float, float, float]:
        low, high = np.quantile(values, ENDS)
        return float(value), float(low), float(high)

    (mean, sd), (means, sds) = law.mean_sd(*best), law.mean_sd(*drawn.T)
    quantiles = {
        p: three(float(law.quantile(np.array(p), *best)), law.quantile(np.array(p), *drawn.T)) for p in QUANTILES
    }
    parameters = dict(zip(law.names, map(float, best), strict=True))
    return Fitted(name, parameters, three(mean, means), three(sd, sds), quantiles, likelihood, 4 - 2 * likelihood, n)
