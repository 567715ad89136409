"""An attacker of our own, who tries every table: shares nothing with what it holds to account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from lianfang.epi.disclosure.tables import TOTAL, Cell

Published = Sequence[Mapping[Cell, int]]
"""What was shown on each day."""


def covers(cell: Cell, finest: Cell) -> bool:
    return all(name in (TOTAL, one) for name, one in zip(cell, finest, strict=True))


def possible(
    categories: Sequence[Sequence[str]],
    days: Published,
    target: Cell,
    first: int | None,
    day: int,
    values: range,
    *,
    cap: int,
) -> set[int]:
    """Those of ``values`` that a hidden number can have: ``target`` on ``day``, or its growth since ``first``.

    Every finest cell's growth on every day is tried from 0 to ``cap``, under the sums that were published.
    """
    finest = list(product(*categories))
    unknown = [(d, cell) for d in range(len(days)) for cell in finest]
    sums = [
        ([u for u in unknown if u[0] <= d and covers(cell, u[1])], value)
        for d, shown in enumerate(days)
        for cell, value in shown.items()
    ]
    since = -1 if first is None else first
    asked = [u for u in unknown if since < u[0] <= day and covers(target, u[1])]
    return {value for value in values if _exists(unknown, [*sums, (asked, value)], cap)}


def _exists(unknown: Sequence[tuple[int, Cell]], sums: Sequence[tuple[list[tuple[int, Cell]], int]], cap: int) -> bool:
    """Whether there are numbers for the unknowns under the sums: depth first, each sum held from above and below."""
    left = [value for _, value in sums]
    open_ = [len(members) for members, _ in sums]
    within = {u: [n for n, (members, _) in enumerate(sums) if u in members] for u in unknown}
    # Those in the most sums first: they fail soonest.
    order = sorted(unknown, key=lambda u: -len(within[u]))

    def place(at: int) -> bool:
        if at == len(order):
            return all(rest == 0 for rest in left)
        mine = within[order[at]]
        highest = min((left[n] for n in mine), default=cap)
        lowest = max((left[n] - cap * (open_[n] - 1) for n in mine), default=0)
        for n in mine:
            open_[n] -= 1
        for value in range(max(lowest, 0), min(highest, cap) + 1):
            for n in mine:
                left[n] -= value
            if place(at + 1):
                return True
            for n in mine:
                left[n] += value
        for n in mine:
            open_[n] += 1
        return False

    return all(rest >= 0 for rest in left) and place(0)


def is_safe(possible_values: set[int], k: int) -> bool:
    """At least k consecutive values, one of them k or more."""
    return (
        any(set(range(start, start + k)) <= possible_values for start in range(1, max(possible_values, default=0) + 1))
        or (set(range(k)) | {k}) <= possible_values
    )
