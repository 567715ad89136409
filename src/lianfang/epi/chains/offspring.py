"""How unevenly cases infect: the negative binomial offspring distribution.

Lloyd-Smith JO, Schreiber SJ, Kopp PE, Getz WM. Superspreading and the effect of individual variation on disease
emergence. Nature 2005;438:355–359. doi:10.1038/nature04153
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

# Beyond these k the distribution is the Poisson one, or all but one case infect nobody, to any use.
SMALLEST_K, LARGEST_K = 1e-8, 1e8


@dataclass(frozen=True, slots=True)
class Offspring:
    """The fit. None is what the data do not bound: k of counts that vary no more than chance (it grows without end), or
    any k where nobody was infected."""

    n: int
    R: float | None
    """Mean number of cases infected by one; None without cases."""
    k: float | None
    """Dispersion: the variance is R + R² / k; the smaller, the fewer infect most."""
    k_low: float | None
    k_high: float | None
    """Interval of k by the profile likelihood."""
    top20_share: float | None
    """Part of all infections that is due to the fifth of the cases that infected most; None where nobody was
    infected."""


def fit(counts: ArrayLike, *, level: float = 0.95) -> Offspring:
    """Maximum likelihood R and k of the negative binomial, with the interval of k in which twice the loss of profile
    log-likelihood stays below the chi-squared quantile with one degree of freedom.

    ``counts``: infections caused by each case, those that caused none included (1-D, integers ≥ 0). R is their mean
    whatever k is, so that the profile of k needs no search over R. Raises ValueError for other counts.
    """
    found = np.asarray(counts)
    if found.ndim != 1 or (found.size and (not np.issubdtype(found.dtype, np.integer) or found.min() < 0)):
        raise ValueError("offspring are counted in whole numbers from 0, one for each case")
    n, total = found.size, int(found.sum())
    if n == 0:
        return Offspring(0, None, None, None, None, None)
    if total == 0:
        return Offspring(n, 0.0, None, None, None, None)
    cases = np.bincount(found)
    profile = _Profile(cases, total / n)
    best = profile.best()
    loss = NormalDist().inv_cdf((1 + level) / 2) ** 2 / 2  # half the quantile of chi-squared
    floor = (profile.at(best) if best is not None else profile.poisson()) - loss

    def above(log_k: float) -> float:
        return profile.at(exp(log_k)) - floor

    low = _root(above, SMALLEST_K, best or LARGEST_K)
    high = None if best is None or profile.poisson() >= floor else _root(above, best, LARGEST_K)
    return Offspring(n, total / n, best, low, high, _top_share(cases, 0.2))


def _top_share(cases: NDArray[np.int64], part: float) -> float:
    """Part of all infections due to that part of the cases, those that infected most first; where the part ends within
    a case (0.2 of 7 cases is 1.4), so much of that case counts. ``cases``: how many infected 0, 1, 2 …"""
    infected = np.arange(cases.size)[::-1]
    before = np.cumsum(cases[::-1]) - cases[::-1]
    counted = np.clip(part * cases.sum() - before, 0, cases[::-1])
    return float((counted * infected).sum() / (cases[::-1] * infected).sum())


class _Profile:
    """The log-likelihood of k at R = mean, up to a constant that is the same for the Poisson distribution, k → ∞.

    Γ(x + k) / Γ(k) is the product of k, k + 1, … k + x − 1; so the sum over the cases is one over j of log(k + j), each
    as often as there are cases with more than j infections. Exact where differences of log-gamma lose their digits at
    large k.
    """

    def __init__(self, cases: NDArray[np.int64], mean: float) -> None:
        self.n, self.mean = int(cases.sum()), mean
        at_least = np.cumsum(cases[::-1])[::-1]
        self.more_than = at_least[1:].astype(np.float64)
        self.j = np.arange(self.more_than.size, dtype=np.float64)

    def at(self, k: float) -> float:
        links = self.more_than @ (np.log(k + self.j) - np.log(k + self.mean))
        return float(links - self.n * k * np.log1p(self.mean / k))

    def poisson(self) -> float:
        return -self.n * self.mean

    def slope(self, k: float) -> float:
        return float(self.more_than @ (1 / (k + self.j)) - self.n * np.log1p(self.mean / k))

    def best(self) -> float | None:
        """The k of the highest likelihood; None where it rises without end, the variance being no larger than the
        mean."""
        square = float(((2 * self.j + 1) * self.more_than).sum()) / self.n
        if square - self.mean**2 <= self.mean:
            return None
        return _root(lambda log_k: self.slope(exp(log_k)), SMALLEST_K, LARGEST_K)


def _root(function: Callable[[float], float], low: float, high: float) -> float | None:
    """Where a function of log k crosses zero between two k, by halves; None where it does not."""
    left, right = log(low), log(high)
    sign = function(left) > 0
    if sign == (function(right) > 0):
        return None
    while right - left > 1e-13 * max(1.0, abs(left)):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        left, right = (middle, right) if (function(middle) > 0) == sign else (left, middle)
    return exp((left + right) / 2)
