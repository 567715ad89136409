"""The models of the simulators, written plainly: every person, every contact, every day."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Draw = Callable[[Generator, int], NDArray[np.float64]]


def lognormal(mean: float, sd: float) -> Draw:
    variance = np.log1p((sd / mean) ** 2)
    return lambda dice, n: dice.lognormal(np.log(mean) - variance / 2, np.sqrt(variance), n)


def normal(mean: float, sd: float) -> Draw:
    return lambda dice, n: dice.normal(mean, sd, n)


def network(
    n: int, contacts: int, transmission: float, infectious: Draw, initial: int, days: int, seed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Infected and infectious of each day: all contacts of each day are made and each is tried in both directions."""
    dice = np.random.default_rng(seed)
    day_of = np.full(n, -1)
    ends = np.zeros(n)
    first = dice.choice(n, initial, replace=False)
    day_of[first], ends[first] = 0, infectious(dice, initial)
    new, able = np.zeros(days, int), np.zeros(days, int)
    new[0] = initial
    for day in range(1, days):
        now = (day_of >= 0) & (day_of < day) & (day < ends)
        able[day] = now.sum()
        one = np.repeat(np.arange(n), contacts // 2)
        other = dice.permutation(one)
        passed = dice.random((2, one.size)) < transmission
        hit = np.concatenate((other[now[one] & passed[0]], one[now[other] & passed[1]]))
        caught = np.unique(hit[day_of[hit] < 0])
        day_of[caught], ends[caught] = day, day + infectious(dice, caught.size)
        new[day] = caught.size
    return new, able


def mixing(
    persons: list[int],
    initial: list[int],
    beta: float,
    weights: NDArray[np.float64],
    latent: Draw,
    infectious: Draw,
    days: int,
    seed: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Infected and infectious of each day and patch: each susceptible of each day is tried."""
    dice = np.random.default_rng(seed)
    patch = np.repeat(np.arange(len(persons)), persons)
    n = patch.size
    exposed, begins, ends = np.full(n, days + 1), np.full(n, 10 * days), np.full(n, 10 * days)
    for p, some in enumerate(initial):
        first = dice.choice(np.flatnonzero(patch == p), some, replace=False)
        exposed[first], begins[first], ends[first] = -1, 0, whole(infectious(dice, some))
    new, able = np.zeros((2, days, len(persons)), int)
    for day in range(days):
        now = (begins <= day) & (day < ends)
        able[day] = np.bincount(patch[now], minlength=len(persons))
        chance = -np.expm1(-beta * weights @ (able[day] / persons))
        caught = np.flatnonzero((exposed > days) & (dice.random(n) < chance[patch]))
        exposed[caught] = day
        begins[caught] = day + 1 + whole(latent(dice, caught.size))
        ends[caught] = begins[caught] + whole(infectious(dice, caught.size))
        new[day] = np.bincount(patch[caught], minlength=len(persons))
    return new, able


def whole(days: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.maximum(np.round(days), 1).astype(int)
