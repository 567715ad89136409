"""The negative binomial CUSUM: as the R package has it, as the definition says, and what cannot be used."""

from __future__ import annotations

from math import ceil, log
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from lianfang.epi.aberration.nb_cusum import dispersion, nb_cusum

AT = np.arange(150)
COUNTS = AT * 37 % 11 + np.where((AT >= 120) & (AT < 126), 9, 0) + np.where(AT >= 140, 6, 0)
BOUNDS = [0, 1, 2, *range(17, 28), *range(37, 50)]
ONE = (
    "24.427 24.427 23.475 24.427 24.427 21.475 24.427 15.475 13.522 7.569 24.427 21.475 14.522 12.569 24.427 22.475 "
    "24.427 24.427 15.475 13.522 7.569 8.616 24.427 17.475 17.522 13.569 24.427"
)
ANY = "21 21 21 21 21 20 21 14 13 21 13 11 21 21 21 21 21 21 14 13 21 21 20 14 15 11 21"


@pytest.mark.parametrize(
    ("given", "alarms", "bounds"),
    [
        ({"mu0": 5, "alpha": 0.2, "theta": log(2)}, [124, 145, 149], ONE),
        ({"mu0": 5, "alpha": 0.2}, [123, 126, 143, 149], ANY),
        ({"mu0": 5, "alpha": 0.2, "c_arl": 3}, [121, 124, 127, 141, 146, 149], None),
        ({"mu0": 5, "alpha": 0, "theta": log(2)}, [121, 123, 124, 126, 141, 143, 146, 149], None),
        ({"theta": log(2)}, [124, 146], None),
    ],
)
def test_alarms_and_bounds_are_those_of_the_package(
    given: dict[str, Any], alarms: list[int], bounds: str | None
) -> None:
    """algo.glrnb of surveillance 1.20.3, R 4.2.2; with ``theta`` its bounds are not rounded up."""
    found = nb_cusum(COUNTS, first=100, **given)
    assert (found.at[found.alarm[0]] + 1).tolist() == alarms
    if bounds:
        assert found.upper[0, BOUNDS].tolist() == [ceil(float(one)) for one in bounds.split()]


def test_the_likeliest_dispersion_is_that_of_the_package() -> None:
    past = COUNTS[None, :100].astype(float)
    assert dispersion(past, np.array([4.95]))[0] == pytest.approx(0.3251886431, rel=1e-6)
    assert dispersion(np.tile([3.0, 4.0], (1, 30)), np.array([3.5]))[0] == 0


@given(st.lists(st.integers(0, 30), min_size=3, max_size=12), st.floats(0.3, 8), st.sampled_from([0, 0.1, 1.5]))
@settings(max_examples=40, deadline=None)
def test_any_rise_time_by_time(counts: list[int], mean: float, alpha: float) -> None:
    """The bound is the smallest count whose ratio of likelihoods, for the likeliest rise since any time, is enough."""
    found = nb_cusum([[1, *counts]], first=1, mu0=mean, alpha=alpha, c_arl=2.5)

    def ratio(some: list[int]) -> float:
        risen = max(float(np.mean(some)), mean)
        told = [
            (poisson.logpmf(some, m) if not alpha else nbinom.logpmf(some, 1 / alpha, 1 / (1 + alpha * m))).sum()
            for m in (risen, mean)
        ]
        return float(told[0] - told[1])

    since = 0
    for n, count in enumerate(counts):
        before, upper = counts[since:n], int(found.upper[0, n])
        most = [max(ratio([*before[k:], x]) for k in range(len(before) + 1)) for x in (upper - 1, upper) if x >= 0]
        assert most[-1] >= 2.5 - 1e-9 and (len(most) == 1 or most[0] < 2.5 + 1e-9)
        assert found.alarm[0, n] == (count >= upper)
        since = n + 1 if found.alarm[0, n] else since


def test_what_cannot_be_used_stops_no_other() -> None:
    rows = np.ones((4, 30))
    rows[1, 3], rows[2] = -1, 0
    found = nb_cusum(rows, first=20)
    assert found.refused == {1: "negative", 2: "empty"} and found.expected[0].tolist() == [1.0] * 10
    assert nb_cusum(rows[:1], first=30).refused == {0: "short"}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"c_arl": 0}, "c.ARL"),
        ({"theta": -1}, "theta"),
        ({"mu0": 0}, "mu0"),
        ({"alpha": -1}, "alpha"),
        ({"first": 0}, "first"),
    ],
)
def test_settings_out_of_range(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        nb_cusum(COUNTS, **{"first": 100, **given})
