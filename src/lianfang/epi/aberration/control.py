"""False alarms over many series at once: how unlikely each count is, and which stay when all are looked at together.

Benjamini Y, Hochberg Y. Controlling the false discovery rate: a practical and powerful approach to multiple testing. J
R Stat Soc B 1995;57:289–300. doi:10.1111/j.2517-6161.1995.tb02031.x
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc, gammaln

from lianfang.epi.series import Numbers, checked

PRIOR = 0.5
"""Cases that are added to those of the past: one that had none may have some all the same (Jeffreys)."""
DISPERSIONS = (
    *((1.0, alpha) for alpha in (1e-6, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)),
    *((times, 0.0) for times in (1.25, 1.5, 2.0, 3.0, 5.0)),
)
"""Times and alpha of the variance times · mean + alpha · mean² that a series may have: the first is Poisson's."""
NODES = ((-(3**0.5), 1 / 6), (0.0, 2 / 3), (3**0.5, 1 / 6))
"""Where the mean may lie, in sd of its logarithm, and how likely: three points of Gauss and Hermite."""
ROUNDS = 30
"""Of learning how common each is among all series."""
LOOKED_AT = 0.2
"""Beyond this chance by Poisson's law a count is not rare, whatever the dispersion."""


def unlikely(counts: ArrayLike, *, baseline: int = 28, lag: int = 2) -> tuple[NDArray[np.int64], Numbers]:
    """The times that have their whole past, as places from 0, and the chance of at least as many as were counted there,
    (series, times), by the ``baseline`` times that lie ``lag`` before. Counts are negative binomial; what the past
    leaves open of their mean and dispersion is reckoned with, and how common each dispersion is among all the series,
    since few counts tell little of it. A chance above ``LOOKED_AT`` is told by Poisson's law. NaN in the rows that
    cannot be used. Raises ValueError for a baseline of fewer than 2 times."""
    if baseline < 2 or lag < 0:
        raise ValueError(f"baseline: from 2, lag: from 0; here are {baseline} and {lag}")
    found, _ = checked(counts)
    at = np.arange(min(baseline + lag, found.shape[1]), found.shape[1])
    if not at.size:
        return at, np.empty((len(found), 0))
    past = np.lib.stride_tricks.sliding_window_view(found, baseline, axis=1)[:, : at.size]
    mean = (past.sum(2) + PRIOR) / baseline
    chance = np.asarray(gammainc(found[:, at], mean))  # of the law of Poisson
    rare = chance < LOOKED_AT
    common = _common(_told(past[:, -1], mean[:, -1]))
    told = _told(past[rare], mean[rare]) + np.log(np.maximum(common, np.finfo(float).tiny))
    weight = np.exp(told - told.max(1, keepdims=True))
    weight /= weight.sum(1, keepdims=True)
    some, of_some = found[:, at][rare], mean[rare]
    mixed = np.zeros(len(some))
    for (times, alpha), its in zip(DISPERSIONS, weight.T, strict=True):
        error = np.sqrt(np.log1p((times / of_some + alpha) / baseline))
        for node, part in NODES:
            its_mean = of_some * np.exp(error * node - error**2 / 2)
            beyond = times - 1 + alpha * its_mean
            mixed += its * part * betainc(some, its_mean / beyond, beyond / (1 + beyond))
    chance[rare] = mixed
    return at, np.where(np.isnan(mean), np.nan, chance)


def _told(past: Numbers, mean: Numbers) -> Numbers:
    """The logarithm of how likely counts (series, times) are, given their sum, by each dispersion: (series, of these).
    ``mean``: of the counts."""
    times, total = past.shape[1], past.sum(1)
    found = np.empty((len(past), len(DISPERSIONS)))
    for n, (of_mean, alpha) in enumerate(DISPERSIONS):
        size = mean / (of_mean - 1 + alpha * mean)
        each = (gammaln(past + size[:, None]) - gammaln(size)[:, None]).sum(1)
        found[:, n] = each - gammaln(times * size + total) + gammaln(times * size)
    return found


def _common(told: Numbers) -> Numbers:
    """How common each dispersion is among the series, by how likely each makes each series (EM)."""
    known = told[~np.isnan(told).any(1)]
    likely = np.exp(known - known.max(1, keepdims=True)) if len(known) else np.ones((1, told.shape[1]))
    share = np.full(told.shape[1], 1 / told.shape[1])
    for _ in range(ROUNDS):
        each = likely * share
        share = (each / each.sum(1, keepdims=True)).mean(0)
    return share


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
