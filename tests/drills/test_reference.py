"""The drills' outbreak beside a plain one of the same description: as many infected, as high and as late a peak, as
many found."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from lianfang.epi.simulate.outbreak import Isolation, Limit, Measures, Parameters, Screening, run
from lianfang.epi.simulate.outbreak_scale import scaled
from lianfang.epi.simulate.outbreak_tables import laws, who
from lianfang.epi.simulate.population import make
from tests.drills import plain_outbreak
from tests.drills.plain_outbreak import Plain
from tests.epi.simulate.people import COURSE, FINDING, MARGINALS, MIXING, SHARES, TRACING

PERSONS, DAYS, SEEDS = 600, 32, range(20)
MEASURES = {
    "nothing": Measures(tracing=(replace(TRACING, completeness=(0, 0, 0, 0, 0)),)),
    "everything": Measures(
        isolation=(Isolation(5, 999, 0.9),), tracing=(TRACING,), screening=(Screening(12, 999, 7, 0.9, 0.8),),
        limits=(Limit(20, 999, 1, 0.0), Limit(20, 999, 3, 0.5)),
    ),
}  # fmt: skip
FIGURES = ("attack rate", "height of the peak", "day of the peak", "share reported")


def figures(infected: NDArray[np.float64], reported: NDArray[np.float64]) -> tuple[float, ...]:
    """Those of FIGURES; the peak is of the infections of a week."""
    days = np.bincount(np.clip(np.floor(infected), 0, None).astype(int), minlength=DAYS)
    week = np.convolve(days, np.ones(7))[:DAYS]
    return infected.size / PERSONS, week.max(), float(week.argmax()), float((reported < DAYS).mean())


@pytest.mark.parametrize("measures", MEASURES.values(), ids=MEASURES.keys())
def test_it_is_that_of_a_plain_one(measures: Measures) -> None:
    people = make(PERSONS, MARGINALS, SHARES, 1)
    given = Parameters(COURSE, MIXING, FINDING, (2.0,) * 6, measures)
    scale = plain_outbreak.scaled(people, given)
    assert scale == pytest.approx(scaled(who(people), laws(given), MIXING), rel=1e-3)
    ours, plain = [], []
    for seed in SEEDS:
        found = run(people, given, DAYS, seed)
        ours.append(figures(found.infected, found.reported))
        its = Plain(people, given, DAYS, scale, seed).infections
        plain.append(figures(np.array([one.infected for one in its]), np.array([one.reported for one in its])))
    one, other = np.array(ours), np.array(plain)
    middle, error = np.median(one, axis=0), np.sqrt((one.var(0, ddof=1) + other.var(0, ddof=1)) / len(SEEDS))
    for at, name in enumerate(FIGURES):
        assert other[:, at].min() <= middle[at] <= other[:, at].max(), name
        assert abs(one[:, at].mean() - other[:, at].mean()) < 4 * error[at], (name, one[:, at], other[:, at])
