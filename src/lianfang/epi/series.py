"""Series of counts, one a row, and what makes one unusable. A row that is refused stops no other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Refused = Mapping[int, str]
"""By row: ``missing`` (a day without a count), ``infinite``, ``negative``, ``fraction``, ``empty`` (no case at all),
``short`` (too few days for what is asked)."""


def checked(counts: ArrayLike, *, empty: bool = False) -> tuple[Numbers, dict[int, str]]:
    """The counts as (series, days), one series alone as one row, and the reason of each row that cannot be used; with
    ``empty`` also of those without a case. Refused rows are NaN. Raises ValueError for what is no table."""
    found = np.array(counts, np.float64, ndmin=2)
    if found.ndim != 2 or not found.shape[1]:
        raise ValueError(f"series of counts are a table of rows by days; here is the shape {np.shape(counts)}")
    with np.errstate(invalid="ignore"):
        faults = {
            "missing": np.isnan(found),
            "infinite": np.isinf(found),
            "negative": found < 0,
            "fraction": np.isfinite(found) & (found != np.floor(found)),
        }
    refused: dict[int, str] = {}
    for reason, where in faults.items():
        for row in np.flatnonzero(where.any(1)).tolist():
            refused.setdefault(row, reason)
    if empty:
        for row in np.flatnonzero(~found.any(1)).tolist():
            refused.setdefault(row, "empty")
    found[list(refused)] = np.nan
    return found, refused
