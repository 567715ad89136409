"""Outbreaks in patches: as the plain way of running them, the final size, the same on any number of threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.epi.simulate import mixing
from lianfang.epi.simulate.durations import Duration
from tests.epi.simulate import plain
from tests.epi.simulate.spread import SEEDS, agree, final_size

LATENT, EIGHT = Duration("normal", 4, 1), Duration("normal", 8, 2)
GIVEN: dict[str, Any] = {"beta": 0.3, "latent": LATENT, "infectious": EIGHT, "days": 160}
PERSONS, INITIAL = [1_500, 400, 2_100], [20, 0, 30]
WEIGHTS = np.array([[0.9, 0.1, 0.0], [0.3, 0.6, 0.1], [0.0, 0.05, 0.95]])


def test_as_the_plain_way() -> None:
    def ours(seed: int) -> tuple[Any, Any]:
        found = mixing.run(PERSONS, INITIAL, seed=seed, weights=WEIGHTS, **GIVEN)
        return found.new.sum(1), found.infectious_now.sum(1)

    def theirs(seed: int) -> tuple[Any, Any]:
        new, able = plain.mixing(PERSONS, INITIAL, 0.3, WEIGHTS, plain.normal(4, 1), plain.normal(8, 2), 160, seed)
        return new.sum(1), able.sum(1)

    agree(ours, theirs, sum(PERSONS))


def test_a_patch_that_others_infect() -> None:
    """The second patch begins without anybody infected; its share is that of the plain way."""
    ours = [mixing.run(PERSONS, INITIAL, seed=s, weights=WEIGHTS, **GIVEN).new[:, 1].sum() for s in SEEDS]
    theirs = [
        plain.mixing(PERSONS, INITIAL, 0.3, WEIGHTS, plain.normal(4, 1), plain.normal(8, 2), 160, s)[0][:, 1].sum()
        for s in SEEDS
    ]
    error = np.sqrt((np.var(ours, ddof=1) + np.var(theirs, ddof=1)) / len(SEEDS))
    assert min(theirs) <= np.median(ours) <= max(theirs) and abs(np.mean(ours) - np.mean(theirs)) < 4 * error
    assert not mixing.run(PERSONS, INITIAL, seed=1, **GIVEN).new[:, 1].any()


@pytest.mark.parametrize("reproduction", [1.5, 2.0, 3.0])
def test_the_final_size(reproduction: float) -> None:
    persons, initial = 400_000, 400
    found = mixing.run(
        [persons],
        [initial],
        beta=reproduction / 8,
        latent=Duration("constant", 3),
        infectious=Duration("constant", 8),
        days=1_500,
        seed=1,
    )
    assert not found.exposed_now[-1, 0] and not found.infectious_now[-1, 0]
    size = (initial + found.new.sum()) / persons
    assert size == pytest.approx(final_size(reproduction, initial / persons), rel=0.01)


def test_the_same_on_any_number_of_threads() -> None:
    def one(seed: int) -> bytes:
        found = mixing.run(PERSONS, INITIAL, seed=seed, weights=WEIGHTS, **GIVEN)
        return b"".join(part.tobytes() for part in (found.exposed, found.infectious, found.removed, found.new))

    alone = [one(seed) for seed in SEEDS]
    assert len(set(alone)) == len(SEEDS)
    for threads in (2, 5):
        with ThreadPoolExecutor(threads) as pool:
            assert list(pool.map(one, SEEDS)) == alone


@given(
    patches=st.lists(st.tuples(st.integers(1, 60), st.floats(0, 1)), min_size=1, max_size=5),
    beta=st.sampled_from([0.0, 0.2, 2.0, 50.0]),
    days=st.integers(1, 40),
    seed=st.integers(0, 2**40),
    coupled=st.booleans(),
)
def test_what_always_holds(patches: list[tuple[int, float]], beta: float, days: int, seed: int, coupled: bool) -> None:
    persons = [size for size, _ in patches]
    initial = [int(size * share) for size, share in patches]
    weights = np.full((len(persons), len(persons)), 1 / len(persons)) if coupled else None
    found = mixing.run(
        persons, initial, beta=beta, latent=LATENT, infectious=EIGHT, days=days, seed=seed, weights=weights
    )
    caught = found.exposed >= 0
    patch = np.repeat(np.arange(len(persons)), persons)
    assert np.bincount(patch[found.infectious == 0], minlength=len(persons)).tolist() == initial
    assert (found.infectious[caught] >= found.exposed[caught] + 2).all()
    assert (found.removed[found.infectious >= 0] > found.infectious[found.infectious >= 0]).all()
    for day in range(days):
        here = {
            "new": found.exposed == day,
            "susceptible": (found.infectious < 0) | (found.exposed >= day),
            "exposed_now": caught & (found.exposed < day) & (day < found.infectious),
            "infectious_now": (found.infectious >= 0) & (found.infectious <= day) & (day < found.removed),
        }
        for name, who in here.items():
            assert getattr(found, name)[day].tolist() == np.bincount(patch[who], minlength=len(persons)).tolist(), name


def test_a_beta_for_each_day() -> None:
    beta = np.where(np.arange(160) < 30, 0.3, 0.0)
    found = mixing.run([5_000], [50], **{**GIVEN, "beta": beta}, seed=1)
    assert found.new[:30].any() and not found.new[30:].any()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"persons": [0], "initial": [0]}, "persons"),
        ({"persons": [], "initial": []}, "persons"),
        ({"initial": [11]}, "initial"),
        ({"initial": [1, 1]}, "initial"),
        ({"days": 0}, "days"),
        ({"beta": -0.1}, "beta"),
        ({"beta": float("nan")}, "beta"),
        ({"weights": [[1.0, 0.0]]}, "weights"),
        ({"weights": [[-1.0]]}, "weights"),
    ],
)
def test_out_of_range(given: dict[str, Any], reason: str) -> None:
    full: dict[str, Any] = {"persons": [10], "initial": [1], **GIVEN, **given}
    with pytest.raises(ValueError, match=reason):
        mixing.run(full.pop("persons"), full.pop("initial"), seed=1, **full)
