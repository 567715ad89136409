"""Fits of delays that were drawn from a known law, told by the day and cut off by the day of the data."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats  # type: ignore[import-untyped]
from scipy.integrate import quad  # type: ignore[import-untyped]

from lianfang.epi.delays.fit import TooFew, fit
from lianfang.epi.delays.laws import LAWS, integral

TRUTH = {
    "gamma": ((2.5, 2.0), stats.gamma(2.5, scale=2.0)),
    "lognormal": ((4.0, 0.7), stats.lognorm(0.7, scale=4.0)),
    "weibull": ((1.6, 6.0), stats.weibull_min(1.6, scale=6.0)),
}


@pytest.mark.parametrize("law", TRUTH)
def test_laws_are_those_of_scipy(law: str) -> None:
    parameters, theirs = TRUTH[law]
    ours, at = LAWS[law], np.array([0.3, 1.0, 4.5, 20.0])
    assert ours.up_to(at, *parameters) == pytest.approx(theirs.cdf(at), rel=1e-12)
    assert ours.quantile(np.array([0.05, 0.9]), *parameters) == pytest.approx(theirs.ppf([0.05, 0.9]), rel=1e-12)
    assert ours.mean_sd(*parameters) == pytest.approx((theirs.mean(), theirs.std()), rel=1e-12)
    for x in at:
        assert integral(ours, x, *parameters) == pytest.approx(quad(theirs.cdf, 0, x)[0], rel=1e-7)
    assert integral(ours, np.array([-3.0]), *parameters) == 0


@pytest.mark.parametrize("law", TRUTH)
def test_a_growing_epidemic_that_is_cut_off_biases_no_fit(law: str) -> None:
    dice = np.random.default_rng(1)
    begin = 40 - dice.exponential(6, 4000)
    end = begin + TRUTH[law][1].rvs(4000, random_state=dice)
    first, second = np.floor(begin), np.floor(end)
    seen = second <= 40
    found = fit(first[seen], second[seen], law, as_of=40)
    mean, sd = TRUTH[law][1].mean(), TRUTH[law][1].std()
    assert found.mean[1] < mean < found.mean[2] and found.sd[1] < sd < found.sd[2]
    assert (second - first)[seen].mean() < found.mean[1]
    assert fit(first[seen], second[seen], law).mean[2] < mean


def test_the_law_that_made_the_delays_fits_them_best() -> None:
    dice = np.random.default_rng(2)
    first = np.floor(dice.uniform(0, 50, 3000))
    for law, (_, theirs) in TRUTH.items():
        second = np.floor(first + dice.random(3000) + theirs.rvs(3000, random_state=dice))
        assert min(TRUTH, key=lambda one: fit(first, second, one).aic) == law


def test_windows_of_several_days() -> None:
    """Exposure in some days, as of travellers: as the incubation period is estimated."""
    dice = np.random.default_rng(3)
    wide = dice.integers(1, 8, 1500)
    exposed = dice.random(1500) * wide
    onset = np.floor(exposed + TRUTH["lognormal"][1].rvs(1500, random_state=dice))
    found = fit(np.zeros(1500), onset, "lognormal", widths=np.column_stack((wide, np.ones(1500))))
    assert found.parameters["median"] == pytest.approx(4.0, rel=0.08)
    assert found.parameters["sdlog"] == pytest.approx(0.7, rel=0.1)


def test_what_cannot_be_fitted_is_refused() -> None:
    with pytest.raises(TooFew):
        fit([1] * 9, range(2, 11), "gamma")
    with pytest.raises(TooFew):
        fit([1] * 20, [4] * 20, "gamma")
    with pytest.raises(ValueError, match="before the first"):
        fit([5] * 20, range(20), "gamma")
    with pytest.raises(ValueError, match="after the last day"):
        fit([5] * 20, range(5, 25), "gamma", as_of=20)
