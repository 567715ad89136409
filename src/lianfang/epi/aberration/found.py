"""What a method of detection gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lianfang.epi.series import Numbers, Refused


@dataclass(frozen=True, slots=True)
class Found:
    """Arrays (series, times). NaN in the rows that are refused, and where nothing can be said; no alarm there."""

    at: NDArray[np.int64]
    """The times, as places in the series from 0."""
    expected: Numbers
    upper: Numbers
    alarm: NDArray[np.bool_]
    refused: Refused
