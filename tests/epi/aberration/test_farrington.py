"""Farrington's flexible method: its past, its alarms, and what cannot be used."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lianfang.epi.aberration.farrington import Settings, farrington_flexible, past
from lianfang.epi.aberration.quasi_poisson import fit

WEEKS = 5 * 52
SEASON = 1 + 0.5 * np.cos(2 * np.pi * np.arange(WEEKS) / 52)
SETTINGS = Settings(b=4, noPeriods=10, pastWeeksNotIncluded=26, thresholdMethod="nbPlugin", alpha=0.01, limit54=(0, 1))


def made(seed: int, series: int = 200, mean: float = 20) -> np.ndarray:
    return np.random.default_rng(seed).poisson(mean * SEASON, (series, WEEKS)).astype(float)


def test_the_past_of_a_count() -> None:
    times, parts = past(259, SETTINGS)
    assert times.tolist() == list(range(259 - 4 * 52 - 3, 259 - 26))
    assert [times[parts == 0].tolist()[n] for n in (0, 7, 14)] == [259 - 4 * 52 - 3, 259 - 3 * 52 - 3, 259 - 2 * 52 - 3]
    assert {int((parts == part).sum()) for part in range(1, 10)} == {15, 17, 20} and times.size == parts.size
    alone, season = past(259, Settings(b=2, w=1))
    assert alone.tolist() == [154, 155, 156, 206, 207, 208] and not season.any()
    assert past(259, Settings(b=1, w=2, pastWeeksNotIncluded=1))[0].tolist() == [205, 206, 207, 208, 209, 257]


def test_few_false_alarms_and_a_rise_is_found() -> None:
    counts = made(1)
    found = farrington_flexible(counts, SETTINGS, WEEKS - 1)
    assert abs(found.expected[:, 0] / (20 * SEASON[-1]) - 1).max() < 0.4
    assert found.alarm.sum() <= 10
    counts[:, -1] += 40
    risen = farrington_flexible(counts, SETTINGS, WEEKS - 1)
    assert risen.alarm.all() and (risen.upper == found.upper).all()


def test_an_outbreak_of_the_past_counts_less() -> None:
    counts = made(2)
    counts[:, 150:154] += 100
    told = {
        reweight: farrington_flexible(
            counts, Settings(b=4, noPeriods=10, reweight=reweight, thresholdMethod="nbPlugin"), WEEKS - 1
        ).upper
        for reweight in (True, False)
    }
    assert (told[True] < told[False]).mean() > 0.95


def test_too_few_cases_for_a_bound() -> None:
    counts = np.zeros((2, WEEKS))
    counts[:, ::7] = 1
    counts[1, -1] = 5
    found = farrington_flexible(counts, Settings(b=4, thresholdMethod="nbPlugin"), WEEKS - 1)
    assert (
        np.isnan(found.upper[0, 0]) and np.isfinite(found.upper[1, 0]) and found.alarm[:, 0].tolist() == [False, True]
    )


PACKAGE = [
    ({}, [16.658958986586, 20.828207444566, 20.858705715498, 18.181729170713]),
    ({"reweight": False}, [17.509919476858, 16.095789108664, 16.095789108664, 16.128111189669]),
    ({"powertrans": "1/2"}, [17.074243426116, 21.481350998204, 21.513400169981, 18.700338899243]),
    (
        {"powertrans": "none", "noPeriods": 10, "pastWeeksNotIncluded": 26},
        [14.285898557562, 17.432415905443, 17.316346250567, 18.194429864875],
    ),
    ({"trend": False, "alpha": 0.01}, [15.235263449098, 19.889866638400, 19.889866638400, 19.520838366634]),
    ({"thresholdMethod": "nbPlugin"}, [16, 21, 21, 18]),
]
"""Bounds of the last four weeks of the series below: farringtonFlexible of surveillance 1.20.3, R 4.2.2."""


@pytest.mark.parametrize(("given", "bounds"), PACKAGE)
def test_bounds_are_those_of_the_package(given: dict[str, Any], bounds: list[float]) -> None:
    """Also where past outbreaks count less, and where a trend is kept by a p value."""
    at = np.arange(WEEKS)
    counts = at * 37 % 11 + np.where(at % 52 < 8, 5, 0) + at // 60 + np.where((at >= 120) & (at < 124), 40, 0)
    found = farrington_flexible(counts, Settings(b=4, **given), WEEKS - 4)
    assert found.upper[0] == pytest.approx(bounds, rel=1e-12)


@pytest.mark.parametrize("method", ["nbPlugin", "delta"])
def test_the_bound_rises_as_alpha_falls(method: str) -> None:
    bounds = [
        farrington_flexible(made(3), Settings(b=4, thresholdMethod=method, alpha=alpha), WEEKS - 1).upper
        for alpha in (0.1, 0.05, 0.001)
    ]
    assert (bounds[0] <= bounds[1]).all() and (bounds[1] < bounds[2]).all()


def test_a_series_that_cannot_be_used_stops_no_other() -> None:
    counts = made(4, 3)
    alone = farrington_flexible(counts[0], SETTINGS, WEEKS - 3)
    counts[1, 7] = -1
    found = farrington_flexible(counts, SETTINGS, WEEKS - 3)
    assert found.refused == {1: "negative"} and not found.alarm[1].any() and np.isnan(found.upper[1]).all()
    assert (found.upper[0] == alone.upper[0]).all()
    assert farrington_flexible(counts[:, :200], SETTINGS).refused == {0: "short", 1: "negative", 2: "short"}


def test_a_regression_that_has_no_answer_stops_no_other() -> None:
    """With weight on one count alone a level and a trend cannot be told apart."""
    counts, weights = made(5, 3)[:, :20], np.ones((3, 20))
    weights[1, 1:] = 0
    design = np.column_stack((np.ones(20), np.arange(20.0)))
    found, alone = fit(counts, design, weights), fit(counts[::2], design, weights[::2])
    assert np.isnan(found.coefficients[1]).all() and np.isfinite(found.coefficients[::2]).all()
    np.testing.assert_allclose(found.coefficients[::2], alone.coefficients)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"alpha": 1}, "alpha"),
        ({"thresholdMethod": "muan"}, "thresholdMethod"),
        ({"powertrans": "log"}, "powertrans"),
        ({"b": 0}, "b and"),
        ({"w": 26}, "w, noPeriods"),
        ({"noPeriods": 60}, "w, noPeriods"),
        ({"limit54": (-1, 4)}, "limit54"),
    ],
)
def test_settings_out_of_range(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Settings(**given)
