"""Forecasts of 14 days for 340 series of 120 days, each with its scores on every past origin: seconds, and how good.

No other program that does this can be installed here, so the limit is one of time. What the forecasts are worth is told
beside the two plain baselines that are members of them, on every origin of the same run; and so for the provinces of
China in February 2020, by what a feed had told by each day, where the reference folder (``LIANFANG_SHARED``, or
``shared`` beside the project) is present: every origin is printed.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.reproduction import DAYS, MEAN, SD, outbreaks
from lianfang.epi.forecast.ahead import Past, forecast
from lianfang.epi.forecast.members import MEMBERS
from lianfang.epi.reproduction import serial
from lianfang.epi.scores.quantiles import CENTRAL
from lianfang.epi.series import Numbers

AHEAD, DRAWS, LIMIT_SECONDS = 14, 1000, 5
BETTER, WITHIN = 0.7, 0.05
FEED = Path("data") / "a_cn_counts" / "dxy_intraday_20200124_20200220.csv.gz"
FIRST, FED_DAYS = date(2020, 1, 24), 28
CHANGED = date(2020, 2, 13)
"""On this day the feed had the count of 12 February, under the new definition."""
SERIAL = 7.5, 3.4
"""Li et al. 2020, doi:10.1056/NEJMoa2001316."""


def run() -> list[dict[str, Any]]:
    """The time, then of the 340 series and of the provinces the shares of origins on which either baseline is beaten,
    and what the intervals cover; of the provinces also the score of the longest way ahead."""
    cases, weights = outbreaks(), serial.discrete(MEAN, SD, 30)
    forecast(cases[:2], weights, AHEAD, draws=DRAWS)
    began = time.perf_counter()
    found = forecast(cases, weights, AHEAD, draws=DRAWS)
    seconds = time.perf_counter() - began
    past = _judged(found.past, slice(0, DAYS - AHEAD))
    size = f"{len(cases)} series, {AHEAD} days, {DRAWS} draws, {_known(past).sum()} past origins scored"
    rows = [_row(f"forecast, {size}", f"{seconds:.3g} s", f"limit {LIMIT_SECONDS} s", LIMIT_SECONDS / seconds, 1)]
    rows += _worth("", past)
    feed = Path(os.environ.get("LIANFANG_SHARED") or Path(__file__).resolve().parents[2] / "shared") / FEED
    if feed.exists():
        past = of_provinces(provinces(feed))
        print(*by_origin(past), sep="\n")
        ours, flat = (float(np.nanmean(table[..., -1])) for table in (past.wis, _baseline(past, "flat")))
        rows += _worth(", provinces of 2020", past)
        rows += [
            _row(f"WIS of {AHEAD} days ahead, provinces of 2020", f"{ours:.1f}", f"flat {flat:.1f}", flat / ours, 1)
        ]
    return rows


def provinces(feed: Path) -> dict[str, Numbers]:
    """New cases of each province by day from 25 January 2020: what the feed had told by the end of a day, over what it
    had told the day before. A day's cases are told once and not revised in it, so what was known on a day is the series
    up to it."""
    told: dict[str, dict[str, float]] = {}
    with gzip.open(feed, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            told.setdefault(row["provinceName"], {})[row["updateTime"]] = float(row["province_confirmedCount"])
    found = {}
    for name, counts in told.items():
        total = np.zeros(FED_DAYS)
        for at in sorted(counts):
            total[(date.fromisoformat(at[:10]) - FIRST).days :] = counts[at]
        found[name] = np.diff(total)
    return found


def of_provinces(cases: dict[str, Numbers]) -> Past:
    """What forecasts from each day were worth, the change of definition declared."""
    changed = (CHANGED - FIRST).days - 1
    table = np.stack(list(cases.values()))
    return forecast(table, serial.discrete(*SERIAL, 30), AHEAD, draws=DRAWS, breaks=[changed]).past


def by_origin(past: Past) -> list[str]:
    """A line an origin: forecasts scored, WIS beside that of either baseline, shares within the intervals."""
    lines = ["origin      scored      WIS     flat  seasonal  in 50 %   80 %   95 %"]
    for origin in range(past.wis.shape[1]):
        some = ~np.isnan(past.wis[:, origin])
        if some.any():
            others = [_baseline(past, name)[:, origin][some].mean() for name in ("flat", "seasonal")]
            shares = " ".join(f"{share:6.1%}" for share in past.covered[:, origin][some].mean(0))
            own = past.wis[:, origin][some].mean()
            day = FIRST + timedelta(days=origin + 1)
            lines.append(f"{day}  {some.sum():6} {own:8.2f} {others[0]:8.2f}  {others[1]:8.2f}   {shares}")
    return lines


def _worth(of: str, past: Past) -> list[dict[str, Any]]:
    known = _known(past)
    own = np.nansum(past.wis, 2)[known]
    better = {
        name: (own < np.nansum(np.where(np.isnan(past.wis), np.nan, _baseline(past, name)), 2)[known]).mean()
        for name in ("flat", "seasonal")
    }
    cover = np.nanmean(past.covered, (0, 1, 2))
    return [
        *(
            _row(f"origins with a lower WIS than {name}{of}", f"{share:.1%}", name, share, BETTER)
            for name, share in better.items()
        ),
        _row(
            f"share within the intervals of 50, 80 and 95 %, off by at most {WITHIN:.0%}{of}",
            ", ".join(f"{share:.1%}" for share in cover),
            "as told",
            WITHIN / abs(cover - CENTRAL).max(),
            1,
        ),
    ]


def _judged(past: Past, some: slice) -> Past:
    return Past(past.wis[:, some], past.members[:, some], past.covered[:, some])


def _known(past: Past) -> np.ndarray:
    """Of which series and origins a forecast was scored."""
    return np.asarray(~np.isnan(past.wis).all(2))


def _baseline(past: Past, name: str) -> Numbers:
    return np.asarray(past.members[:, :, MEMBERS.index(name)])


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
