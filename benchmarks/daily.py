"""The daily run over 2,900 counties with ten series each: nowcast, R, forecast with its past scores, three detectors.

The series are made here, as counties of one country have them: most counties have few cases or none on 60 days, some
have many. A second row takes a tenth as many series, each of many cases, and a tenth of the limit, which is one of time
on two cores.
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np

from lianfang.epi.aberration.control import kept, unlikely
from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears
from lianfang.epi.daily import daily
from lianfang.epi.reproduction.serial import discrete
from lianfang.epi.series import Numbers

COUNTIES, EACH, DAYS, DELAYS = 2_900, 10, 60, 21
DRAWS, ORIGINS, AHEAD, BLOCK = 200, 14, 14, 128
MEAN, SD, LIMIT_SECONDS = 7.5, 3.4, 60
EMPTY, MEDIAN, SPREAD, MANY = 0.4, 3.0, 1.6, 150.0
"""Of the counties so many have no case at all; of the others the cases of 60 days are lognormal: 3 in the middle, a
twentieth have more than 40. ``MANY``: of each series of the second row."""


def run() -> list[dict[str, Any]]:
    """Two rows: as counties are, and all of them with many cases."""
    dice = np.random.default_rng(20200126)
    series = COUNTIES * EACH
    some = np.where(dice.random(series) < EMPTY, 0.0, MEDIAN * np.exp(SPREAD * dice.standard_normal(series)))
    _work(_triangles(np.full(BLOCK, MANY), dice))  # compiled once, and kept on disk
    large = np.full(series // 10, MANY)
    return [_row(some, "as counties have them", dice), _row(large, f"each of {MANY:.0f} cases", dice)]


def _row(sizes: Numbers, kind: str, dice: np.random.Generator) -> dict[str, Any]:
    seconds, cpu, cases, told = 0.0, 0.0, 0, 0
    limit = LIMIT_SECONDS * len(sizes) / (COUNTIES * EACH)
    for start in range(0, len(sizes), BLOCK * 16):
        made = _triangles(sizes[start : start + BLOCK * 16], dice)
        began, used = time.perf_counter(), time.process_time()
        told += _work(made)
        seconds += time.perf_counter() - began
        cpu += time.process_time() - used
        cases += int((np.nansum(made, (1, 2)) > 0).sum())
    return {
        "claim": f"daily run, {len(sizes):,} series of {DAYS} days, {kind} ({cases:,} with a case, {told:,} forecast)",
        "ours": f"{seconds:.1f} s ({cpu:.1f} CPU s)",
        "peer": f"limit {limit:.0f} s",
        "ratio": limit / seconds,
        "target": f"≤ {limit:.0f} s",
        "met": seconds <= limit,
    }


def _work(triangles: Numbers) -> int:
    """Everything that is told of these series; of how many there is a forecast."""
    told, serial = 0, discrete(MEAN, SD, 60)
    for start in range(0, len(triangles), BLOCK):
        found = daily(triangles[start : start + BLOCK], serial, days=AHEAD, draws=DRAWS, origins=ORIGINS)
        told += len(found.now.reported) - len(found.ahead.refused)
    counts = np.nansum(triangles, 2)
    for method in ("C1", "C2"):
        ears(counts, method, minSigma=1.0)
    cusum(counts, first=28)
    kept(unlikely(counts)[1], 0.1)
    return told


def _triangles(sizes: Numbers, dice: np.random.Generator) -> Numbers:
    """Reports by day and delay, (series, days, delays), of so many cases each, whose numbers rise and fall."""
    course = np.cumsum(dice.normal(0, 0.12, (len(sizes), DAYS)), 1)
    share = np.exp(course - course.max(1, keepdims=True))
    law = np.bincount(np.minimum(dice.gamma(3.0, 1.8, 100_000).astype(np.int64), DELAYS - 1), minlength=DELAYS)
    mean = sizes[:, None] * share / share.sum(1, keepdims=True)
    whole = dice.poisson(mean[..., None] * law / law.sum()).astype(np.float64)
    return np.where(np.arange(DAYS)[:, None] + np.arange(DELAYS) < DAYS, whole, np.nan)


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
