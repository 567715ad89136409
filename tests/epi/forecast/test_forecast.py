"""Forecasts: what they keep to, what they see, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from lianfang.epi.forecast import joined
from lianfang.epi.forecast.ahead import INFORMATIVE, forecast
from lianfang.epi.forecast.members import MEMBERS, count
from lianfang.epi.reproduction.serial import discrete
from lianfang.epi.scores.quantiles import LEVELS

SERIAL = discrete(5.0, 2.5, 30)
MEDIAN = LEVELS.index(0.5)


def outbreaks(number: int, days: int, seed: int) -> np.ndarray:
    """By renewal, with an R that wanders around 1: (series, days)."""
    dice = np.random.default_rng(seed)
    cases = np.zeros((number, days))
    cases[:, :7] = dice.integers(20, 60, (number, 7))
    log_r = np.zeros(number)
    for day in range(7, days):
        log_r = 0.95 * log_r + dice.normal(0, 0.06, number)
        back = min(day, SERIAL.size - 1)
        mean = np.exp(log_r) * (cases[:, day - back : day][:, ::-1] @ SERIAL[1 : back + 1]) + 0.5
        cases[:, day] = dice.negative_binomial(20, 20 / (20 + mean))
    return cases


def test_better_than_either_baseline_and_covered_as_told() -> None:
    found = forecast(outbreaks(60, 80, 3), SERIAL, draws=200)
    own = np.nanmean(found.past.wis[:, 20:-1], 2)
    for name, origins in (("flat", 0.5), ("seasonal", 0.7)):
        other = np.nanmean(found.past.members[:, 20:-1, MEMBERS.index(name)], 2)
        assert (own < other).mean() >= origins and own.mean() < 0.9 * other.mean()
    told = np.nanmean(found.past.covered[:, 20:-1], (0, 1, 2))
    assert told == pytest.approx([0.5, 0.8, 0.95], abs=0.08)


def test_a_series_gives_among_others_what_it_gives_alone_and_again() -> None:
    cases = outbreaks(20, 40, 5)
    together, alone = forecast(cases, SERIAL, 7, draws=200), forecast(cases[17:18], SERIAL, 7, draws=200)
    assert np.array_equal(together.quantiles[17], alone.quantiles[0])
    assert np.array_equal(together.past.wis[17], alone.past.wis[0], equal_nan=True)
    other = forecast(cases[17:18], SERIAL, 7, draws=200, seed=2)
    assert not np.array_equal(other.quantiles, alone.quantiles)


def test_a_forecast_is_its_past_self_on_the_days_before() -> None:
    """What was scored of a day is what would have been told on that day: nothing later was seen."""
    cases = outbreaks(3, 50, 7)
    changed = cases.copy()
    changed[:, 40:] = 500
    before, after = (forecast(table, SERIAL, 7, draws=200).past for table in (cases, changed))
    assert np.array_equal(before.wis[:, :33], after.wis[:, :33], equal_nan=True)
    assert not np.array_equal(before.wis[:, 33:39], after.wis[:, 33:39], equal_nan=True)
    assert np.isnan(before.wis[:, -1]).all() and not np.isnan(before.wis[:, -2, 0]).any()


def test_past_forecasts_see_only_what_was_known() -> None:
    cases = outbreaks(2, 30, 11)
    days = cases.shape[1]
    late = np.repeat(cases[None], days, 0)
    for origin in range(days):
        late[origin, :, origin] = np.floor(cases[:, origin] / 4)  # the day itself was reported by a quarter
    found = forecast(cases, SERIAL, 7, draws=200, known=late)
    assert np.nanmean(found.past.wis) > np.nanmean(forecast(cases, SERIAL, 7, draws=200).past.wis)
    beyond = late.copy()
    for origin in range(days):
        beyond[origin, :, origin + 1 :] = np.nan
    again = forecast(cases, SERIAL, 7, draws=200, known=beyond)
    assert np.array_equal(again.past.wis, found.past.wis, equal_nan=True)


def test_a_nowcast_stands_for_the_last_days_and_its_doubt_is_kept() -> None:
    cases = outbreaks(4, 40, 13)
    low = cases.copy()
    low[:, -3:] = np.floor(low[:, -3:] / 4)
    dice = np.random.default_rng(1)
    sure = np.repeat(cases[None, :, -3:], 50, 0)
    unsure = np.maximum(np.round(sure * dice.lognormal(0, 0.5, sure.shape)), 0)
    truth = forecast(cases, SERIAL, 7, draws=400).quantiles[:, :, :]
    mended = forecast(low, SERIAL, 7, draws=400, nowcast=sure).quantiles
    assert mended[:, 0, MEDIAN] == pytest.approx(truth[:, 0, MEDIAN], rel=0.5)
    wide = forecast(low, SERIAL, 7, draws=400, nowcast=unsure).quantiles
    assert (wide[:, 6, -2] - wide[:, 6, 1]).mean() > (mended[:, 6, -2] - mended[:, 6, 1]).mean()


def test_a_break_is_not_learnt_from_and_not_scored() -> None:
    cases = outbreaks(2, 40, 17)
    jump = cases.copy()
    jump[:, 36] = 20_000
    declared, plain = forecast(jump, SERIAL, 7, draws=200, breaks=[36]), forecast(jump, SERIAL, 7, draws=200)
    assert declared.quantiles.max() < 2_000 < plain.quantiles.max()
    scored = declared.past.wis
    assert (
        np.isnan(scored[:, 35, 0]).all() and np.isnan(scored[:, 30, 5]).all() and not np.isnan(scored[:, 35, 1]).any()
    )


def test_what_cannot_be_used_is_refused_with_its_reason_and_stops_no_other() -> None:
    cases = outbreaks(5, 40, 19)
    cases[0] = 0
    cases[1, INFORMATIVE - 1 :] = 0
    cases[1, : INFORMATIVE - 1] = 3
    cases[2, 5], cases[3, 5] = -1, np.nan
    found = forecast(cases, SERIAL, 7, draws=200)
    assert dict(found.refused) == {0: "few", 1: "few", 2: "negative", 3: "missing"}
    assert np.isnan(found.quantiles[:4]).all() and not np.isnan(found.quantiles[4]).any()
    cases[1, INFORMATIVE - 1] = 1
    assert 1 not in forecast(cases, SERIAL, 7, draws=200).refused


def test_all_zeros_after_an_outbreak_give_few_cases() -> None:
    found = forecast(np.concatenate(([5] * 12, [0] * 30)), SERIAL, 14, draws=200)
    assert found.quantiles[0, :, MEDIAN].max() <= 1 and found.quantiles.min() >= 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"days": 0}, "days"),
        ({"draws": 1}, "draws"),
        ({"breaks": [0]}, "break"),
        ({"breaks": [40]}, "break"),
        ({"nowcast": np.ones((5, 3, 2))}, "nowcast"),
        ({"known": np.ones((3, 1, 40))}, "known"),
    ],
)
def test_arguments_that_cannot_be_are_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        forecast(outbreaks(1, 40, 1), SERIAL, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("serial", [[1.0, 0.0], [0.0], [0, -1, 2], [[0, 1]]])
def test_a_serial_interval_without_mass_is_refused(serial: list[float]) -> None:
    with pytest.raises(ValueError, match="serial interval"):
        forecast(outbreaks(1, 40, 1), serial)


def test_a_member_that_was_better_weighs_more_and_only_by_what_was_known() -> None:
    scores = np.ones((1, 30, 4, 3))
    scores[:, :, 1] = 0.5
    scores[:, 20:, 2] = 1e-3
    found = joined.weights(scores)
    assert found.sum(2) == pytest.approx(1)
    assert found[0, 20, 1] > 0.5 and found[0, 20, 2] < found[0, 20, 1]
    assert found[0, 20, 2] == found[0, 20, 0]  # the first score of day 20 is known on day 21
    assert found[0, 29, 2] > found[0, 20, 2]


@pytest.mark.parametrize(("mean", "extra"), [(3.0, 0.05), (40.0, 0.1), (1000.0, 0.3)])
def test_counts_have_the_mean_and_variance_that_are_asked(mean: float, extra: float) -> None:
    drawn = np.array([count(mean, extra, z) for z in np.random.default_rng(1).standard_normal(40_000)])
    assert drawn.mean() == pytest.approx(mean, rel=0.03)
    assert drawn.var() == pytest.approx(mean + extra * mean**2, rel=0.08)
