"""The reproduction number of cases by their day of onset (Wallinga and Teunis, 2004): how many each infected."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from lianfang.epi.reproduction.cori import QUANTILES, Estimate, infectiousness, summed, within
from lianfang.epi.reproduction.serial import Windows
from lianfang.epi.series import Numbers, checked


def wallinga_teunis(
    cases: ArrayLike, serial: ArrayLike, windows: Windows, *, quantiles: Sequence[float] = QUANTILES
) -> Estimate:
    """How many others the cases of each window infected, on average; NaN in a window without a case.

    ``cases``: (series, days); ``serial``: one serial interval, chances by day from 0. A case was infected by one before
    it with a chance that goes with the serial interval between them. Whom the cases of the last days infect is not all
    there yet: their R is too low, and is told as it is. Of each day's cases the number that the window infected is
    binomial; mean and sd of the sum are exact, its quantiles the normal ones corrected for skewness (Cornish and
    Fisher, 1938, doi:10.2307/1400905) and not below 0. Raises ValueError for windows that cannot be; a series that
    cannot be used is told in ``refused``.
    """
    counts, refused = checked(cases, empty=True)
    days = counts.shape[1]
    start, end = within(windows, days)
    chances = np.zeros(days)
    known = np.asarray(serial, np.float64)[:days]
    chances[: known.size] = known
    chances[0] = 0
    spread = chances[np.maximum(np.arange(days)[None, :] - np.arange(days)[:, None], 0)]
    force = infectiousness(counts, chances)[0]
    moments = np.full((3, len(counts), start.size), np.nan)
    for row in range(len(counts)):
        if row not in refused:
            moments[:, row] = _infected(counts[row], force[row], spread, start, end)
    with np.errstate(invalid="ignore", divide="ignore"):
        some = summed(counts, start, end)
        mean, sd = moments[0] / some, np.sqrt(np.maximum(moments[1], 0)) / some
        skewness = np.where(moments[1] > 0, moments[2] / np.maximum(moments[1], 1e-300) ** 1.5, 0.0)
    z = ndtri(np.asarray(quantiles, np.float64))
    found = mean[..., None] + sd[..., None] * (z + skewness[..., None] * (z**2 - 1) / 6)
    return Estimate(start, end, mean, sd, np.maximum(found, 0.0), refused)


def _infected(
    counts: Numbers, force: Numbers, spread: Numbers, start: NDArray[np.int64], end: NDArray[np.int64]
) -> Numbers:
    """Mean, variance and third central moment of how many the cases of each window infected, (3, windows)."""
    share = np.divide(1.0, force, out=np.zeros_like(force), where=force > 0)
    upto = np.cumsum(np.vstack((np.zeros_like(counts), counts[:, None] * spread * share)), axis=0)
    # of each window and day: the chance that a case of the day was infected by one of the window
    chance = upto[end] - upto[start - 1]
    square = chance * chance
    one, two, three = chance @ counts, square @ counts, (square * chance) @ counts
    return np.stack((one, one - two, one - 3 * two + 2 * three))
