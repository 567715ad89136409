"""CUSUM for counts: small excesses that add up.

Rossi G, Lampugnani L, Marchi M. An approximate CUSUM procedure for surveillance of health events. Stat Med
1999;18:2111–2122. doi:10.1002/(SICI)1097-0258(19990830)18:16<2111::AID-SIM171>3.0.CO;2-Q
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lianfang.epi.aberration.found import Found
from lianfang.epi.series import checked


def cusum(counts: ArrayLike, *, first: int, k: float = 1.04, h: float = 2.26, m: float | None = None) -> Found:
    """Alarms from the time ``first`` on, as a place in the series from 0.

    Counts are standardised by the mean ``m`` of times without an outbreak and its root, as Poisson counts are; without
    ``m`` it is that of the times before ``first``. What they are above ``k`` is added up, never below 0, and the sum is
    not set back after an alarm, which is a sum of ``h`` or more. The bound is the smallest count that makes one. Raises
    ValueError for a setting out of range; a series that cannot be used, among them one without a case to take the mean
    of, is told in ``refused``.
    """
    for name, value in (("k", k), ("h", h), ("m", 1.0 if m is None else m)):
        if not (np.isfinite(value) and value >= 0) or (name != "k" and value == 0):
            raise ValueError(f"{name}: a number from 0, h and m above it; here is {value}")
    found, refused = checked(counts)
    if first < 1:
        raise ValueError(f"first: from 1, since the mean is that of the times before; here is {first}")
    at = np.arange(min(first, found.shape[1]), found.shape[1])
    mean = np.full(len(found), m) if m is not None else found[:, :first].mean(1)
    for row in range(len(found)):
        if row not in refused and not (at.size and mean[row] > 0):
            refused[row] = "empty" if at.size else "short"
            mean[row] = np.nan
    root = np.sqrt(mean)
    total = np.zeros(len(found))
    upper, alarm = np.full((len(found), at.size), np.nan), np.zeros((len(found), at.size), bool)
    with np.errstate(invalid="ignore", divide="ignore"):
        for place, time in enumerate(at):
            upper[:, place] = np.maximum(np.ceil(root * (h - total + k) + mean), 0)
            total = np.maximum(total + (found[:, time] - mean) / root - k, 0)
            alarm[:, place] = total >= h
    return Found(at, np.repeat(mean[:, None], at.size, axis=1), upper, alarm, refused)
