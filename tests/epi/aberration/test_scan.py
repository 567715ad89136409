"""Outbreaks across neighbours: found where they are, as the definition says, and seldom by chance."""

from __future__ import annotations

from math import log
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from lianfang.epi.aberration.scan import neighbours, scan

PLACES, DAYS = 30, 21
CENTRES = np.column_stack((np.arange(PLACES) % 6 + 100, np.arange(PLACES) // 6 + 25)).astype(float)
NEAR = neighbours(CENTRES, most=9, within_km=160)


def made(dice: np.random.Generator) -> np.ndarray:
    """Counts of places that differ in size, and of days that rise or fall everywhere."""
    course = np.exp(np.linspace(0, dice.normal(0, 1), DAYS))
    return dice.poisson(dice.gamma(0.7, 0.7, (PLACES, 1)) * course).astype(float)


def test_those_around_a_place() -> None:
    assert (
        set(NEAR[7, 1:5].tolist()) == {1, 6, 8, 13}
        and (NEAR[:, 0] == np.arange(PLACES)).all()
        and NEAR[0].tolist().count(-1) == 9 - 4
    )
    alone = neighbours([[100.0, 25.0], [np.nan, np.nan], [100.1, 25.0]], most=5, within_km=50)
    assert alone.tolist() == [[0, 2, -1], [1, -1, -1], [2, 0, -1]]


def test_an_outbreak_over_four_neighbours_is_found_where_no_place_alone_is_much() -> None:
    dice = np.random.default_rng(1)
    counts = made(dice)
    outbreak = NEAR[14, :5]
    counts[outbreak, -3:] += 3
    first, *others = scan(counts, NEAR, permutations=199)
    assert set(first.places) & set(outbreak.tolist()) and first.chance == 0.005 and first.days >= 3
    assert not any(set(first.places) & set(one.places) for one in others)


def test_the_likeliest_cluster_is_that_of_the_definition() -> None:
    counts = np.random.default_rng(3).poisson(0.5, (PLACES, DAYS)).astype(float)
    counts[20, -2:] += 4
    cases, best = counts.sum(), (0.0, 0, 0, 0)
    for centre in range(PLACES):
        for size in range(1, 10):
            inside = [one for one in NEAR[centre, :size] if one >= 0]
            for days in range(1, 8):
                observed = counts[inside, -days:].sum()
                expected = counts[inside].sum() * counts[:, -days:].sum() / cases
                if observed >= 2 and observed > expected <= cases / 2:
                    rest = (cases - observed) * log((cases - observed) / (cases - expected))
                    best = max(best, (observed * log(observed / expected) + rest, -centre, len(inside), days))
    found = scan(counts, NEAR, permutations=99)[0]
    assert (-found.centre, len(found.places), found.days) == best[1:]
    inside = list(found.places)
    assert found.observed == counts[inside, -found.days :].sum()
    assert found.expected == pytest.approx(counts[inside].sum() * counts[:, -found.days :].sum() / cases)


def test_without_an_outbreak_the_rate_is_the_level() -> None:
    """Of 300 countries without an outbreak, also those in which cases double everywhere, a twentieth has a cluster."""
    dice = np.random.default_rng(4)
    raised = sum(bool(scan(made(dice), NEAR, permutations=99, seed=n)) for n in range(300))
    low, high = binom.interval(0.95, 300, 0.05)
    assert low <= raised <= high


def test_the_same_seed_gives_the_same_and_nothing_gives_nothing() -> None:
    counts = np.zeros((PLACES, DAYS))
    assert scan(counts, NEAR) == []
    counts[3, -2:] = 3
    counts[9, 2:12] = 1
    assert scan(counts, NEAR, seed=5) == scan(counts, NEAR, seed=5) != []
    counts[:, -7:] = 0
    assert scan(counts, NEAR) == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"counts": np.full((PLACES, DAYS), -1)}, "negative"),
        ({"near": NEAR[:5]}, "near"),
        ({"window": DAYS}, "window"),
        ({"level": 0.001, "permutations": 99}, "level"),
    ],
)
def test_what_cannot_be(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        scan(**{"counts": np.ones((PLACES, DAYS)), "near": NEAR, **given})
