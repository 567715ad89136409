"""Forecasts of Chinese provinces from what a feed of 2020 had said by each day, scored by what it said last."""

from __future__ import annotations

import csv
import gzip
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from lianfang.epi.forecast.ahead import forecast
from lianfang.epi.forecast.members import MEMBERS
from lianfang.epi.reproduction.serial import discrete

pytestmark = pytest.mark.shared
FIRST, DAYS = date(2020, 1, 24), 28
CHANGED = date(2020, 2, 13)
"""On this day the feed had the count of 12 February, under the new definition."""


def totals(path: Path) -> dict[str, np.ndarray]:
    """Of each province, confirmed in all as last told on each day."""
    told: dict[str, dict[str, float]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            told.setdefault(row["provinceName"], {})[row["updateTime"]] = float(row["province_confirmedCount"])
    found = {}
    for name, counts in told.items():
        found[name] = np.zeros(DAYS)
        for at in sorted(counts):
            found[name][(date.fromisoformat(at[:10]) - FIRST).days :] = counts[at]
    return found


def test_provinces_from_what_was_known_at_each_origin(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = totals(shared / "data" / "a_cn_counts" / "dxy_intraday_20200124_20200220.csv.gz")
    # a day's cases are told once and not revised in the feed: what was known on a day is the series up to it
    cases = np.diff(np.stack(list(known.values())), axis=1)
    assert cases.shape == (29, DAYS - 1) and cases.min() >= 0
    changed = (CHANGED - FIRST).days - 1
    found = forecast(cases, discrete(7.5, 3.4, 30), 7, draws=200, breaks=[changed])
    assert {list(known)[row]: reason for row, reason in found.refused.items()} == {
        "青海省": "few",
        "西藏自治区": "few",
        "澳门": "few",
    }
    past = found.past
    judged = ~np.isnan(past.wis)
    with capsys.disabled():
        print("\norigin      forecasts   WIS    flat  seasonal  in 50 %  80 %  95 %")
        for origin in range(DAYS - 2):
            some = judged[:, origin]
            if not some.any():
                continue
            others = [past.members[:, origin, MEMBERS.index(name)][some].mean() for name in ("flat", "seasonal")]
            figures = (past.wis[:, origin][some].mean(), *others, *past.covered[:, origin][some].mean(0))
            day = FIRST + timedelta(days=origin + 1)
            print(f"{day}  {some.sum():9}", *(f"{figure:8.2f}" for figure in figures))
    assert not judged[:, changed - 1, 0].any() and not judged[:, changed - 7, 6].any()
    own = np.where(judged, past.wis, 0).sum(2) / np.maximum(judged.sum(2), 1)
    shares = []
    for name in ("flat", "seasonal"):
        member = past.members[:, :, MEMBERS.index(name)]
        other = np.where(judged, member, 0).sum(2) / np.maximum(judged.sum(2), 1)
        shares.append((own < other)[judged.any(2)].mean())
    assert min(shares) >= 0.6
