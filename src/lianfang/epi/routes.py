"""From which store to which place: the fewest unit-kilometres for amounts that are settled.

A transportation problem, whose corners are whole numbers. Of the many ways only the near ones and one that is possible
are given to the solver; the prices that it returns show which of the others would save something, and those are added,
until none would. The same prices bound from below what any plan costs: that is the proven gap.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import highspy
import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
NEAR: Final = 5
"""Stores that each place is tried with first."""
PROVEN: Final = 1e-9
"""The gap at which nothing is left to be saved."""


class Routes(NamedTuple):
    """``lines``: store, place and amount, by their order. ``gap``: at most this share of ``cost`` could be saved."""

    lines: tuple[tuple[int, int, int], ...]
    cost: float
    gap: float


def route(supply: Ints, amounts: Ints, km: Floats, *, limit_s: float) -> Routes:
    """The cheapest ways to bring ``amounts`` (by place) from ``supply`` (by store), which is enough; ``km`` has a row
    for each store. Where the solver's time ends first, the best that it had, with the gap that is proven for it."""
    stores, places = np.flatnonzero(supply > 0), np.flatnonzero(amounts > 0)
    if not places.size:
        return Routes((), 0.0, 0.0)
    cost, have, want = km[np.ix_(stores, places)], supply[stores], amounts[places]
    flow, bound = _solved(have, want, cost, limit_s)
    total = float((flow * cost).sum())
    lines = tuple(
        (int(stores[s]), int(places[p]), int(flow[s, p])) for s, p in sorted(zip(*np.nonzero(flow), strict=True))
    )
    return Routes(lines, total, max(0.0, (total - bound) / total) if total > 0 else 0.0)


def _solved(have: Ints, want: Ints, cost: Floats, limit_s: float) -> tuple[Ints, float]:
    """The flow, and what no flow costs less than."""
    flow = _possible(have, want, cost)
    bound = float((cost.min(axis=0) * want).sum())
    used = flow > 0
    near = np.argsort(cost, axis=0, kind="stable")[:NEAR]
    used[near, np.arange(want.size)] = True
    solver = _solver(have, want)
    arcs = np.argwhere(used)
    known = np.zeros((0, 2), np.int64)
    while arcs.size:
        _add(solver, arcs, cost, have.size)
        known = np.concatenate([known, arcs])
        solver.setOptionValue("time_limit", limit_s)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return flow, bound
        told = solver.getSolution()
        flow = np.zeros(cost.shape, np.int64)
        flow[known[:, 0], known[:, 1]] = np.rint(told.col_value)
        prices = np.minimum(np.asarray(told.row_dual)[: have.size], 0.0)
        reduced = cost - prices[:, None]
        pays = reduced.min(axis=0)
        bound = max(bound, float(have @ prices + want @ pays))
        now = float((flow * cost).sum())
        if now - bound <= PROVEN * max(now, 1.0):
            break
        saves = (reduced < np.asarray(told.row_dual)[have.size :] - 1e-9) & ~used
        used |= saves
        arcs = np.argwhere(saves)
    return flow, bound


def _possible(have: Ints, want: Ints, cost: Floats) -> Ints:
    """A flow that brings everything: place by place, from the nearest store that has any left."""
    left, flow = have.copy(), np.zeros(cost.shape, np.int64)
    order = np.argsort(cost, axis=0, kind="stable")
    for place, wanted in enumerate(want.tolist()):
        for store in order[:, place]:
            part = min(wanted, int(left[store]))
            flow[store, place] = part
            left[store] -= part
            wanted -= part
            if not wanted:
                break
    return flow


def _solver(have: Ints, want: Ints) -> Any:
    """With a row for each store, at most what it has, and one for each place, just what it gets."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # it has no types
    plain = ("simplex_dual_edge_weight_strategy", 0)  # a quarter less work here than the usual pricing
    for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("presolve", "off"), plain):
        solver.setOptionValue(name, value)
    lower = np.concatenate([np.zeros(have.size), want.astype(np.float64)])
    upper = np.concatenate([have, want]).astype(np.float64)
    nothing = np.zeros(0, np.int32)
    solver.addRows(lower.size, lower, upper, 0, nothing, nothing, np.zeros(0))
    return solver


def _add(solver: Any, arcs: Ints, cost: Floats, stores: int) -> None:
    n = len(arcs)
    index = np.column_stack([arcs[:, 0], arcs[:, 1] + stores]).ravel().astype(np.int32)
    starts = np.arange(0, 2 * n, 2, dtype=np.int32)
    solver.addCols(
        n, cost[arcs[:, 0], arcs[:, 1]], np.zeros(n), np.full(n, highspy.kHighsInf), 2 * n, starts, index,
        np.ones(2 * n),
    )  # fmt: skip
