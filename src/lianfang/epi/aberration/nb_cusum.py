"""CUSUM for counts that vary more than Poisson's: the likelihood of a rise against that of none, added up.

Höhle M, Paul M. Count data regression charts for the monitoring of surveillance time series. Comput Stat Data Anal
2008;52:4357–4368. doi:10.1016/j.csda.2008.02.015. The mean without an outbreak is the same at all times here.
"""

from __future__ import annotations

from math import ceil, inf, log, log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import digamma

from lianfang.epi.aberration.found import Found
from lianfang.epi.compiled import compiled
from lianfang.epi.series import Numbers, checked

SMALLEST, LARGEST, HALVINGS = 1e-6, 1e3, 60
"""Dispersions between which the likeliest is looked for, and how often what lies between is halved."""


def nb_cusum(
    counts: ArrayLike,
    *,
    first: int,
    c_arl: float = 5.0,
    theta: float | None = None,
    mu0: float | None = None,
    alpha: float | None = None,
) -> Found:
    """Alarms from the time ``first`` on, as a place in the series from 0.

    Without an outbreak counts have the mean ``mu0`` and the variance mu0 + ``alpha`` · mu0²; without these they are the
    mean and the likeliest dispersion of the times before ``first``, 0 (Poisson) where those vary no more. With
    ``theta`` the rise that is looked for is e^theta times the mean; without it, any, from whatever time makes it
    likeliest. It is an alarm where the logarithm of the ratio of likelihoods comes to ``c_arl``; the sum begins anew
    after it. The bound is the smallest count that makes one. Raises ValueError for a setting out of range; a series
    that cannot be used, among them one without a case to take the mean of, is told in ``refused``.
    """
    for name, value in (("c.ARL", c_arl), ("theta", theta), ("mu0", mu0)):
        if value is not None and not (np.isfinite(value) and value > 0):
            raise ValueError(f"{name}: a number above 0; here is {value}")
    if alpha is not None and not (np.isfinite(alpha) and alpha >= 0):
        raise ValueError(f"alpha: a number from 0; here is {alpha}")
    if first < 1:
        raise ValueError(f"first: from 1, since the mean is that of the times before; here is {first}")
    found, refused = checked(counts)
    at = np.arange(min(first, found.shape[1]), found.shape[1])
    past = found[:, :first]
    mean = np.full(len(found), mu0) if mu0 is not None else past.mean(1)
    for row in np.flatnonzero(~(mean > 0)).tolist() if at.size else range(len(found)):
        refused.setdefault(row, "empty" if at.size else "short")
    good = np.array([row for row in range(len(found)) if row not in refused], np.int64)
    spread = np.full(len(found), np.nan)
    spread[good] = dispersion(past[good], mean[good]) if alpha is None else alpha
    expected, upper = np.full((2, len(found), at.size), np.nan)
    alarm = np.zeros((len(found), at.size), bool)
    for row in good.tolist():
        expected[row] = mean[row]
        judge = (found[row, first:], mean[row], spread[row], c_arl)
        upper[row], alarm[row] = _any(*judge) if theta is None else _one(*judge, theta)
    return Found(at, expected, upper, alarm, refused)


def dispersion(past: Numbers, mean: Numbers) -> Numbers:
    """Of counts (series, times) with known means, the likeliest alpha of the variance mean + alpha · mean²; 0 for those
    that vary no more than Poisson's."""
    low, high = np.full(len(past), log(SMALLEST)), np.full(len(past), log(LARGEST))
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rises = _slope(past, mean, np.exp(-middle)) > 0
        low, high = np.where(rises, middle, low), np.where(rises, high, middle)
    return np.where(_slope(past, mean, np.full(len(past), 1 / SMALLEST)) > 0, np.exp(low), 0.0)


def _slope(past: Numbers, mean: Numbers, size: Numbers) -> Numbers:
    """Whether the likelihood rises with the dispersion 1 / ``size``."""
    more = past.mean(1) - mean
    of_size = (digamma(past + size[:, None]) - digamma(size)[:, None]).mean(1) - np.log1p(mean / size)
    return np.asarray(more / (size + mean) - of_size)


@compiled
def _one(counts: Numbers, mean: float, alpha: float, bound: float, theta: float) -> tuple[Numbers, NDArray[np.bool_]]:
    """For a rise of e^theta: bounds and alarms."""
    risen = mean * np.exp(theta)
    if alpha > 0:
        each = theta - log((1 + alpha * risen) / (1 + alpha * mean))
        none = log((1 + alpha * risen) / (1 + alpha * mean)) / alpha
    else:
        each, none = theta, risen - mean
    upper, alarm, total = np.empty(counts.size), np.zeros(counts.size, np.bool_), 0.0
    for n in range(counts.size):
        upper[n] = max(ceil((bound - total + none) / each), 0)
        total = max(total + counts[n] * each - none, 0.0)
        alarm[n] = total >= bound
        if alarm[n]:
            total = 0.0
    return upper, alarm


@compiled
def _any(counts: Numbers, mean: float, alpha: float, bound: float) -> tuple[Numbers, NDArray[np.bool_]]:
    """For any rise, since any time after the last alarm: bounds and alarms."""
    upper, alarm, since = np.empty(counts.size), np.zeros(counts.size, np.bool_), 0
    for n in range(counts.size):
        high = max(1.0, np.ceil(mean))
        while _likelier(counts, since, n, high, mean, alpha) < bound:
            high *= 2
        low = -1.0
        while high - low > 1:
            middle = np.floor((low + high) / 2)
            if _likelier(counts, since, n, middle, mean, alpha) < bound:
                low = middle
            else:
                high = middle
        upper[n] = high
        alarm[n] = counts[n] >= upper[n]
        if alarm[n]:
            since = n + 1
    return upper, alarm


@compiled
def _likelier(counts: Numbers, since: int, n: int, last: float, mean: float, alpha: float) -> float:
    """The logarithm of the ratio for the times up to ``n``, whose count is taken to be ``last``: the largest over the
    times from ``since`` at which the rise may have begun. The likeliest rise is to the mean of its times."""
    most, total = -inf, 0.0
    for begun in range(n, since - 1, -1):
        total += last if begun == n else counts[begun]
        times = n - begun + 1.0
        if total <= times * mean:
            most = max(most, 0.0)
            continue
        ratio = total * log(total / (times * mean))
        if alpha > 0:
            ratio -= (total + times / alpha) * (log1p(alpha * total / times) - log1p(alpha * mean))
        else:
            ratio -= total - times * mean
        most = max(most, ratio)
    return most
