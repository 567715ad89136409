"""False alarms over many series at once: how unlikely each count is, and which stay when all are looked at together.

Benjamini Y, Hochberg Y. Controlling the false discovery rate: a practical and powerful approach to multiple testing. J
R Stat Soc B 1995;57:289–300. doi:10.1111/j.2517-6161.1995.tb02031.x
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom

from lianfang.epi.series import Numbers, checked

PRIOR = 0.5
"""Cases that are added to those of the past: one that had none may have some all the same (Jeffreys)."""


def unlikely(counts: ArrayLike, *, baseline: int = 28, lag: int = 2) -> tuple[NDArray[np.int64], Numbers]:
    """The times that have their whole past, as places from 0, and the chance of at least as many as were counted there,
    (series, times), by the ``baseline`` times that lie ``lag`` before: negative binomial, as counts are whose mean is
    known from as many times only and whose variance is as many times the mean as in these, 1 at least. NaN in the rows
    that cannot be used. Raises ValueError for a baseline of fewer than 2 times."""
    if baseline < 2 or lag < 0:
        raise ValueError(f"baseline: from 2, lag: from 0; here are {baseline} and {lag}")
    found, _ = checked(counts)
    at = np.arange(min(baseline + lag, found.shape[1]), found.shape[1])
    if not at.size:
        return at, np.empty((len(found), 0))
    past = np.lib.stride_tricks.sliding_window_view(found, baseline, axis=1)[:, : at.size]
    total, spread = past.sum(2), past.var(2, ddof=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        times = np.maximum(np.where(total > 0, spread * baseline / total, 1.0), 1.0)
        part = 1 / (times * (1 + 1 / baseline))  # of the mean in the variance
        size = (total + PRIOR) / baseline * part / (1 - part)
        chance = nbinom.sf(found[:, at] - 1, size, part)
    return at, np.asarray(np.where(np.isnan(total), np.nan, chance))


def kept(chances: ArrayLike, share: float) -> NDArray[np.bool_]:
    """Which of the series, at each time, (series, times), are so unlikely that of all kept ones at most the ``share``
    is expected to be chance. Raises ValueError for a share that is none."""
    if not 0 < share < 1:
        raise ValueError(f"share: between 0 and 1; here is {share}")
    known = np.asarray(chances, np.float64)
    order = np.sort(np.where(np.isnan(known), np.inf, known), axis=0)
    number = (~np.isnan(known)).sum(0)
    with np.errstate(invalid="ignore"):
        line = share * np.arange(1, len(known) + 1)[:, None] / np.maximum(number, 1)
        bound = np.where(order <= line, order, -1.0).max(0, initial=-1.0)
        return np.asarray(known <= bound)
