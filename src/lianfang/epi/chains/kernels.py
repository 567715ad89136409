"""The loops over links. Small input runs as written; large input is compiled on first use, and the result kept on disk.

Links out of a case are kept as ``starts`` (n + 1 numbers) and ``targets``: those of case v are
``targets[starts[v]:starts[v + 1]]``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
P = ParamSpec("P")
R = TypeVar("R")

# Elements above which compiling pays: loading the compiler takes about as long as Python takes for so many.
COMPILED_FROM = 20_000


class Kernel(Generic[P, R]):
    """A function over arrays that is compiled when it is first called with a large one."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.plain = function
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Callable[P, R]:
        # here, since a start of the service or of another command must not wait for the compiler
        import numba

        try:
            made: Any = numba.njit(self.plain, cache=True)
        except RuntimeError:  # no folder can be written to: compile anew in each process
            made = numba.njit(self.plain)
        return made  # type: ignore[no-any-return]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        sizes = (a.size for a in args if isinstance(a, np.ndarray))
        return (self.compiled if max(sizes, default=0) > COMPILED_FROM else self.plain)(*args, **kwargs)


@Kernel
def grouped(edges_from: Ints, edges_to: Ints, n: int) -> tuple[Counts, Ints]:
    """``starts`` and ``targets`` of the links, by counting; the links of one case stay in their order."""
    starts = np.zeros(n + 1, np.int64)
    for i in range(edges_from.size):
        starts[edges_from[i] + 1] += 1
    for v in range(n):
        starts[v + 1] += starts[v]
    free = starts[:-1].copy()
    targets = np.empty(edges_from.size, np.int32)
    for i in range(edges_from.size):
        v = edges_from[i]
        targets[free[v]] = edges_to[i]
        free[v] += 1
    return starts, targets


@Kernel
def degrees(starts: Counts, targets: Ints) -> tuple[Ints, Ints, Ints]:
    """Of each case the different others it infected and that may have infected it, and the links into it as given."""
    n = starts.size - 1
    offspring = np.zeros(n, np.int32)
    infectors = np.zeros(n, np.int32)
    waiting = np.zeros(n, np.int32)
    last = np.full(n, -1, np.int32)
    for v in range(n):
        for e in range(starts[v], starts[v + 1]):
            w = targets[e]
            waiting[w] += 1
            if w != v and last[w] != v:
                last[w] = v
                offspring[v] += 1
                infectors[w] += 1
    return offspring, infectors, waiting


@Kernel
def peel(starts: Counts, targets: Ints, waiting: Ints, open_: Flags, generation: Ints) -> int:
    """Goes from cases without an open infector (``waiting`` 0) to those whose infectors are all done, and lowers each
    one's generation to the smallest infector's + 1 (0: not known). Only ``open_`` cases are entered. Returns how many
    were done; ``waiting`` stays above 0 for the others."""
    n = waiting.size
    queue = np.empty(n, np.int32)
    done = 0
    filled = 0
    for v in range(n):
        if open_[v] and waiting[v] == 0:
            queue[filled] = v
            filled += 1
    while done < filled:
        v = queue[done]
        done += 1
        for e in range(starts[v], starts[v + 1]):
            w = targets[e]
            if not open_[w]:
                continue
            if generation[v] > 0 and (generation[w] == 0 or generation[v] + 1 < generation[w]):
                generation[w] = generation[v] + 1
            waiting[w] -= 1
            if waiting[w] == 0:
                queue[filled] = w
                filled += 1
    return done


@Kernel
def circular_groups(starts: Counts, targets: Ints, open_: Flags) -> Ints:
    """The group of each case on a cycle of open cases, counted from 0; −1 elsewhere.

    Strongly connected components (Tarjan, SIAM J. Comput. 1972;1:146), without recursion; a case linked to itself is
    one.
    """
    n = starts.size - 1
    group = np.full(n, -1, np.int32)
    order = np.zeros(n, np.int32)
    low = np.zeros(n, np.int32)
    held = np.zeros(n, np.bool_)
    stack = np.empty(n, np.int32)
    path = np.empty(n, np.int32)
    at = starts[:-1].copy()
    stacked = 0
    seen = 0
    groups = 0
    for root in range(n):
        if not open_[root] or order[root] > 0:
            continue
        path[0] = root
        depth = 1
        while depth > 0:
            v = path[depth - 1]
            if order[v] == 0:
                seen += 1
                order[v] = seen
                low[v] = seen
                stack[stacked] = v
                stacked += 1
                held[v] = True
            deeper = False
            while at[v] < starts[v + 1] and not deeper:
                w = targets[at[v]]
                at[v] += 1
                if open_[w] and order[w] == 0:
                    path[depth] = w
                    depth += 1
                    deeper = True
                elif open_[w] and held[w]:
                    low[v] = min(low[v], order[w])
            if deeper:
                continue
            depth -= 1
            if depth > 0:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[v])
            if low[v] == order[v]:
                looped = stack[stacked - 1] != v
                for e in range(starts[v], starts[v + 1]):
                    looped = looped or targets[e] == v
                w = -1
                while w != v:
                    stacked -= 1
                    w = stack[stacked]
                    held[w] = False
                    if looped:
                        group[w] = groups
                groups += looped
    return group


@Kernel
def united(edges_from: Ints, edges_to: Ints, n: int) -> tuple[Ints, Counts]:
    """The cluster of each case, numbered by its smallest member, and the clusters' sizes."""
    parent = np.arange(n).astype(np.int32)
    for i in range(edges_from.size):
        a = edges_from[i]
        b = edges_to[i]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a < b:
            parent[b] = a
        else:
            parent[a] = b
    label = np.empty(n, np.int32)
    sizes = np.zeros(n, np.int64)
    clusters = 0
    for v in range(n):  # a parent is never after its child
        if parent[v] == v:
            label[v] = clusters
            clusters += 1
        else:
            label[v] = label[parent[v]]
        sizes[label[v]] += 1
    return label, sizes[:clusters].copy()


@Kernel
def within(starts: Counts, targets: Ints, seeds: Ints, hops: int) -> tuple[Counts, Ints, Ints]:
    """Who is reached from each seed in so many steps, nearest first, the seed itself before them: ``starts`` by seed,
    cases, and steps to each."""
    n = starts.size - 1
    stamp = np.full(n, -1, np.int32)
    bounds = np.zeros(seeds.size + 1, np.int64)
    room = 1024
    reached = np.empty(room, np.int32)
    steps = np.empty(room, np.int32)
    filled = 0
    for s in range(seeds.size):
        if filled + n > room:  # doubled, but never for more than all could need
            room = max(room, min(2 * room + n, seeds.size * n))
            longer = np.empty(room, np.int32)
            longer[:filled] = reached[:filled]
            reached = longer
            more = np.empty(room, np.int32)
            more[:filled] = steps[:filled]
            steps = more
        at = filled
        stamp[seeds[s]] = s
        reached[filled] = seeds[s]
        steps[filled] = 0
        filled += 1
        while at < filled and steps[at] < hops:
            v = reached[at]
            for e in range(starts[v], starts[v + 1]):
                w = targets[e]
                if stamp[w] != s:
                    stamp[w] = s
                    reached[filled] = w
                    steps[filled] = steps[at] + 1
                    filled += 1
            at += 1
        bounds[s + 1] = filled
    return bounds, reached[:filled].copy(), steps[:filled].copy()
