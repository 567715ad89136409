"""Infections from onsets: made with a known delay, found again; and what cannot be used."""

from __future__ import annotations

import numpy as np
import pytest

from lianfang.epi.delays.laws import by_mean_sd
from lianfang.epi.nowcast.deconvolved import LEAST_SHARE, deconvolve

DELAY = by_mean_sd(5.5, 2.4, 22)
BACK, DAYS = DELAY.size - 1, 60


def outbreaks(number: int, size: float) -> tuple[np.ndarray, np.ndarray]:
    """Infections that rise and fall, (series, days before and of the counts), and the onsets that follow."""
    dice = np.random.default_rng(7)
    course = size * np.exp(-(((np.arange(DAYS + BACK) - BACK - 25) / 9) ** 2)) + 0.2
    infected = dice.poisson(course, (number, course.size))
    onsets = np.zeros((number, course.size + BACK))
    for row, day in np.ndindex(infected.shape):
        onsets[row, day : day + DELAY.size] += dice.multinomial(infected[row, day], DELAY)
    return infected, onsets[:, BACK : BACK + DAYS]


def test_a_delay_by_day_has_the_mean_and_sd_that_are_asked() -> None:
    days = np.arange(60)
    for law in ("gamma", "lognormal"):
        chances = by_mean_sd(5.5, 2.4, 60, law)
        mean = (days * chances).sum()
        sd = np.sqrt((days**2 * chances).sum() - mean**2)
        # the first event is as likely at any time of its day, which adds the variance of a day twice
        assert (mean, sd) == pytest.approx((5.5, np.sqrt(2.4**2 + 1 / 6)), rel=5e-3)


def test_infections_are_found_where_they_were_and_counted_as_told() -> None:
    infected, onsets = outbreaks(40, 40.0)
    found = deconvolve(onsets, DELAY)
    told = ~np.isnan(found.mean[0])
    assert found.first == BACK and told.sum() == (found.share >= LEAST_SHARE).sum()
    whole = slice(BACK + 3, BACK + 50)
    assert found.mean[:, whole].sum() == pytest.approx(infected[:, whole].sum(), rel=0.03)
    course = infected.mean(0)
    shifted = np.roll(onsets.mean(0), -5)[3:50]
    assert abs(found.mean.mean(0)[whole] - course[whole]).sum() < 0.6 * abs(shifted - course[whole]).sum()
    inside = (found.quantiles[:, told, 1] <= infected[:, told]) & (infected[:, told] <= found.quantiles[:, told, 5])
    assert 0.88 <= inside.mean() <= 0.98


def test_what_is_expected_is_that_of_the_plain_iteration() -> None:
    """Written out with a matrix, as in the paper, for as many rounds as bring the counts as near as chance."""
    onsets = outbreaks(1, 60.0)[1][0]
    ways = np.array(
        [[DELAY[i - j + BACK] if 0 <= i - j + BACK <= BACK else 0.0 for j in range(DAYS + BACK)] for i in range(DAYS)]
    )
    mean_days = round(float(np.arange(DELAY.size) @ DELAY))
    at = np.clip(np.arange(DAYS + BACK) - BACK + mean_days, 0, DAYS - 1)
    events = np.array([onsets[max(k - 3, 0) : k + 4].mean() + 0.1 for k in at])
    for step in range(100):
        expected = ways @ events
        if step and ((onsets - expected) ** 2 / expected).mean() < 1:
            break
        events = events * (ways.T @ (onsets / expected)) / np.maximum(ways.sum(0), 1e-300)
    found = deconvolve(onsets, DELAY)
    told = found.share >= LEAST_SHARE
    np.testing.assert_allclose(found.mean[0, told], events[told], rtol=1e-9)
    np.testing.assert_allclose(found.share, ways.sum(0), atol=1e-12)


def test_a_delay_of_no_day_leaves_the_counts_and_one_of_three_days_moves_them() -> None:
    counts = outbreaks(1, 30.0)[1]
    at_once = deconvolve(counts, [1.0])
    assert at_once.first == 0 and at_once.mean[0] == pytest.approx(counts[0], abs=1e-9)
    later = deconvolve(counts, [0, 0, 0, 1.0])
    assert later.first == 3 and later.mean[0, :DAYS] == pytest.approx(counts[0], abs=1e-9)
    assert np.isnan(later.mean[0, DAYS:]).all()


def test_the_doubt_of_a_nowcast_goes_on_into_it() -> None:
    counts = outbreaks(2, 30.0)[1]
    dice = np.random.default_rng(1)
    drawn = np.maximum(counts[None, :, -15:] + dice.normal(0, 12, (100, 2, 15)), 0).round()
    sure, unsure = deconvolve(counts, DELAY), deconvolve(counts, DELAY, drawn=drawn)
    last, first = slice(BACK + 45, BACK + 52), slice(BACK, BACK + 20)

    def width(part: slice, of: np.ndarray) -> float:
        return float((of[:, part, -1] - of[:, part, 0]).mean())

    assert width(last, unsure.quantiles) > 1.2 * width(last, sure.quantiles)
    assert width(first, unsure.quantiles) == pytest.approx(width(first, sure.quantiles), rel=0.15)


def test_a_series_gives_alone_what_it_gives_among_others_and_one_that_cannot_be_used_stops_none() -> None:
    counts = outbreaks(5, 10.0)[1]
    counts[0], counts[1, 3], counts[2, 4] = 0, -1, np.nan
    counts[3] = 0
    counts[3, 20] = 1
    found, alone = deconvolve(counts, DELAY), deconvolve(counts[4], DELAY)
    assert found.refused == {0: "empty", 1: "negative", 2: "missing"}
    assert np.isnan(found.mean[:3]).all() and found.mean[3, BACK : BACK + 20].sum() == pytest.approx(1, abs=0.01)
    assert np.array_equal(found.quantiles[4], alone.quantiles[0], equal_nan=True)


@pytest.mark.parametrize("delay", [[], [0.0, 0.0], [1.0, -0.1], [[1.0]], [np.nan, 1]])
def test_what_can_be_no_delay_is_refused(delay: list[float]) -> None:
    with pytest.raises(ValueError, match="delay"):
        deconvolve([1, 2, 3], delay)


def test_draws_that_do_not_fit_are_refused() -> None:
    for draws in (np.ones((0, 1, 2)), np.ones((5, 2, 2)), np.ones((5, 1, 9))):
        with pytest.raises(ValueError, match="draws"):
            deconvolve([1, 2, 3], [0.5, 0.5], drawn=draws)
