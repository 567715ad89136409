"""EARS C1, C2 and C3 of 500 daily series of a year, beside R's surveillance in the same run.

The series are made here: negative binomial counts with a season and weekdays, some of them with a threefold week.
surveillance gets 100 of them, and its time is five times over, since it takes each for itself; where R is not installed
its saved time stands.
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np

from benchmarks._peers import r
from lianfang.epi.aberration.ears import ears
from lianfang.epi.series import Numbers

SERIES, DAYS, RUNS, ASKED = 500, 365, 5, 100
TARGET, SAVED = 300, 4.0
SCRIPT = """y <- as.matrix(read.csv("counts.csv", header=FALSE))
s <- sts(observed=t(y), start=c(2025, 1), frequency=365)
run <- function() suppressWarnings(earsC(s, control=list(method="{method}")))
began <- proc.time(); run(); cat(({all}/nrow(y)) * (proc.time()-began)[["elapsed"]])
"""


def run() -> list[dict[str, Any]]:
    """A row for each method."""
    counts = series()
    return [_row(method, counts) for method in ("C1", "C2", "C3")]


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


def _row(method: str, counts: Numbers) -> dict[str, Any]:
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        ears(counts, method)
        seconds.append(time.perf_counter() - began)
    script = SCRIPT.format(method=method, all=SERIES)
    name, peer = r.seconds("surveillance", script, {"counts": counts[:ASKED]}, SAVED)
    ratio = peer / min(seconds)
    return {
        "claim": f"EARS {method}, {SERIES} series of {DAYS} days",
        "ours": f"{min(seconds) * 1000:.3g} ms",
        "peer": f"{name} {peer:.3g} s",
        "ratio": ratio,
        "target": f"≥ {TARGET}×",
        "met": ratio >= TARGET,
    }


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
