"""Detection: as the definitions say, time by time; what cannot be used; a rise is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears

COUNTS = [4, 7, 5, 6, 9, 3, 5, 8, 6, 4, 20, 25, 7, 6, 5, 4, 8]


@pytest.mark.parametrize(("method", "lag"), [("C1", 0), ("C2", 2)])
def test_ears_time_by_time(method: str, lag: int) -> None:
    found = ears(COUNTS, method, baseline=5, alpha=0.01)
    assert found.at.tolist() == list(range(5 + lag, len(COUNTS)))
    for place, at in enumerate(found.at):
        past = COUNTS[at - lag - 5 : at - lag]
        upper = np.mean(past) + stats.norm.ppf(0.99) * np.std(past, ddof=1)
        assert found.expected[0, place] == pytest.approx(np.mean(past))
        assert found.upper[0, place] == pytest.approx(upper) and found.alarm[0, place] == (COUNTS[at] > upper)
    assert found.alarm[0, 10 - 5 - lag]


def test_the_least_sd() -> None:
    flat = [3] * 20
    assert ears(flat, "C1").upper[0] == pytest.approx(3)
    assert ears(flat, "C1", minSigma=2).upper[0] == pytest.approx(3 + 2 * stats.norm.ppf(0.999))


@given(st.lists(st.integers(0, 30), min_size=14, max_size=60), st.integers(2, 9), st.floats(0.001, 0.2))
def test_c3_time_by_time(counts: list[int], baseline: int, alpha: float) -> None:
    found = ears(counts, "C3", baseline=baseline, alpha=alpha)
    for place, at in enumerate(found.at):
        above = []
        for time in (at - 2, at - 1, at):
            past = counts[time - 2 - baseline : time - 2]
            sd = np.std(past, ddof=1)
            above.append((counts[time] - np.mean(past), sd))
        if all(sd > 0 for _, sd in above):
            sum_before = sum(max(0.0, excess / sd - 1) for excess, sd in above[:2])
            upper = max(counts[at] + above[2][1] * (stats.norm.ppf(1 - alpha) - sum_before), 0)
            assert found.upper[0, place] == pytest.approx(upper, abs=1e-9)
        elif np.isnan(found.upper[0, place]):
            assert not found.alarm[0, place]


@given(st.lists(st.integers(0, 30), min_size=6, max_size=60), st.floats(0, 3), st.floats(0.1, 5), st.data())
def test_cusum_time_by_time(counts: list[int], k: float, h: float, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, len(counts) - 1))
    found = cusum(counts, first=first, k=k, h=h)
    mean = np.mean(counts[:first])
    if not mean:
        assert found.refused == {0: "empty"}
        return
    total = 0.0
    for place, at in enumerate(found.at):
        least = next(x for x in range(10_000) if total + (x - mean) / np.sqrt(mean) - k >= h - 1e-9)
        assert abs(found.upper[0, place] - least) <= 1
        total = max(total + (counts[at] - mean) / np.sqrt(mean) - k, 0)
        if abs(total - h) > 1e-9:
            assert found.alarm[0, place] == (total >= h)


def test_a_mean_that_is_given() -> None:
    found = cusum([0, 0, 9, 9], first=1, m=4.0)
    assert found.expected[0].tolist() == [4, 4, 4] and found.alarm[0].tolist() == [False, False, True]


@pytest.mark.parametrize("find", [lambda counts: ears(counts, "C2"), lambda counts: cusum(counts, first=9)])
@pytest.mark.parametrize(("value", "reason"), [(-1, "negative"), (np.nan, "missing"), (0.5, "fraction")])
def test_a_series_that_cannot_be_used_stops_no_other(find: Callable[[Any], Any], value: float, reason: str) -> None:
    found = find([COUNTS, [*COUNTS[:-1], value]])
    alone = find(COUNTS)
    assert found.refused == {1: reason} and not found.alarm[1].any()
    assert found.upper[0] == pytest.approx(alone.upper[0]) and found.alarm[0].tolist() == alone.alarm[0].tolist()


def test_too_little_past() -> None:
    assert ears(COUNTS[:7], "C1").refused == {0: "short"} and not ears(COUNTS[:8], "C1").refused
    assert ears(COUNTS[:11], "C3").refused == {0: "short"} and not ears(COUNTS[:12], "C3").refused
    assert cusum(COUNTS, first=len(COUNTS)).refused == {0: "short"}


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"baseline": 1}, "baseline"), ({"alpha": 0}, "alpha"), ({"minSigma": -1}, "minSigma"), ({"method": "C4"}, "C4")],
)
def test_settings_of_ears_out_of_range(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ears(COUNTS, **{"method": "C1", **given})


@pytest.mark.parametrize(
    ("given", "reason"), [({"k": -1}, "k"), ({"h": 0}, "h"), ({"m": np.nan}, "m"), ({"first": 0}, "first")]
)
def test_settings_of_cusum_out_of_range(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cusum(COUNTS, **{"first": 5, **given})
