"""EARS C1, C2 and C3 of 500 daily series of a year, and Farrington's flexible method for the last week of 3,000 weekly
series of five years, beside R's surveillance in the same run.

The series are made here: negative binomial counts with a season, the daily ones with weekdays, and some of them with a
threefold week. surveillance gets 100 of either, and its time is as many times over, since it takes each for itself;
where R is not installed its saved time stands. After the times comes what the detectors find (``_detection``).
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks import _detection
from benchmarks._peers import r
from lianfang.epi.aberration.ears import ears
from lianfang.epi.aberration.farrington import Settings, farrington_flexible
from lianfang.epi.series import Numbers

SERIES, DAYS, RUNS, ASKED = 500, 365, 5, 100
TARGET, SAVED = 300, 4.0
MANY, WEEKS, FARRINGTON_FIGURES = 3_000, 260, (37.0, 10)
FARRINGTON = Settings(
    b=4,
    noPeriods=10,
    pastWeeksNotIncluded=26,
    pThresholdTrend=1,
    thresholdMethod="nbPlugin",
    alpha=0.01,
    limit54=(0, 1),
)
FARRINGTON_SCRIPT = """y <- as.matrix(read.csv("counts.csv", header=FALSE))
s <- sts(observed=t(y), start=c(2021, 1), frequency=52)
set <- list(range={week}, b=4, w=3, noPeriods=10, pastWeeksNotIncluded=26, pThresholdTrend=1, weightsThreshold=2.58,
  thresholdMethod="nbPlugin", alpha=0.01, limit54=c(0,1), verbose=FALSE)
run <- function() suppressWarnings(farringtonFlexible(s, control=set))
began <- proc.time(); run(); cat(({all}/nrow(y)) * (proc.time()-began)[["elapsed"]])
"""
SCRIPT = """y <- as.matrix(read.csv("counts.csv", header=FALSE))
s <- sts(observed=t(y), start=c(2025, 1), frequency=365)
run <- function() suppressWarnings(earsC(s, control=list(method="{method}")))
began <- proc.time(); run(); cat(({all}/nrow(y)) * (proc.time()-began)[["elapsed"]])
"""


def run() -> list[dict[str, Any]]:
    """A row for the time of each method, and one for what each finds."""
    days = series()
    size = f"{SERIES} series of {DAYS} days"
    rows = []
    for method in ("C1", "C2", "C3"):
        script = SCRIPT.format(method=method, all=SERIES)
        work = partial(ears, days, method)
        rows.append(_row(f"EARS {method}, {size}", work, script, days, (SAVED, TARGET)))
    weeks = weekly()
    work = partial(farrington_flexible, weeks, FARRINGTON, WEEKS - 1)
    script = FARRINGTON_SCRIPT.format(week=WEEKS, all=MANY)
    rows.append(_row(f"Farrington flexible, {MANY:,} series, one week", work, script, weeks, FARRINGTON_FIGURES))
    return [*rows, *_detection.rows()]


def series() -> Numbers:
    """Counts, (series, days)."""
    dice = np.random.default_rng(20200126)
    day = np.arange(DAYS)
    week = np.array([1.1, 1.05, 1, 1, 1, 0.7, 0.6])[day % 7]
    season = 1 + 0.3 * np.cos(2 * np.pi * day / 365 + dice.uniform(0, 6, (SERIES, 1)))
    mean = np.exp(dice.normal(2.2, 1.0, (SERIES, 1))) * season * week
    for row in range(0, SERIES, 5):
        begins = dice.integers(60, 350)
        mean[row, begins : begins + 7] *= 3
    return dice.negative_binomial(mean / 0.5, 1 / 1.5).astype(np.float64)


def weekly() -> Numbers:
    """Counts, (series, weeks)."""
    dice = np.random.default_rng(20200126)
    season = np.cos(2 * np.pi * np.arange(WEEKS) / 52.1775 + dice.uniform(0, 6, (MANY, 1)))
    mean = np.exp(dice.normal(2.0, 1.0, (MANY, 1)) + dice.uniform(0.1, 0.7, (MANY, 1)) * season)
    return dice.negative_binomial(mean, 0.5).astype(np.float64)


def _row(
    claim: str, work: Callable[[], object], script: str, counts: Numbers, figures: tuple[float, float]
) -> dict[str, Any]:
    """Ours beside the peer's; ``figures``: its saved seconds, and the target."""
    saved, target = figures
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    name, peer = r.seconds("surveillance", script, {"counts": counts[:ASKED]}, saved)
    ratio = peer / min(seconds)
    return {
        "claim": claim,
        "ours": f"{min(seconds) * 1000:.3g} ms",
        "peer": f"{name} {peer:.3g} s",
        "ratio": ratio,
        "target": f"≥ {target}×",
        "met": ratio >= target,
    }


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
