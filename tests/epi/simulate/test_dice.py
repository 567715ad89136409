"""Chance by counter: the published numbers of the generator, and the laws that are drawn from it."""

from __future__ import annotations

from collections.abc import Callable

import numba
import numpy as np
import pytest
from scipy import stats

from lianfang.epi.simulate import dice
from lianfang.epi.simulate.durations import Duration, drawn

KEY = dice.key(1, "test")
WHO = np.arange(20_000)


@pytest.mark.parametrize(
    ("counter", "key", "found"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((2**32 - 1,) * 4, (2**32 - 1,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_the_published_answers(counter: tuple[int, ...], key: tuple[int, int], found: tuple[int, ...]) -> None:
    """Random123 1.14, kat_vectors, philox4x32 of 10 rounds."""
    who = np.uint64(counter[0] | counter[1] << 32)
    told = [int(part) for part in dice.bits(np.uint64(key[0] | key[1] << 32), who, counter[2], counter[3])]  # type: ignore[arg-type]
    assert [told[0] & 0xFFFFFFFF, told[0] >> 32, told[1] & 0xFFFFFFFF, told[1] >> 32] == list(found)


def test_seed_purpose_who_step_and_draw_each_change_the_number() -> None:
    asked = [(dice.key(seed, what), who, step, nth) for seed in (1, 2) for what in "ab" for who in (0, 1, -1, 2**40)
             for step in (0, 1, 2**32 - 1) for nth in (0, 1, 2**32 - 1)]  # fmt: skip
    assert len({dice.uniform(*one) for one in asked}) == len(asked)
    assert [dice.uniform(*one) for one in reversed(asked)] == [dice.uniform(*one) for one in asked][::-1]


@pytest.mark.parametrize(
    ("draw", "law"),
    [
        (lambda who: dice.uniform(KEY, who, 1, 0), stats.uniform()),
        (lambda who: dice.exponential(KEY, who, 2, 0), stats.expon()),
        (lambda who: dice.normal(KEY, who, 3, 0), stats.norm()),
        (lambda who: dice.gamma(KEY, who, 4, 0, 0.4), stats.gamma(0.4)),
        (lambda who: dice.gamma(KEY, who, 5, 0, 3.7), stats.gamma(3.7)),
        (lambda who: drawn(KEY, who, 6, *Duration("lognormal", 8, 2).code), stats.lognorm(0.246221, scale=7.761140)),
        (lambda who: drawn(KEY, who, 7, *Duration("gamma", 8, 2).code), stats.gamma(16, scale=0.5)),
        (lambda who: drawn(KEY, who, 8, *Duration("normal", 8, 1).code), stats.norm(8, 1)),
    ],
)  # fmt: skip
def test_the_laws(draw: Callable[[int], float], law: stats.rv_frozen) -> None:
    assert stats.kstest([draw(int(who)) for who in WHO], law.cdf).pvalue > 0.001


@pytest.mark.parametrize("mean", [0.0, 0.3, 12.0])
def test_poisson(mean: float) -> None:
    found = np.array([dice.poisson(KEY, int(who), 9, 0, mean) for who in WHO])
    assert abs(found.mean() - mean) <= 4 * np.sqrt(mean / WHO.size)
    assert abs(found.var() - mean) <= 4 * np.sqrt((mean + 2 * mean**2) / WHO.size)


def test_many_at_once_are_those_one_by_one() -> None:
    few = np.array([3, 0, 2**40, 7])
    assert dice.uniforms(KEY, few, 1, 2).tolist() == [dice.uniform(KEY, int(who), 1, 2) for who in few]
    assert dice.normals(KEY, few, 1, 2).tolist() == [dice.normal(KEY, int(who), 1, 2) for who in few]
    assert dice.belows(KEY, few, 1, 2, 10).tolist() == [dice.below(KEY, int(who), 1, 2, 10) for who in few]
    assert stats.chisquare(np.bincount(dice.belows(KEY, WHO, 0, 0, 7))).pvalue > 0.001


def test_a_number_that_stands_in_a_call_makes_no_function_of_its_own() -> None:
    @numba.njit
    def both(key: np.uint64) -> float:
        return dice.uniform(key, 1, 2, 3) + dice.uniform(key, 4, 5, 6)

    key = dice.key(1, "both")
    before = _signatures()  # of what other tests asked of the same process
    assert both(key) == dice.uniform(key, 1, 2, 3) + dice.uniform(key, 4, 5, 6)
    assert _signatures() - before <= {"uint64, int64, int64, int64"}


def _signatures() -> set[str]:
    made = dice.uniform.signatures  # type: ignore[attr-defined]  # of what numba makes
    return {", ".join(map(str, signature)) for signature in made}
