"""Sharing 30 items from 50 stores among 500 places: how much each gets, from where, what other rules would give.

The peer is scipy's ``linprog`` (HiGHS too), which is given the whole transportation problem of each item with amounts
that are settled already: the ways alone, neither the sharing nor the other rules, and no whole numbers asked for.
``milp`` asks for them. Both must cost what ours costs. Seconds of the processor stand beside those of the clock: the
machine is not alone.
"""

from __future__ import annotations

import json
import time
from typing import Any
from uuid import UUID

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import eye, kron, vstack

from lianfang.capabilities.supplies.rules.allocate import Place, Plan, Store, allocate

ITEMS, STORES, PLACES, BY_MILP = 30, 50, 500, 3
MOST_S, MOST_GAP = 2.0, 0.01
Case = tuple[list[Store], list[Place]]


def run() -> list[dict[str, Any]]:
    """One row a peer."""
    dice = np.random.default_rng(20200128)
    stores, places = dice.random((STORES, 2)) * 500, dice.random((PLACES, 2)) * 500
    km = np.hypot(*(stores[:, None] - places[None]).transpose(2, 0, 1))
    cases = [_item(dice) for _ in range(ITEMS)]
    allocate(*cases[0], km, limit_s=MOST_S)  # the solver's code is loaded
    plans, wall, cpu = _timed(lambda: [allocate(*one, km, limit_s=MOST_S) for one in cases])
    gap = max(one.gap for one in plans)
    rows = []
    for name, n, ask in (("linprog", ITEMS, _linprog), ("milp", BY_MILP, _milp)):
        costs, peer_wall, peer_cpu = _timed(
            lambda n=n, ask=ask: [ask(one, plan, km) for one, plan in zip(cases[:n], plans, strict=False)]
        )
        assert np.allclose(costs, [one.unit_km for one in plans[:n]], rtol=1e-6), "the peer found other ways"
        ratio = min(MOST_S / wall, MOST_GAP / gap if gap else np.inf)
        rows.append(
            {
                "claim": f"{ITEMS} items, {STORES} stores, {PLACES} places, to a proven gap of {gap:.1e}",
                "ours": f"{wall:.2f} s, {cpu:.2f} s of processor",
                "peer": f"scipy {name}, the ways of {n} items: {peer_wall:.1f} s, {peer_cpu:.1f} s of processor",
                "ratio": ratio, "target": f"≤ {MOST_S:.0f} s, gap ≤ 1 %", "met": ratio >= 1,
            }
        )  # fmt: skip
    return rows


def _item(dice: np.random.Generator) -> Case:
    """About four fifths of what is needed, unevenly stored."""
    stores = [Store(UUID(int=n + 1), int(dice.integers(0, 40_000)), 500) for n in range(STORES)]
    places = [
        Place(
            UUID(int=n + 1), int(dice.integers(500, 5_000)), int(dice.integers(0, 800)), 50, int(dice.integers(9, 900))
        )
        for n in range(PLACES)
    ]
    return stores, places


def _timed(work: Any) -> tuple[Any, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    return work(), time.perf_counter() - wall, time.process_time() - cpu


def _settled(case: Case, plan: Plan) -> tuple[Any, Any, Any]:
    """The matrix of the ways, what stores have, what places get."""
    uses = vstack([kron(eye(STORES), np.ones((1, PLACES))), kron(np.ones((1, STORES)), eye(PLACES))]).tocsr()
    have = [one.available for one in sorted(case[0], key=lambda one: one.id)]
    return uses, np.array(have), np.array([one.amount for one in plan.shares])


def _linprog(case: Case, plan: Plan, km: Any) -> float:
    uses, have, want = _settled(case, plan)
    found = linprog(km.ravel(), A_ub=uses[:STORES], b_ub=have, A_eq=uses[STORES:], b_eq=want, method="highs")
    return float(found.fun)


def _milp(case: Case, plan: Plan, km: Any) -> float:
    uses, have, want = _settled(case, plan)
    limits = LinearConstraint(uses, np.concatenate([np.zeros(STORES), want]), np.concatenate([have, want]))
    found = milp(km.ravel(), constraints=limits, integrality=np.ones(km.size), bounds=Bounds(0, np.inf))
    return float(found.fun)


if __name__ == "__main__":
    print(json.dumps(run(), ensure_ascii=False, indent=1))
