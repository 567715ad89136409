"""How long a state lasts: a law with its mean and standard deviation, in days."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, isfinite, log, log1p, sqrt

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate import dice

CONSTANT, NORMAL, LOGNORMAL, GAMMA = range(4)
LAWS = {"constant": CONSTANT, "normal": NORMAL, "lognormal": LOGNORMAL, "gamma": GAMMA}


@dataclass(frozen=True, slots=True)
class Duration:
    """A law of ``LAWS`` with the mean and sd of what it gives; ``constant`` has no sd. Of ``normal`` that is before the
    part below 0 is taken as 0. Raises ValueError for others."""

    law: str
    mean_days: float
    sd_days: float = 0.0

    def __post_init__(self) -> None:
        if self.law not in LAWS:
            raise ValueError(f"law: {', '.join(LAWS)} are known; here is {self.law}")
        if not (isfinite(self.mean_days) and self.mean_days > 0):
            raise ValueError(f"mean_days: a number above 0; here is {self.mean_days}")
        if not isfinite(self.sd_days) or (self.sd_days > 0) == (self.law == "constant") or self.sd_days < 0:
            raise ValueError(f"sd_days: 0 with a constant and above 0 with any other law; here is {self.sd_days}")

    @property
    def code(self) -> tuple[int, float, float]:
        """The law and its two numbers as ``drawn`` takes them: mean and sd; of the log; shape and scale."""
        mean, sd = self.mean_days, self.sd_days
        if self.law == "lognormal":
            variance = log1p((sd / mean) ** 2)
            return LOGNORMAL, log(mean) - variance / 2, sqrt(variance)
        if self.law == "gamma":
            return GAMMA, (mean / sd) ** 2, sd**2 / mean
        return LAWS[self.law], mean, sd


@compiled
def drawn(key: np.uint64, who: int, step: int, law: int, a: float, b: float) -> float:
    """Days that the state of ``who`` lasts, not below 0; it takes the draws of a step of its own."""
    if law == NORMAL:
        return max(a + b * dice.normal(key, who, step, 0), 0.0)
    if law == LOGNORMAL:
        return exp(a + b * dice.normal(key, who, step, 0))
    if law == GAMMA:
        return b * dice.gamma(key, who, step, 0, a)
    return a
