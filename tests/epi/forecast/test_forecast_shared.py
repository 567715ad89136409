"""Forecasts of Chinese provinces from what a feed of 2020 had said by each day, scored by what it said last."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.forecast import AHEAD, CHANGED, FED_DAYS, FEED, FIRST, by_origin, of_provinces, provinces
from lianfang.epi.forecast.members import MEMBERS

pytestmark = pytest.mark.shared


def test_provinces_from_what_was_known_at_each_origin(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = provinces(shared / FEED)
    table = np.stack(list(cases.values()))
    assert table.shape == (29, FED_DAYS - 1) and table.min() >= 0
    past = of_provinces(cases)
    judged = ~np.isnan(past.wis)
    told = {name for row, name in enumerate(cases) if judged[row].any()}
    assert cases.keys() - told == {"青海省", "西藏自治区", "澳门"}  # fewer than ten days with a case
    with capsys.disabled():
        print("", *by_origin(past), sep="\n")
    changed = (CHANGED - FIRST).days - 1
    assert not judged[:, changed - 1, 0].any() and not judged[:, changed - 7, 6].any()
    own = np.nansum(past.wis, 2)
    for name in ("flat", "seasonal"):
        member = np.where(judged, past.members[:, :, MEMBERS.index(name)], np.nan)
        assert (own < np.nansum(member, 2))[judged.any(2)].mean() >= 0.8
        assert np.nanmean(past.wis) < 0.8 * np.nanmean(member)
        assert np.nanmean(past.wis[..., AHEAD - 1]) < np.nanmean(member[..., AHEAD - 1])
    assert np.nanmean(past.covered, (0, 1, 2)) == pytest.approx([0.5, 0.8, 0.95], abs=0.05)
