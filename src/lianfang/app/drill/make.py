"""A drill made: scenario and population read and refused before anything runs, then simulated and written to files."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import NamedTuple

from lianfang.app.drill import memory
from lianfang.app.errors import Unusable
from lianfang.capabilities.drills import service
from lianfang.capabilities.drills.rules import marginals, scenario
from lianfang.capabilities.drills.rules.faults import Refused
from lianfang.capabilities.drills.rules.scenario import Scenario

TAKEN = 20  # faults that are told in a refusal


class Asked(NamedTuple):
    """What a drill is to be; files of one's own in the place of what ships, where they are named."""

    area: str
    population: int
    days: int
    seed: int
    scenario: Path | None = None
    marginals: Path | None = None


def planned(asked: Asked) -> Scenario:
    """The drill as it would be made. Raises Unusable with every field that cannot be, and why."""
    try:
        table = marginals.read(_text(asked.marginals)) if asked.marginals else marginals.shipped(asked.area)
        if table is None:
            raise Unusable(
                f"--area {asked.area}: no population ships for this area; give its own with --marginals FILE (docs/"
                "drill-scenarios.md has the columns)"
            )
        return scenario.read(
            _text(asked.scenario) if asked.scenario else None, area=asked.area, population=asked.population,
            days=asked.days, seed=asked.seed, table=table,
            memory_bytes=memory.allowed_bytes(),
        )  # fmt: skip
    except Refused as refused:
        told = [f"{one.field}: {one.en}" for one in refused.faults[:TAKEN]]
        if len(refused.faults) > TAKEN:
            told.append(f"and {len(refused.faults) - TAKEN} more")
        raise Unusable(told[0] if len(told) == 1 else "\n  ".join(("this drill cannot be made:", *told))) from None


def digest(its: Scenario) -> str:
    """What tells whether two drills are the same."""
    told = [its.area, its.population, its.days, its.seed, its.communities, its.shares.tolist(), its.shown]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def write(folder: Path, name: str, its: Scenario) -> None:
    """Simulates the drill and writes its files into ``folder``, which is empty. Raises OSError."""
    population = its.made()
    outbreak = its.run(population)
    if not len(outbreak.person):
        print(
            "lianfang: by this seed nobody is infected in these days: for an outbreak give another --seed, more days "
            "or a --scenario with more importations",
            file=sys.stderr,
        )
    service.write(folder, its.drill(name), population, outbreak)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise Unusable(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unusable(f"{path} is not UTF-8 text: save it as UTF-8 and try again") from None
