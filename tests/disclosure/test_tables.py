"""Small cells: nobody works out a count below k, not from margins, earlier days or another table of the same people."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.epi.disclosure.suppress import Published, Reason, publish
from lianfang.epi.disclosure.tables import TOTAL, Cell, Table, TableError, crossed, linked
from lianfang.profiles.privacy import disclosure
from tests.disclosure.brute import is_safe, possible

K = int(disclosure()["small_cells"]["k"])
slow = settings(max_examples=60, deadline=None)


def names(shape: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f"{'asp'[d]}{n}" for n in range(size)) for d, size in enumerate(shape))


@st.composite
def tables(draw: st.DrawFn, shape: tuple[int, ...], most: int = 9, always: frozenset[Cell] = frozenset()) -> Table:
    categories = names(shape)
    counts = {cell: draw(st.integers(0, most)) for cell in product(*categories)}
    return Table(categories, counts, crossed(categories), always=always)


def growing(first: Table, steps: list[list[int]]) -> list[Table]:
    """The table of each day, each finest cell growing by its step."""
    days = [first]
    for step in steps:
        counts = {cell: days[-1].counts.get(cell, 0) + n for cell, n in zip(sorted(first.counts), step, strict=True)}
        days.append(Table(first.categories, counts, first.wanted, always=first.always))
    return days


def released(days: list[Table], k: int = K) -> list[Published]:
    """Each day published as it came, on what was published before."""
    out: list[Published] = []
    for number in range(1, len(days) + 1):
        out.append(publish(days[:number], [set(one.hidden) for one in out], k=k))
    return out


def assert_nothing_small_is_recovered(days: list[Table], out: list[Published], k: int = K) -> None:
    """After each release, by whoever holds all of them."""
    for upto in range(1, len(days) + 1):
        _assert_hidden(days[:upto], out[:upto], k)


def _assert_hidden(days: list[Table], out: list[Published], k: int) -> None:
    shown = [one.shown for one in out]
    today = {cell: days[-1].value(cell) for cell in days[-1].always}
    before = [*shown[:-1], today]
    cap = max(max(table.counts.values()) for table in days) + 2 * k
    for (day, table), first in product(enumerate(days), (None, *range(len(days)))):
        for cell in table.wanted:
            if cell in table.always or (first is not None and first >= day):
                continue
            value = table.value(cell) - (days[first].value(cell) if first is not None else 0)
            if not 0 < value < k:
                continue
            asked = range(2 * k + 1)
            can_be = possible(days[0].categories, shown, cell, first, day, asked, cap=cap)
            assert value in can_be
            if not is_safe(can_be, k):
                # Only where what is always published bounds the number: then today's table tells no more than that.
                assert table.always, (cell, first, day, can_be)
                alone = possible(days[0].categories, before, cell, first, day, asked, cap=cap)
                least = min(k, max(alone) - min(alone) + 1)
                assert max(can_be) >= min(k, max(alone)) and len(can_be) >= least, (cell, first, day, can_be, alone)


@slow
@given(tables((2, 3)))
def test_bar_36_no_small_count_is_recovered_by_subtracting_margins(table: Table) -> None:
    assert_nothing_small_is_recovered([table], released([table]))


@slow
@given(tables((2, 2, 2), most=7))
def test_bar_36_no_small_count_is_recovered_in_three_dimensions(table: Table) -> None:
    assert_nothing_small_is_recovered([table], released([table]))


@settings(max_examples=40, deadline=None)
@given(tables((2, 2)), st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=1, max_size=2))
def test_bar_36_no_small_count_is_recovered_by_differencing_days(first: Table, steps: list[list[int]]) -> None:
    days = growing(first, steps)
    assert_nothing_small_is_recovered(days, released(days))


@slow
@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
def test_bar_36_no_small_count_is_recovered_between_two_tables_of_the_same_people(counts: list[int]) -> None:
    """By place and age, and by place and sex, but never all three: they share the places."""
    categories = names((2, 2, 2))
    age, sex, place = categories
    wanted = linked(
        [
            [(a, TOTAL, p) for a in (*age, TOTAL) for p in (*place, TOTAL)],
            [(TOTAL, s, p) for s in (*sex, TOTAL) for p in (*place, TOTAL)],
        ]
    )
    table = Table(categories, dict(zip(product(*categories), counts, strict=True)), wanted)
    assert_nothing_small_is_recovered([table], released([table]))


@slow
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6))
def test_bar_36_no_small_count_is_recovered_between_map_and_table(counts: list[int]) -> None:
    """The number of each place is on the map whatever it is; the table tells no more of a place than the map."""
    categories = names((3, 2))
    always = frozenset((TOTAL, place) for place in categories[1])
    table = Table(categories, dict(zip(product(*categories), counts, strict=True)), crossed(categories), always=always)
    (out,) = released([table])
    assert always <= set(out.shown)
    assert_nothing_small_is_recovered([table], [out])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.lists(st.integers(0, 6), min_size=4, max_size=4))
def test_bar_36_no_small_count_is_recovered_between_map_and_table_over_days(counts: list[int], step: list[int]) -> None:
    categories = names((2, 2))
    always = frozenset((TOTAL, place) for place in categories[1])
    cells = dict(zip(product(*categories), counts, strict=True))
    days = growing(Table(categories, cells, crossed(categories), always=always), [step])
    assert_nothing_small_is_recovered(days, released(days))


def test_the_attacker_recovers_what_is_hidden_for_its_own_sake_only() -> None:
    """The test above can fail: hiding small cells and nothing else betrays them."""
    categories = names((2, 3))
    counts = dict(zip(product(*categories), [2, 9, 9, 9, 9, 9], strict=True))
    table = Table(categories, counts, crossed(categories))
    naive = {cell: table.value(cell) for cell in table.wanted if not 0 < table.value(cell) < K}
    assert possible(categories, [naive], ("a0", "s0"), None, 0, range(12), cap=20) == {2}
    (out,) = released([table])
    assert is_safe(possible(categories, [out.shown], ("a0", "s0"), None, 0, range(12), cap=20), K)


def test_it_says_how_many_cells_it_hid_and_why() -> None:
    categories = names((2, 3))
    counts = dict(zip(product(*categories), [2, 9, 9, 9, 9, 9], strict=True))
    out = publish([Table(categories, counts, crossed(categories))], k=K)
    assert out.counts() == {Reason.SMALL: 1, Reason.CHANGE: 0, Reason.COMPLEMENT: 3}
    assert out.says(K) == (
        "隐去4格（本身少于5的1格；可据以推算其他数字的3格）。",
        "4 cells are hidden (1 below 5; 3 others could be worked out from it).",
    )
    (interval,) = out.intervals
    assert interval.cell == ("a0", "s0") and interval.low <= 2 and interval.high - interval.low >= K - 1


def test_a_change_of_few_is_hidden_and_the_pattern_stays() -> None:
    categories = names((3, 3))
    base = dict(zip(product(*categories), [20, 30, 40, 25, 35, 45, 2, 50, 60], strict=True))
    days = [Table(categories, base, crossed(categories))]
    days.append(Table(categories, {**base, ("a1", "s1"): 38}, crossed(categories)))
    first, second = released(days)
    assert second.hidden["a1", "s1"] is Reason.CHANGE
    assert second.hidden["a2", "s0"] is Reason.SMALL
    assert len(set(first.hidden) & set(second.hidden)) >= 3


def test_a_zero_is_shown_unless_it_is_to_be_hidden() -> None:
    categories = names((2, 2))
    table = Table(categories, {("a0", "s0"): 9, ("a1", "s1"): 9}, crossed(categories))
    assert not publish([table], k=K).hidden
    hidden = publish([table], k=K, hide_zero=True)
    assert ("a0", "s1") in hidden.hidden
    assert is_safe(possible(categories, [hidden.shown], ("a0", "s1"), None, 0, range(12), cap=30), K)


def test_a_day_that_takes_numbers_back_is_published_too() -> None:
    categories = names((2, 2))
    first = Table(categories, dict(zip(product(*categories), [20, 20, 20, 20], strict=True)), crossed(categories))
    second = Table(categories, dict(zip(product(*categories), [18, 26, 20, 20], strict=True)), crossed(categories))
    _, out = released([first, second])
    assert out.hidden["a0", "s0"] is Reason.CHANGE and len(out.hidden) >= 4


def large() -> tuple[Table, Table]:
    chance = random.Random(7)
    categories = names((2, 6, 12))
    cells = list(product(*categories))
    counts = {cell: chance.choice([0, 1, 3, 8, 20, 60]) for cell in cells}
    later = {cell: n + chance.choice([0, 0, 1, 6, 12]) for cell, n in counts.items()}
    always = frozenset((TOTAL, TOTAL, place) for place in categories[2])
    return tuple(Table(categories, c, crossed(categories), always=always) for c in (counts, later))  # type: ignore[return-value]  # two


def pattern() -> str:
    first, _ = large()
    return repr(publish([first], k=K))


def test_the_same_table_gives_the_same_pattern_in_another_process() -> None:
    program = "from tests.disclosure.test_tables import pattern; print(pattern())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_every_interval_of_a_larger_table_is_wide_enough() -> None:
    first, _ = large()
    out = publish([first], k=K)
    narrow = [i for i in out.intervals if i.high < K or i.high - i.low < K - 1]
    inherent = {place for place in first.categories[2] if first.value((TOTAL, TOTAL, place)) < 3 * K}
    assert all(i.cell[2] in inherent for i in narrow), narrow


@pytest.mark.parametrize("cell", [("a0",), ("a0", "x"), ("a9", "s0")])
def test_a_cell_that_is_none_is_refused(cell: Cell) -> None:
    with pytest.raises(TableError, match=r"a0|a9"):
        Table(names((2, 2)), {}, (cell,))
