"""The loops over links. Small input runs as written; large input is compiled on first use, and the result kept on disk.

Links out of a case are kept as ``starts`` (n + 1 numbers) and ``targets``: those of case v are
``targets[starts[v]:starts[v + 1]]``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Generic, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
P = ParamSpec("P")
R = TypeVar("R")

# Elements from which the compiler is worth loading: that takes a second or more, Python for so many a fifth of one.
COMPILED_FROM = 100_000


class Kernel(Generic[P, R]):
    """A function over arrays that is compiled when it is first called with a large one."""

    def __init__(self, function: Callable[P, R]) -> None:
        self.plain = function
        self.__doc__ = function.__doc__

    @cached_property
    def compiled(self) -> Callable[P, R]:
        # here, since a start of the service or of another command must not wait for the compiler
        from lianfang.epi.compiled import compiled

        return compiled(self.plain)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        large = max((a.size for a in args if isinstance(a, np.ndarray)), default=0) >= COMPILED_FROM
        loaded = "compiled" in self.__dict__
        return (self.compiled if large or loaded else self.plain)(*args, **kwargs)


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
def counted(edges_from: Ints, edges_to: Ints, n: int) -> tuple[Ints, Ints, Ints, Flags]:
    """Of each case its first infector (−1 without), how often another than that one is named, how often it is named as
    infector of others (the first infector of a case once), and whether it is linked to itself, which counts nowhere
    else."""
    infector = np.full(n, -1, np.int32)
    further = np.zeros(n, np.int32)
    offspring = np.zeros(n, np.int32)
    looped = np.zeros(n, np.bool_)
    for i in range(edges_from.size):
        v = edges_from[i]
        w = edges_to[i]
        if v == w:
            looped[w] = True
        elif infector[w] == -1:
            infector[w] = v
            offspring[v] += 1
        elif infector[w] != v:
            further[w] += 1
            offspring[v] += 1
    return infector, further, offspring, looped


@Kernel
def counted_once(starts: Counts, sources: Ints, further: Ints, offspring: Ints) -> None:
    """Takes back what the links of each case to its further infectors have added by being named again."""
    last = np.full(further.size, -1, np.int32)
    for w in range(further.size):
        for e in range(starts[w], starts[w + 1]):
            v = sources[e]
            if last[v] == w:
                further[w] -= 1
                offspring[v] -= 1
            last[v] = w


@Kernel
def followed(infector: Ints) -> None:
    """Puts in the place of each one's infector (−1: it has none, −2: not one only) the generation to which infectors
    lead back, g as −g − 2; −2 where they lead to no first case."""
    path = np.empty(infector.size, np.int32)
    for first in range(infector.size):
        v = first
        steps = 0
        link = infector[v]
        while link >= -1:
            path[steps] = v
            steps += 1
            infector[v] = -2
            if link == -1:
                break
            v = link
            link = infector[v]
        if link == -2:
            continue
        last = -2 if link == -1 else link
        while steps > 0:
            steps -= 1
            last -= 1
            infector[path[steps]] = last


@Kernel
def unsettled(edges_from: Ints, edges_to: Ints, generation: Ints, place: Ints, smallest: Ints) -> tuple[Ints, Ints]:
    """The links between cases without a generation, by their ``place`` among these (−1 for others); what links from
    others make of such a case's generation goes into ``smallest`` (0: nothing)."""
    heads = np.empty(edges_from.size, np.int32)
    tails = np.empty(edges_from.size, np.int32)
    filled = 0
    for i in range(edges_from.size):
        w = place[edges_to[i]]
        if w < 0:
            continue
        v = edges_from[i]
        if place[v] >= 0:
            heads[filled] = place[v]
            tails[filled] = w
            filled += 1
        elif smallest[w] == 0 or generation[v] + 1 < smallest[w]:
            smallest[w] = generation[v] + 1
    return heads[:filled].copy(), tails[:filled].copy()


@Kernel
def peel(starts: Counts, targets: Ints, waiting: Ints, generation: Ints) -> None:
    """Goes from cases without infectors to those whose infectors are all done (``waiting`` counts the others), and
    lowers each one's generation to the smallest infector's + 1; 0 is not known. There must be no cycle."""
    queue = np.empty(waiting.size, np.int32)
    filled = 0
    for v in range(waiting.size):
        if waiting[v] == 0:
            queue[filled] = v
            filled += 1
    done = 0
    while done < filled:
        v = queue[done]
        done += 1
        for e in range(starts[v], starts[v + 1]):
            w = targets[e]
            if generation[v] > 0 and (generation[w] == 0 or generation[v] + 1 < generation[w]):
                generation[w] = generation[v] + 1
            waiting[w] -= 1
            if waiting[w] == 0:
                queue[filled] = w
                filled += 1


@Kernel
def circular_groups(starts: Counts, targets: Ints) -> Ints:
    """The group of each case on a cycle, counted from 0; −1 elsewhere.

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
        depth = 0
        if order[root] == 0:
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
                if order[w] == 0:
                    path[depth] = w
                    depth += 1
                    deeper = True
                elif held[w]:
                    low[v] = min(low[v], order[w])
            if deeper:
                continue
            depth -= 1
            if depth > 0:
                low[path[depth - 1]] = min(low[path[depth - 1]], low[v])
            if low[v] == order[v]:
                circular = stack[stacked - 1] != v
                for e in range(starts[v], starts[v + 1]):
                    circular = circular or targets[e] == v
                w = -1
                while w != v:
                    stacked -= 1
                    w = stack[stacked]
                    held[w] = False
                    if circular:
                        group[w] = groups
                groups += circular
    return group


@Kernel
def circles(starts: Counts, targets: Ints, group: Ints, firsts: Ints) -> tuple[Counts, Ints]:
    """The shortest circle through each of ``firsts``, one for each group, within its group: ``bounds``, and the cases
    in the order of infection."""
    came_from = np.full(group.size, -1, np.int32)
    queue = np.empty(group.size + 1, np.int32)  # the first one comes again, last
    bounds = np.zeros(firsts.size + 1, np.int64)
    found = np.empty(group.size, np.int32)
    for f in range(firsts.size):
        first = firsts[f]
        queue[0] = first
        done = 0
        filled = 1
        while came_from[first] == -1:
            v = queue[done]
            done += 1
            for e in range(starts[v], starts[v + 1]):
                w = targets[e]
                if group[w] == group[first] and came_from[w] == -1:
                    came_from[w] = v
                    queue[filled] = w
                    filled += 1
        length = 1
        v = came_from[first]
        while v != first:
            length += 1
            v = came_from[v]
        bounds[f + 1] = bounds[f] + length
        found[bounds[f]] = first
        v = came_from[first]
        for at in range(bounds[f + 1] - 1, bounds[f], -1):
            found[at] = v
            v = came_from[v]
    return bounds, found[: bounds[firsts.size]].copy()


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
def within(starts: Counts, targets: Ints, seeds: Ints, hops: int, seen: Ints, before: int) -> tuple[Counts, Ints, Ints]:
    """Who is reached from each seed in so many steps, nearest first, the seed itself before them: ``starts`` by seed,
    cases, and steps to each. ``seen`` has a number of at most ``before`` for each case, and is marked with greater
    ones."""
    n = starts.size - 1
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
        mark = before + 1 + s
        seen[seeds[s]] = mark
        reached[filled] = seeds[s]
        steps[filled] = 0
        filled += 1
        while at < filled and steps[at] < hops:
            v = reached[at]
            for e in range(starts[v], starts[v + 1]):
                w = targets[e]
                if seen[w] != mark:
                    seen[w] = mark
                    reached[filled] = w
                    steps[filled] = steps[at] + 1
                    filled += 1
            at += 1
        bounds[s + 1] = filled
    return bounds, reached[:filled].copy(), steps[:filled].copy()
