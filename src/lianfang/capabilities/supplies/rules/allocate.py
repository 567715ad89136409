"""How what is scarce is shared: first how much each place gets, fair by need; then from which store, the nearest way.

The rule. What a place has, with what it gets, is set against what it needs for the days that are looked ahead: its
coverage. Units are given one by one to the place whose coverage is lowest, until what the stores can give is used up or
every need is met; so those who get anything end on one level, and who is above it already gets nothing. No place gets
less than its floor, and a store keeps its reserve. Where the floors alone are more than there is, they are shared the
same way.

Source: lexicographic maximin sharing, H. Luss, "On equitable resource allocation problems: a lexicographic minimax
approach", Operations Research 47(3), 1999, pages 361-378. Which store brings what is a transportation problem
(``routes``): the fewest unit-kilometres for those amounts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

import numpy as np

from lianfang.epi.routes import Routes, route

Ints = np.ndarray[Any, np.dtype[np.int64]]
Rule = Literal["fair", "proportional", "per_head", "highest_first"]
RULES: Final[tuple[Rule, ...]] = ("fair", "proportional", "per_head", "highest_first")


class Store(NamedTuple):
    """What a store has of an item, and what of it it keeps; in base units."""

    id: UUID
    stock: int
    reserve: int = 0

    @property
    def available(self) -> int:
        return max(0, self.stock - self.reserve)


class Place(NamedTuple):
    """A place in need: what it needs for the days looked ahead, what of that it has, the least that it is to get, and
    how many people it serves (None where nobody knows); in base units."""

    id: UUID
    need: int
    has: int = 0
    floor: int = 0
    heads: int | None = None

    @property
    def gap(self) -> int:
        return max(0, self.need - self.has)


class Line(NamedTuple):
    """So many units from a store to a place. ``nearest``: no store that has the item is nearer to the place."""

    store: UUID
    place: UUID
    amount: int
    nearest: bool


class Share(NamedTuple):
    """What a place gets. ``why``: ``full`` (the whole gap), ``level`` (raised to the level of all), ``floor`` (its
    floor, which is above that level), ``short_floor`` (less than its floor: the floors are more than there is),
    ``enough`` (above the level without anything), ``no_need``."""

    place: UUID
    amount: int
    why: Literal["full", "level", "floor", "short_floor", "enough", "no_need"]
    by_rule: tuple[int | None, ...]
    """What it would get under each of ``RULES``, in their order; None where the rule cannot be reckoned."""


class Plan(NamedTuple):
    """Of one item. ``level`` is the lowest coverage after it, from 0 to 1; None where nobody needs anything.
    ``unit_km`` is what the way costs, and ``gap`` what at most could be saved of it, from 0 to 1, as is proven."""

    shares: tuple[Share, ...]
    lines: tuple[Line, ...]
    available: int
    given: int
    level: float | None
    unit_km: float
    gap: float


def allocate(stores: Sequence[Store], places: Sequence[Place], km: np.ndarray[Any, Any], *, limit_s: float) -> Plan:
    """Shares one item. ``km``: kilometres, a row for each store, a column for each place. Stores and places are told
    once each; in which order does not matter. ``limit_s`` is the time that the solver has for the ways."""
    rows = sorted(range(len(stores)), key=lambda n: stores[n].id)
    columns = sorted(range(len(places)), key=lambda n: places[n].id)
    stores, places = [stores[n] for n in rows], [places[n] for n in columns]
    km = np.asarray(km, np.float64).reshape(len(rows), len(columns))[np.ix_(rows, columns)]
    supply = np.array([one.available for one in stores], np.int64)
    available = int(supply.sum())
    amounts = fair(places, available)
    found = route(supply, amounts, km, limit_s=limit_s)
    others = [_BY_RULE[rule](places, available) for rule in RULES[1:]]
    after = [min(1.0, (one.has + int(n)) / one.need) for one, n in zip(places, amounts, strict=True) if one.need]
    shares = tuple(
        Share(one.id, int(amounts[n]), _why(one, int(amounts[n]), places, available),
              (int(amounts[n]), *(None if its is None else int(its[n]) for its in others)))
        for n, one in enumerate(places)
    )  # fmt: skip
    lines = _lines(stores, places, supply, km, found)
    return Plan(shares, lines, available, int(amounts.sum()), min(after, default=None), found.cost, found.gap)


def _lines(
    stores: Sequence[Store], places: Sequence[Place], supply: Ints, km: np.ndarray[Any, Any], found: Routes
) -> tuple[Line, ...]:
    if not found.lines:
        return ()
    nearest = np.where(supply[:, None] > 0, km, np.inf).min(axis=0)
    return tuple(
        Line(stores[store].id, places[place].id, amount, bool(km[store, place] <= nearest[place]))
        for store, place, amount in found.lines
    )


def fair(places: Sequence[Place], available: int) -> Ints:
    """What each place gets by the rule. Never more than its gap or than there is together, and all of it is given
    while anybody's need is open."""
    need, has, floor, gap = (_array([getattr(one, name) for one in places]) for name in ("need", "has", "floor", "gap"))
    floor = np.minimum(floor, gap)
    if floor.sum() > available:
        return raised(has, need, np.zeros_like(gap), floor, available)
    return raised(has, need, floor, gap, available)


def proportional(places: Sequence[Place], available: int) -> Ints:
    """The same share of each place's gap."""
    gap = _array([one.gap for one in places])
    return raised(np.zeros_like(gap), gap, np.zeros_like(gap), gap, available)


def per_head(places: Sequence[Place], available: int) -> Ints | None:
    """The same for each head, nobody more than the gap; None where somewhere in need the heads are not known."""
    if any(one.heads is None and one.gap for one in places):
        return None
    heads = _array([one.heads or 0 for one in places])
    gap = np.where(heads > 0, _array([one.gap for one in places]), 0)
    return raised(np.zeros_like(gap), heads, np.zeros_like(gap), gap, available)


def highest_first(places: Sequence[Place], available: int) -> Ints:
    """The largest gap in full, then the next, until there is no more."""
    amounts = np.zeros(len(places), np.int64)
    for n in sorted(range(len(places)), key=lambda n: (-places[n].gap, n)):
        amounts[n] = min(places[n].gap, available)
        available -= int(amounts[n])
    return amounts


_BY_RULE: Final[dict[Rule, Callable[[Sequence[Place], int], Ints | None]]] = {
    "proportional": proportional,
    "per_head": per_head,
    "highest_first": highest_first,
}


def raised(has: Ints, of: Ints, least: Ints, most: Ints, available: int) -> Ints:
    """Units given one by one to whom ``(has + given) / of`` is lowest for, from ``least`` on and never beyond
    ``most``; of several on one level first to the one that a unit raises most, then to the first.

    By halving the level until nothing lies between its bounds: two places' levels differ by one over the product of
    their needs, or not at all. Below the lower bound all is given; between the two is no more than one unit of each.
    """
    if most.sum() <= available:
        return most.copy()
    weight = np.maximum(of, 1)

    def upto(level: float) -> Ints:
        return np.clip(np.ceil(level * weight - has).astype(np.int64), least, most)

    low, high, apart = 0.0, float(np.max((has + most) / weight)) + 1.0, 0.5 / float(weight.max()) ** 2
    while high - low > apart and low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if upto(middle).sum() <= available else (low, middle)
    amounts = upto(low)
    left = int(available - amounts.sum())
    waiting = np.flatnonzero(upto(high) > amounts)
    amounts[waiting[np.lexsort((waiting, weight[waiting]))][:left]] += 1
    return amounts


def _why(
    one: Place, amount: int, places: Sequence[Place], available: int
) -> Literal["full", "level", "floor", "short_floor", "enough", "no_need"]:
    if not one.need:
        return "no_need"
    if not one.gap:
        return "enough"
    if amount == one.gap:
        return "full"
    least = min(one.floor, one.gap)
    if amount < least:
        return "short_floor"
    if least and amount == least:
        return "floor"
    return "level" if amount else "enough"


def _array(told: Sequence[int]) -> Ints:
    return np.array(told, np.int64)
