"""Forecasts of 14 days for 340 series of 120 days, each with its scores on every past origin: seconds, and how good.

No other program that does this can be installed here, so the limit is one of time. What the forecasts are worth is told
beside the two plain baselines that are members of them, on every origin of the same run.
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np

from benchmarks.reproduction import DAYS, MEAN, SD, outbreaks
from lianfang.epi.forecast.ahead import forecast
from lianfang.epi.forecast.members import MEMBERS
from lianfang.epi.reproduction import serial
from lianfang.epi.scores.quantiles import CENTRAL

AHEAD, DRAWS, LIMIT_SECONDS = 14, 1000, 5
BETTER, WITHIN = 0.7, 0.05


def run() -> list[dict[str, Any]]:
    """Four rows: the time, the shares of origins on which either baseline is beaten, and what the intervals cover."""
    cases, weights = outbreaks(), serial.discrete(MEAN, SD, 30)
    forecast(cases[:2], weights, AHEAD, draws=DRAWS)
    began = time.perf_counter()
    found = forecast(cases, weights, AHEAD, draws=DRAWS)
    seconds = time.perf_counter() - began
    judged = slice(0, DAYS - AHEAD)
    own = found.past.wis[:, judged].mean(2)
    known = ~np.isnan(own)
    better = {
        name: (own < found.past.members[:, judged, MEMBERS.index(name)].mean(2))[known].mean()
        for name in ("flat", "seasonal")
    }
    cover = np.nanmean(found.past.covered[:, judged], (0, 1, 2))
    size = f"{len(cases)} series, {AHEAD} days, {DRAWS} draws, {int(known.sum())} past origins scored"
    return [
        _row(f"forecast, {size}", f"{seconds:.3g} s", f"limit {LIMIT_SECONDS} s", LIMIT_SECONDS / seconds, 1),
        *(
            _row(f"origins with a lower WIS than {name}", f"{share:.1%}", name, share, BETTER)
            for name, share in better.items()
        ),
        _row(
            f"share within the intervals of 50, 80 and 95 %, off by at most {WITHIN:.0%}",
            ", ".join(f"{share:.1%}" for share in cover),
            "as told",
            WITHIN / abs(cover - CENTRAL).max(),
            1,
        ),
    ]


def _row(claim: str, ours: str, peer: str, ratio: float, target: float) -> dict[str, Any]:
    return {
        "claim": claim,
        "ours": ours,
        "peer": peer,
        "ratio": ratio,
        "target": f"≥ {target}",
        "met": bool(ratio >= target),
    }


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
