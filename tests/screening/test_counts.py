"""Persons and person-times, categories of who came from outside, and the states of a report."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lianfang.capabilities.screening.facts import Disposals, Disposition, Reported, Site
from lianfang.capabilities.screening.rules.counts import MixedKinds, Persons, PersonTimes
from lianfang.capabilities.screening.rules.daily import Category, Coming, Reporting, category, figures, reporting
from lianfang.capabilities.screening.rules.policy import editions, in_force, sites
from lianfang.capabilities.screening.state.parts import CST

DAY = date(2020, 1, 29)
MORNING = datetime(2020, 1, 29, 9, tzinfo=CST)


def test_persons_are_not_added_to_compared_with_or_divided_by_person_times() -> None:
    persons, times = Persons(1069), PersonTimes(221_980)
    for mixed in (
        lambda: persons + times, lambda: times - persons, lambda: persons / times, lambda: times / persons,
        lambda: persons < times, lambda: persons == times, lambda: persons + 1, lambda: 2 / times,
    ):  # fmt: skip
        with pytest.raises(MixedKinds, match="count different things"):
            mixed()
    assert sum([PersonTimes(27_824), PersonTimes(194_156)], PersonTimes(0)) == PersonTimes(221_980)
    assert Persons(1) / Persons(4) == 0.25
    assert repr(persons) == "1069人"


def test_two_checks_of_one_person_are_two_person_times_and_one_person() -> None:
    one = figures(1, {UUID(int=1): 2}, {}, DAY, {UUID(int=1): Disposition.HOME})
    assert (one.person_times[Category.LOCAL], one.unwell) == (PersonTimes(2), Persons(1))


@pytest.mark.parametrize(
    ("comings", "found"),
    [
        ([], Category.LOCAL),
        ([Coming("420100", MORNING, True)], Category.LISTED),
        ([Coming("440100", MORNING, True)], Category.ELSEWHERE),
        ([Coming("530300", MORNING, False)], Category.LOCAL),
        ([Coming("440100", MORNING, True), Coming("420100", MORNING - timedelta(days=3), True)], Category.LISTED),
        ([Coming("420100", MORNING - timedelta(days=15), True)], Category.LOCAL),
        ([Coming("420100", MORNING + timedelta(days=1), True)], Category.LOCAL),
    ],
)
def test_each_who_came_is_of_one_category_and_the_listed_area_comes_first(
    comings: list[Coming], found: Category
) -> None:
    assert category(DAY, comings) is found


def test_reported_zero_late_and_not_reported_are_four_states() -> None:
    due = in_force(DAY).due(DAY)
    late, later = due + timedelta(minutes=1), due + timedelta(hours=5)
    assert reporting(DAY, due, zero=False, now=later) is Reporting.REPORTED
    assert reporting(DAY, due, zero=True, now=later) is Reporting.ZERO
    assert reporting(DAY, late, zero=True, now=later) is Reporting.LATE
    assert reporting(DAY, None, zero=False, now=later) is Reporting.NOT_REPORTED
    assert reporting(DAY, None, zero=False, now=due) is Reporting.AWAITED


def test_a_zero_report_is_of_a_day_without_anything() -> None:
    nothing = {"day": DAY, "households": 0, "from_listed": 0, "from_elsewhere": 0, "local": 0, "unwell": 0}
    Reported(**nothing, zero=True)
    for wrong in ({**nothing, "zero": False}, {**nothing, "households": 1, "zero": True}):
        with pytest.raises(ValueError, match="zero is said"):
            Reported(**wrong)


def test_what_was_arranged_sums_to_those_with_symptoms() -> None:
    unwell = {UUID(int=n): one for n, one in enumerate([*Disposition, None])}
    told = figures(1, {}, {}, DAY, unwell)
    assert told.disposals == Disposals(hospital=1, home=1, central=1, other=1, none=1)
    assert sum(told.disposals.model_dump().values()) == told.unwell.n


def test_the_policy_is_dated_and_cited() -> None:
    assert all(one.source and one.source_zh for one in editions())
    assert set(sites()) == set(Site)
    assert "易地搬迁安置点" in sites()[Site.RESETTLEMENT].zh
