"""Outbreaks on the random network: as the plain way has them, of known final size, whatever the threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.epi.simulate import network
from lianfang.epi.simulate.durations import Duration
from tests.epi.simulate import plain
from tests.epi.simulate.spread import SEEDS, agree, final_size

EIGHT = Duration("lognormal", 8, 2)
GIVEN: dict[str, Any] = {"contacts": 10, "transmission": 0.03, "infectious": EIGHT, "initial": 50, "days": 120}


def test_as_the_plain_way() -> None:
    def ours(seed: int) -> tuple[Any, Any]:
        found = network.run(4_000, seed=seed, **GIVEN)
        return found.new, found.infectious

    agree(ours, lambda seed: plain.network(4_000, 10, 0.03, plain.lognormal(8, 2), 50, 120, seed), 4_000)


@pytest.mark.parametrize("reproduction", [1.5, 2.0, 3.0])
def test_the_final_size(reproduction: float) -> None:
    persons, initial = 400_000, 400
    found = network.run(
        persons,
        contacts=10,
        transmission=reproduction / 80,
        infectious=Duration("constant", 8.5),
        initial=initial,
        days=1_000,
        seed=1,
    )
    assert found.infectious[-1] == 0
    assert found.new.sum() / persons == pytest.approx(final_size(reproduction, initial / persons), rel=0.01)


def test_the_same_on_any_number_of_threads() -> None:
    def one(seed: int) -> bytes:
        found = network.run(3_000, seed=seed, **GIVEN)
        return b"".join(part.tobytes() for part in (found.infected, found.infector, found.new, found.infectious))

    alone = [one(seed) for seed in SEEDS]
    assert len(set(alone)) == len(SEEDS)
    for threads in (2, 5):
        with ThreadPoolExecutor(threads) as pool:
            assert list(pool.map(one, SEEDS)) == alone


@given(
    persons=st.integers(2, 300),
    contacts=st.integers(0, 30),
    transmission=st.sampled_from([0.0, 0.01, 0.2, 1.0]),
    days=st.integers(1, 40),
    mean=st.floats(0.1, 30),
    seed=st.integers(0, 2**40),
    data=st.data(),
)
def test_what_always_holds(
    persons: int, contacts: int, transmission: float, days: int, mean: float, seed: int, data: st.DataObject
) -> None:
    initial = data.draw(st.integers(0, persons))
    law = Duration("constant", mean)
    found = network.run(
        persons,
        contacts=contacts,
        transmission=transmission,
        infectious=law,
        initial=initial,
        days=days,
        seed=seed,
    )
    caught = np.flatnonzero(found.infector >= 0)
    gap = found.infected[caught] - found.infected[found.infector[caught]]
    assert (found.infected == 0).sum() == initial and found.new[0] == initial
    assert ((gap >= 1) & (gap < mean)).all()
    assert (found.infector != np.arange(persons)).all()
    assert found.new.sum() == (found.infected >= 0).sum() == initial + caught.size
    able = [
        ((found.infected >= 0) & (found.infected < day) & (day < found.infected + mean)).sum() for day in range(days)
    ]
    assert found.infectious.tolist() == able
    if not contacts or not transmission:
        assert not caught.size


def test_everybody_who_is_met_falls_ill_where_every_contact_infects() -> None:
    found = network.run(
        2_000, contacts=400, transmission=1.0, infectious=Duration("constant", 9), initial=20, days=5, seed=3
    )
    assert found.new[1] > 1_900 and found.new.sum() == 2_000


@pytest.mark.parametrize(
    ("name", "value"),
    [("persons", 1), ("contacts", -1), ("transmission", 1.01), ("transmission", float("nan")), ("initial", 51),
     ("days", 0)],
)  # fmt: skip
def test_out_of_range(name: str, value: float) -> None:
    given: dict[str, Any] = {"persons": 50, **GIVEN, name: value}
    with pytest.raises(ValueError, match=name):
        network.run(given.pop("persons"), seed=1, **given)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("weibull", 3, 1), "law"),
        (("gamma", 0, 1), "mean_days"),
        (("gamma", float("nan"), 1), "mean_days"),
        (("gamma", 3, 0), "sd_days"),
        (("constant", 3, 1), "sd_days"),
        (("normal", 3, float("inf")), "sd_days"),
    ],
)
def test_a_duration_that_is_none(given: tuple[str, float, float], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Duration(*given)
