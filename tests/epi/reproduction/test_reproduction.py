"""Reproduction numbers: as the definitions say, term by term; what cannot be used; what always holds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from lianfang.epi.reproduction import serial
from lianfang.epi.reproduction.cori import cori
from lianfang.epi.reproduction.wallinga_teunis import wallinga_teunis

CASES = np.array([3, 0, 5, 2, 8, 9, 4, 0, 12, 7])
WEIGHTS = serial.given([0, 0.2, 0.5, 0.3])
WINDOWS = serial.sliding(10, 3)


def weight(between: int) -> float:
    return float(WEIGHTS[between]) if 0 < between < len(WEIGHTS) else 0.0


def force(cases: NDArray[np.int64], day: int) -> float:
    return sum(cases[before] * weight(day - before) for before in range(day))


def test_serial_intervals_by_day() -> None:
    """The convolution of the gamma distribution with a day's width on both sides, by quadrature."""
    found = serial.discrete(5.1, 2.3, 40)
    law = stats.gamma(((5.1 - 1) / 2.3) ** 2, scale=2.3**2 / (5.1 - 1))
    grid = np.linspace(0, 1, 4001)
    for k in range(1, 12):
        triangle = np.trapezoid(grid * law.pdf(k - 2 + grid), grid) + np.trapezoid(
            (1 - grid) * law.pdf(k - 1 + grid), grid
        )
        assert found[k] == pytest.approx(triangle, abs=1e-6)
    assert found[0] == 0 and found.sum() == pytest.approx(1)
    assert found @ np.arange(40) == pytest.approx(5.1, abs=1e-6)


def test_cori_term_by_term() -> None:
    found = cori(CASES, WEIGHTS, WINDOWS, quantiles=(0.1, 0.9))
    for at, (start, end) in enumerate(zip(*WINDOWS, strict=True)):
        days = range(start - 1, end)
        law = stats.gamma(1 + sum(CASES[d] for d in days), scale=1 / (1 / 5 + sum(force(CASES, d) for d in days)))
        assert found.mean[0, at] == pytest.approx(law.mean(), rel=1e-12)
        assert found.sd[0, at] == pytest.approx(law.std(), rel=1e-12)
        assert found.quantiles[0, at] == pytest.approx(law.ppf([0.1, 0.9]), rel=1e-10)
    assert (found.start[0], found.end[0], found.end[-1]) == (2, 4, 10)


def test_imported_cases_infect_and_are_not_infected_here() -> None:
    imported = np.array([3, 0, 2, 0, 0, 4, 0, 0, 0, 7])
    found = cori(CASES, WEIGHTS, WINDOWS, imported=imported)
    for at, (start, end) in enumerate(zip(*WINDOWS, strict=True)):
        days = range(start - 1, end)
        shape = 1 + sum(CASES[d] - imported[d] for d in days)
        assert found.mean[0, at] == pytest.approx(shape / (0.2 + sum(force(CASES, d) for d in days)), rel=1e-12)


def test_several_serial_intervals_are_a_mixture() -> None:
    several = serial.discrete([2.6, 4.0, 7.0], [1.5, 2.0, 3.0], 10)
    found = cori(CASES, several, WINDOWS)
    alone = [cori(CASES, one, WINDOWS) for one in several]
    assert found.mean == pytest.approx(np.mean([one.mean for one in alone], axis=0))
    second = np.mean([one.sd**2 + one.mean**2 for one in alone], axis=0)
    assert found.sd == pytest.approx(np.sqrt(second - found.mean**2))
    for at, chance in enumerate((0.025, 0.5, 0.975)):
        below = [
            stats.gamma.cdf(found.quantiles[0, :, at], (one.mean / one.sd) ** 2, scale=one.sd**2 / one.mean)[0]
            for one in alone
        ]
        assert np.mean(below, axis=0) == pytest.approx(chance, abs=1e-9)


def test_an_uncertain_serial_interval_keeps_its_bounds() -> None:
    found = serial.uncertain((4.8, 1.0, 3.8, 5.8), (2.9, 0.5, 1.9, 3.9), 60, draws=300, seed=1)
    days = np.arange(60)
    means = found @ days
    sds = np.sqrt(found @ days**2 - means**2)
    assert found.shape == (300, 60)
    assert means.min() > 3.75 and means.max() < 5.85 and sds.min() > 1.9 and sds.max() < 4.0 and means.std() > 0.3
    assert (found == serial.uncertain((4.8, 1.0, 3.8, 5.8), (2.9, 0.5, 1.9, 3.9), 60, draws=300, seed=1)).all()
    with pytest.raises(ValueError, match="widen"):
        serial.uncertain((4.8, 0.1, 9.0, 9.1), (2.9, 0.5, 1.9, 3.9), 60, draws=10, seed=1)


def test_wallinga_teunis_term_by_term() -> None:
    found = wallinga_teunis(CASES, WEIGHTS, WINDOWS)
    for at, (start, end) in enumerate(zip(*WINDOWS, strict=True)):
        window = range(start - 1, end)
        chance = np.array(
            [sum(CASES[d] * weight(s - d) for d in window) / (force(CASES, s) or np.inf) for s in range(10)]
        )
        some = sum(CASES[d] for d in window)
        assert found.mean[0, at] == pytest.approx((CASES * chance).sum() / some, rel=1e-12)
        assert found.sd[0, at] == pytest.approx(np.sqrt((CASES * chance * (1 - chance)).sum()) / some, rel=1e-9)


def test_wallinga_teunis_intervals_hold_what_they_say() -> None:
    """Beside 20,000 draws of who infected whom."""
    dice = np.random.default_rng(1)
    found = wallinga_teunis(20 * CASES, WEIGHTS, (np.array([3]), np.array([5])))
    chance = [
        sum(20 * CASES[d] * weight(s - d) for d in (2, 3, 4)) / (force(20 * CASES, s) or np.inf) for s in range(10)
    ]
    drawn = dice.binomial(20 * CASES, np.minimum(chance, 1), (20_000, 10)).sum(1) / (20 * CASES[2:5].sum())
    assert found.quantiles[0, 0] == pytest.approx(np.quantile(drawn, [0.025, 0.5, 0.975]), abs=0.01)


@given(
    st.lists(st.integers(0, 50), min_size=12, max_size=40).filter(any),
    st.integers(2, 6),
    st.floats(1.5, 8),
    st.floats(0.5, 6),
)
def test_what_always_holds(cases: list[int], width: int, mean: float, sd: float) -> None:
    weights = serial.discrete(mean, sd, len(cases))
    windows = serial.sliding(len(cases), width)
    found = cori(cases, weights, windows)
    assert (found.quantiles[0, :, 0] <= found.quantiles[0, :, 1]).all()
    assert (found.quantiles[0, :, 1] <= found.quantiles[0, :, 2]).all()
    assert (found.mean > 0).all() and not found.refused
    both = cori([cases, [0] * len(cases), cases], weights, windows)
    assert both.mean[2] == pytest.approx(found.mean[0], rel=1e-12) and both.refused == {1: "empty"}
    one = wallinga_teunis(cases, weights, (np.arange(2, len(cases) + 1),) * 2)
    infected = np.nansum(one.mean[0] * np.array(cases[1:]))
    assert infected <= sum(cases[1:]) + 1e-9


@pytest.mark.parametrize("estimate", [cori, wallinga_teunis])
@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([1, -1, 3, 4], "negative"),
        ([1, np.nan, 3, 4], "missing"),
        ([1, np.inf, 3, 4], "infinite"),
        ([1, 0.5, 3, 4], "fraction"),
        ([0, 0, 0, 0], "empty"),
    ],
)
def test_a_series_that_cannot_be_used_stops_no_other(estimate: object, row: list[float], reason: str) -> None:
    found = estimate([[1, 2, 3, 4], row], WEIGHTS, serial.sliding(4, 2))  # type: ignore[operator]
    assert found.refused == {1: reason}
    assert np.isnan(found.mean[1]).all() and np.isnan(found.quantiles[1]).all() and np.isfinite(found.mean[0]).all()


def test_more_imported_cases_than_cases() -> None:
    found = cori([[1, 2, 3, 4], [1, 2, 3, 4]], WEIGHTS, serial.sliding(4, 2), imported=[[0, 0, 0, 5], [0, 0, 0, 0]])
    assert found.refused == {0: "imported"} and np.isfinite(found.mean[1]).all()


def test_windows_that_cannot_be() -> None:
    for start, end in ((1, 3), (3, 2), (2, 5)):
        for estimate in (cori, wallinga_teunis):
            with pytest.raises(ValueError, match="windows"):
                estimate([1, 2, 3, 4], WEIGHTS, (np.array([start]), np.array([end])))
    assert serial.sliding(4, 7)[0].size == 0


@pytest.mark.parametrize(
    ("chances", "reason"),
    [([0.0, 0.0], "sum"), ([0.1, 0.9], "day 0"), ([0, 1.2, -0.2], "below 0"), ([0, np.nan], "chance"), ([], "day 0")],
)
def test_a_serial_interval_that_is_none(chances: list[float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        serial.given(chances)


@pytest.mark.parametrize(("mean", "sd"), [(1.0, 1.0), (0.5, 1.0), (3.0, 0.0), (np.nan, 1.0)])
def test_a_mean_or_sd_that_is_none(mean: float, sd: float) -> None:
    with pytest.raises(ValueError, match="above"):
        serial.discrete(mean, sd, 10)
