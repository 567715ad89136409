"""Generations, cycles, clusters and neighbourhoods of cases, from links between them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lianfang.epi.chains import kernels
from lianfang.epi.chains.kernels import Counts, Flags, Ints


@dataclass(frozen=True, slots=True)
class Generations:
    """What the links say of each case. Arrays have one entry for each case, 0 to n − 1."""

    generation: Ints
    """1: nobody infected it. n + 1: infected by one of generation n; by several, the smallest. 0: not to be said, for
    it is on a cycle, or reached from no first case but through one."""
    circular: Flags
    """Whether it is on a cycle."""
    cycles: tuple[tuple[int, ...], ...]
    """Of each group of cases that infected one another in a circle the shortest circle through its smallest number, in
    the order of infection; one case that infected itself is a circle of one."""
    offspring: Ints
    """How many others it infected; one named as infector of the same case twice, or of itself, counts no more."""
    infectors: Ints
    """How many others may have infected it."""

    @property
    def undetermined(self) -> Ints:
        """The cases without a generation: on a cycle, or behind one only."""
        return np.flatnonzero(self.generation == 0).astype(np.int32)

    @property
    def several_infectors(self) -> Ints:
        """The cases with more than one possible infector; all of them are kept."""
        return np.flatnonzero(self.infectors > 1).astype(np.int32)

    @property
    def linked(self) -> Flags:
        """Whether a case has any link, be it to itself."""
        return (self.offspring > 0) | (self.infectors > 0) | self.circular

    @property
    def roots(self) -> Ints:
        """The first cases of chains: they infected others, and nobody infected them."""
        return np.flatnonzero((self.infectors == 0) & (self.offspring > 0) & ~self.circular).astype(np.int32)

    @property
    def depth(self) -> int:
        """Links from a first case to the last generation; 0 without a chain."""
        return max(int(self.generation.max(initial=1)) - 1, 0)

    def by_generation(self) -> dict[int, int]:
        """Cases with a link, by generation from 1; those without a generation are not in it."""
        counts = np.bincount(self.generation[self.linked])
        return {g: int(count) for g, count in enumerate(counts) if g > 0 and count}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Cases tied by links in either direction. One without links is a cluster of one."""

    label: Ints
    """Of each case, its cluster, numbered from 0 by the smallest member."""
    sizes: Counts
    """Of each cluster."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Who is reached from each of some cases, nearest first, the case itself before all."""

    starts: Counts
    cases: Ints
    steps: Ints

    def of(self, place: int) -> tuple[Ints, Ints]:
        """Cases and the steps to each, from the case at that place of the request."""
        part = slice(int(self.starts[place]), int(self.starts[place + 1]))
        return self.cases[part], self.steps[part]


class Links:
    """Links prepared for questions about surroundings.

    ``edges_from`` and ``edges_to``: integer arrays of equal length, infector and infectee, from 0 to n − 1. Raises
    ValueError for others.
    """

    def __init__(self, edges_from: ArrayLike, edges_to: ArrayLike, n: int) -> None:
        heads, tails = _checked(edges_from, edges_to, n)
        self._onward = kernels.grouped(heads, tails, n)
        self._either = kernels.grouped(np.concatenate((heads, tails)), np.concatenate((tails, heads)), n)
        self._marks: list[tuple[Ints, int]] = []
        self.n = n

    def within(self, cases: ArrayLike, hops: int) -> Reached:
        """Who is within so many links of each case, in either direction."""
        return self._reached(self._either, cases, hops)

    def descendants(self, cases: ArrayLike) -> Reached:
        """The part of the chain that begins at each case: whom it infected, whom they infected, and so on."""
        return self._reached(self._onward, cases, self.n)

    def _reached(self, links: tuple[Counts, Ints], cases: ArrayLike, hops: int) -> Reached:
        found = np.atleast_1d(np.asarray(cases))
        _within_range(found, self.n, "cases")
        # marks are kept from call to call, for a fresh array costs more than a small question; each call has its own
        try:
            seen, before = self._marks.pop()
        except IndexError:
            seen, before = np.zeros(self.n, np.int32), 0
        if before + found.size >= 2**31:
            seen, before = np.zeros(self.n, np.int32), 0
        reached = Reached(*kernels.within(*links, found.astype(np.int32), hops, seen, before))
        self._marks.append((seen, before + found.size))
        return reached


def generations(edges_from: ArrayLike, edges_to: ArrayLike, n: int) -> Generations:
    """Generations, cycles and offspring of n cases. Time and space grow with cases and links; the links of one cluster
    give the same as all links do for its cases.

    ``edges_from``, ``edges_to``: integer arrays of equal length, infector and infectee, from 0 to n − 1, in any order;
    links named twice and to itself are allowed. Raises ValueError for others. The generation counts from 1, the
    imported or first case, as Chinese notices do (一代, 二代).
    """
    heads, tails = _checked(edges_from, edges_to, n)
    infector, further, offspring, looped = kernels.counted(heads, tails, n)
    if further.max(initial=0) > 1:
        again = (further[tails] > 1) & (heads != tails) & (heads != infector[tails])
        kernels.counted_once(*kernels.grouped(tails[again], heads[again], n), further, offspring)
    infectors = further + (infector >= 0)
    infector[looped | (further > 0)] = -2
    kernels.followed(infector)
    generation = np.maximum(-2 - infector, 0)
    circular = np.zeros(n, np.bool_)
    cycles: tuple[tuple[int, ...], ...] = ()
    if not generation.all():
        cycles = _settle(heads, tails, generation, circular)
    return Generations(generation, circular, cycles, offspring, infectors)


def clusters(edges_from: ArrayLike, edges_to: ArrayLike, n: int) -> Clusters:
    """Cases tied by links in either direction (weakly connected components); arguments and errors as for
    generations."""
    return Clusters(*kernels.united(*_checked(edges_from, edges_to, n), n))


@dataclass(frozen=True, slots=True)
class Numbered:
    """Ids as numbers. A case is named by its place in ``ids``."""

    ids: Sequence[Hashable]
    edges_from: Ints
    edges_to: Ints
    dangling: Ints
    """Cases that a link names and the list lacks, once for each time that it is named; empty without a list."""


def numbering(pairs: Iterable[tuple[Hashable, Hashable]], listed: Iterable[Hashable] | None = None) -> Numbered:
    """Numbers for the ids of (infector, infectee) pairs: first those of the case list in its order, if there is one,
    then the others as they come."""
    place: dict[Hashable, int] = {id: at for at, id in enumerate(dict.fromkeys(listed or ()))}
    known = len(place)
    ends = [(place.setdefault(a, len(place)), place.setdefault(b, len(place))) for a, b in pairs]
    found = np.array(ends, np.int32).reshape(-1, 2)
    dangling = found[found >= known] if listed is not None else np.empty(0, np.int32)
    return Numbered(list(place), found[:, 0].copy(), found[:, 1].copy(), dangling)


def _checked(edges_from: ArrayLike, edges_to: ArrayLike, n: int) -> tuple[Ints, Ints]:
    heads, tails = np.asarray(edges_from), np.asarray(edges_to)
    if heads.shape != tails.shape or heads.ndim != 1:
        raise ValueError(f"infectors and infectees are two lists of one length; here are {heads.shape}, {tails.shape}")
    if not 0 <= n < 2**31:
        raise ValueError(f"from 0 to {2**31 - 1:,} cases can be numbered; here are {n:,}")
    for name, ends in (("edges_from", heads), ("edges_to", tails)):
        _within_range(ends, n, name)
    return np.ascontiguousarray(heads, np.int32), np.ascontiguousarray(tails, np.int32)


def _within_range(found: NDArray[Any], n: int, name: str) -> None:
    if found.size and not np.issubdtype(found.dtype, np.integer):
        raise ValueError(f"{name}: numbers of cases are integers; here is {found.dtype}")
    if found.size and not (int(found.min()) >= 0 and int(found.max()) < n):
        raise ValueError(f"{name}: cases are numbered 0 to {n - 1}; here are {found.min()} to {found.max()}")


def _settle(heads: Ints, tails: Ints, generation: Ints, circular: Flags) -> tuple[tuple[int, ...], ...]:
    """Fills in the cases of generation 0: those with several infectors, on a cycle, or behind such. Returns cycles."""
    cases = np.flatnonzero(generation == 0)
    place = np.full(generation.size, -1, np.int32)
    place[cases] = np.arange(cases.size)
    found = np.zeros(cases.size, np.int32)
    heads, tails = kernels.unsettled(heads, tails, generation, place, found)
    starts, targets = kernels.grouped(heads, tails, cases.size)
    group = kernels.circular_groups(starts, targets)
    free = group < 0
    onward = free[heads] & free[tails]
    waiting = np.bincount(tails[onward], minlength=cases.size).astype(np.int32)
    kernels.peel(*kernels.grouped(heads[onward], tails[onward], cases.size), waiting, found)
    generation[cases] = np.where(free, found, 0)
    circular[cases] = ~free
    members = np.flatnonzero(~free)
    firsts = members[np.unique(group[members], return_index=True)[1]]
    bounds, found = kernels.circles(starts, targets, group, np.sort(firsts).astype(np.int32))
    shown = cases[found].tolist()
    return tuple(tuple(shown[i:j]) for i, j in pairwise(bounds))
