"""The three laws of a delay, each of two parameters above 0: chance up to x days, and its integral."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.special import gamma as gamma_function
from scipy.special import gammainc, gammaincinv, ndtr, ndtri

from lianfang.epi.series import Numbers


class Law(NamedTuple):
    """Functions of days from 0 (or of a chance) and of the two parameters."""

    names: tuple[str, str]
    up_to: Callable[[Numbers, float, float], Numbers]
    """The chance of a delay up to x."""
    part: Callable[[Numbers, float, float], Numbers]
    """The mean of a delay over those up to x: E[delay; delay ≤ x]."""
    quantile: Callable[[Numbers, float, float], Numbers]
    mean_sd: Callable[[Any, Any], tuple[Any, Any]]
    begin: Callable[[float, float], tuple[float, float]]
    """Parameters near those of a mean and a sd, where the search begins."""


def integral(law: Law, x: Numbers, one: float, other: float) -> Numbers:
    """Of the chance, from 0 to x: x · F(x) − E[delay; delay ≤ x]; 0 below 0."""
    days = np.maximum(x, 0.0)
    return np.asarray(days * law.up_to(days, one, other) - law.part(days, one, other))


def by_day(law: Law, one: float, other: float, days: int) -> Numbers:
    """The chance that the second event is on the day of the first, the next, … ``days`` − 1 days later, the first being
    as likely at any time of its day; sums to 1 within these days."""
    upto = integral(law, np.arange(-1, days + 1, dtype=np.float64), one, other)
    chances = np.maximum(np.diff(upto, 2), 0.0)
    return np.asarray(chances / chances.sum())


def by_mean_sd(mean_days: float, sd_days: float, days: int, law: str = "lognormal") -> Numbers:
    """``by_day`` of a law (``gamma``, ``lognormal``) by its mean and sd, both above 0. Raises ValueError for others."""
    if law not in ("gamma", "lognormal") or not (0 < mean_days < np.inf and 0 < sd_days < np.inf):
        raise ValueError(
            f"a gamma or lognormal law has a mean and an sd above 0 days; here {law}, {mean_days}, {sd_days}"
        )
    return by_day(LAWS[law], *LAWS[law].begin(mean_days, sd_days), days)


def _log(x: Numbers, meanlog: float, sdlog: float) -> Numbers:
    return np.asarray((np.log(np.maximum(x, 1e-300)) - np.log(meanlog)) / sdlog)


def _lognormal_mean_sd(median: Any, sdlog: Any) -> tuple[Any, Any]:
    mean = median * np.exp(sdlog**2 / 2)
    return mean, mean * np.sqrt(np.expm1(sdlog**2))


def _weibull_mean_sd(shape: Any, scale: Any) -> tuple[Any, Any]:
    first, second = gamma_function(1 + 1 / shape), gamma_function(1 + 2 / shape)
    return scale * first, scale * np.sqrt(np.maximum(second - first**2, 0.0))


LAWS = {
    "gamma": Law(
        ("shape", "scale"),
        lambda x, shape, scale: np.asarray(gammainc(shape, x / scale)),
        lambda x, shape, scale: np.asarray(shape * scale * gammainc(shape + 1, x / scale)),
        lambda p, shape, scale: np.asarray(gammaincinv(shape, p) * scale),
        lambda shape, scale: (shape * scale, np.sqrt(shape) * scale),
        lambda mean, sd: ((mean / sd) ** 2, sd**2 / mean),
    ),
    "lognormal": Law(
        ("median", "sdlog"),
        lambda x, median, sdlog: np.asarray(ndtr(_log(x, median, sdlog))),
        lambda x, median, sdlog: np.asarray(median * np.exp(sdlog**2 / 2) * ndtr(_log(x, median, sdlog) - sdlog)),
        lambda p, median, sdlog: np.asarray(median * np.exp(sdlog * ndtri(p))),
        _lognormal_mean_sd,
        lambda mean, sd: (mean / np.sqrt(1 + (sd / mean) ** 2), np.sqrt(np.log1p((sd / mean) ** 2))),
    ),
    "weibull": Law(
        ("shape", "scale"),
        lambda x, shape, scale: np.asarray(-np.expm1(-((x / scale) ** shape))),
        lambda x, shape, scale: np.asarray(
            scale * gamma_function(1 + 1 / shape) * gammainc(1 + 1 / shape, (x / scale) ** shape)
        ),
        lambda p, shape, scale: np.asarray(scale * (-np.log1p(-p)) ** (1 / shape)),
        _weibull_mean_sd,
        lambda mean, sd: (float(np.clip((sd / mean) ** -1.086, 0.2, 20.0)), mean),
    ),
}
