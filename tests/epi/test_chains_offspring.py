"""The offspring distribution, beside the likelihood written out and on outbreaks whose k is known."""

from __future__ import annotations

from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lianfang.epi.chains.offspring import fit

CHI2_95 = 3.841458820694124  # quantile of the chi-squared distribution with one degree of freedom
COUNTS = st.lists(st.integers(0, 25), min_size=2, max_size=40)


def likelihood(counts: list[int], k: float) -> float:
    """The logarithm of the negative binomial probability of the counts, R being their mean."""
    mean = sum(counts) / len(counts)
    return sum(
        lgamma(x + k) - lgamma(k) - lgamma(x + 1) + k * log(k / (k + mean)) + (x * log(mean / (k + mean)) if x else 0)
        for x in counts
    )


def poisson(counts: list[int]) -> float:
    mean = sum(counts) / len(counts)
    return sum(x * log(mean) - mean - lgamma(x + 1) for x in counts)


@given(COUNTS)
def test_no_other_k_is_likelier(counts: list[int]) -> None:
    assume(sum(counts))
    got = fit(counts)
    assert pytest.approx(np.mean(counts)) == got.R
    best = likelihood(counts, got.k) if got.k is not None else poisson(counts)
    assert best >= max(likelihood(counts, exp(at)) for at in np.linspace(-6, 8, 120)) - 1e-6
    if np.var(counts) > 1.01 * np.mean(counts):
        assert got.k is not None


@given(COUNTS)
def test_the_interval_ends_where_the_loss_is_that_of_its_level(counts: list[int]) -> None:
    assume(sum(counts))
    got = fit(counts)
    best = likelihood(counts, got.k) if got.k is not None else poisson(counts)
    assert got.k_low is not None
    assert 2 * (best - likelihood(counts, got.k_low)) == pytest.approx(CHI2_95, abs=1e-5)
    if got.k_high is None:
        assert 2 * (best - poisson(counts)) <= CHI2_95 + 1e-6
    else:
        assert 2 * (best - likelihood(counts, got.k_high)) == pytest.approx(CHI2_95, abs=1e-5)
        assert got.k is not None and got.k_low < got.k < got.k_high


@pytest.mark.parametrize(("r", "k"), [(1.5, 0.16), (0.8, 0.5), (2.5, 1.0)])
def test_the_interval_holds_the_true_k_as_often_as_it_says(r: float, k: float) -> None:
    """1,000 outbreaks of 300 cases; 95 % of the intervals, give or take three standard errors of such a share (2.1
    points)."""
    dice = np.random.default_rng(42)
    fits = [fit(dice.negative_binomial(k, k / (k + r), 300)) for _ in range(1000)]
    held = sum((f.k_low or 0) <= k <= (f.k_high if f.k_high is not None else np.inf) for f in fits)
    assert 929 <= held <= 971
    assert np.median([f.k for f in fits if f.k is not None]) == pytest.approx(k, rel=0.05)


def test_ebola_in_conakry() -> None:
    """152 cases of the chains that Faye et al. drew (Lancet Infect Dis 2015;15:320), by how many each infected; R 0.95
    and k 0.18 (0.10 to 0.26) by Althaus (Lancet Infect Dis 2015;15:507, doi:10.1016/S1473-3099(15)70135-0)."""
    cases = {0: 109, 1: 16, 2: 9, 3: 5, 4: 5, 5: 2, 8: 1, 9: 3, 14: 1, 17: 1}
    got = fit(np.repeat(list(cases), list(cases.values())))
    assert got.n == 152 and got.R is not None and got.k is not None
    assert (round(got.R, 2), round(got.k, 2)) == (0.95, 0.18)
    assert got.k_low == pytest.approx(0.10, abs=0.02) and got.k_high == pytest.approx(0.26, abs=0.02)


def test_a_smaller_level_gives_a_narrower_interval() -> None:
    counts = [0] * 30 + [1] * 6 + [3, 5, 12]
    wide, narrow = fit(counts, level=0.95), fit(counts, level=0.5)
    assert wide.k_low < narrow.k_low < narrow.k < narrow.k_high < wide.k_high  # type: ignore[operator]


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ([5, 0, 0, 0, 0], 1.0),
        ([1, 1, 1, 1, 1], 0.2),
        ([4, 2, 1, 1, 0, 0, 0], (4 + 0.4 * 2) / 8),  # a fifth of seven cases is 1.4
        ([3, 0], 0.4),
    ],
)
def test_the_share_of_the_fifth_that_infected_most(counts: list[int], share: float) -> None:
    assert fit(counts).top20_share == pytest.approx(share)


def test_what_cannot_be_said_is_not_said() -> None:
    assert fit([]).R is None
    nobody = fit([0, 0, 0])
    assert (nobody.n, nobody.R, nobody.k, nobody.k_low, nobody.top20_share) == (3, 0.0, None, None, None)
    alike = fit([1, 1, 1, 1])
    assert (alike.R, alike.k, alike.k_high) == (1.0, None, None) and alike.k_low is not None


@pytest.mark.parametrize("counts", [[-1, 2], [0.5, 1.0], [[1, 2]]])
def test_counts_are_whole_numbers(counts: list[object]) -> None:
    with pytest.raises(ValueError, match="whole numbers from 0"):
        fit(counts)
