"""Reproduction numbers of 340 series of 120 days: ours beside epyestim and EpiEstim in the same run.

The series are made here, by renewal with an R that moves between 0.6 and 1.9. EpiEstim gets some of them, and its time
is that many times over, since it takes each for itself; where R is not installed its saved time stands. Wallinga and
Teunis' intervals are resampled by EpiEstim, which is left out for it, and computed by us, which is not.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks._peers import ask, r
from lianfang.epi.reproduction import serial
from lianfang.epi.reproduction.cori import cori
from lianfang.epi.reproduction.wallinga_teunis import wallinga_teunis
from lianfang.epi.series import Numbers

SERIES, DAYS, RUNS, ASKED = 340, 120, 5, 20
MEAN, SD, WINDOW = 4.7, 2.9, 7
EPYESTIM_TARGET, EPIESTIM_TARGET, WALLINGA_TARGET = 7, 90, 100
SAVED_CORI, SAVED_WALLINGA = 8.7, 35.0
SCRIPT = """I <- as.matrix(read.csv("cases.csv", header=FALSE)); s <- 2:(ncol(I)-{width}+1)
quiet <- function(x) suppressMessages(suppressWarnings(x))
run <- function() for (i in 1:nrow(I)) quiet({call})
run(); began <- proc.time(); run(); cat(({all}/nrow(I)) * (proc.time()-began)[["elapsed"]])
"""
CORI = "estimate_R(I[i,], method='parametric_si', config=make_config(list({config})))"
WALLINGA = "wallinga_teunis(I[i,], method='parametric_si', config=list({config}, n_sim=0))"


def run() -> list[dict[str, Any]]:
    """Three rows: Cori beside either peer, and Wallinga and Teunis."""
    cases, weights, windows = outbreaks(), serial.discrete(MEAN, SD, DAYS), serial.sliding(DAYS, WINDOW)
    alone = ask("epyestim", cases=cases.tolist(), weights=weights.tolist(), runs=3)
    ends = (0.025, 0.975)
    ours = _best(lambda: cori(cases, weights, windows, quantiles=ends))
    last = cori(cases, weights, windows).mean[:, -1]
    if abs(last - alone["last"]).max() > 1e-6:
        raise SystemExit("benchmark reproduction: epyestim finds other numbers")
    wallinga = _best(lambda: wallinga_teunis(cases, weights, windows))
    size = f"{SERIES} series of {DAYS} days"
    return [
        _row(f"Cori R with 95 % interval, {size}", ours, (alone["name"], alone["seconds"]), EPYESTIM_TARGET),
        _row(f"Cori R with 95 % interval, {size}", ours, _epiestim(CORI, cases, SAVED_CORI), EPIESTIM_TARGET),
        _row(f"Wallinga–Teunis R, {size}", wallinga, _epiestim(WALLINGA, cases, SAVED_WALLINGA), WALLINGA_TARGET),
    ]


def outbreaks() -> Numbers:
    """Cases, (series, days)."""
    dice = np.random.default_rng(20200126)
    weights = serial.discrete(MEAN, SD, DAYS)
    reproduction = np.stack(
        [
            np.interp(np.arange(DAYS), np.linspace(0, DAYS - 1, 5), knots)
            for knots in dice.uniform(0.6, 1.9, (SERIES, 5))
        ]
    )
    cases = np.zeros((SERIES, DAYS))
    cases[:, :7] = dice.integers(5, 30, (SERIES, 7))
    for day in range(7, DAYS):
        force = cases[:, :day] @ weights[day:0:-1]
        cases[:, day] = dice.poisson(np.minimum(reproduction[:, day] * force, 20_000) + 0.2)
    return cases


def _epiestim(call: str, cases: Numbers, saved: float) -> tuple[str, float]:
    config = f"mean_si={MEAN}, std_si={SD}, t_start=s, t_end=s+{WINDOW - 1}"
    script = SCRIPT.format(width=WINDOW, call=call.format(config=config), all=SERIES)
    return r.seconds("EpiEstim", script, {"cases": cases[:ASKED]}, saved)


def _best(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def _row(claim: str, ours: float, peer: tuple[str, float], target: float) -> dict[str, Any]:
    ratio = peer[1] / ours
    return {
        "claim": claim,
        "ours": f"{ours * 1000:.3g} ms",
        "peer": f"{peer[0]} {peer[1]:.3g} s",
        "ratio": ratio,
        "target": f"≥ {target}×",
        "met": ratio >= target,
    }


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
