"""Whether the codes below each division are one run: what lets an area be asked for as a range of codes.

A hierarchy whose codes begin with their upper division's always is. Codes are compared as in ``spans``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from typing import NamedTuple

from lianfang.places.gazetteer import COUNTRY

Parents = Mapping[str, str | None]
"""Codes of divisions, each with its parent's."""


class Misplaced(NamedTuple):
    """A code that breaks the run of a division; it is below it, or lies among those that are."""

    code: str
    division: str
    below: bool


def misplaced(parents: Parents, new: Collection[str]) -> list[Misplaced]:
    """Which of the ``new`` codes leave a division's codes scattered, by code; without them, none is.

    What was there before stays: of a division that was there, the run of its own codes counts.
    """
    remaining, found = dict(parents), dict[str, Misplaced]()
    while wrong := _wrong(remaining, new):
        found |= wrong
        for code in wrong:
            del remaining[code]
    return [found[code] for code in sorted(found)]


def _wrong(parents: Parents, new: Collection[str]) -> dict[str, Misplaced]:
    """Codes to go without next. First those that break a run of old codes, or that old codes keep apart; then, where
    new codes stand against new ones, those that do not begin with their upper division's."""
    order, ways = sorted(parents), list[tuple[int, Misplaced]]()
    for division, inside in _below(parents).items():
        first, last = min(inside), max(inside)
        span = order[bisect_left(order, first) : bisect_right(order, last)]
        if len(span) == len(inside):
            continue
        core = [code for code in inside if code not in new] or [division]
        low, high, its = min(core), max(core), set(inside)
        others = [code for code in span if code not in its]
        ways += [(0, Misplaced(c, division, below=False)) for c in others if c in new and low < c < high]
        for code in inside:
            apart = [o for o in others if code < o < low or high < o < code] if code in new else []
            if apart:
                rank = 0 if any(o not in new for o in apart) else 1 + code.startswith(division)
                ways.append((rank, Misplaced(code, division, below=True)))
    worst = min((rank for rank, _ in ways), default=0)
    return {one.code: one for rank, one in ways if rank == worst}


def _below(parents: Parents) -> dict[str, list[str]]:
    """Of each division the codes below it, with its own; the country stands for all, and is left out."""
    below: dict[str, list[str]] = {}
    for code in parents:
        at: str | None = code
        while at is not None and at in parents and at != COUNTRY:
            below.setdefault(at, []).append(code)
            at = parents[at]
    return below
