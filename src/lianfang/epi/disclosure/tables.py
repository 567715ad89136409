"""Tables of one population: counted by several dimensions at once, published as sums over them.

All tables that count the same people on the same day are one ``Table``: whoever has the list by place and the table by
age and sex holds them against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
import numpy.typing as npt

Cell = tuple[str, ...]
"""A category, a group of categories or ``TOTAL`` for each dimension."""
TOTAL = "*"
Indices = npt.NDArray[np.intp]


class TableError(ValueError):
    """A table that contradicts itself; the message names the cell."""


@dataclass(frozen=True)
class Table:
    """One day's counts of persons by every dimension at once, and which of their sums are to be published.

    ``counts`` holds the finest cells, one category of each dimension; what it lacks is zero. ``always`` are the cells
    that are published whatever they are, such as a county's number of cases. Raises TableError.
    """

    categories: tuple[tuple[str, ...], ...]
    counts: Mapping[Cell, int]
    wanted: tuple[Cell, ...]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    always: frozenset[Cell] = frozenset()

    def __post_init__(self) -> None:
        finest = set(product(*self.categories))
        for cell, count in self.counts.items():
            if cell not in finest or count < 0:
                raise TableError(f"{cell}: {count} is no count of a finest cell")
        for cell in self.wanted:
            self.members(cell)
        if len(set(self.wanted)) != len(self.wanted) or not self.always <= set(self.wanted):
            raise TableError("a cell is wanted once, and what is always published is wanted")

    @property
    def size(self) -> int:
        """The number of finest cells."""
        return int(np.prod([len(names) for names in self.categories], dtype=np.int64))

    def finest(self) -> npt.NDArray[np.int64]:
        """The counts of all finest cells, the last dimension running fastest."""
        return np.array([self.counts.get(cell, 0) for cell in product(*self.categories)], dtype=np.int64)

    def members(self, cell: Cell) -> Indices:
        """The finest cells that a cell sums, by their index. Raises TableError."""
        if len(cell) != len(self.categories):
            raise TableError(f"{cell}: has not {len(self.categories)} dimensions")
        chosen = np.ones(1, dtype=bool)
        for name, names in zip(cell, self.categories, strict=True):
            wanted = set(names) if name == TOTAL else self.groups.get(name, frozenset((name,)))
            if not wanted <= set(names):
                raise TableError(f"{cell}: {name} is no category, group or total")
            chosen = np.logical_and.outer(chosen, np.array([one in wanted for one in names])).ravel()
        return np.flatnonzero(chosen)

    def value(self, cell: Cell) -> int:
        """The count of a cell."""
        return int(self.finest()[self.members(cell)].sum())


def crossed(categories: Sequence[Sequence[str]]) -> tuple[Cell, ...]:
    """Every cell of a table with its margins, the totals last in each dimension."""
    return tuple(product(*[(*names, TOTAL) for names in categories]))


def linked(tables: Iterable[Collection[Cell]]) -> tuple[Cell, ...]:
    """The cells of several tables of the same people, each once, in order."""
    return tuple(dict.fromkeys(cell for table in tables for cell in table))
