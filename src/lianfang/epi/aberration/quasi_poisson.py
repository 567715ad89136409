"""Log-linear regression of counts whose variance is a multiple of the mean, for many series on one design.

By iteratively reweighted least squares, begun and ended as R's glm does, since bounds that are whole numbers hang on
the last digits. McCullagh P, Nelder JA. Generalized Linear Models, 2nd ed., 1989, chapters 2.5 and 6.2.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from lianfang.epi.series import Numbers

CLOSE, STEPS = 1e-8, 25
"""The part of the deviance by which it changes no more, and after how many steps a fit is given up."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Rows are series, columns of ``mean`` and ``leverage`` are times. NaN in a row that did not settle."""

    coefficients: Numbers
    covariance: Numbers
    """Of the coefficients, where the variance is the mean: (series, terms, terms)."""
    mean: Numbers
    leverage: Numbers
    dispersion: Numbers
    """Pearson's."""


@np.errstate(
    divide="ignore", invalid="ignore", over="ignore"
)  # of a fit that runs away to a mean of 0 or beyond all numbers
def fit(counts: Numbers, design: Numbers, weights: Numbers) -> Fit:
    """``counts`` and ``weights`` are (series, times), ``design`` (times, terms) of full rank."""
    series, terms = len(counts), design.shape[1]
    pairs = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    mean = counts + 0.1
    predictor = np.log(mean)
    coefficients = np.full((series, terms), np.nan)
    covariance = np.full((series, terms, terms), np.nan)
    working = np.full_like(mean, np.nan)
    deviance = _deviance(counts, mean, weights)
    active = np.arange(series)
    for _ in range(STEPS):
        if not active.size:
            break
        some, now = counts[active], mean[active]
        weight = weights[active] * now
        target = predictor[active] + (some - now) / now
        normal = (weight @ pairs).reshape(-1, terms, terms)
        inverse = _inverses(normal)
        found = np.einsum("spq,sq->sp", inverse, (weight * target) @ design)
        predictor[active] = found @ design.T
        mean[active] = np.exp(predictor[active])
        working[active], coefficients[active], covariance[active] = weight, found, inverse
        before, after = deviance[active], _deviance(some, mean[active], weights[active])
        deviance[active] = after
        active = active[~(abs(after - before) / (abs(after) + 0.1) < CLOSE)]
    coefficients[active] = covariance[active] = mean[active] = np.nan
    leverage = working * (np.einsum("spq,tp,tq->st", covariance, design, design, optimize=True))
    pearson = (working * ((counts - mean) / mean) ** 2).sum(1) / (len(design) - terms)
    return Fit(coefficients, covariance, mean, leverage, pearson)


def _inverses(normal: Numbers) -> Numbers:
    """Of matrices (series, terms, terms); NaN for one that has none, which is no reason to stop the others."""
    try:
        return np.asarray(np.linalg.inv(normal))
    except np.linalg.LinAlgError:
        if len(normal) == 1:
            return np.full_like(normal, np.nan)
        return np.concatenate([_inverses(one[None]) for one in normal])


def _deviance(counts: Numbers, mean: Numbers, weights: Numbers) -> Numbers:
    return np.asarray(2 * (weights * (xlogy(counts, counts / mean) - (counts - mean))).sum(1))
