"""What two ways of running the same outbreak many times must have in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

SEEDS = range(20)
Curves = tuple[NDArray[np.int64], NDArray[np.int64]]


def agree(ours: Callable[[int], Curves], plain: Callable[[int], Curves], persons: int) -> None:
    """Attack rate, height and day of the peak: ours lie within the range of the plain runs, and their means within four
    standard errors of each other."""
    one, other = (np.array([told(*run(seed), persons) for seed in SEEDS]) for run in (ours, plain))
    low, high = other.min(0), other.max(0)
    middle = np.median(one, axis=0)
    assert ((low <= middle) & (middle <= high)).all(), (one, other)
    error = np.sqrt((one.var(0, ddof=1) + other.var(0, ddof=1)) / len(SEEDS))
    assert (abs(one.mean(0) - other.mean(0)) < 4 * error).all(), (one.mean(0), other.mean(0), error)


def told(new: NDArray[np.int64], able: NDArray[np.int64], persons: int) -> tuple[float, float, float]:
    return float(new.sum() / persons), float(able.max() / persons), float(able.argmax())


def final_size(reproduction: float, begun: float) -> float:
    """The share that is ever infected, the share ``begun`` from the start among it: z = 1 − (1 − begun) exp(−R z)
    (Kermack and McKendrick, 1927, doi:10.1098/rspa.1927.0118)."""
    return float(brentq(lambda z: 1 - z - (1 - begun) * np.exp(-reproduction * z), begun / 2, 1))
