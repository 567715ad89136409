"""An outbreak in patches: everybody meets everybody of the patch alike, and the patches weigh on one another.

Each person is followed on the way from susceptible through exposed and infectious to removed, and is looked at on the
day of infection only: among a patch's susceptibles, all with the same chance, those infected on a day are found by the
gaps between them, which are geometric; the days of the later states are drawn at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lianfang.epi.compiled import compiled, inlined
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.durations import Duration, drawn

Days = NDArray[np.int32]
Counts = NDArray[np.int32]
Rates = NDArray[np.float64]
Law = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """What happened. Persons are numbered by patch: those of patch p are ``first[p]`` up to ``first[p + 1]``; days from
    0. Arrays of persons have a day; −1 is never. Arrays of counts are (days, patches)."""

    first: NDArray[np.int64]
    exposed: Days
    infectious: Days
    """May lie after the last day, as ``removed`` may."""
    removed: Days
    new: Counts
    """Infected on the day; those infectious from the start are in none."""
    susceptible: Counts
    """At the beginning of the day, as the next two."""
    exposed_now: Counts
    infectious_now: Counts


def run(
    persons: Sequence[int],
    initial: Sequence[int],
    *,
    beta: ArrayLike,
    latent: Duration,
    infectious: Duration,
    days: int,
    seed: int,
    weights: ArrayLike | None = None,
) -> Spread:
    """An outbreak among ``persons`` of each patch, ``initial`` of whom are infectious from the beginning of day 0.

    On a day a susceptible of patch p is infected with the chance 1 − exp(−beta · Σ weights[p, q] · infectious of q /
    persons of q). ``beta``: infections a day by one infectious person while all others are susceptible, one number or
    one for each day. ``weights``: (patches, patches); without it each patch is by itself. Who is infected on day t is
    exposed from t + 1, infectious from t + 1 + latent and removed after a further ``infectious`` days, both rounded to
    whole days and at least 1. The same arguments give the same outbreak. Raises ValueError with the argument that is
    out of range.
    """
    sizes, begun = np.asarray(persons, np.int64), np.asarray(initial, np.int64)
    if sizes.ndim != 1 or not sizes.size or sizes.min() < 1 or sizes.sum() >= 2**31:
        raise ValueError(f"persons: at least 1 in each patch and less than {2**31:,} in all")
    if begun.shape != sizes.shape or (begun < 0).any() or (begun > sizes).any():
        raise ValueError("initial: one number for each patch, from 0 to its persons")
    if not 1 <= days <= 100_000:
        raise ValueError(f"days: from 1 to 100,000; here is {days}")
    rates = np.array(np.broadcast_to(np.asarray(beta, np.float64), (days,)))
    pull = np.eye(sizes.size) if weights is None else np.array(weights, np.float64)
    if pull.shape != (sizes.size, sizes.size):
        raise ValueError(f"weights: {sizes.size} × {sizes.size} numbers, one for each pair of patches")
    for name, numbers in (("beta", rates), ("weights", pull)):
        if not (np.isfinite(numbers).all() and (numbers >= 0).all()):
            raise ValueError(f"{name}: numbers from 0")
    first = np.concatenate(([0], np.cumsum(sizes)))
    key = dice.key(seed, "mixing")
    return Spread(first, *_spread(key, first, begun, rates, pull, latent.code, infectious.code))


@compiled
def _spread(
    key: np.uint64,
    first: NDArray[np.int64],
    initial: NDArray[np.int64],
    beta: Rates,
    weights: Rates,
    latent: Law,
    infectious: Law,
) -> tuple[Days, Days, Days, Counts, Counts, Counts, Counts]:
    """The arrays of ``Spread`` after ``first``."""
    days, patches, n = beta.size, initial.size, first[-1]
    # of each patch the susceptible stand before the others
    order = np.arange(n).astype(np.int32)
    left = np.diff(first)
    dates = np.full((3, n), -1, np.int32)
    counts = np.zeros((4, days, patches), np.int32)
    for p in range(patches):
        for nth in range(initial[p]):
            who = _taken(order, first[p], dice.below(key, p, 0, nth, left[p]), left, p)
            _follow(key, who, p, 0, infectious, dates, counts)
    share = np.empty(patches, np.float64)
    for day in range(days):
        counts[1, day] = left
        if day > 0:
            counts[2:, day] += counts[2:, day - 1]
        for p in range(patches):
            share[p] = counts[3, day, p] / (first[p + 1] - first[p])
        for p in range(patches):
            force = 0.0
            for q in range(patches):
                force += weights[p, q] * share[q]
            force *= beta[day]
            place, nth = float(left[p]), 0
            while force > 0.0:
                place -= 1.0 + floor(dice.exponential(key, p, day + 1, nth) / force)
                if place < 0.0:
                    break
                nth += 1
                who = _taken(order, first[p], int(place), left, p)
                _expose(key, who, p, day, latent, infectious, dates, counts)
    return dates[0], dates[1], dates[2], counts[0], counts[1], counts[2], counts[3]


@inlined
def _taken(order: Days, begin: int, place: int, left: NDArray[np.int64], p: int) -> int:
    """Who stands at a place among the susceptible of a patch, and stands there no more."""
    left[p] -= 1
    who = order[begin + place]
    order[begin + place] = order[begin + left[p]]
    order[begin + left[p]] = who
    return int(who)


@inlined
def _expose(
    key: np.uint64, who: int, p: int, day: int, latent: Law, infectious: Law, dates: Days, counts: Counts
) -> None:
    """Enters an infection and what follows into ``dates`` and into the changes of ``counts``."""
    days = counts.shape[1]
    begins = day + 1 + _whole(key, who, 2, latent)
    dates[0, who] = day
    counts[0, day, p] += 1
    if day + 1 < days:
        counts[2, day + 1, p] += 1
    if begins < days:
        counts[2, begins, p] -= 1
    _follow(key, who, p, begins, infectious, dates, counts)


@inlined
def _follow(key: np.uint64, who: int, p: int, begins: int, infectious: Law, dates: Days, counts: Counts) -> None:
    """Enters the infectious days."""
    days = counts.shape[1]
    ends = begins + _whole(key, who, 3, infectious)
    dates[1, who], dates[2, who] = begins, ends
    if begins < days:
        counts[3, begins, p] += 1
    if ends < days:
        counts[3, ends, p] -= 1


@inlined
def _whole(key: np.uint64, who: int, step: int, law: Law) -> int:
    """A duration in whole days, at least 1."""
    return max(round(drawn(key, who, step, law[0], law[1], law[2])), 1)
