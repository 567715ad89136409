"""Who of the waiting gets which bed: never more than are free, the most severe first, and no better plan there is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from itertools import product
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.capabilities.care.rules.assign import FAR_KM, Free, Point, Waiting, assign, fits_bed, why
from lianfang.capabilities.care.rules.beds import SEVERE, SEVERITIES, bed_policy

POLICY = bed_policy(datetime(2020, 2, 1, tzinfo=UTC))
PLACES: list[Point | None] = [(102.7, 25.0), (103.8, 25.5), (100.2, 26.9), None]

patients = st.lists(
    st.tuples(
        st.sampled_from(SEVERITIES), st.integers(0, 72), st.sampled_from(PLACES), st.sampled_from([None, "paediatrics"])
    ),
    max_size=4,
).map(lambda told: [Waiting(UUID(int=n + 1), *one) for n, one in enumerate(told)])
hospitals = st.lists(
    st.tuples(
        st.sampled_from(["isolation", "icu", "ventilator"]), st.integers(0, 2), st.booleans(),
        st.sampled_from([(), ("paediatrics",)]), st.sampled_from(PLACES),
    ),
    max_size=3,
).map(lambda told: [Free(UUID(int=100 + n), *one) for n, one in enumerate(told)])  # fmt: skip


def cost(one: Waiting, bed: Free) -> float:
    """By the book, one patient and one bed at a time."""
    alone = assign([one], [bed._replace(beds=1)], POLICY).lines[0]
    km = FAR_KM if alone.km is None else round(alone.km, 3)
    further = [str(type) for type in POLICY.needs[one.severity]].index(bed.type) * POLICY.next_type_km
    return km + further + (POLICY.other_specialty_km if one.specialty and one.specialty not in bed.specialties else 0)


def value(waiting: list[Waiting], plan: tuple[Free | None, ...]) -> tuple[tuple[int, ...], tuple[float, ...], float]:
    """How good a plan is: served by severity, the hours of those, less the way."""
    pairs = [(one, bed) for one, bed in zip(waiting, plan, strict=True) if bed is not None]
    served = Counter(one.severity for one, _ in pairs)
    hours = Counter[str]()
    for one, _ in pairs:
        hours[one.severity] += int(one.hours)
    worst_first = list(reversed(SEVERITIES))
    way = -round(sum(cost(one, bed) for one, bed in pairs), 2)
    return tuple(served[one] for one in worst_first), tuple(hours[one] for one in worst_first), way


@settings(max_examples=60, deadline=None)
@given(patients, hospitals)
def test_no_other_plan_is_better(waiting: list[Waiting], free: list[Free]) -> None:
    found = assign(waiting, free, POLICY)
    goes = {line.case: line.free for line in found.lines}
    ours = value(waiting, tuple(goes[one.case] for one in waiting))
    for plan in product([None, *free], repeat=len(waiting)):
        used = Counter(bed.hospital for bed in plan if bed)
        fit = all(bed is None or fits_bed(one.severity, bed, POLICY) for one, bed in zip(waiting, plan, strict=True))
        if fit and all(used[bed.hospital] <= bed.beds for bed in free):
            assert value(waiting, plan) <= (*ours[:2], ours[2] + 0.05)


@settings(max_examples=100, deadline=None)
@given(patients, hospitals, st.randoms(use_true_random=False))
def test_never_more_than_are_free_the_severe_to_qualified_ones_only_and_the_same_again(
    waiting: list[Waiting], free: list[Free], dice: Random
) -> None:  # fmt: skip
    found = assign(waiting, free, POLICY)
    assert sorted(line.case for line in found.lines) == sorted(one.case for one in waiting)
    used = Counter(line.free.hospital for line in found.lines if line.free)
    assert all(used[bed.hospital] <= bed.beds for bed in free)
    by_case = {one.case: one.severity for one in waiting}
    assert all(
        line.free.severe for line in found.lines if line.free is not None and by_case[line.case] in SEVERE
    )  # fmt: skip
    dice.shuffle(waiting)
    dice.shuffle(free)
    assert assign(waiting, free, POLICY) == found


@pytest.mark.parametrize(
    ("beds", "zh", "en"),
    [
        (
            [Free(UUID(int=1), "icu", 1, True, (), PLACES[0])],
            "重症监护床位空床，具备重症救治资质，距离约0公里",
            "a free bed: intensive care, qualified for severe cases, about 0 km away",
        ),
        (
            [Free(UUID(int=1), "icu", 1, False, (), PLACES[0])],
            "目前没有适合的空床",
            "no bed that fits is free anywhere",
        ),
    ],
)
def test_every_line_says_why(beds: list[Free], zh: str, en: str) -> None:
    (line,) = assign([Waiting(UUID(int=9), "severe", 3, PLACES[0])], beds, POLICY).lines
    assert why(line, "severe") == (zh, en)


def test_who_is_left_is_told_who_went_before() -> None:
    bed = Free(UUID(int=1), "isolation", 1, True, (), PLACES[0])
    waiting = [Waiting(UUID(int=n), "ordinary", n, PLACES[0]) for n in (5, 9)]
    lines = {line.case.int: line for line in assign(waiting, [bed], POLICY).lines}
    assert lines[9].free == bed
    assert why(lines[5], "ordinary")[1] == "the beds that fit go to those more severe or longer waiting"
