"""Serial intervals, plain and with possible intermediate cases."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.epi.chains import intermediates, intervals

NAN = float("nan")


def test_a_pair_without_both_onsets_has_no_interval() -> None:
    got = intervals.serial_intervals([3, 8, NAN, 1], [0, 0, 2, 1], [1, 2, 3, 3])
    assert got[[0, 3]].tolist() == [5, -7] and np.isnan(got[[1, 2]]).all()
    assert intervals.summary(got) == intervals.Summary(2, -1.0, sqrt(72), -1.0, 1)


def test_few_intervals_say_little() -> None:
    assert intervals.summary([NAN]) == intervals.Summary(0, None, None, None, 0)
    assert intervals.summary([4]) == intervals.Summary(1, 4.0, None, 4.0, 0)


def test_by_period_of_the_infectors_onset() -> None:
    early, late = intervals.by_period([5, 7, 2, NAN], [1, 7, 8, 3], [(1, 7), (8, 14)])
    assert (early.n, early.mean, late.n, late.mean) == (2, 6.0, 1, 2.0)


def test_checks_of_pairs() -> None:
    between = [5, -1, NAN, 0, 15, -20]
    assert intervals.onset_before_infectors(between).tolist() == [1, 5]
    assert intervals.longer_than(between, 14).tolist() == [4, 5]


def test_index_intervals_take_the_first_cases_of_each_cluster() -> None:
    onsets = [10, 4, 6, 30, NAN, 5, 9, 31, NAN]
    label = [0, 0, 0, 1, 0, 0, 0, 1, 2]
    assert intermediates.index_intervals(onsets, label).tolist() == [1, 2, 5, 1]
    assert intermediates.index_intervals(onsets, label, first=2).tolist() == [1, 1]
    assert intermediates.index_intervals([NAN], [0]).size == 0


def averaged(day: int, mean: float, sd: float) -> float:
    """A normal density averaged over the triangle, by summing narrow strips."""
    low, high = (0, 1) if day == 0 else (day - 1, day + 1)
    at = low + (np.arange(20_000) + 0.5) * (high - low) / 20_000
    height = (2 - 2 * at) if day == 0 else 1 - abs(at - day)
    density = np.exp(-(((at - mean) / sd) ** 2) / 2) / (sd * sqrt(2 * pi))
    return float((height * density).sum() * (high - low) / 20_000)


def by_strips(days: list[int], mu: float, sigma: float, steps: int) -> tuple[float, float]:
    """The estimate as Vink et al. have it in words: expectation and maximisation, interval by interval."""
    for _ in range(steps):
        parts = []
        for day in days:
            own = averaged(day, mu, sigma)
            others = 2 * averaged(day, 0, sqrt(2) * sigma) + averaged(day, -mu, sigma)
            for many in (2, 3):
                others += sum(averaged(day, side * many * mu, sqrt(many) * sigma) for side in (1, -1))
            parts.append(own / (own + others))
        weights = np.array(parts)
        mu = float((weights * days).sum() / weights.sum())
        squares = (weights * (np.array(days) - mu) ** 2).sum()
        sigma = sqrt(weights.sum() * squares / (weights.sum() ** 2 - (weights**2).sum()))
    return mu, sigma


@pytest.mark.parametrize("days", [[0, 1, 2, 4, 4, 5, 5, 6, 9, 10, 14], [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]])
def test_the_mixture_is_the_one_described(days: list[int]) -> None:
    got = intermediates.estimate(days, draws=0, seed=1)
    assert (got.mean, got.sd) == pytest.approx(by_strips(days, 10.0, 4.0, 100), abs=1e-4)
    assert (got.low, got.high, got.n) == (None, None, len(days))
    assert "Vink" in got.method and "10.7554/eLife.57149" in got.source


@pytest.mark.parametrize(("mean", "sd"), [(5.0, 1.0), (8.0, 1.0), (15.0, 2.0)])
def test_a_known_serial_interval_comes_out(mean: float, sd: float) -> None:
    """3,000 intervals over the four routes, known to the day; the plain mean of them would be far longer."""
    dice = np.random.default_rng(3)
    own = dice.normal(mean, sd, (3000, 3))
    steps = dice.integers(0, 4, 3000)
    whole = np.where(steps == 0, abs(own[:, 0] - own[:, 1]), abs(np.cumsum(own, 1)[np.arange(3000), steps - 1]))
    got = intermediates.estimate(np.floor(dice.random(3000) + whole).astype(int), draws=20, seed=1)
    assert got.mean == pytest.approx(mean, abs=0.1) and got.sd == pytest.approx(sd, abs=0.25)
    assert got.low is not None and got.high is not None and got.low < got.mean < got.high


def test_a_length_that_is_far_off_does_not_undo_the_estimate() -> None:
    days = [3, 4, 4, 4, 5, 5, 5, 6, 8, 9, 10, 11]
    one, other = (intermediates.estimate(found, draws=0, seed=1) for found in (days, [*days, 4000]))
    assert other.n == one.n + 1 and other.mean == pytest.approx(one.mean)


def test_the_same_seed_gives_the_same_interval() -> None:
    days = [0, 1, 2, 4, 4, 5, 5, 6, 9, 10, 14]
    one, again, other = (intermediates.estimate(days, draws=30, seed=seed) for seed in (1, 1, 2))
    assert one == again and one.mean == other.mean and one.low != other.low


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, 40), max_size=12))
def test_any_intervals_are_estimated_or_refused(days: list[int]) -> None:
    got = intermediates.estimate(np.array(days, np.int64), draws=5, seed=1)
    assert got.n == len(days)
    assert got.mean is None or (0 <= got.mean <= max(days) and got.sd is not None and got.sd >= 0)


def test_intervals_that_cannot_be() -> None:
    for days in ([-1, 2], [0.5, 1.5]):
        with pytest.raises(ValueError, match="whole days from 0"):
            intermediates.estimate(days, draws=0, seed=1)
    assert intermediates.estimate([4, 4, 4], draws=5, seed=1).mean is None
