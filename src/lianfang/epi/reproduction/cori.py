"""The reproduction number of Cori et al. (2013): infections of a window beside the infectiousness of those before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincinv, gammaln, xlogy

from lianfang.epi.reproduction.serial import Windows
from lianfang.epi.series import Numbers, Refused, checked

PRIOR_MEAN, PRIOR_SD = 5.0, 5.0
"""As in the paper: wide, and above 1, so that control is not told for want of data."""
QUANTILES = (0.025, 0.5, 0.975)
STEPS, CLOSE = 60, 1e-13
"""Of the search for a quantile of a mixture."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Arrays (series, windows); ``quantiles`` (series, windows, quantiles). NaN in the rows that are refused."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    mean: Numbers
    sd: Numbers
    quantiles: Numbers
    refused: Refused


def cori(
    cases: ArrayLike,
    serial: ArrayLike,
    windows: Windows,
    *,
    imported: ArrayLike | None = None,
    prior_mean: float = PRIOR_MEAN,
    prior_sd: float = PRIOR_SD,
    quantiles: Sequence[float] = QUANTILES,
) -> Estimate:
    """R of each window, supposed constant in it, with its gamma posterior.

    ``cases``: (series, days), all cases; ``imported``: those of them infected elsewhere, who infect and were not
    infected here. Cases of day 1 count as imported. ``serial``: chances by day from 0; with several rows, equally
    likely ones, the posterior is the mixture of theirs. ``windows``: from day 2 on. Raises ValueError for windows or a
    prior that cannot be; a series that cannot be used is told in ``refused``.
    """
    counts, refused = checked(cases, empty=True)
    local = counts.copy()
    if imported is not None:
        local -= _imported(imported, counts, refused)
    local[:, 0] = 0
    start, end = within(windows, counts.shape[1])
    if not (prior_mean > 0 and prior_sd > 0):
        raise ValueError("prior_mean and prior_sd are above 0")
    shape = (prior_mean / prior_sd) ** 2 + summed(local, start, end)
    rate = prior_mean / prior_sd**2 + summed(infectiousness(counts, serial), start, end)
    means = shape / rate
    mean = means.mean(0)
    second = (shape * (shape + 1) / rate**2).mean(0)
    sd = np.sqrt(shape) / rate[0] if len(rate) == 1 else np.sqrt(np.maximum(second - mean**2, 0))
    found = _quantiles(shape, rate, np.asarray(quantiles, np.float64))
    return Estimate(start, end, mean, sd, found, refused)


def infectiousness(counts: Numbers, serial: ArrayLike) -> Numbers:
    """Cases of the days before weighed by the serial interval, Λ: (serial intervals, series, days)."""
    chances = np.array(serial, np.float64, ndmin=2)
    days = counts.shape[1]
    weights = np.zeros((len(chances), days))
    weights[:, : min(days, chances.shape[1])] = chances[:, :days]
    weights[:, 0] = 0
    behind = np.arange(days)[None, :] - np.arange(days)[:, None]
    spread = np.where(behind > 0, weights[:, np.maximum(behind, 0)], 0.0)
    with np.errstate(invalid="ignore"):
        return np.asarray(counts @ spread)


def summed(counts: Numbers, start: NDArray[np.int64], end: NDArray[np.int64]) -> Numbers:
    """The sums over windows of the last axis."""
    before = np.concatenate((np.zeros((*counts.shape[:-1], 1)), np.cumsum(counts, axis=-1)), axis=-1)
    return np.asarray(before[..., end] - before[..., start - 1])


def _imported(imported: ArrayLike, counts: Numbers, refused: dict[int, str]) -> Numbers:
    found, faults = checked(imported)
    if found.shape != counts.shape:
        raise ValueError(f"imported cases are a table like that of all cases, {counts.shape}; here is {found.shape}")
    for row, reason in faults.items():
        refused.setdefault(row, reason)
    with np.errstate(invalid="ignore"):
        for row in np.flatnonzero((found > counts).any(1)).tolist():
            refused.setdefault(row, "imported")
    found[list(refused)] = np.nan
    return found


def within(windows: Windows, days: int) -> Windows:
    start, end = (np.atleast_1d(np.asarray(part)) for part in windows)
    if start.shape != end.shape or start.ndim != 1:
        raise ValueError("windows are a first day and a last day each")
    if start.size and (start.min() < 2 or (end < start).any() or end.max() > days):
        raise ValueError(f"windows begin on day 2 or later and end on day {days} or before")
    return start, end


def _quantiles(shape: Numbers, rate: Numbers, chances: Numbers) -> Numbers:
    """(series, windows, quantiles) of gamma distributions or, with several rates, of equal mixtures of them."""
    # many windows have the same count, and the inverse is what takes the time
    known, place = np.unique(shape, return_inverse=True)
    unit = gammaincinv(known[:, None], chances)[place].reshape(*shape.shape, chances.size)
    each = unit / rate[..., None]
    if len(rate) == 1:
        return np.asarray(each[0])
    return _of_mixture(shape, rate, chances, each.min(0), each.max(0))


def _of_mixture(shape: Numbers, rate: Numbers, chances: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """By Newton's steps, halved where they leave the bounds: between the lowest and highest quantile of the parts."""
    at, known = (low + high) / 2, gammaln(shape)[None, ..., None]
    for _ in range(STEPS):
        reach = at * rate[..., None]
        off = gammainc(shape[None, ..., None], reach).mean(0) - chances
        low, high = np.where(off < 0, at, low), np.where(off < 0, high, at)
        dense = np.exp(xlogy(shape[None, ..., None], reach) - reach - known).mean(0) / at
        after = at - off / dense
        after = np.where((after > low) & (after < high), after, (low + high) / 2)
        done = np.nanmax(abs(after - at) / at, initial=0.0) < CLOSE
        at = after
        if done:
            break
    return np.asarray(at)
