"""Small cells: which numbers of a table are hidden, so that no count below k can be worked out from the others.

A count below k is hidden, and so are as many others as it takes: by sums over rows and columns, by the tables of
earlier days, by a list by place of the same people, nobody can tell it from at least k consecutive values, one of them
k or more. Which others, is chosen by the price of what must give way when the hidden number moves (the heuristic of
linear programming; the exact problem is hard: Fischetti and Salazar, Models and algorithms for optimizing cell
suppression in tabular data with linear constraints, JASA 2000). Every choice is then tried by ``attack``.

What is always published, and what was published before, cannot be taken back: a number is then as safe as it can be
when nothing of today tells more of it than they do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from math import log1p
from typing import NamedTuple

from lianfang.epi.disclosure.attack import CLOSE, Attack, Numbers, Row, Sum, System
from lianfang.epi.disclosure.tables import TOTAL, Cell, Table

TRIES = 4_000  # questions after which hidden cells are no longer tried for showing again
MARGIN = 4.0  # how much dearer a total is than a cell, for each dimension that it sums over
AGAIN = 0.5  # the price of a cell that was hidden the day before: the pattern stays the same where it can


class Reason(StrEnum):
    """Why a cell is hidden."""

    SMALL = "small"  # it is below k
    CHANGE = "change"  # since an earlier day it has changed by less than k
    COMPLEMENT = "complement"  # without it another could be worked out


REASONS: dict[Reason, tuple[str, str]] = {
    Reason.SMALL: ("本身少于{k}", "below {k}"),
    Reason.CHANGE: ("与此前公布相比变化少于{k}", "changed by less than {k} since an earlier day"),
    Reason.COMPLEMENT: ("可据以推算其他数字", "others could be worked out from it"),
}


class Target(NamedTuple):
    """A number that must not be recovered: a cell on a day, or its change between two days."""

    cell: Cell
    first: int | None
    day: int
    sums: tuple[Sum, ...]
    value: int


class Interval(NamedTuple):
    """What can be known of a number below k: it lies between ``low`` and ``high``. ``first`` is None for a cell's own
    number, else the day from which it changed."""

    cell: Cell
    first: int | None
    day: int
    low: int
    high: int


class Published(NamedTuple):
    """A table as it may be published. Whether a cell is hidden for its own sake is not for the public to know."""

    shown: dict[Cell, int]
    hidden: dict[Cell, Reason]
    intervals: tuple[Interval, ...]

    def counts(self) -> dict[Reason, int]:
        """How many cells are hidden for each reason."""
        reasons = list(self.hidden.values())
        return {reason: reasons.count(reason) for reason in Reason}

    def says(self, k: int) -> tuple[str, str]:
        """How many cells are hidden and why, in Chinese and English."""
        told = [(REASONS[reason], n) for reason, n in self.counts().items() if n]
        zh = "；".join(f"{text[0].format(k=k)}的{n}格" for text, n in told)
        en = "; ".join(f"{n} {text[1].format(k=k)}" for text, n in told)
        total = len(self.hidden)
        return (
            (f"隐去{total}格（{zh}）。", f"{total} cells are hidden ({en}).")
            if total
            else ("未隐去。", "None is hidden.")
        )


def publish(
    days: Sequence[Table],
    earlier: Sequence[Collection[Cell]] = (),
    *,
    k: int,
    hide_zero: bool = False,
    cumulative: bool = True,
) -> Published:
    """The last of ``days`` as it may be published; ``earlier`` are the cells that were hidden on each day before it.

    ``cumulative``: counts only grow, but for days on which something was taken back. The same days give the same
    result. Raises TableError, TooLarge.
    """
    if len(earlier) != len(days) - 1:
        raise ValueError(f"{len(days)} days need {len(days) - 1} earlier patterns")
    work = _Work(System(days, cumulative=cumulative), earlier, k, hide_zero)
    work.hide_small()
    work.complete()
    work.show_again()
    work.complete_whole()
    today = len(days) - 1
    table = days[today]
    hidden = {cell: work.hidden[Row(today, cell)] for cell in table.wanted if Row(today, cell) in work.hidden}
    shown = {cell: table.value(cell) for cell in table.wanted if cell not in hidden}
    return Published(shown, hidden, work.intervals())


class _Work:
    """The pattern of one day as it comes about. Rows are cells on days; those of earlier days are as they were."""

    def __init__(self, system: System, earlier: Sequence[Collection[Cell]], k: int, hide_zero: bool) -> None:
        self.system, self.k, self.hide_zero = system, k, hide_zero
        self.today = len(system.days) - 1
        self.table = system.days[self.today]
        self.was_hidden = [set(cells) for cells in earlier]
        self.rows = [Row(day, cell) for day, table in enumerate(system.days) for cell in table.wanted]
        self.hidden: dict[Row, Reason] = {}
        self.linear, self.priced = Attack(system, self.rows), Attack(system, self.rows, prices=True)
        self._whole: tuple[Attack, Attack] | None = None
        for row in self.rows:
            if row.day < self.today and row.cell in self.was_hidden[row.day]:
                for attack in (self.linear, self.priced):
                    attack.hide(row)
            self.priced.price(row, self._price(row))
        self.targets = list(self._targets())
        self.limits = self._limits()
        self.seen: list[Numbers] = [system.truth]

    def hide_small(self) -> None:
        """Hides what is small itself, and what has changed by little since a day on which it was shown."""
        for target in self.targets:
            row = Row(target.day, target.cell)
            if target.day != self.today or row in self.hidden:
                continue
            if target.first is None:
                self._hide(row, Reason.SMALL)
            elif target.cell not in self.was_hidden[target.first]:
                self._hide(row, Reason.CHANGE)

    def complete(self) -> None:
        """Hides more until the bounds of every target are wide enough."""
        for target in self.targets:
            for value in self._missing_linear(target):
                self._give_way(self.priced, target, value)

    def complete_whole(self) -> None:
        """Hides more where the bounds are wide enough, but not by tables of whole numbers."""
        if not self.system.is_network:
            for target in self.targets:
                for value in self._missing_whole(target):
                    self._give_way(self._whole_attacks()[1], target, value)

    def show_again(self) -> None:
        """Shows again what turns out not to be needed, the largest first."""
        spare = [row for row, reason in self.hidden.items() if reason is Reason.COMPLEMENT]
        asked = 0
        for row in sorted(spare, key=lambda row: (-self._price_of(row), row.cell)):
            asked += 2 * len(self.targets)
            if asked > TRIES:
                return
            self._show(row)
            if not all(self._safe_linear(target) for target in self.targets):
                self._hide(row, Reason.COMPLEMENT)

    def intervals(self) -> tuple[Interval, ...]:
        return tuple(Interval(t.cell, t.first, t.day, *self.linear.bounds(t.sums)) for t in self.targets)

    def _targets(self) -> Iterator[Target]:
        """Every count below k, and every change below k, of any day."""
        for day, table in enumerate(self.system.days):
            for cell in table.wanted:
                if cell in table.always:
                    continue
                level = self.system.level(Row(day, cell))
                if level.value < self.k and (level.value or self.hide_zero):
                    yield Target(cell, None, day, (level,), level.value)
                for first in range(day):
                    earlier = self.system.days[first]
                    if cell not in earlier.wanted or cell in earlier.always:
                        continue
                    change = self.system.change(cell, first, day)
                    value = sum(one.value for one in change)
                    if 0 < value < self.k:
                        yield Target(cell, first, day, change, value)

    def _limits(self) -> dict[tuple[Cell, int | None, int], tuple[int, int]]:
        """What is known of each target without anything that today's choice could hide."""
        for cell in self.table.wanted:
            if cell not in self.table.always:
                self.linear.hide(Row(self.today, cell))
        limits = {(t.cell, t.first, t.day): self.linear.bounds(t.sums) for t in self.targets}
        for cell in self.table.wanted:
            if cell not in self.table.always:
                self.linear.show(Row(self.today, cell))
        return limits

    def _needed(self, target: Target) -> list[int]:
        """The values that a target must be able to have beside its own: upwards first, so that one is k or more."""
        low, high = self.limits[target.cell, target.first, target.day]
        up = range(target.value + 1, min(high, max(self.k, target.value + self.k - 1)) + 1)
        down = range(target.value - 1, max(low, target.value - (self.k - 1 - len(up))) - 1, -1)
        return [*up, *down]

    def _missing_linear(self, target: Target) -> list[int]:
        """The ends of what a target needs, where its bounds do not reach them."""
        if self._safe_linear(target):
            return []
        needed = self._needed(target)
        return [
            end
            for end in sorted({min(needed, default=target.value), max(needed, default=target.value)})
            if end != target.value
        ]

    def _safe_linear(self, target: Target) -> bool:
        low, high = self.linear.bounds(target.sums)
        known_low, known_high = self.limits[target.cell, target.first, target.day]
        return high >= min(self.k, known_high) and high - low >= min(self.k - 1, known_high - known_low)

    def _missing_whole(self, target: Target) -> Iterator[int]:
        """Values that a target needs and that no table of whole numbers found so far gives it."""
        for value in self._needed(target):
            if not self._was_seen(target, value):
                found = self._whole_attacks()[0].reaches(target.sums, value)
                if found is None:
                    yield value
                else:
                    self.seen.append(found.round())

    def _was_seen(self, target: Target, value: int) -> bool:
        return any(sum(one.factor * table[one.columns].sum() for one in target.sums) == value for table in self.seen)

    def _give_way(self, attack: Attack, target: Target, value: int) -> None:
        """Hides what must give way at the least price when a target takes a value."""
        found = attack.reaches(target.sums, value)
        broken = [row for row in self.rows if row.day == self.today and row.cell not in self.table.always]
        if found is not None:
            broken = [row for row in broken if abs(self._moved(row, found)) > CLOSE]
            if attack is not self.priced:
                self.seen.append(found.round())
        for row in broken:
            if row not in self.hidden:
                self._hide(row, Reason.COMPLEMENT)

    def _moved(self, row: Row, found: Numbers) -> float:
        one = self.linear.sums[self.linear.rows[row]]
        return float(found[one.columns].sum() - one.value)

    def _price(self, row: Row) -> float | None:
        if row.day < self.today or row.cell in self.table.always:
            return None
        return self._price_of(row)

    def _price_of(self, row: Row) -> float:
        again = self.today > 0 and row.cell in self.was_hidden[self.today - 1]
        value = self.linear.sums[self.linear.rows[row]].value
        return (1.0 + log1p(value)) * MARGIN ** row.cell.count(TOTAL) * (AGAIN if again else 1.0)

    def _hide(self, row: Row, reason: Reason) -> None:
        self.hidden[row] = reason
        for attack in (self.linear, self.priced, *(self._whole or ())):
            attack.hide(row)

    def _show(self, row: Row) -> None:
        """Before any table of whole numbers is looked for: each of them holds for what is hidden then."""
        del self.hidden[row]
        for attack in (self.linear, self.priced):
            attack.show(row)

    def _whole_attacks(self) -> tuple[Attack, Attack]:
        """The same for whole numbers, made when first needed."""
        if self._whole is None:
            self._whole = (
                Attack(self.system, self.rows, whole=True),
                Attack(self.system, self.rows, whole=True, prices=True),
            )
            for row in self.rows:
                self._whole[1].price(row, self._price(row))
                if row in self.hidden or (row.day < self.today and row.cell in self.was_hidden[row.day]):
                    for attack in self._whole:
                        attack.hide(row)
        return self._whole
