"""How what is scarce is shared: against every other way of sharing, on cases small enough to try them all."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.capabilities.supplies.rules.allocate import RULES, Place, Plan, Store, allocate, fair

SECONDS = 5.0


def store(n: int, stock: int, reserve: int = 0) -> Store:
    return Store(UUID(int=n), stock, reserve)


def place(n: int, need: int, has: int = 0, floor: int = 0, heads: int | None = None) -> Place:
    return Place(UUID(int=100 + n), need, has, floor, heads)


def plan_of(stores: list[Store], places: list[Place], km: list[list[float]] | None = None) -> Plan:
    ways = np.array(km if km is not None else np.zeros((len(stores), len(places))))
    return allocate(stores, places, ways, limit_s=SECONDS)


def amounts(plan: Plan) -> list[int]:
    return [one.amount for one in plan.shares]


def test_whoever_has_least_is_raised_first_and_all_who_get_something_end_on_one_level() -> None:
    plan = plan_of([store(1, 90)], [place(1, 100), place(2, 100, has=20), place(3, 100, has=70)])
    assert amounts(plan) == [55, 35, 0]
    assert plan.level == 0.55
    assert [one.why for one in plan.shares] == ["level", "level", "enough"]


def test_a_floor_is_given_first_and_a_store_keeps_its_reserve() -> None:
    plan = plan_of([store(1, 100, reserve=40)], [place(1, 1000), place(2, 20, floor=15)])
    assert plan.available == 60
    assert amounts(plan) == [45, 15]
    assert [one.why for one in plan.shares] == ["level", "floor"]


def test_floors_that_are_more_than_there_is_are_shared_the_same_way() -> None:
    plan = plan_of([store(1, 30)], [place(1, 100, floor=40), place(2, 100, floor=20)])
    assert amounts(plan) == [15, 15]
    assert {one.why for one in plan.shares} == {"short_floor"}


def test_nobody_gets_more_than_is_missing() -> None:
    plan = plan_of([store(1, 500)], [place(1, 100, has=30), place(2, 50, has=80), place(3, 0)])
    assert amounts(plan) == [70, 0, 0]
    assert [one.why for one in plan.shares] == ["full", "enough", "no_need"]
    assert (plan.level, plan.given) == (1.0, 70)


def test_what_each_place_would_get_by_other_rules() -> None:
    places = [place(1, 100, has=40, heads=10), place(2, 30, heads=80), place(3, 10, heads=10)]
    plan = plan_of([store(1, 50)], places)
    by_rule = {rule: [one.by_rule[n] for one in plan.shares] for n, rule in enumerate(RULES)}
    assert by_rule == {
        "fair": [24, 19, 7],  # 64 of 100, 19 of 30 and 7 of 10
        "proportional": [30, 15, 5],
        "per_head": [10, 30, 10],  # 30 are all that the second needs: what is left of its part is the others'
        "highest_first": [50, 0, 0],
    }


def test_nothing_is_reckoned_per_head_where_the_heads_are_not_known() -> None:
    plan = plan_of([store(1, 5)], [place(1, 10, heads=5), place(2, 10)])
    assert [one.by_rule[RULES.index("per_head")] for one in plan.shares] == [None, None]


def test_each_is_served_from_near_by_while_that_lasts() -> None:
    plan = plan_of([store(1, 10), store(2, 10)], [place(1, 8), place(2, 8)], [[1, 2], [50, 60]])
    told = {(one.store.int, one.place.int): (one.amount, one.nearest) for one in plan.lines}
    assert told == {(1, 101): (2, True), (1, 102): (8, True), (2, 101): (6, False)}
    assert plan.unit_km == 2 + 16 + 300


def test_no_stores_no_places_and_nothing_there_are_plans_too() -> None:
    assert amounts(plan_of([], [place(1, 10)])) == [0]
    assert plan_of([store(1, 5)], []).lines == ()
    empty = plan_of([store(1, 5, reserve=9)], [place(1, 10, has=1)])
    assert (amounts(empty), empty.level, empty.lines) == ([0], 0.1, ())


COUNT = st.integers(0, 6)
STORES = st.lists(st.tuples(COUNT, st.integers(0, 3)), min_size=1, max_size=3)
PLACES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=3)
WAYS = st.lists(st.integers(0, 9), min_size=9, max_size=9)


@settings(max_examples=120, deadline=None)
@given(STORES, PLACES, WAYS)
def test_no_other_sharing_is_fairer_and_no_other_way_shorter(
    stores: list[tuple[int, int]], places: list[tuple[int, int, int]], ways: list[int]
) -> None:
    have = [store(n, *one) for n, one in enumerate(stores)]
    want = [place(n, *one) for n, one in enumerate(places)]
    km = [[float(ways[3 * s + p]) for p in range(len(want))] for s in range(len(have))]
    plan = plan_of(have, want, km)
    given_to = amounts(plan)
    supply = [one.available for one in have]
    total = min(sum(supply), sum(one.gap for one in want))
    assert sum(given_to) == total == sum(line.amount for line in plan.lines)
    for n, one in enumerate(have):
        assert sum(line.amount for line in plan.lines if line.store == one.id) <= supply[n]
    for n, its in enumerate(want):
        assert sum(line.amount for line in plan.lines if line.place == its.id) == given_to[n] <= its.gap
    assert all(amount >= floor for amount, floor in zip(given_to, least(want, total), strict=True))
    assert coverage(want, given_to) == max(coverage(want, its) for its in every_sharing(want, total))
    assert plan.unit_km == pytest.approx(shortest(supply, given_to, km))
    assert plan.gap == 0


def least(places: list[Place], total: int) -> list[int]:
    floors = [min(one.floor, one.gap) for one in places]
    return floors if sum(floors) <= total else [0] * len(places)


def every_sharing(places: list[Place], total: int) -> list[tuple[int, ...]]:
    low = least(places, total)
    short = sum(min(one.floor, one.gap) for one in places) > total
    most = [min(one.floor, one.gap) if short else one.gap for one in places]
    ranges = [range(few, many + 1) for few, many in zip(low, most, strict=True)]
    return [its for its in product(*ranges) if sum(its) == total]


def coverage(places: list[Place], its: list[int] | tuple[int, ...]) -> list[Fraction]:
    """From the worst served on, those alone to whom anything could be given."""
    return sorted(Fraction(one.has + n, one.need) for one, n in zip(places, its, strict=True) if one.gap)


def shortest(supply: list[int], wanted: list[int], km: list[list[float]]) -> float:
    """By trying every split of each place's amount over the stores."""
    best = {tuple(supply): 0.0}
    for p, amount in enumerate(wanted):
        after: dict[tuple[int, ...], float] = {}
        for left, cost in best.items():
            for split in product(*(range(min(amount, most) + 1) for most in left)):
                if sum(split) == amount:
                    rest = tuple(a - b for a, b in zip(left, split, strict=True))
                    now = cost + sum(n * km[s][p] for s, n in enumerate(split))
                    after[rest] = min(now, after.get(rest, np.inf))
        best = after
    return min(best.values())


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), STORES, PLACES, WAYS)
def test_the_same_input_gives_the_same_plan_in_whatever_order(
    dice: object, stores: list[tuple[int, int]], places: list[tuple[int, int, int]], ways: list[int]
) -> None:
    have = [store(n, *one) for n, one in enumerate(stores)]
    want = [place(n, *one) for n, one in enumerate(places)]
    km = np.array(ways[: len(have) * len(want)], float).reshape(len(have), len(want))
    rows, columns = list(range(len(have))), list(range(len(want)))
    dice.shuffle(rows)  # type: ignore[attr-defined]  # a Random
    dice.shuffle(columns)  # type: ignore[attr-defined]
    mixed = allocate([have[n] for n in rows], [want[n] for n in columns], km[np.ix_(rows, columns)], limit_s=SECONDS)
    assert mixed == allocate(have, want, km, limit_s=SECONDS)


def test_large_amounts_are_shared_to_the_unit() -> None:
    dice = np.random.default_rng(7)
    many = [place(n, int(dice.integers(1, 10**8)), int(dice.integers(0, 10**7))) for n in range(200)]
    whole = sum(one.gap for one in many)
    for available in (0, 1, 199, whole // 3, whole - 1, whole, whole + 5):
        assert fair(many, available).sum() == min(available, whole)


def test_out_of_time_there_is_still_a_plan_with_what_is_proven_of_it() -> None:
    dice = np.random.default_rng(3)
    stores = [store(n, 500) for n in range(20)]
    places = [place(n, 90) for n in range(100)]
    plan = allocate(stores, places, dice.random((20, 100)) * 300, limit_s=0.0)
    assert sum(line.amount for line in plan.lines) == plan.given == 9000
    assert 0 < plan.gap < 1
