"""Outbreaks across neighbouring places: the space-time permutation scan.

Kulldorff M, Heffernan R, Hartman J, Assunção R, Mostashari F. A space–time permutation scan statistic for disease
outbreak detection. PLoS Med 2005;2:e59. doi:10.1371/journal.pmed.0020059. It needs cases alone: where there are more
people, or more cases everywhere lately, there is nothing to find; it finds where the last days have more of the cases
than they have elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lianfang.epi.compiled import compiled
from lianfang.epi.series import Numbers, checked
from lianfang.epi.simulate.dice import key, uniform

EARTH_KM = 6371.0
FEWEST = 2
"""Cases of a cluster: one alone is none."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Neighbouring places with more cases in the last days than expected of them."""

    centre: int
    places: tuple[int, ...]
    """Rows of the counts, the centre first, then outwards."""
    days: int
    """How many of the last days."""
    observed: int
    expected: float
    chance: float
    """That the likeliest cluster of all is as likely without any outbreak. Looked for once a day, so rare a one comes
    by chance once in 1 / ``chance`` days."""


def scan(
    counts: ArrayLike, near: ArrayLike, *, window: int = 7, level: float = 0.05, permutations: int = 999, seed: int = 1
) -> list[Cluster]:
    """The clusters whose chance is at most ``level``, the likeliest first; no place is in two.

    ``counts`` are (places, days); clusters end on the last day and have up to ``window`` days. ``near``: for each
    place the rows of the places around it, itself first and then outwards, −1 for no more, as ``neighbours`` gives
    them. A cluster has at most half of all cases expected. Raises ValueError for what cannot be, a count that is none
    among them: what one place lacks changes what is expected of all.
    """
    found, refused = checked(counts)
    if refused:
        row, reason = min(refused.items())
        raise ValueError(f"counts: place {row} cannot be used: {reason}")
    around = np.asarray(near, np.int64)
    if around.ndim != 2 or len(around) != len(found) or around.size == 0 or around.max() >= len(found):
        raise ValueError("near: for each place the rows of those around it, itself first")
    if not 1 <= window < found.shape[1]:
        raise ValueError(f"window: from 1, and fewer than the {found.shape[1]} days; here are {window}")
    if not 0 < level < 1 or permutations < 1 / level - 1:
        raise ValueError(f"level: between 0 and 1, and permutations at least 1 / level − 1; here is {level}")
    total = found.sum(1)
    last = found[:, ::-1][:, :window]
    if total.sum() < FEWEST or not last.any():
        return []
    of_days = last.sum(0).cumsum()
    ratios = np.empty((*around.shape, window))
    _ratios(last.cumsum(1), total, of_days, around, ratios)
    best = np.empty(permutations)
    _permuted(
        np.repeat(np.arange(len(found)), total.astype(np.int64)), last, total, of_days, around, key(seed, "scan"), best
    )
    told: list[Cluster] = []
    taken: set[int] = set()
    while ratios.max() > 0:
        centre, size, days = (int(n) for n in np.unravel_index(ratios.argmax(), ratios.shape))
        chance = (1 + int((best >= ratios[centre, size, days]).sum())) / (permutations + 1)
        if chance > level:
            break
        places = tuple(int(one) for one in around[centre, : size + 1] if one >= 0)
        observed, expected = (
            last[list(places), : days + 1].sum(),
            total[list(places)].sum() * of_days[days] / total.sum(),
        )
        told.append(Cluster(centre, places, days + 1, int(observed), float(expected), chance))
        taken.update(places)
        # from the first place that is taken on outwards a circle holds it
        ratios[np.isin(around, list(taken)).cumsum(1) > 0] = 0
    return told


def neighbours(centres: ArrayLike, *, most: int, within_km: float) -> Places:
    """The places around each, for ``scan``: (places, up to ``most``), itself first and then outwards, −1 for no more
    ``within_km``. ``centres`` are degrees east and north, (places, 2); a place of unknown ones has none around it."""
    east, north = np.radians(np.asarray(centres, np.float64)).T
    places = np.arange(len(east))
    found = np.full((len(east), min(most, len(east))), -1, np.int64)
    for row in places:
        arc = (
            np.sin((north - north[row]) / 2) ** 2
            + np.cos(north) * np.cos(north[row]) * np.sin((east - east[row]) / 2) ** 2
        )
        km = np.where(np.isnan(arc), np.inf, 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(arc, 1))))
        km[row] = -1.0
        order = np.lexsort((places, km))[: found.shape[1]]
        order = order[km[order] <= within_km]
        found[row, : order.size] = order
    return found


@compiled
def _ratios(recent: Numbers, total: Numbers, of_days: Numbers, near: Places, out: Numbers) -> float:
    """Into ``out`` (centre, places around, days) the logarithm of each ratio of likelihoods, 0 where there are fewer
    cases than expected; the largest is returned. ``recent`` are the cases of the last 1, 2, … days by place."""
    cases, most = total.sum(), 0.0
    seen = np.empty(recent.shape[1])
    for centre in range(near.shape[0]):
        seen[:], own = 0.0, 0.0
        for size in range(near.shape[1]):
            out[centre, size] = 0.0
            place = near[centre, size]
            if place < 0:
                continue
            own += total[place]
            for days in range(recent.shape[1]):
                seen[days] += recent[place, days]
                expected, observed = own * of_days[days] / cases, seen[days]
                if observed < FEWEST or observed <= expected or 2 * expected > cases:
                    continue
                ratio = observed * log(observed / expected)
                if observed < cases:
                    ratio += (cases - observed) * log((cases - observed) / (cases - expected))
                out[centre, size, days] = ratio
                most = max(most, ratio)
    return most


@compiled
def _permuted(
    place_of: Places, last: Numbers, total: Numbers, of_days: Numbers, near: Places, key: np.uint64, best: Numbers
) -> None:
    """Into ``best`` the largest ratio of each of as many permutations of the days among the cases. Only who falls into
    the last days is drawn."""
    window = last.shape[1]
    out = np.empty((near.shape[0], near.shape[1], window))
    recent = np.empty(last.shape)
    for turn in range(best.size):
        recent[:] = 0.0
        drawn = 0
        for age in range(window):
            for _ in range(int(last[:, age].sum())):
                other = drawn + int(uniform(key, turn, 0, drawn) * (place_of.size - drawn))
                place_of[drawn], place_of[other] = place_of[other], place_of[drawn]
                recent[place_of[drawn], age] += 1.0
                drawn += 1
        for age in range(1, window):
            recent[:, age] += recent[:, age - 1]
        best[turn] = _ratios(recent, total, of_days, near, out)
