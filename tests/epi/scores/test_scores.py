"""Scores of quantiles: by hand, by the definition of intervals, and where they must refuse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.epi.scores.quantiles import LEVELS, covered, wis

FIVE = (0.05, 0.25, 0.5, 0.75, 0.95)


def by_intervals(quantiles: list[float], levels: tuple[float, ...], truth: float) -> float:
    """As Bracher et al. (2021) write it: widths, what lies below and above, and the median."""
    half = len(levels) // 2
    total = abs(truth - quantiles[half]) / 2
    for place in range(half):
        low, high, alpha = quantiles[place], quantiles[-1 - place], 2 * levels[place]
        total += alpha / 2 * (high - low) + max(low - truth, 0) + max(truth - high, 0)
    return total / (half + 0.5)


def test_a_score_by_hand() -> None:
    # widths 6 and 2 at 10 and 50 %, truth 1 above the wider one, 3 above the narrower, 4 above the median
    expected = (4 / 2 + 0.05 * 6 + 1 + 0.25 * 2 + 3) / 2.5
    assert wis([4, 6, 7, 8, 10], FIVE, 11) == pytest.approx(expected)


@given(st.lists(st.floats(-1e3, 1e3), min_size=23, max_size=23), st.floats(-1e3, 1e3))
def test_a_score_is_that_of_its_intervals(numbers: list[float], truth: float) -> None:
    quantiles = sorted(numbers)
    assert wis(quantiles, LEVELS, truth) == pytest.approx(by_intervals(quantiles, LEVELS, truth), abs=1e-9)


def test_the_true_law_scores_best_and_is_covered_as_told() -> None:
    dice = np.random.default_rng(1)
    truth = dice.normal(100, 10, 20_000)
    true = np.quantile(dice.normal(100, 10, 400_000), LEVELS)
    mean = [
        wis(np.tile(law, (truth.size, 1)), LEVELS, truth).mean()
        for law in (true, true + 4, 100 + 2 * (true - 100), 100 + (true - 100) / 2)
    ]
    assert mean[0] == min(mean)
    assert covered(np.tile(true, (truth.size, 1)), LEVELS, truth).mean(0) == pytest.approx([0.5, 0.8, 0.95], abs=0.01)


def test_the_ends_are_within_and_the_unknown_is_neither() -> None:
    quantiles = [[4, 6, 7, 8, 10]] * 4
    told = covered(quantiles, FIVE, [4, 10, 10.5, np.nan], [0.9])
    assert told[:3, 0].tolist() == [1, 1, 0] and np.isnan(told[3, 0])
    assert np.isnan(wis(quantiles, FIVE, [4, 10, 10.5, np.nan])).tolist() == [False, False, False, True]


@pytest.mark.parametrize("levels", [(0.5, 0.25, 0.75), (0.1, 0.5, 0.8), (0.25, 0.75), (0.0, 0.5, 1.0), ()])
def test_levels_that_are_no_intervals_are_refused(levels: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="levels"):
        wis(np.zeros(len(levels)), levels, 1)


def test_quantiles_that_fall_or_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="fall"):
        wis([1, 2, 3, 2, 5], FIVE, 1)
    with pytest.raises(ValueError, match="here is"):
        wis([[1, 2, 3, 4, 5]], FIVE, [1, 2])
    with pytest.raises(ValueError, match="80%"):
        covered([1, 2, 3, 4, 5], FIVE, 1, [0.8])
