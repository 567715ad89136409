"""Cases forward: growth, stocks and what measures take away, against what is known without running."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.epi.simulate import dice, forward

KEY = dice.key(1, "forward")
ASSUMED = forward.Assumed(
    k=0.5, incubation_mu=1.62, incubation_sigma=0.42, generation_mean=5.2, generation_sd=1.7, report_mean=4.0,
    report_sd=2.0, ascertained=1.0, critical=0.2, stay_mean=12.0, stay_sd=4.0, stay_critical_mean=3.0,
    stay_critical_sd=0.5, contacts=6.0, observe=14.0, imports=0.0, isolated=0.9,
)  # fmt: skip
NOBODY = np.empty((0, 6))


def measures(**taken: tuple[float, float, float, float, float]) -> np.ndarray[Any, np.dtype[np.float64]]:
    table = np.zeros((5, 5))
    table[:, forward.FROM] = np.inf
    for name, row in taken.items():
        table[getattr(forward, name)] = row
    return table


def cases(n: int, isolated: float = np.nan) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Cases with onset and report within the last days."""
    known = np.full((n, 6), np.nan)
    known[:, forward.ONSET] = -np.linspace(1, 9, n)
    known[:, forward.REPORTED] = np.minimum(known[:, forward.ONSET] + 3, -0.1)
    known[:, forward.ISOLATED] = isolated
    known[:, forward.IMPORTED] = 0
    known[:, forward.OPEN] = 1
    return known


def run(
    known: Any = NOBODY, rate: float = 2.0, runs: int = 200, days: int = 40, table: Any = None, most: int = 50_000,
    **changed: float,
) -> tuple[Any, Any]:  # fmt: skip
    table = measures() if table is None else table
    return forward.run_forward(KEY, known, np.full(runs, rate), ASSUMED._replace(**changed), table, days, most)


def late(counts: Any, what: int) -> float:
    """The mean of the last ten days over all runs."""
    return float(counts[:, -10:, what].mean())


def test_where_nobody_infects_stocks_are_arrivals_times_the_time_that_they_stay() -> None:
    table = measures(TRACING=(-28, np.inf, 0.5, 2.0, 0.9))
    counts, told = run(rate=1e-9, days=60, table=table, imports=4.0)
    assert (told == 60).all()
    assert late(counts, forward.INFECTED) == pytest.approx(4.0, rel=0.05)
    assert late(counts, forward.FOUND) == pytest.approx(4.0, rel=0.05)
    assert late(counts, forward.BEDS) == pytest.approx(4.0 * 12.0, rel=0.05)
    assert late(counts, forward.CRITICAL) == pytest.approx(4.0 * 0.2 * 3.0, rel=0.1)
    assert late(counts, forward.OBSERVED) == pytest.approx(4.0 * 6.0 * 0.5 * (14.0 - 2.0), rel=0.05)


def test_below_one_each_arrival_leads_to_a_known_number_of_infections() -> None:
    counts, _ = run(rate=0.5, days=60, imports=4.0)
    assert late(counts, forward.INFECTED) == pytest.approx(4.0 / (1 - 0.5), rel=0.06)


@pytest.mark.parametrize("doubling_days", [3.0, 7.0])
def test_cases_double_in_the_days_that_were_set(doubling_days: float) -> None:
    rate = forward.reproduction(doubling_days, ASSUMED.generation_mean, ASSUMED.generation_sd)
    counts, told = run(cases(10), rate, runs=60, days=24, k=5.0)
    assert (told == 24).all()
    by_day = counts[:, :, forward.INFECTED].mean(axis=0)
    growth = np.polyfit(np.arange(12, 24), np.log(by_day[12:]), 1)[0]
    assert np.log(2) / growth == pytest.approx(doubling_days, rel=0.07)


def test_the_number_infected_follows_from_the_doubling_time() -> None:
    assert forward.reproduction(1e9, 5.0, 2.0) == pytest.approx(1.0)
    assert forward.reproduction(np.log(2) / 0.1, 5.0, 5.0) == pytest.approx(1.5)  # exponential: 1 + growth × mean
    assert forward.reproduction(-5.0, 5.0, 2.0) < 1.0
    with pytest.raises(ValueError, match="decline"):
        forward.reproduction(-0.5, 5.0, 5.0)


def test_a_known_case_under_perfect_isolation_infects_nobody_more() -> None:
    counts, _ = run(cases(30, isolated=-60.0), 3.0, isolated=1.0)
    assert counts[:, :, forward.INFECTED].sum() == 0
    assert counts[:, 0, forward.BEDS].min() > 0


def test_what_would_be_on_record_by_now_is_not_found_again() -> None:
    """Nobody is infected from now on: those found later were infected before, and the faster reports are, the fewer of
    them are not on record yet."""
    closed = measures(CLOSURES=(0, np.inf, 1.0, 0.0, 1.0))
    soon, _ = run(cases(30), table=closed, report_mean=0.1, report_sd=0.05)
    slow, _ = run(cases(30), table=closed, report_mean=9.0, report_sd=0.5)
    assert soon[:, :, forward.INFECTED].sum() == slow[:, :, forward.INFECTED].sum() == 0
    assert 0 < soon[:, :, forward.FOUND].sum() < 0.7 * slow[:, :, forward.FOUND].sum()


def test_the_same_seed_gives_the_same_and_runs_do_not_hang_on_each_other() -> None:
    ten, _ = run(cases(20), runs=10, imports=1.0)
    again, _ = run(cases(20), runs=10, imports=1.0)
    five, _ = run(cases(20), runs=5, imports=1.0)
    assert (ten == again).all()
    assert (ten[:5] == five).all()
    assert len({bytes(one) for one in ten}) == 10


def test_a_run_that_grows_too_large_is_told_for_as_many_days_as_it_was_reckoned() -> None:
    counts, told = run(cases(30), 4.0, runs=20, days=40, most=2_000)
    whole, longer = run(cases(30), 4.0, runs=20, days=40, most=20_000)
    assert (told < longer).all()
    assert (told > 0).any()
    for one, same, until in zip(counts, whole, told, strict=True):
        assert (one[:until] == same[:until]).all()


NAMES = ("ISOLATION", "TRACING", "CLOSURES", "MASKS", "ENTRY")
SHARE = st.floats(0, 1)
MEASURE = st.tuples(st.integers(-20, 20), SHARE, st.floats(0, 6), SHARE)


@given(st.sampled_from(NAMES), st.tuples(*[MEASURE] * 5), MEASURE)
@settings(max_examples=40, deadline=None)
def test_what_is_stricter_never_infects_more(which: str, taken: list[Any], other: Any) -> None:
    rows = [(begins, np.inf, share, delay, effect) for begins, share, delay, effect in taken]
    loose = dict(zip(NAMES, rows, strict=True))
    begins, _, share, delay, effect = loose[which]
    strict = (min(begins, other[0]), np.inf, max(share, other[1]), min(delay, other[2]), max(effect, other[3]))
    known = cases(8)
    known[:4, forward.ISOLATED] = -0.5
    few, _ = run(known, 1.6, runs=6, days=20, table=measures(**{**loose, which: strict}), imports=0.5)
    many, _ = run(known, 1.6, runs=6, days=20, table=measures(**loose), imports=0.5)
    assert (few[:, :, forward.INFECTED].sum(axis=1) <= many[:, :, forward.INFECTED].sum(axis=1)).all()


def test_the_number_infected_spreads_over_its_interval() -> None:
    drawn = forward.rates(3, 20_000, 2.0, 1.0, 4.0)
    assert np.quantile(drawn, [0.025, 0.5, 0.975]) == pytest.approx([1.0, 2.0, 4.0], rel=0.03)
    assert (forward.rates(3, 10, 2.0, 2.0, 2.0) == 2.0).all()
