"""False alarms over many series: chances as stated, and few of those kept are chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from lianfang.epi.aberration.control import kept, unlikely


@pytest.mark.parametrize(("mean", "size"), [(0.2, 1e6), (2.0, 1e6), (15.0, 1e6), (15.0, 5.0)])
def test_a_chance_is_no_smaller_than_it_says(mean: float, size: float) -> None:
    """Of 3,000 series without an outbreak, counts hold as unlikely as 1 in 100 about that often, also the rare ones and
    those that vary more than Poisson's."""
    dice = np.random.default_rng(3)
    counts = dice.negative_binomial(size, size / (size + mean), (3000, 31))
    at, chances = unlikely(counts)
    assert at.tolist() == [30] and (chances <= 0.01).mean() < 0.02


@pytest.mark.parametrize("size", [1e6, 3.0, 1.0])
def test_without_an_outbreak_a_day_has_an_alarm_as_seldom_as_is_said(size: float) -> None:
    """Of 100 days of 1,000 series of all sizes, a tenth at most have one that is kept, within the binomial interval."""
    dice = np.random.default_rng(7)
    mean = np.exp(dice.normal(0, 1.6, (1000, 1)))
    counts = dice.negative_binomial(size, size / (size + mean), (1000, 130))
    days = kept(unlikely(counts)[1], 0.1).any(0)
    assert days.size == 100 and days.sum() <= binom.ppf(0.975, 100, 0.1)


def test_few_of_those_that_are_kept_are_chance() -> None:
    """2,000 series on one day, 100 with an outbreak of six times the usual: of those kept about a tenth are others."""
    dice = np.random.default_rng(5)
    counts = dice.poisson(4.0, (2000, 31)).astype(float)
    counts[:100, -1] = dice.poisson(24.0, 100)
    stay = kept(unlikely(counts)[1], 0.1)[:, 0]
    assert stay[:100].mean() > 0.9 and stay[100:].sum() <= 0.15 * stay.sum()
    assert not kept(unlikely(dice.poisson(4.0, (2000, 31)))[1], 0.1).any()


def test_what_cannot_be_used_is_never_kept() -> None:
    counts = np.ones((3, 31))
    counts[1, 3] = -1
    counts[2] = 0
    chances = unlikely(counts)[1]
    assert np.isnan(chances[1, 0]) and chances[2, 0] == 1 and not kept(chances, 0.5)[1:].any()
    assert unlikely(np.ones((2, 10)))[1].shape == (2, 0)
    for baseline, share in ((1, 0.1), (7, 0.0)):
        with pytest.raises(ValueError, match=r"from|between"):
            kept(unlikely(counts, baseline=baseline)[1], share)
