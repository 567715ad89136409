"""Figures that were reported, and what must follow from them: capacity, restart, hands, prices, projects."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.supplies.facts.producers import Working
from lianfang.capabilities.supplies.facts.support import SupportCategory
from lianfang.capabilities.supplies.rules import prices, production, projects
from lianfang.capabilities.supplies.rules.labour import overlap, propose

ITS = production.in_force(date(2020, 1, 28))
NOON = datetime(2020, 1, 28, 4, tzinfo=UTC)


def test_700_000_masks_asked_of_who_makes_50_000_are_650_000_too_few_and_14_times_as_many() -> None:
    assert production.capacity_gap(50_000, 700_000) == (650_000, 14.0)
    assert production.capacity_gap(700_000, 50_000).gap == 0
    assert production.capacity_gap(0, 700_000) == (700_000, None)


@pytest.mark.parametrize(
    ("back", "stopped", "silent", "most"), [(3, 2, 0, True), (2, 2, 0, False), (3, 0, 3, False), (0, 0, 0, False)]
)
def test_log_03_most_is_said_above_half_alone_and_who_is_silent_is_not_back(
    back: int, stopped: int, silent: int, most: bool
) -> None:
    told = [*[Working.PART] * back, *[Working.STOPPED] * stopped, *[None] * silent]
    found = production.restart(told, ITS)
    assert (found.back, found.silent, found.most) == (back, silent, most)
    assert found.share == (back / len(told) if told else None)


def test_a_need_of_an_enterprise_is_due_after_48_hours_and_a_facility_sooner() -> None:
    assert production.due(SupportCategory.MATERIAL, NOON, None, ITS) == NOON + timedelta(hours=48)
    assert production.due(SupportCategory.POWER, NOON, None, ITS) < NOON + timedelta(hours=48)
    assert production.due(SupportCategory.POWER, NOON, NOON + timedelta(hours=1), ITS) == NOON + timedelta(hours=1)


SHIFT = (NOON, NOON + timedelta(hours=8))
PEOPLE = [UUID(int=n + 1) for n in range(140)]


def test_120_hands_go_in_four_groups_and_nobody_twice() -> None:
    found = propose(120, 4, SHIFT, [*PEOPLE, *PEOPLE], {})
    assert [len(group) for group in found.groups] == [30, 30, 30, 30]
    assert len({one for group in found.groups for one in group}) == 120
    assert [len(group) for group in propose(122, 4, SHIFT, PEOPLE, {}).groups] == [31, 31, 30, 30]


def test_who_works_elsewhere_meanwhile_is_passed_over_and_the_missing_are_told() -> None:
    later = (SHIFT[1], SHIFT[1] + timedelta(hours=8))
    booked = {
        PEOPLE[0]: [SHIFT],
        PEOPLE[1]: [later],
        PEOPLE[2]: [(NOON - timedelta(hours=7), NOON + timedelta(hours=1))],
    }
    found = propose(5, 2, SHIFT, PEOPLE[:4], booked)
    assert found.busy == (PEOPLE[0], PEOPLE[2])
    assert (found.groups, found.missing) == (((PEOPLE[1],), (PEOPLE[3],)), 3)


@given(
    st.integers(1, 30), st.integers(1, 6), st.lists(st.integers(0, 20), max_size=40),
    st.dictionaries(st.integers(0, 20), st.tuples(st.integers(-9, 9), st.integers(1, 9)), max_size=9),
)  # fmt: skip
def test_groups_are_even_and_nobody_is_booked_twice(
    people: int, groups: int, ready: list[int], busy: dict[int, tuple[int, int]]
) -> None:
    booked = {
        UUID(int=one): [(NOON + timedelta(hours=a), NOON + timedelta(hours=a + b))] for one, (a, b) in busy.items()
    }
    found = propose(people, min(groups, people), SHIFT, [UUID(int=one) for one in ready], booked)
    goes = [one for group in found.groups for one in group]
    assert len(set(goes)) == len(goes) == people - found.missing
    assert not any(overlap(SHIFT, other) for one in goes for other in booked.get(one, ()))
    assert max(map(len, found.groups), default=0) - min(map(len, found.groups), default=0) <= 1


def test_a_price_is_told_of_beyond_its_share_of_the_base_and_not_at_it() -> None:
    its = prices.in_force(date(2020, 1, 28))
    base = {its.base_before - timedelta(days=n + 1): 1000 for n in range(its.base_days)}
    day = its.base_before + timedelta(days=3)
    over = round(1000 * (1 + its.alert_percent / 100))
    assert prices.against_base({**base, day: over}, day, its).alert is None
    assert prices.against_base({**base, day: over + 1}, day, its).alert == "up"
    assert prices.against_base({**base, day: 2000 - over - 1}, day, its).alert == "down"


def test_without_days_before_the_base_are_the_first_days_and_a_missing_day_has_no_figure() -> None:
    its = prices.in_force(date(2020, 1, 28))
    day = its.base_before + timedelta(days=20)
    late = {its.base_before + timedelta(days=n): 500 for n in range(its.base_days)}
    assert prices.against_base({**late, day: 1000}, day, its) == (500.0, 1.0, "up")
    assert prices.against_base(late, day, its) == (None, None, None)
    assert prices.against_base({day: 900}, day, its).alert is None


STEPS = ("layout", "cutting", "making", "grinding", "coating", "dispatch")
PARTS, DUE = 4_800, NOON + timedelta(hours=24)


def test_4_800_parts_through_six_stages_within_24_hours() -> None:
    half = {step: [(NOON + timedelta(hours=11), 2_400)] for step in STEPS}
    burn = projects.burn_down(PARTS, STEPS, NOON, DUE, half, NOON + timedelta(hours=12))
    assert (burn.left, burn.ideal, burn.standing) == (2_400, 2_400.0, "on_time")
    assert burn.through == DUE and (burn.passes, burn.all_passes) == (14_400, 28_800)
    whole = {step: [(NOON + timedelta(hours=23), PARTS)] for step in STEPS}
    done = projects.burn_down(PARTS, STEPS, NOON, DUE, whole, DUE)
    assert (done.left, done.standing, done.through) == (0, "done", NOON + timedelta(hours=23))


def test_a_project_is_late_by_its_pace_before_its_time_is_over() -> None:
    slow = {"layout": [(NOON + timedelta(hours=6), 1_000)]}
    assert projects.burn_down(PARTS, STEPS, NOON, DUE, slow, NOON + timedelta(hours=6)).standing == "late"
    assert projects.burn_down(PARTS, STEPS, NOON, DUE, {}, NOON + timedelta(hours=6)).standing == "silent"
    assert projects.burn_down(PARTS, STEPS, NOON, DUE, {}, DUE).standing == "late"


def test_no_more_parts_pass_a_stage_than_the_one_before_it() -> None:
    counts = {"layout": 10, "cutting": 7, "making": 7}
    assert projects.out_of_order(PARTS, STEPS, counts) is None
    assert projects.out_of_order(PARTS, STEPS, {**counts, "making": 8}) == "making"
    assert projects.out_of_order(PARTS, STEPS, {"layout": PARTS + 1}) == "layout"
