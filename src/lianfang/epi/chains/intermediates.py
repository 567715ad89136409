"""The serial interval of clusters in which cases between the known ones may be missing.

Tindale LC, Stockdale JE, Coombe M, et al. Evidence for transmission of COVID-19 prior to symptom onset. eLife
2020;9:e57149. doi:10.7554/eLife.57149. It takes, of each cluster, the days from the first onset to each of the next few
("index case to case"), and fits to them the mixture of

Vink MA, Bootsma MCJ, Wallinga J. Serial intervals of respiratory infectious diseases: a systematic review and analysis.
Am J Epidemiol 2014;180:865–875. doi:10.1093/aje/kwu209
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from lianfang.epi.chains.kernels import Counts, Ints

METHOD = "index case to case intervals, mixture of four routes (Vink et al. 2014), as in Tindale et al. 2020"
SOURCE = "doi:10.7554/eLife.57149; doi:10.1093/aje/kwu209"
FIRST_CASES = 4
"""Cases of a cluster that are used, its first one among them: as in Tindale et al., table 1."""
START = (10.0, 4.0)
"""Mean and sd to begin with, as there."""
FURTHER_STARTS, START_CV = (0.1, 0.25, 0.5, 0.75), 0.25
"""Further means to begin with, as quantiles of the intervals above 0, and the sd of each as a part of it."""
STEPS, CLOSE = 300, 1e-7
# Each route as how many serial intervals lie in it, and on which side of the first onset.
_ROUTES = ((1, 1), (1, -1), (2, 1), (2, -1), (3, 1), (3, -1))

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean and sd of the serial interval, in days. None where the intervals are too few or all alike."""

    n: int
    """Intervals that it rests on."""
    mean: float | None
    sd: float | None
    low: float | None
    high: float | None
    """Interval of the mean: mean ± 1.96 sd of the means of resampled intervals."""
    method: str = METHOD
    source: str = SOURCE


def index_intervals(onsets: ArrayLike, label: ArrayLike, *, first: int = FIRST_CASES) -> Ints:
    """Days from the first onset of each cluster to those of its next cases, ``first`` cases of a cluster at most.

    ``onsets``: day by case, NaN where not known, such cases being left out; ``label``: cluster by case.
    """
    days, clusters = np.asarray(onsets, np.float64), np.asarray(label)
    known = ~np.isnan(days)
    days, clusters = days[known], clusters[known]
    order = np.lexsort((days, clusters))
    days, clusters = days[order], clusters[order]
    begins = np.flatnonzero(np.r_[True, clusters[1:] != clusters[:-1]]) if days.size else np.empty(0, np.int64)
    own = np.repeat(begins, np.diff(np.r_[begins, days.size]))
    place = np.arange(days.size) - own
    chosen = (place > 0) & (place < first)
    return (days[chosen] - days[own[chosen]]).astype(np.int32)


def estimate(intervals: ArrayLike, *, draws: int, seed: int) -> Estimate:
    """Mean and sd of the serial interval from whole days ≥ 0 between a cluster's first case and others.

    A route between the two is one of four: both infected by a third; one serial interval; two, through a case between;
    three. Serial intervals are normal (mean μ, sd σ) and independent, routes equally likely beforehand. As onsets are
    known to the day, a density is averaged over the triangle of one day to either side. Expectation and maximisation in
    turn: the part of each interval that is due to the route of one serial interval; then μ and σ as mean and sd of the
    intervals by these parts. This ends where it began near: so it begins at several means, and the end of the highest
    likelihood counts.

    The routes' shares are not estimated, as in the program of Vink et al. (web appendix 2) that Tindale et al. used,
    whose 4.31 days for Tianjin and 4.17 for Singapore come out; estimated as well, they would make it 5.50 and 6.92.
    ``draws`` resamplings of the intervals, from ``seed``, give the interval of the mean. Raises ValueError for
    intervals that are not whole days from 0.
    """
    found = np.asarray(intervals)
    if found.size and (not np.issubdtype(found.dtype, np.integer) or found.min() < 0):
        raise ValueError("intervals from the first case of a cluster are whole days from 0")
    if np.unique(found[found > 0]).size < 2:
        return Estimate(found.size, None, None, None, None)
    days, counts = np.unique(found, return_counts=True)
    starts = [START, *((at, START_CV * at) for at in np.quantile(found[found > 0], FURTHER_STARTS))]
    fits = np.array([_fit(days, counts[None], start) for start in starts])[:, :, 0]
    likely = [_log_likelihood(days, counts, *fit) for fit in fits]
    if not np.isfinite(likely).any():
        return Estimate(found.size, None, None, None, None)
    mean, sd = (float(value) for value in fits[int(np.argmax(likely))])
    drawn = np.random.default_rng(seed).multinomial(found.size, counts / found.size, size=draws)
    resampled, _ = _fit(days, drawn, (mean, sd))
    resampled = resampled[np.isfinite(resampled)]
    if resampled.size < 2:
        return Estimate(found.size, mean, sd, None, None)
    half = 1.96 * float(resampled.std(ddof=1))
    return Estimate(found.size, mean, sd, mean - half, mean + half)


def _fit(days: Ints, counts: Counts, start: tuple[float, float]) -> tuple[Array, Array]:
    """μ and σ of each row of ``counts``, the number of intervals of each length; NaN where the fit collapses."""
    mu, sigma = (np.full(len(counts), float(value)) for value in start)
    moving = np.arange(len(counts))
    for _ in range(STEPS):
        before = mu[moving]
        weights = counts[moving] * _part(days, before[:, None], sigma[moving][:, None])
        total = weights.sum(1)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = weights @ days / total
            squares = (weights * (days - mean[:, None]) ** 2).sum(1)
            # the weighted form of n − 1, each interval counted by itself
            single = np.divide(weights**2, counts[moving], out=np.zeros_like(weights), where=counts[moving] > 0).sum(1)
            sd = np.sqrt(total * squares / (total**2 - single))
        mu[moving], sigma[moving] = mean, sd
        moving = moving[(np.abs(mean - before) > CLOSE) & (sd > 0)]
        if not moving.size:
            break
    mu[~(sigma > 0)] = np.nan
    return mu, sigma


def _part(days: Ints, mu: Array, sigma: Array) -> Array:
    """The part of each length that is due to the route of one serial interval."""
    own, total = _routes(days, mu, sigma)
    return np.divide(own, total, out=np.zeros_like(total), where=total > 0)


def _log_likelihood(days: Ints, counts: Counts, mu: float, sigma: float) -> float:
    """Of the mixture with equal shares; −∞ for a fit that collapsed."""
    if not (np.isfinite(mu) and sigma > 0):
        return -np.inf
    _, total = _routes(days, np.array([mu]), np.array([sigma]))
    # a length that is too far off for any route is as unlikely as a number can tell, not impossible
    return float(counts @ np.log(np.maximum(total / 4, np.finfo(np.float64).tiny)))


def _routes(days: Ints, mu: Array, sigma: Array) -> tuple[Array, Array]:
    """Densities at each length: of the route of one serial interval, in its direction, and of the four routes added."""
    both = 2 * _density(days, np.zeros_like(mu), np.sqrt(2) * sigma)
    routes = [_density(days, side * many * mu, np.sqrt(many) * sigma) for many, side in _ROUTES]
    return routes[0], both + sum(routes)


def _density(days: Ints, mean: Array, sd: Array) -> Array:
    """The normal density averaged over the triangle of one day to either side of a length; of length 0, which has one
    side only, over that side, doubled. G, the second integral of the density, gives both: differences in place of
    quadrature."""

    def integral(x: Array) -> Array:
        z = (x - mean) / sd
        found: Array = (x - mean) * ndtr(z) + sd * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        return found

    at = days.astype(np.float64)
    here, above = integral(at), integral(at + 1)
    found = np.where(days == 0, 2 * (above - here - ndtr((at - mean) / sd)), above - 2 * here + integral(at - 1))
    return np.maximum(found, 0.0)  # differences of far tails may come out below
