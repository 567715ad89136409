"""Scores of what is told by quantiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from lianfang.epi.compiled import compiled
from lianfang.epi.series import Numbers

LEVELS = (0.01, 0.025, *(round(0.05 * k, 2) for k in range(1, 20)), 0.975, 0.99)
"""The 23 quantiles that the forecast hubs of 2020 asked for (Bracher et al. 2021)."""
CENTRAL = (0.5, 0.8, 0.95)
CLOSE = 1e-9


def wis(quantiles: ArrayLike, levels: Sequence[float], truth: ArrayLike) -> Numbers:
    """The weighted interval score of each forecast, lower is better, in the unit of the counts.

    ``quantiles``: (…, levels), rising; ``levels``: between 0 and 1, rising, with the median and, for each other, its
    counterpart, so that they are the ends of central intervals; ``truth``: (…). With K intervals it is
    (|truth − median| / 2 + Σ α/2 · interval score) / (K + ½), which is twice the mean quantile score. NaN where a
    quantile or the truth is unknown. Raises ValueError for levels that are no such, or shapes that do not agree.
    """
    known = _levels(levels)
    found, observed = _table(quantiles, truth, known)
    scores = np.empty(observed.size)
    _lost(found.reshape(-1, known.size), known, observed.ravel(), scores)
    return scores.reshape(observed.shape)


def covered(
    quantiles: ArrayLike, levels: Sequence[float], truth: ArrayLike, central: Sequence[float] = CENTRAL
) -> Numbers:
    """1 where the truth lies in the central interval, its ends with it, 0 where not, NaN where either is unknown:
    (…, central). Raises ValueError where the ends of an interval are not among the levels."""
    known = _levels(levels)
    found, observed = _table(quantiles, truth, known)
    sides = []
    for part in central:
        ends = [np.flatnonzero(abs(known - at) < CLOSE) for at in ((1 - part) / 2, (1 + part) / 2)]
        if not all(end.size for end in ends):
            raise ValueError(
                f"the interval of {part:.0%} needs the quantiles {(1 - part) / 2:g} and {(1 + part) / 2:g}"
            )
        low, high = found[..., ends[0][0]], found[..., ends[1][0]]
        unknown = np.isnan(low) | np.isnan(high) | np.isnan(observed)
        sides.append(np.where(unknown, np.nan, (low <= observed) & (observed <= high)))
    return np.stack(sides, axis=-1)


def _levels(levels: Sequence[float]) -> Numbers:
    known = np.asarray(levels, np.float64)
    rising = known.ndim == 1 and known.size and (np.diff(known) > 0).all() and known[0] > 0 and known[-1] < 1
    if not rising or abs(known + known[::-1] - 1).max() > CLOSE or not known.size % 2:
        raise ValueError("quantile levels lie between 0 and 1, rising, with the median and each with its counterpart")
    return known


def _table(quantiles: ArrayLike, truth: ArrayLike, levels: Numbers) -> tuple[Numbers, Numbers]:
    found, observed = np.asarray(quantiles, np.float64), np.asarray(truth, np.float64)
    if found.shape != (*observed.shape, levels.size):
        raise ValueError(f"quantiles are {(*observed.shape, levels.size)} for this truth; here is {found.shape}")
    if _falls(found.reshape(-1, levels.size)):
        raise ValueError("the quantiles of a forecast do not fall from one level to the next")
    return found, observed


@compiled
def _lost(found: Numbers, levels: Numbers, truth: Numbers, out: Numbers) -> None:
    """Twice the mean quantile score of each row."""
    for row in range(truth.size):
        total = 0.0
        for place in range(levels.size):
            short = truth[row] - found[row, place]
            total += max(levels[place] * short, (levels[place] - 1) * short)
        out[row] = 2 * total / levels.size


@compiled
def _falls(found: Numbers) -> bool:
    for row in range(found.shape[0]):
        for place in range(1, found.shape[1]):
            if found[row, place] < found[row, place - 1]:
                return True
    return False


@compiled
def of_draws(draws: Numbers, levels: Numbers, out: Numbers) -> None:
    """The quantiles of each row of ``draws``, which are sorted by it, into ``out`` (rows, levels); as numpy's
    ``linear``."""
    for row in range(draws.shape[0]):
        draws[row].sort()
        for place in range(levels.size):
            at = (draws.shape[1] - 1) * levels[place]
            low = int(at)
            high = min(low + 1, draws.shape[1] - 1)
            out[row, place] = draws[row, low] + (at - low) * (draws[row, high] - draws[row, low])
