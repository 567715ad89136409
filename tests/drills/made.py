"""A small drill, from a population of the simulator's, for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from lianfang.capabilities.drills.rules.drill import Drill
from lianfang.capabilities.drills.rules.response import Response
from lianfang.epi.simulate import outbreak as spread
from lianfang.epi.simulate import population as people
from lianfang.epi.simulate.outbreak import Outbreak
from lianfang.epi.simulate.population import Population

COMMUNITIES = ("530102", "530103")
DAYS = 16


@cache
def population(persons: int = 900, seed: int = 1) -> Population:
    shares = np.array([0.15, 0.25, 0.25, 0.18, 0.09, 0.05, 0.02, 0.005, 0.003, 0.002])
    ages, tops = np.array([0, 15, 65], np.int16), np.array([14, 64, 100], np.int16)
    counts = np.array([[8.0, 34, 7], [9, 35, 6]])
    marginals = people.Marginals(shares, ages, tops, counts, np.array([0, 0.6, 0.1]), np.array([0.7, 0.1, 0]))
    settlement = people.Settlement(grid_households=20, building_households=10)
    travel = people.Travel(0.04, 0.04, np.array([1.0]), hotel_guests=10)
    return people.make(persons, marginals, np.array([0.6, 0.4]), seed, DAYS, travel, settlement)


def spreading(days: int = DAYS, seed: int = 1, persons: int = 900) -> Outbreak:
    """An outbreak of the simulator's in the population, in which much is traced."""

    def delay(mean: float, sd: float) -> spread.Delay:
        return spread.Delay("gamma", mean, sd)

    course = spread.Course(
        delay(4, 2), 2.0, 2.0, 4.0, 14.0, 0.5, 0.5, 0.5, (0, 40), (1.0, 1.0), (0.8, 0.8), (0.3, 0.5), (0.2, 0.4),
        (0.3, 0.3), (0.3, 0.5), delay(9, 2), delay(14, 3), delay(8, 2),
    )  # fmt: skip
    mixing = spread.Mixing(3.0, (0, 8, 8, 4, 6), (3, 1, 1, 0.5, 0.5), (0, 0, 0, 0.2, 0.2), 4)
    finding = spread.Finding((0.8, 0.9, 1, 1), delay(1.5, 1), delay(0.3, 0.2), delay(0.5, 0.2), delay(0.2, 0.1),
                             delay(0.3, 0.2), 0.9, delay(1, 0.2))  # fmt: skip
    tracing = spread.Tracing(
        0, spread.ALWAYS, (1, 0.8, 0.8, 0.4, 0.4), delay(0.5, 0.2), 2, 14, 0.5, delay(0.3, 0.1), 0.5
    )
    measures = spread.Measures((spread.Isolation(0, spread.ALWAYS, 0.5),), (tracing,))
    parameters = spread.Parameters(course, mixing, finding, (3.0,) * days, measures)
    return spread.run(population(persons), parameters, days, seed)


def outbreak(**columns: Any) -> Outbreak:
    """An outbreak of some columns; the others are empty."""
    kinds = {"contact_last": np.float32, "traced": np.float32, "quarantined": np.float32, "released": np.float32}
    kinds |= dict.fromkeys(("infected", "infectious", "onset", "visit", "sampled", "resulted", "reported", "isolated",
                            "admitted", "ended"), np.float64)  # fmt: skip
    names = Outbreak.__dataclass_fields__
    given = {name: np.asarray(columns.get(name, ()), kinds.get(name, np.int32)) for name in names}
    return Outbreak(**given)


def drill(*, days: int = DAYS, seed: int = 1, **response: Any) -> Drill:
    """Sixteen days with every error much more often than usual."""
    often = {"late": 0.1, "missing": 0.05, "doubled": 0.05, "mistyped": 0.1, "inventing": 0.5, "refuses": 0.02}
    its = replace(
        Response.usual(),
        **{
            **often,
            "post_persons": 300,
            "passing": 12,
            "fever": 0.01,
            "suspects": 100,
            "market_positive": 0.3,
            **response,
        },
    )
    return Drill(
        "trial", "530100", COMMUNITIES, date(2020, 1, 24), days, seed, "ncov-2020", "ncov-2020-v2", ("420100",), {}, its
    )  # fmt: skip


def batches(folder: Path) -> list[dict[str, Any]]:
    """All lines of the facts' files, in their order."""
    return [orjson.loads(line) for day in sorted(folder.glob("facts/*.jsonl")) for line in day.open("rb")]
