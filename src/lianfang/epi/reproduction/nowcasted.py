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
    # the posterior's shape and rate are sums over days of counts and of what each adds
    force = summed(infectiousness(np.eye(counts.shape[1]), serial)[0], start, end)
    local = summed(np.eye(counts.shape[1]), start, end)
    local[0] = 0
    prior = (PRIOR_MEAN / PRIOR_SD) ** 2, PRIOR_MEAN / PRIOR_SD**2
    shape, rate = prior[0] + counts @ local, prior[1] + counts @ force
    mean, second = shape / rate, shape * (shape + 1) / rate**2
    known = counts.shape[1] - drawn.shape[2]
    touched = np.flatnonzero(end > known)
    if len(drawn) and touched.size:
        a, b = (
            start_at + counts[:, :known] @ table[:known, touched] + drawn @ table[known:, touched]
            for start_at, table in zip(prior, (local, force), strict=True)
        )
        mean[:, touched] = (a / b).mean(0)
        second[:, touched] = (a * (a + 1) / b**2).mean(0)
    variance = np.maximum(second - mean**2, 1e-300)
    a, b = mean**2 / variance, mean / variance
    found = gammaincinv(a[..., None], np.asarray(quantiles, np.float64)) / b[..., None]
    return Below(Estimate(start, end, mean, np.sqrt(variance), found, refused), np.asarray(gammainc(a, b)))
