"""Generations, cycles, clusters and surroundings, beside definitions worked out one by one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.epi.chains import kernels
from lianfang.epi.chains.forest import Generations, Links, clusters, generations, numbering

Edges = list[tuple[int, int]]
SIZES = st.integers(1, 9)


@st.composite
def graphs(draw: st.DrawFn) -> tuple[int, Edges]:
    """Cases and links, with links to itself, named twice and in circles among them."""
    n = draw(SIZES)
    ends = st.integers(0, n - 1)
    return n, draw(st.lists(st.tuples(ends, ends), max_size=14))


def found(n: int, edges: Edges) -> Generations:
    ends = np.array(edges, np.int64).reshape(-1, 2)
    return generations(ends[:, 0], ends[:, 1], n)


def reached(n: int, edges: Edges, start: int) -> set[int]:
    """Whom a chain from ``start`` reaches in one step or more."""
    seen: set[int] = set()
    next_ = {b for a, b in edges if a == start}
    while next_ - seen:
        seen |= next_
        next_ = {b for a, b in edges if a in seen}
    return seen


def generation_by_definition(n: int, edges: Edges) -> list[int]:
    circular = {v for v in range(n) if v in reached(n, edges, v)}
    known = {v: 1 for v in range(n) if v not in {b for _, b in edges}}
    for _ in range(n):
        for a, b in edges:
            if a in known and b not in circular:
                known[b] = min(known.get(b, n + 1), known[a] + 1)
    return [known.get(v, 0) for v in range(n)]


def steps_by_definition(n: int, edges: Edges, start: int) -> dict[int, int]:
    steps = {start: 0}
    for hop in range(1, n + 1):
        near = {v for v, at in steps.items() if at == hop - 1}
        for b in {b for a, b in edges if a in near} - steps.keys():
            steps[b] = hop
    return steps


KERNELS = [found for found in vars(kernels).values() if isinstance(found, kernels.Kernel)]


@contextmanager
def running(*, compiled: bool) -> Iterator[None]:
    """Every loop as written, or every one compiled; as it was before, afterwards."""
    before, loaded = kernels.COMPILED_FROM, [vars(kernel).pop("compiled", None) for kernel in KERNELS]
    kernels.COMPILED_FROM = 0 if compiled else 2**31
    try:
        yield
    finally:
        kernels.COMPILED_FROM = before
        for kernel, was in zip(KERNELS, loaded, strict=True):
            if was is not None:
                vars(kernel)["compiled"] = was


@settings(deadline=None)
@given(graphs())
def test_each_case_is_as_defined(graph: tuple[int, Edges]) -> None:
    n, edges = graph
    got, others = found(n, edges), {(a, b) for a, b in edges if a != b}
    assert got.generation.tolist() == generation_by_definition(n, edges)
    assert got.circular.tolist() == [v in reached(n, edges, v) for v in range(n)]
    assert got.offspring.tolist() == [len({b for a, b in others if a == v}) for v in range(n)]
    assert got.infectors.tolist() == [len({a for a, b in others if b == v}) for v in range(n)]
    assert got.linked.tolist() == [any(v in edge for edge in edges) for v in range(n)]
    assert got.roots.tolist() == [v for v in range(n) if v not in {b for _, b in edges} and reached(n, edges, v)]


@settings(deadline=None)
@given(graphs())
def test_every_case_is_counted_once(graph: tuple[int, Edges]) -> None:
    n, edges = graph
    got = found(n, edges)
    assert sum(got.by_generation().values()) + len(got.undetermined) + int((~got.linked).sum()) == n
    ends = np.array(edges, np.int64).reshape(-1, 2)
    assert clusters(ends[:, 0], ends[:, 1], n).sizes.sum() == n


@settings(deadline=None)
@given(graphs())
def test_each_circle_is_a_shortest_one_and_each_case_of_a_circle_has_one(graph: tuple[int, Edges]) -> None:
    n, edges = graph
    got = found(n, edges)
    groups = {frozenset({v} | reached(n, edges, v)) & {u for u in range(n) if v in reached(n, edges, u)}
              for v in range(n) if got.circular[v]}  # fmt: skip
    assert sorted(circle[0] for circle in got.cycles) == sorted(min(group) for group in groups)
    for circle in got.cycles:
        assert all(link in edges for link in pairwise((*circle, circle[0])))
        back = [steps_by_definition(n, edges, b).get(circle[0]) for a, b in edges if a == circle[0]]
        assert len(circle) == 1 + min(steps for steps in back if steps is not None)


@settings(deadline=None)
@given(graphs(), st.randoms(use_true_random=False))
def test_other_numbers_and_another_order_change_nothing(graph: tuple[int, Edges], dice: object) -> None:
    n, edges = graph
    new = list(range(n))
    dice.shuffle(new)  # type: ignore[attr-defined]
    moved = [(new[a], new[b]) for a, b in edges]
    dice.shuffle(moved)  # type: ignore[attr-defined]
    one, other = found(n, edges), found(n, moved)
    for name in ("generation", "circular", "offspring", "infectors"):
        assert getattr(other, name)[new].tolist() == getattr(one, name).tolist()
    assert len(one.cycles) == len(other.cycles)


@settings(deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.data())
def test_a_link_that_closes_a_circle_is_told(infectors: list[int], data: st.DataObject) -> None:
    """A tree, in which case v + 1 was infected by an earlier one, has no circle; one link from a case to a forebear
    makes one, and all cases on the way between them are on it."""
    tree = [(by % (v + 1), v + 1) for v, by in enumerate(infectors)]
    n = len(tree) + 1
    assert found(n, tree).cycles == () and found(n, tree).generation.all()
    last = data.draw(st.integers(1, n - 1))
    line = [last]
    while line[-1]:
        line.append(tree[line[-1] - 1][0])
    first = data.draw(st.sampled_from(line[1:]))
    way = line[: line.index(first) + 1][::-1]
    got = found(n, [*tree, (last, first)])
    (circle,) = got.cycles
    turn = circle.index(first)
    assert [*circle[turn:], *circle[:turn]] == way
    assert set(way) <= set(got.undetermined.tolist())


@settings(deadline=None)
@given(graphs())
def test_clusters_are_what_links_tie_together(graph: tuple[int, Edges]) -> None:
    n, edges = graph
    ends = np.array(edges, np.int64).reshape(-1, 2)
    got = clusters(ends[:, 0], ends[:, 1], n)
    both = edges + [(b, a) for a, b in edges]
    together = [{v} | reached(n, both, v) for v in range(n)]
    for v in range(n):
        assert set(np.flatnonzero(got.label == got.label[v])) == together[v]
        assert got.sizes[got.label[v]] == len(together[v])
    firsts = [min(np.flatnonzero(got.label == label)) for label in range(len(got.sizes))]
    assert firsts == sorted(firsts)


@settings(deadline=None)
@given(graphs(), st.integers(0, 4))
def test_surroundings_and_descendants(graph: tuple[int, Edges], hops: int) -> None:
    n, edges = graph
    ends = np.array(edges, np.int64).reshape(-1, 2)
    links, asked = Links(ends[:, 0], ends[:, 1], n), list(range(n))
    near, later = links.within(asked, hops), links.descendants(asked)
    both = edges + [(b, a) for a, b in edges]
    for v in asked:
        expected = {u: at for u, at in steps_by_definition(n, both, v).items() if at <= hops}
        assert dict(zip(*(part.tolist() for part in near.of(v)), strict=True)) == expected
        assert dict(zip(*(part.tolist() for part in later.of(v)), strict=True)) == steps_by_definition(n, edges, v)
        assert near.of(v)[1].tolist() == sorted(near.of(v)[1])


@settings(deadline=None)
@given(graphs())
def test_one_cluster_alone_gives_what_all_give(graph: tuple[int, Edges]) -> None:
    n, edges = graph
    ends = np.array(edges, np.int64).reshape(-1, 2)
    whole, label = found(n, edges), clusters(ends[:, 0], ends[:, 1], n).label
    for chosen in range(label.max() + 1):
        cases = np.flatnonzero(label == chosen).tolist()
        part = found(len(cases), [(cases.index(a), cases.index(b)) for a, b in edges if a in cases])
        assert part.generation.tolist() == whole.generation[cases].tolist()
        assert part.circular.tolist() == whole.circular[cases].tolist()


def test_compiled_and_plain_give_the_same() -> None:
    dice = np.random.default_rng(7)
    for n, m in ((1, 0), (1, 1), (30, 12), (30, 30), (30, 90), (200, 199), (60, 20)):
        a, b = dice.integers(0, n, (2, m))
        asked = dice.integers(0, n, 5)
        with running(compiled=False):
            plain = generations(a, b, n), clusters(a, b, n), Links(a, b, n).within(asked, 2)
            assert not any("compiled" in vars(kernel) for kernel in KERNELS)
        with running(compiled=True):
            fast = generations(a, b, n), clusters(a, b, n), Links(a, b, n).within(asked, 2)
        for one, other in zip(plain, fast, strict=True):
            for name in type(one).__dataclass_fields__:
                mine, its = getattr(one, name), getattr(other, name)
                assert mine == its if name == "cycles" else np.array_equal(mine, its), (n, m, name)


def test_without_a_folder_to_write_to_it_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    real, kept = numba.njit, []

    def njit(*args: Any, cache: bool = False, **options: Any) -> Any:
        if not (args and args[0].__module__.startswith("lianfang.")):
            return real(*args, cache=cache, **options)  # the compiler's own, at its first use
        kept.append(cache)
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return real(*args, **options)

    monkeypatch.setattr(numba, "njit", njit)
    with running(compiled=True):
        assert clusters([0, 2], [1, 3], 5).sizes.tolist() == [2, 2, 1]
    assert kept == [True, False]


def test_a_long_chain_and_a_large_circle() -> None:
    n = 300_000
    line = np.arange(n - 1), np.arange(1, n)
    assert generations(*line, n).depth == n - 1
    round_ = generations(np.arange(n), (np.arange(n) + 1) % n, n)
    assert round_.cycles == (tuple(range(n)),) and not round_.generation.any()


def test_several_infectors_are_kept_and_the_smallest_generation_counts() -> None:
    # 0 → 1 → 2 → 3, and 0 → 3: infected by one of the first or of the third generation
    got = found(4, [(0, 1), (1, 2), (2, 3), (0, 3)])
    assert got.generation.tolist() == [1, 2, 3, 2]
    assert got.several_infectors.tolist() == [3] and got.offspring.tolist() == [2, 1, 1, 0]


def test_a_smaller_generation_is_taken_when_it_comes_later() -> None:
    # 0 to 4 in a line; 7 infected by the first cases 5 and 6; 8 by the last of the line and by 7
    got = found(9, [(0, 1), (1, 2), (2, 3), (3, 4), (5, 7), (6, 7), (4, 8), (7, 8)])
    assert got.generation.tolist() == [1, 2, 3, 4, 5, 1, 1, 2, 3]


def test_behind_a_circle_another_infector_tells_the_generation() -> None:
    # 0 and 1 in a circle, 2 behind it; 3 behind 2 and infected by 4 as well
    got = found(5, [(0, 1), (1, 0), (1, 2), (2, 3), (4, 3)])
    assert got.generation.tolist() == [0, 0, 0, 2, 1]
    assert got.cycles == ((0, 1),) and got.undetermined.tolist() == [0, 1, 2] and got.roots.tolist() == [4]


def test_links_named_again_and_to_itself_add_nothing() -> None:
    got = found(4, [(0, 1), (0, 1), (2, 1), (0, 1), (2, 1), (3, 3)])
    assert got.offspring.tolist() == [1, 0, 1, 0] and got.infectors.tolist() == [0, 2, 0, 0]
    assert got.cycles == ((3,),) and got.generation.tolist() == [1, 2, 1, 0]


def test_no_case_and_no_link() -> None:
    got = found(0, [])
    assert got.by_generation() == {} and got.depth == 0 and got.cycles == ()
    assert found(3, []).generation.tolist() == [1, 1, 1] and found(3, []).roots.tolist() == []


@pytest.mark.parametrize(
    ("ends", "n", "reason"),
    [
        (([0], [1]), 1, "edges_to: cases are numbered 0 to 0; here are 1 to 1"),
        (([-1], [0]), 1, "edges_from: cases are numbered 0 to 0; here are -1 to -1"),
        (([0, 1], [1]), 2, "two lists of one length"),
        (([0.0], [1.0]), 2, "edges_from: numbers of cases are integers; here is float64"),
        (([0], [1]), -1, "can be numbered"),
    ],
)
def test_links_that_cannot_be(ends: tuple[list[int], list[int]], n: int, reason: str) -> None:
    for function in (generations, clusters, Links):
        with pytest.raises(ValueError, match=reason):
            function(*ends, n)


def test_a_case_that_is_not_there_is_not_asked_for() -> None:
    with pytest.raises(ValueError, match="cases: cases are numbered 0 to 1"):
        Links([0], [1], 2).within([2], 1)


def test_numbering_keeps_the_list_and_tells_who_is_missing_from_it() -> None:
    got = numbering([("a", "x"), ("x", "b"), ("y", "b")], ["b", "a", "b", "c"])
    assert got.ids == ["b", "a", "c", "x", "y"]
    assert list(zip(got.edges_from, got.edges_to, strict=True)) == [(1, 3), (3, 0), (4, 0)]
    assert [got.ids[v] for v in got.dangling] == ["x", "x", "y"]
    assert numbering([("a", "x")]).dangling.size == 0 and numbering([], []).ids == []
