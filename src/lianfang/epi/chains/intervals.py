"""Serial intervals of known pairs, and checks of pairs against time.

The serial interval of a pair is the infectee's day of onset minus the infector's; it is negative where the infectee
fell ill first. Days are whole numbers from any day 0; NaN is a day that is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lianfang.epi.chains.kernels import Ints

Days = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Summary:
    """Serial intervals of the pairs with both onsets, in days. None where there are too few to say."""

    n: int
    mean: float | None
    sd: float | None
    """With n − 1; None for fewer than two."""
    median: float | None
    negative: int
    """Pairs whose infectee fell ill first."""


def serial_intervals(onsets: ArrayLike, edges_from: ArrayLike, edges_to: ArrayLike) -> Days:
    """Of each pair, in days; NaN where an onset is not known. ``onsets``: day by case."""
    days = np.asarray(onsets, np.float64)
    return days[np.asarray(edges_to, np.int64)] - days[np.asarray(edges_from, np.int64)]


def summary(intervals: ArrayLike) -> Summary:
    """Number, mean, sd, median and negatives of the intervals that are known."""
    found = np.asarray(intervals, np.float64)
    found = found[~np.isnan(found)]
    if not found.size:
        return Summary(0, None, None, None, 0)
    sd = float(found.std(ddof=1)) if found.size > 1 else None
    return Summary(found.size, float(found.mean()), sd, float(np.median(found)), int((found < 0).sum()))


def by_period(
    intervals: ArrayLike, infector_onsets: ArrayLike, periods: Sequence[tuple[float, float]]
) -> list[Summary]:
    """One summary for each period, of the pairs whose infector fell ill in it. ``infector_onsets``: day by pair; a
    period is its first and its last day, both within."""
    found, days = np.asarray(intervals, np.float64), np.asarray(infector_onsets, np.float64)
    return [summary(found[(days >= first) & (days <= last)]) for first, last in periods]


def onset_before_infectors(intervals: ArrayLike) -> Ints:
    """Pairs whose infectee fell ill before the infector. That happens (transmission before symptoms), and is worth a
    second look at who infected whom."""
    return np.flatnonzero(np.asarray(intervals, np.float64) < 0).astype(np.int32)


def longer_than(intervals: ArrayLike, days: float) -> Ints:
    """Pairs whose onsets lie more than so many days apart: a link may be wrong, or a case between them missing."""
    return np.flatnonzero(np.abs(np.asarray(intervals, np.float64)) > days).astype(np.int32)
