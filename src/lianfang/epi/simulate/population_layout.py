"""How a made population is laid out: numbers to communities, persons to households, ages to persons, people to
places."""

from __future__ import annotations

import numpy as np

from lianfang.epi.compiled import compiled
from lianfang.epi.simulate import dice
from lianfang.epi.simulate.population import FEMALE, MALE, Doubles, Ints, Short, Singles, Tiny

# Wished ages only set an order: the ages themselves are those of the area, given out in it.
ADULT = 18
_HEAD_FROM, _HEAD_YEARS, _ALONE_YEARS = 24.0, 50.0, 62.0
_SPOUSE, _CHILD = 0.82, 0.68


def shared_out(total: int, shares: Doubles) -> Ints:
    """A number by shares, i4, summing to it: largest remainders, the earlier of equal ones first."""
    exact = total * shares / shares.sum()
    given = np.floor(exact).astype(np.int64)
    left = total - int(given.sum())
    given[np.argsort(given - exact, kind="stable")[:left]] += 1
    return np.asarray(given, np.int32)


@compiled
def sized(key: np.uint64, residents: Ints, shares: Doubles) -> tuple[Ints, Ints]:
    """Household sizes, community after community, that use up its ``residents``; and the community of each."""
    total = 0
    for count in residents:
        total += count
    sizes, community = np.empty(total, np.int32), np.empty(total, np.int32)
    upto = np.cumsum(shares / shares.sum())
    n = 0
    for c in range(residents.size):
        left = residents[c]
        while left > 0:
            size = min(np.searchsorted(upto, dice.uniform(key, n, 0, 0), side="right") + 1, left, shares.size)
            sizes[n], community[n] = size, c
            left -= size
            n += 1
    return sizes[:n].copy(), community[:n].copy()


@compiled
def wished(key: np.uint64, sizes: Ints) -> tuple[Singles, Tiny]:
    """For every person, household by household, a wished age and sex (−1: either): a head, mostly a spouse, then
    children and parents."""
    total = 0
    for size in sizes:
        total += size
    age, sex = np.empty(total, np.float32), np.full(total, -1, np.int8)
    p = 0
    for h in range(sizes.size):
        head = _HEAD_FROM + (_ALONE_YEARS if sizes[h] == 1 else _HEAD_YEARS) * dice.uniform(key, h, 0, 0)
        age[p] = head
        for m in range(1, sizes[h]):
            u, v = dice.uniform(key, h, m, 0), dice.uniform(key, h, m, 1)
            if m == 1 and u < _SPOUSE:
                age[p + 1] = head - 5.0 + 8.0 * v
                sex[p] = MALE if dice.uniform(key, h, m, 2) < 0.5 else FEMALE
                sex[p + 1] = 1 - sex[p]
            elif m == 1 or u < _CHILD:
                age[p + m] = head - 20.0 - 15.0 * v
            else:
                age[p + m] = head + 20.0 + 12.0 * v
        p += sizes[h]
    return age, sex


def given_ages(key: np.uint64, sizes: Ints, age_from: Short, age_to: Short, persons: Doubles) -> tuple[Short, Tiny]:
    """Ages and sexes of all persons, exactly as many of each band as its share asks, in the order of what was wished;
    an adult heads each household. ValueError where there are more children than places beside heads."""
    wish, wished_sex = wished(key, sizes)
    n = wish.size
    years = _years(n, age_from, age_to, persons)
    first = np.zeros(sizes.size, np.int64)
    np.cumsum(sizes[:-1], out=first[1:])
    beside = np.ones(n, bool)
    beside[first] = False
    children = int(years[:, :ADULT].sum())
    if children > int(beside.sum()):
        raise ValueError(
            f"{children} persons under {ADULT} and only {int(beside.sum())} places in households beside an adult: "
            "make households larger or the share of children smaller"
        )
    places = np.flatnonzero(beside)
    child = np.zeros(n, bool)
    child[places[np.argsort(wish[places], kind="stable")[:children]]] = True
    age, sex = np.empty(n, np.int16), np.empty(n, np.int8)
    for chosen, low, high in ((child, 0, ADULT), (~child, ADULT, years.shape[1])):
        _fill(key, np.flatnonzero(chosen).astype(np.int32), wish, wished_sex, years[:, low:high], low, (age, sex))
    return age, sex


def _years(n: int, age_from: Short, age_to: Short, persons: Doubles) -> Ints:
    """Persons of each sex and year of age, i4 (2, years), summing to n: bands evenly over their years."""
    width = (age_to - age_from + 1).astype(np.float64)
    by_year = np.repeat(persons / width, width.astype(np.int64), axis=1)
    return shared_out(n, by_year.ravel()).reshape(by_year.shape)


def _fill(
    key: np.uint64, at: Ints, wish: Singles, wished_sex: Tiny, years: Ints, low: int, out: tuple[Short, Tiny]
) -> None:
    """Gives the ages from ``low`` on to the persons ``at``; as many females as there are, by wish and then by lot."""
    lot = dice.uniforms(key, at.astype(np.int64), 1_000_000, 0)
    score = np.select([wished_sex[at] == FEMALE, wished_sex[at] == MALE], [lot - 1.0, lot + 1.0], lot)
    females = int(years[FEMALE].sum())
    order = np.argsort(score, kind="stable")
    for sex, chosen in ((FEMALE, at[order[:females]]), (MALE, at[order[females:]])):
        ranked = chosen[np.argsort(wish[chosen], kind="stable")]
        out[0][ranked] = np.repeat(np.arange(low, low + years.shape[1]), years[sex])
        out[1][ranked] = sex


@compiled
def doors(sizes: Ints, community: Ints, per_grid: int, per_building: int) -> tuple[Ints, Short, Short, Ints]:
    """Grid, building and door of each household, and the community of each grid: household after household."""
    n = sizes.size
    grid, building, door = np.empty(n, np.int32), np.empty(n, np.int16), np.empty(n, np.int16)
    grid_community = np.empty(n, np.int32)
    g, within = -1, per_grid
    for h in range(n):
        if within >= per_grid or (h > 0 and community[h] != community[h - 1]):
            g, within = g + 1, 0
            grid_community[g] = community[h]
        grid[h], building[h], door[h] = g, within // per_building, within % per_building
        within += 1
    return grid, building, door, grid_community[: g + 1].copy()


def going(key: np.uint64, age: Short, age_from: Short, share: Doubles) -> Ints:
    """Persons who go, by the share of their age."""
    band = np.searchsorted(age_from, age, side="right") - 1
    return np.flatnonzero(dice.uniforms(key, np.arange(age.size), 0, 0) < share[band]).astype(np.int32)


def towards(key: np.uint64, who: Ints, home: Ints, near: float, weights: Doubles) -> Ints:
    """The community that each of ``who`` goes to: their own (``home``, as long as ``who``) or any by ``weights``."""
    stays = dice.uniforms(key, who.astype(np.int64), 1, 0) < near
    upto = np.cumsum(weights) / weights.sum()
    elsewhere = np.searchsorted(upto, dice.uniforms(key, who.astype(np.int64), 1, 1), side="right")
    return np.where(stays, home, np.minimum(elsewhere, weights.size - 1)).astype(np.int32)


@compiled
def at_workplaces(key: np.uint64, to: Ints, mean: float, spread: float) -> tuple[Ints, Ints]:
    """The first worker of each workplace (and the end), and its community; ``to``: communities of workers,
    ascending."""
    n = to.size
    first, community = np.empty(n + 1, np.int32), np.empty(n, np.int32)
    w, at = 0, 0
    while at < n:
        size = int(mean * np.exp(spread * dice.normal(key, w, 2, 0) - spread * spread / 2.0)) + 1
        end = at
        while end < n and end < at + size and to[end] == to[at]:
            end += 1
        first[w], community[w] = at, to[at]
        w, at = w + 1, end
    first[w] = n
    return first[: w + 1].copy(), community[:w].copy()
