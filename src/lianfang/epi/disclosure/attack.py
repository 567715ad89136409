"""What somebody can work out who holds everything that was published: the bounds of every hidden number.

The finest counts of every day are unknown whole numbers, none negative; each published cell is a sum of them. Where a
count only ever grows, the unknown are its steps from day to day. The least and the greatest value that a hidden number
can have under these equations is what is known of it (the feasibility interval of Cox, Suppression methodology and
statistical disclosure control, JASA 1980; Hundepool and others, Statistical Disclosure Control, 2012, chapter 4).

The bounds are those of the linear programme, solved by HiGHS's simplex method on one thread: the same question gives
the same answer. They hold for whole numbers too where a table has two dimensions (its equations are a network's); for
all others ``reaches`` looks for a table of whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import highspy
import numpy as np
import numpy.typing as npt

from lianfang.epi.disclosure.tables import Cell, Indices, Table, TableError

LARGEST = 20_000  # unknowns
NODES = 2_000  # of the search for whole numbers; beyond it a number counts as out of reach
CLOSE = 1e-6
Numbers = npt.NDArray[np.float64]


class TooLarge(ValueError):
    """More cells and days than can be looked through; publish fewer, or start a new series."""


class Sum(NamedTuple):
    """A sum of unknowns: their columns, each with the same factor."""

    columns: Indices
    factor: int
    value: int
    """What it is in truth."""


class Row(NamedTuple):
    """A cell on a day."""

    day: int
    cell: Cell


class System:
    """The unknowns of several days of one table, and the sums of them that cells are."""

    def __init__(self, days: Sequence[Table], *, cumulative: bool) -> None:
        self.days, self.cumulative = days, cumulative
        self.size = days[0].size
        self.columns = self.size * len(days)
        if self.columns > LARGEST:
            raise TooLarge(f"{self.columns} finest cells over all days, and at most {LARGEST} can be looked through")
        if any(day.categories != days[0].categories or day.groups != days[0].groups for day in days):
            raise TableError("the tables of several days have the same categories")
        levels = np.array([day.finest() for day in days])
        self.levels = levels
        steps = np.diff(levels, axis=0, prepend=0) if cumulative else levels
        self.truth = steps.astype(np.float64).ravel()
        # Days on which something was taken back: what is known to have grown is then not known to.
        self.revised = [bool(cumulative and (step < 0).any()) for step in steps]
        self.most = float(4 * np.abs(self.truth).sum() + 1_000)
        """Larger than any number that matters."""
        self.lower = np.zeros(self.columns)
        for day, revised in enumerate(self.revised):
            if revised:
                self.lower[day * self.size : (day + 1) * self.size] = -self.most

    def level(self, row: Row) -> Sum:
        """A cell as it stands on a day."""
        members = self.days[row.day].members(row.cell)
        first = 0 if self.cumulative else row.day
        columns = (np.arange(first, row.day + 1)[:, None] * self.size + members).ravel()
        return Sum(columns, 1, int(self.levels[row.day][members].sum()))

    def change(self, cell: Cell, first: int, last: int) -> tuple[Sum, ...]:
        """What a cell has grown by between two days, as sums that are added."""
        members = self.days[last].members(cell)
        value = int(self.levels[last][members].sum() - self.levels[first][members].sum())
        sign = -1 if value < 0 else 1
        if self.cumulative:
            columns = (np.arange(first + 1, last + 1)[:, None] * self.size + members).ravel()
            return (Sum(columns, sign, sign * value),)
        return Sum(last * self.size + members, sign, sign * value), Sum(first * self.size + members, -sign, 0)

    @property
    def is_network(self) -> bool:
        """Whether every corner of what is possible is a table of whole numbers: one day, two dimensions, and groups
        that lie within each other."""
        wide = sum(len(names) > 1 for names in self.days[0].categories)
        groups = list(self.days[0].groups.values())
        nested = all(a <= b or b <= a or not a & b for a in groups for b in groups)
        return len(self.days) == 1 and wide <= 2 and nested


class Attack:
    """A programme over a system's unknowns in which published rows are equations and hidden ones are not.

    With ``prices`` a published row may be broken at its price for each unit: what that costs least tells which rows to
    hide. A row whose price is None may not be broken.
    """

    def __init__(self, system: System, rows: Sequence[Row], *, whole: bool = False, prices: bool = False) -> None:
        self.system, self.rows = system, {row: number for number, row in enumerate(rows)}
        self.sums = [system.level(row) for row in rows]
        self._solver = solver = highspy.Highs()  # type: ignore[no-untyped-call]  # the package has no types for it
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_max_nodes", NODES)):
            solver.setOptionValue(name, value)
        n = system.columns
        solver.addVars(n, system.lower, np.full(n, system.most))
        if prices:
            solver.addVars(2 * len(rows), np.zeros(2 * len(rows)), np.zeros(2 * len(rows)))
        if whole:
            for column in range(n):
                solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for number, one in enumerate(self.sums):
            columns, factors = one.columns, np.ones(len(one.columns))
            if prices:
                columns = np.append(columns, [n + 2 * number, n + 2 * number + 1])
                factors = np.append(factors, [-1.0, 1.0])
            solver.addRow(float(one.value), float(one.value), len(columns), columns.astype(np.int32), factors)
        for day, revised in enumerate(system.revised):
            if revised:
                self._never_negative(day)
        self._fixed = solver.getNumRow()

    def _never_negative(self, day: int) -> None:
        for member in range(self.system.size):
            columns = np.arange(day + 1) * self.system.size + member
            self._solver.addRow(0.0, highspy.kHighsInf, len(columns), columns.astype(np.int32), np.ones(len(columns)))

    def hide(self, row: Row) -> None:
        """The row is not published."""
        self._solver.changeRowBounds(self.rows[row], -highspy.kHighsInf, highspy.kHighsInf)

    def show(self, row: Row) -> None:
        """The row is published."""
        value = float(self.sums[self.rows[row]].value)
        self._solver.changeRowBounds(self.rows[row], value, value)

    def price(self, row: Row, price: float | None) -> None:
        """What breaking a row costs for each unit; None: it may not be broken."""
        first = self.system.columns + 2 * self.rows[row]
        for column in (first, first + 1):
            self._solver.changeColBounds(column, 0.0, 0.0 if price is None else self.system.most)
            self._solver.changeColCost(column, price or 0.0)

    def bounds(self, target: Sequence[Sum]) -> tuple[int, int]:
        """The least and the greatest whole number between the bounds of a sum."""
        columns, factors = _joined(target)
        self._solver.changeColsCost(len(columns), columns, factors)
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self._solver.changeObjectiveSense(sense)
            self._run()
            ends.append(self._solver.getInfo().objective_function_value)
        self._solver.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        return int(np.ceil(ends[0] - CLOSE)), int(np.floor(ends[1] + CLOSE))

    def reaches(self, target: Sequence[Sum], value: int) -> Numbers | None:
        """Values of the unknowns under which a sum is ``value``, at the least price; None where there are none."""
        columns, factors = _joined(target)
        self._solver.addRow(float(value), float(value), len(columns), columns, factors)
        self._solver.changeObjectiveSense(highspy.ObjSense.kMinimize)
        found = self._run()
        solution = np.array(self._solver.getSolution().col_value[: self.system.columns]) if found else None
        self._solver.deleteRows(1, np.array([self._fixed], dtype=np.int32))
        return solution

    def _run(self) -> bool:
        self._solver.run()
        status = self._solver.getModelStatus()
        feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        return status == highspy.HighsModelStatus.kOptimal or (
            status == highspy.HighsModelStatus.kSolutionLimit
            and self._solver.getInfo().primal_solution_status == feasible
        )


def _joined(sums: Sequence[Sum]) -> tuple[npt.NDArray[np.int32], Numbers]:
    columns = np.concatenate([one.columns for one in sums]).astype(np.int32)
    return columns, np.concatenate([np.full(len(one.columns), float(one.factor)) for one in sums])
