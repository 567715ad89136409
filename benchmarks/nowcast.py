"""Nowcasts of 340 reporting triangles, beside the time that baselinenowcast is known to take for as many.

The triangles are made here: 60 days, delays to 20 days, levels that drift. The peer is an R package that no registry
has: its time for 340 such triangles with 1,000 draws was measured once, and stands.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from lianfang.epi.nowcast.cases import nowcast
from lianfang.epi.series import Numbers

SERIES, DAYS, DELAYS, DRAWS, RUNS = 340, 60, 21, 1000, 3
SAVED_SECONDS, TARGET = 652.0, 50


def run() -> list[dict[str, Any]]:
    """One row, in CPU seconds."""
    cases = triangles()
    seconds = []
    for _ in range(RUNS):
        began = time.process_time()
        found = nowcast(cases, draws=DRAWS)
        seconds.append(time.process_time() - began)
        if found.refused:
            raise SystemExit("benchmark nowcast: a triangle was refused")
    ratio = SAVED_SECONDS / min(seconds)
    return [
        {
            "claim": f"nowcast, {SERIES} triangles of {DAYS} × {DELAYS}, {DRAWS} draws",
            "ours": f"{min(seconds):.1f} CPU s",
            "peer": f"baselinenowcast 0.2.1000, {SAVED_SECONDS:.0f} CPU s (saved)",
            "ratio": ratio,
            "target": f"≥ {TARGET}×",
            "met": ratio >= TARGET,
        }
    ]


def triangles() -> Numbers:
    """New reports (series, days, delays), NaN where none is possible yet."""
    dice = np.random.default_rng(20200212)
    course = 3.5 + dice.normal(0, 0.8, (SERIES, 1)) + np.cumsum(dice.normal(0, 0.06, (SERIES, DAYS)), 1)
    law = dice.gamma(3.0, 1.8, 100_000).astype(np.int64)
    chances = np.bincount(law[law < DELAYS], minlength=DELAYS) / (law < DELAYS).sum()
    whole = dice.poisson(np.exp(course)[..., None] * chances).astype(np.float64)
    known = np.arange(DAYS)[:, None] + np.arange(DELAYS) < DAYS
    return np.where(known, whole, np.nan)
