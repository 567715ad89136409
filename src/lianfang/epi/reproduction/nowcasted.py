"""R of Cori et al. where the counts of the last days are known by draws only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, gammaincinv

from lianfang.epi.reproduction.cori import PRIOR_MEAN, PRIOR_SD, QUANTILES, Estimate, infectiousness, summed, within
from lianfang.epi.reproduction.serial import Windows
from lianfang.epi.series import Numbers, checked


class Below(NamedTuple):
    """R, and the chance that it is below 1, (series, windows)."""

    estimate: Estimate
    chance: Numbers


def cori_of_draws(
    cases: ArrayLike,
    drawn: Numbers,
    serial: ArrayLike,
    windows: Windows,
    *,
    quantiles: Sequence[float] = QUANTILES,
) -> Below:
    """As ``cori`` with its first prior, ``drawn`` (draws, series, days) standing for the last days of ``cases``
    (series, days).

    The posterior is the mixture of those of the draws: its mean and sd are exact, its quantiles those of the gamma
    distribution of that mean and sd, which for a window of which all is known is the posterior itself. Raises
    ValueError for windows that cannot be; a series that cannot be used is told in ``refused``.
    """
    counts, refused = checked(cases)
    for row in np.flatnonzero(~counts.any(1) & ~np.nan_to_num(drawn).any((0, 2))).tolist():
        refused.setdefault(row, "empty")
    counts[list(refused)] = np.nan
    start, end = within(windows, counts.shape[1])
    shape, rate = _posterior(counts, serial, start, end)
    mean, second = shape / rate, shape * (shape + 1) / rate**2
    open_days = drawn.shape[2]
    touched = np.flatnonzero(end > counts.shape[1] - open_days)
    if len(drawn) and touched.size:
        since, until = start[touched], end[touched]
        mean[:, touched] = second[:, touched] = 0.0
        whole = counts.copy()
        for one in drawn:
            whole[:, counts.shape[1] - open_days :] = one
            a, b = _posterior(whole, serial, since, until)
            mean[:, touched] += a / b / len(drawn)
            second[:, touched] += a * (a + 1) / b**2 / len(drawn)
    variance = np.maximum(second - mean**2, 1e-300)
    a, b = mean**2 / variance, mean / variance
    found = gammaincinv(a[..., None], np.asarray(quantiles, np.float64)) / b[..., None]
    return Below(Estimate(start, end, mean, np.sqrt(variance), found, refused), np.asarray(gammainc(a, b)))


def _posterior(counts: Numbers, serial: ArrayLike, start: np.ndarray, end: np.ndarray) -> tuple[Numbers, Numbers]:
    """Shape and rate of the gamma posterior of each window, (series, windows)."""
    local = counts.copy()
    local[:, 0] = 0
    shape = (PRIOR_MEAN / PRIOR_SD) ** 2 + summed(local, start, end)
    return shape, PRIOR_MEAN / PRIOR_SD**2 + summed(infectiousness(counts, serial)[0], start, end)
