"""Serial intervals by whole days, and windows of days."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc

from lianfang.epi.series import Numbers

Windows = tuple[NDArray[np.int64], NDArray[np.int64]]
"""First and last day of each window, both in it, numbered from 1."""
CLOSE = 0.01
"""How far from 1 the sum of a given distribution may be."""


def discrete(mean_days: ArrayLike, sd_days: ArrayLike, days: int) -> Numbers:
    """The chance of a serial interval of 0, 1, … ``days`` − 1 days: a gamma distribution of that mean and sd that
    begins at 1, by the formula of web appendix 11 of Cori et al. Its sum is below 1 by what lies beyond.

    Mean above 1 and sd above 0; arrays of them give one row for each. Raises ValueError for others.
    """
    mean, sd = np.asarray(mean_days, np.float64)[..., None], np.asarray(sd_days, np.float64)[..., None]
    if not (np.isfinite(mean).all() and (mean > 1).all()):
        raise ValueError("the mean of a serial interval is above 1 day")
    if not (np.isfinite(sd).all() and (sd > 0).all()):
        raise ValueError("the sd of a serial interval is above 0 days")
    shape, scale = ((mean - 1) / sd) ** 2, sd**2 / (mean - 1)
    k = np.arange(-2, days, dtype=np.float64)
    reach = np.maximum(k, 0) / scale
    whole, next_whole = gammainc(shape, reach), gammainc(shape + 1, reach)
    k0, k1, k2 = slice(2, None), slice(1, -1), slice(0, -2)
    part = k[k0] * whole[..., k0] + k[k2] * whole[..., k2] - 2 * k[k1] * whole[..., k1]
    part += shape * scale * (2 * next_whole[..., k1] - next_whole[..., k2] - next_whole[..., k0])
    return np.asarray(np.maximum(part, 0.0))


def given(chances: ArrayLike) -> Numbers:
    """A distribution that is known by day, from 0. Raises ValueError where it is none: a chance on day 0, below 0, or a
    sum that is not 1."""
    found = np.array(chances, np.float64, ndmin=1)
    if found.ndim != 1 or not np.isfinite(found).all() or (found < 0).any():
        raise ValueError("a serial interval is a chance for each day from 0, none below 0")
    if not found.size or found[0] != 0:
        raise ValueError("a serial interval has no chance on day 0: nobody infects another on the day of infection")
    if abs(found.sum() - 1) > CLOSE:
        raise ValueError(f"the chances of a serial interval sum to 1; here to {found.sum():.4g}")
    return found


def uncertain(
    mean: tuple[float, float, float, float], sd: tuple[float, float, float, float], days: int, *, draws: int, seed: int
) -> Numbers:
    """Serial intervals (draws, days) whose mean and sd are not known for sure: each normal, of (mean, sd, lowest,
    highest), kept where both are within and the sd is below the mean (Cori et al., web appendix 4).

    Raises ValueError where hardly any draw can be kept.
    """
    dice = np.random.Generator(np.random.Philox(seed))
    kept: list[NDArray[np.float64]] = []
    found = 0
    for _ in range(100):
        pair = np.stack([dice.normal(law[0], law[1], max(draws, 1)) for law in (mean, sd)])
        inside = (pair[0] >= mean[2]) & (pair[0] <= mean[3]) & (pair[1] >= sd[2]) & (pair[1] <= sd[3])
        pair = pair[:, inside & (pair[1] < pair[0]) & (pair[0] > 1) & (pair[1] > 0)]
        kept.append(pair)
        found += pair.shape[1]
        if found >= draws:
            means, sds = np.concatenate(kept, axis=1)[:, :draws]
            return discrete(means, sds, days)
    raise ValueError("hardly any mean and sd of the serial interval lie within their bounds: widen these")


def sliding(days: int, width: int) -> Windows:
    """Windows of ``width`` days that end on each day they can, the first beginning on day 2: what happened on day 1 has
    no day before it."""
    start = np.arange(2, days - width + 2)
    return start, start + width - 1
