"""From reports to complete counts, R and the days ahead, the doubt of each in the next."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import gamma

from lianfang.epi.daily import daily
from lianfang.epi.nowcast.cases import nowcast
from lianfang.epi.reproduction.cori import cori, infectiousness
from lianfang.epi.reproduction.nowcasted import cori_of_draws
from lianfang.epi.reproduction.serial import discrete, sliding

SERIAL = discrete(7.5, 3.4, 30)
DAYS, DELAYS = 50, 12


def triangles(series: int, mean: float) -> np.ndarray:
    """Reports (series, days, delays) of as many cases on every day."""
    dice = np.random.default_rng(series)
    law = np.bincount(np.minimum(dice.gamma(3, 1.2, 10_000).astype(int), DELAYS - 1), minlength=DELAYS) / 10_000
    whole = dice.poisson(mean * law, (series, DAYS, DELAYS)).astype(float)
    known = np.arange(DAYS)[:, None] + np.arange(DELAYS) < DAYS
    return np.where(known, whole, np.nan)


def test_r_of_known_counts_is_that_of_cori_and_of_draws_their_mixture() -> None:
    table = triangles(2, 12.0)
    found = nowcast(table, draws=100)
    windows = sliding(DAYS, 7)
    told, below = cori_of_draws(found.reported, found.drawn, SERIAL, windows)
    plain = cori(found.reported, SERIAL, windows)
    closed = windows[1] <= DAYS - DELAYS + 1
    np.testing.assert_allclose(told.quantiles[:, closed], plain.quantiles[:, closed], rtol=1e-9)
    whole = np.repeat(found.reported[:1], 100, 0)
    whole[:, DAYS - DELAYS + 1 :] = found.drawn[:, 0]
    shape, rate = 1 + whole[:, -7:].sum(1), 1 / 5 + infectiousness(whole, SERIAL)[0, :, -7:].sum(1)
    each = gamma.rvs(shape, scale=1 / rate, size=(2000, 100), random_state=3).ravel()
    np.testing.assert_allclose(told.quantiles[0, -1], np.quantile(each, (0.025, 0.5, 0.975)), rtol=0.02)
    assert abs(told.mean[0, -1] / (shape / rate).mean() - 1) < 1e-9 and abs(below[0, -1] - (each < 1).mean()) < 0.02


def test_draws_are_courses_whose_days_go_together() -> None:
    """Expected counts of neighbouring days are alike in a draw: their sum varies more than that of separate days."""
    table = triangles(1, 80.0)
    last = nowcast(table, draws=1000).drawn[:, 0, -3:]
    assert last.sum(1).var() > 1.2 * last.var(0).sum()


def test_the_forecast_goes_on_from_complete_counts() -> None:
    """With most of the last days unreported, the forecast of tomorrow is near what happens, not near what is told."""
    table = triangles(30, 40.0)
    found = daily(table, SERIAL, draws=100, days=7, origins=7)
    middle = found.ahead.quantiles[:, :, 11].mean()
    assert abs(middle / 40 - 1) < 0.15 and found.now.reported[:, -3:].mean() < 20
    assert abs(found.reproduction.quantiles[:, -1, 3].mean() - 1) < 0.15
    assert (~np.isnan(found.ahead.past.wis[0])).any(1).sum() <= 7


def test_later_days_tell_of_those_before() -> None:
    """With ``after`` R ends and the forecast begins before, and knows more of its last days."""
    table = triangles(1, 40.0)
    found, plain = (daily(table, SERIAL, draws=100, after=after) for after in (8, 0))
    assert found.reproduction.end[-1] == DAYS - 8 and plain.reproduction.end[-1] == DAYS
    assert found.ahead.quantiles.shape == plain.ahead.quantiles.shape
    with pytest.raises(ValueError, match="after"):
        daily(table, SERIAL, after=DAYS - 5)


def test_a_refused_series_is_told_and_hinders_none() -> None:
    table = triangles(4, 15.0)
    table[1] = np.where(np.isnan(table[1]), np.nan, 0)
    table[2, 3, 2] = -1
    found, alone = daily(table, SERIAL, draws=100), daily(table[3:], SERIAL, draws=100)
    for part in (found.now.refused, found.reproduction.refused, found.ahead.refused):
        assert dict(part) == {1: "empty", 2: "negative"}
    assert np.isnan(found.ahead.quantiles[1:3]).all() and np.isnan(found.below_one[1:3]).all()
    np.testing.assert_allclose(found.ahead.quantiles[3], alone.ahead.quantiles[0])
