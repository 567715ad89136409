"""Nowcasts of triangles whose truth is known, beside the plain chain ladder."""

from __future__ import annotations

import numpy as np
import pytest

from lianfang.epi.nowcast.cases import nowcast
from tests.epi.nowcast.triangles import DELAYS, LAWS, QUANTILES, chain_ladder, coverage, errors, made, wis


@pytest.mark.parametrize("law", LAWS)
def test_it_is_better_than_the_chain_ladder(law: str) -> None:
    triangles, truth = made(LAWS[law], 60, 7)
    found = nowcast(triangles, quantiles=QUANTILES)
    points, plain = chain_ladder(triangles, 7)
    assert not found.refused
    assert wis(found.quantiles, truth) < wis(plain, truth)
    assert errors(found.quantiles[..., 2], truth)[:3].sum() < errors(points, truth)[:3].sum()
    assert coverage(found.quantiles, truth) > 0.83


def test_days_whose_reports_are_all_in_are_told_as_they_are() -> None:
    triangles, truth = made(LAWS["steady"], 5, 1)
    found = nowcast(triangles)
    done = slice(0, triangles.shape[1] - DELAYS + 1)
    assert (found.quantiles[:, done] == truth[:, done, None]).all()
    assert (found.quantiles >= found.reported[..., None]).all()
    assert (np.diff(found.quantiles, axis=2) >= 0).all()


def test_the_same_triangles_give_the_same_figures() -> None:
    triangles, _ = made(LAWS["steady"], 3, 1)
    assert (nowcast(triangles, seed=4).quantiles == nowcast(triangles, seed=4).quantiles).all()
    assert (nowcast(triangles, seed=4).quantiles != nowcast(triangles, seed=5).quantiles).any()


def test_a_triangle_that_cannot_be_used_stops_no_other() -> None:
    triangles, _ = made(LAWS["steady"], 6, 1)
    triangles[1, 3, 2], triangles[2, 3, 2], triangles[3, 3, 2] = -1, np.nan, 1.5
    triangles[4] = np.where(np.isnan(triangles[4]), np.nan, 0)
    found = nowcast(triangles)
    assert found.refused == {1: "negative", 2: "missing", 3: "fraction", 4: "empty"}
    assert np.isnan(found.quantiles[1:5]).all() and not np.isnan(found.quantiles[[0, 5]]).any()


def test_fewer_days_than_delays_are_refused() -> None:
    triangles = np.where(np.arange(5)[:, None] + np.arange(5) < 5, 2.0, np.nan)
    assert nowcast(triangles).refused == {0: "short"}
    with pytest.raises(ValueError, match="the shape"):
        nowcast([1, 2, 3])


def test_few_reports_leave_more_open_than_many() -> None:
    triangles, _ = made(LAWS["steady"], 20, 3)
    few = np.where(np.isnan(triangles), np.nan, np.ceil(np.nan_to_num(triangles) / 8))
    both = nowcast(np.concatenate((triangles, few)), quantiles=(0.05, 0.5, 0.95)).quantiles[:, -3:]
    width = (both[..., 2] - both[..., 0]) / np.maximum(both[..., 1], 1)
    assert (width[20:].mean(0) > width[:20].mean(0)).all()


def test_a_declared_break_lets_the_level_jump_and_delays_be() -> None:
    """All reports rise fourfold from a day on, and that day brings a heap of old cases."""
    triangles, truth = made(LAWS["same day"], 40, 5)
    at = 56
    day, delay = np.arange(60)[:, None], np.arange(DELAYS)
    triangles = np.where(day >= at, triangles * 4, triangles)
    truth[:, at:] *= 4
    triangles = np.where((day < at) & (day + delay == at), triangles + 5, triangles)
    told = nowcast(triangles, quantiles=QUANTILES, breaks=[at])
    not_told = nowcast(triangles, quantiles=QUANTILES)
    ours, theirs = (abs(one.quantiles[:, at:, 2] - truth[:, at:]).sum() for one in (told, not_told))
    assert ours < theirs
