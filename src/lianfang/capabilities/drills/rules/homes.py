"""Grids, the workers who have them, and the doors that they visit: those of households, and some behind which nobody
lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lianfang.capabilities.drills.rules.drill import Account, Drill
from lianfang.capabilities.screening import facts as kind
from lianfang.epi.simulate.population import Population

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Homes:
    """Doors (D), by grid, each grid's one after the other: ``grid`` and ``household`` (−1: nobody lives there), their
    ``slot`` in the grid; ``ids`` as text. Grids (G): ``grid_ids``, ``grid_names``, ``grid_area``, ``grid_doors`` how
    many, ``workers`` the account of each. ``travelling``: whether somebody comes to live there within the drill.
    ``addresses`` of each household, also of those behind no door."""

    grid: Ints
    household: Ints
    slot: Ints
    parts: list[tuple[str, str, str]]
    ids: list[str]
    grid_ids: list[str]
    grid_names: list[str]
    grid_area: list[str]
    grid_doors: Ints
    workers: list[Account]
    travelling: NDArray[np.bool_]
    addresses: list[str]

    @property
    def members(self) -> NDArray[np.bool_]:
        return self.household >= 0


def homes(drill: Drill, population: Population) -> Homes:
    """The doors of a population. Parties of visitors in hotels are behind none of them."""
    settled = np.flatnonzero(population.grid >= 0)
    of_grid = population.grid[settled].astype(np.int64)
    grids = population.grid_community.size
    lived = np.bincount(of_grid, minlength=grids)
    empty = np.round(lived * drill.response.vacant).astype(np.int64)
    grid = np.concatenate([of_grid, np.repeat(np.arange(grids), empty)])
    household = np.concatenate([settled, np.full(empty.sum(), -1, np.int64)])
    order = np.lexsort((household, household < 0, grid))
    grid, household = grid[order], household[order]
    doors = np.bincount(grid, minlength=grids)
    slot = np.arange(grid.size) - (np.cumsum(doors) - doors)[grid]
    areas = [drill.communities[at] for at in population.grid_community.tolist()]
    names = _names(population.grid_community)
    parts = _parts(population, names, grid, household, slot, lived)
    addresses = [hotel_name(at) for at in population.hotel.tolist()]
    comes = np.logical_or.reduceat(~np.isnan(population.arrived), population.first[:-1])
    for at, (building, unit, door) in zip(household.tolist(), parts, strict=True):
        if at >= 0:
            addresses[at] = building + unit + door
    return Homes(
        grid, household, slot, parts,
        [str(kind.household_id(areas[g], *door)) for g, door in zip(grid.tolist(), parts, strict=True)],
        [str(kind.grid_id(area, name)) for area, name in zip(areas, names, strict=True)], names, areas, doors,
        [Account(f"gw-{n + 1:05}", "grid_worker", area, f"网格员 {area} {name}") for n, (area, name)
         in enumerate(zip(areas, names, strict=True))],
        (household >= 0) & comes[household],
        addresses,
    )  # fmt: skip


def hotel_name(number: int) -> str:
    return f"酒店{number + 1}"


def _names(communities: NDArray[np.int32]) -> list[str]:
    """A name for each grid, counted within its community."""
    counted: dict[int, int] = {}
    names = []
    for one in communities.tolist():
        counted[one] = counted.get(one, 0) + 1
        names.append(f"第{counted[one]}网格")
    return names


def _parts(
    population: Population, names: list[str], grid: Ints, household: Ints, slot: Ints, lived: Ints
) -> list[tuple[str, str, str]]:
    """Building, unit and door as their signs have them: a building's name has its grid's number before its own. Empty
    flats are in a building of their own, so that nobody's door is theirs."""
    numbers = [name[1:-2] for name in names]
    building = np.where(household >= 0, population.building[household], -1).tolist()
    door = np.where(household >= 0, population.door[household], slot - lived[grid]).tolist()
    return [
        (f"{numbers[g]}-{b + 1}栋", "1单元", str(d + 1))
        for g, b, d in zip(grid.tolist(), building, door, strict=True)
    ]  # fmt: skip
