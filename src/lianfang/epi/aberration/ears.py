"""EARS C1, C2 and C3: a count beside the mean and sd of the few days or weeks before.

Hutwagner L, Thompson W, Seeman GM, Treadwell T. The bioterrorism preparedness and response Early Aberration Reporting
System (EARS). J Urban Health 2003;80:i89–i96. doi:10.1007/PL00022319. Fricker RD, Hegler BL, Dunfee DA. Comparing
syndromic surveillance detection methods: EARS' versus a CUSUM-based methodology. Stat Med 2008;27:3407–3429.
doi:10.1002/sim.3197
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from lianfang.epi.aberration.found import Found
from lianfang.epi.series import Numbers, checked

LAG = 2
"""Times between the baseline of C2 and C3 and the count that is judged, so that a slow rise does not hide itself."""
ALPHA = {"C1": 0.001, "C2": 0.001, "C3": 0.025}


def ears(
    counts: ArrayLike, method: str, *, baseline: int = 7, alpha: float | None = None, minSigma: float = 0.0
) -> Found:
    """Alarms of ``method`` C1, C2 or C3, from the first time that has its whole past.

    C1: above mean + z · sd of the ``baseline`` times before, z the normal quantile of 1 − ``alpha``, the sd at least
    ``minSigma``. C2: the same of times that lie two further back. C3: the bound is the count + z · sd of C2 − sd · what
    the two counts before were above one sd, in sd, and not below 0, as the package has it: it is the two before that
    make an alarm. Without ``alpha`` it is 0.001, for C3 0.025. A baseline of equal counts has no sd, and C3 then none
    to say. Raises ValueError for a setting out of range; a series that cannot be used is told in ``refused``.
    """
    if method not in ALPHA:
        raise ValueError(f"method: {', '.join(ALPHA)} are known; here is {method}")
    chance = ALPHA[method] if alpha is None else alpha
    if not 0 < chance < 1:
        raise ValueError(f"alpha: between 0 and 1; here is {chance}")
    if baseline < 2 or not (np.isfinite(minSigma) and minSigma >= 0):
        raise ValueError(f"baseline: from 2, and minSigma from 0; here are {baseline} and {minSigma}")
    found, refused = checked(counts)
    days = found.shape[1]
    lag = 0 if method == "C1" else LAG
    first = baseline + lag + (LAG if method == "C3" else 0)
    at = np.arange(min(first, days), days)
    if not at.size:
        refused |= {row: "short" for row in range(len(found)) if row not in refused}
        nothing = np.empty((len(found), 0))
        return Found(at, nothing, nothing, nothing.astype(bool), refused)
    mean, sd = _moments(found, baseline, lag)
    sd = np.maximum(sd, minSigma)
    z = float(ndtri(1 - chance))
    if method == "C3":
        with np.errstate(invalid="ignore", divide="ignore"):
            above = np.maximum((found[:, baseline + lag :] - mean) / sd - 1, 0)
            upper = np.maximum(found[:, at] + sd[:, LAG:] * (z - above[:, :-LAG] - above[:, 1:-1]), 0)
        mean = mean[:, LAG:]
    else:
        upper = mean + z * sd
    with np.errstate(invalid="ignore"):
        return Found(at, mean, upper, found[:, at] > upper, refused)


def _moments(found: Numbers, baseline: int, lag: int) -> tuple[Numbers, Numbers]:
    """Mean and sd (of n − 1) of the baseline of each time from ``baseline + lag`` on."""
    times = found.shape[1] - lag - baseline
    parts = [found[:, at : at + times] for at in range(baseline)]
    mean = sum(parts[1:], parts[0]) / baseline
    squares = np.zeros_like(mean)
    for part in parts:
        squares += (part - mean) ** 2
    return mean, np.sqrt(squares / (baseline - 1))
