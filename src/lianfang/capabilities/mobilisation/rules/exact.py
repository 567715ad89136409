"""The most places of a small rota that can be filled, by the solver; of such rotas one whose longest load is least."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import highspy
import numpy as np


def best(
    can: np.ndarray[Any, np.dtype[np.bool_]], clash: np.ndarray[Any, np.dtype[np.bool_]],
    hours: np.ndarray[Any, np.dtype[np.float64]], places: Sequence[int], left: Sequence[float],
    given: list[tuple[int, int]], most: int, limit_s: float,
) -> tuple[list[tuple[int, int]], int]:  # fmt: skip
    """Who (rows) takes which shift (columns), and how many places can be filled at most: what was ``given`` and
    ``most``, where the solver finds nothing better in its time."""
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # it has no types
    for option, value in (("output_flag", False), ("time_limit", limit_s), ("threads", 1), ("mip_rel_gap", 0.0)):
        model.setOptionValue(option, value)
    pairs = [(int(s), int(p)) for p, s in np.argwhere(can)]
    column = {pair: n for n, pair in enumerate(pairs)}
    weight = float(hours.sum() or 1.0) * 2
    longest = len(pairs)
    for _ in pairs:
        model.addVar(0.0, 1.0)
    model.addVar(0.0, float("inf"))
    n = len(pairs)
    model.changeColsCost(n + 1, np.arange(n + 1, dtype=np.int32), np.array([-1.0] * n + [0.5 / weight]))
    kinds = np.array([highspy.HighsVarType.kInteger] * n + [highspy.HighsVarType.kContinuous])
    model.changeColsIntegrality(n + 1, np.arange(n + 1, dtype=np.int32), kinds)

    def row(least: float, top: float, columns: Sequence[int], values: Sequence[float]) -> None:
        model.addRow(least, top, len(columns), np.array(columns, np.int32), np.array(values, np.float64))

    for s, top in enumerate(places):
        of = [column[pair] for pair in pairs if pair[0] == s]
        row(-highspy.kHighsInf, float(top), of, [1.0] * len(of))
    for p in range(can.shape[0]):
        theirs = [s for s in range(can.shape[1]) if can[p, s]]
        for s in theirs:
            of = [column[other, p] for other in theirs if other != s and clash[s, other]]
            for other in of:
                if column[s, p] < other:
                    row(-highspy.kHighsInf, 1.0, [column[s, p], other], [1.0, 1.0])
        if theirs:
            load = [float(hours[s]) for s in theirs]
            row(-highspy.kHighsInf, left[p], [column[s, p] for s in theirs], load)
            row(-highspy.kHighsInf, 0.0, [*(column[s, p] for s in theirs), longest], [*load, -1.0])
    model.run()
    info = model.getInfo()
    if info.primal_solution_status != 2:
        return given, most
    values = model.getSolution().col_value
    found = [pair for pair, value in zip(pairs, values, strict=False) if value > 0.5]
    # a place more weighs twice as much as all hours together
    proven = min(most, int(np.ceil(-info.mip_dual_bound - 1e-6)))
    return (found if len(found) > len(given) else given), max(proven, len(found))
