"""Daily reports: counted from the records, zero by an act, late by the clock, and never persons with person-times."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from lianfang.capabilities.checkpoints.facts import ArrivalListed
from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.queries.daily import counted, daily
from lianfang.capabilities.screening.rules.counts import MixedKinds, Persons, PersonTimes
from lianfang.capabilities.screening.rules.daily import Category, Reporting
from lianfang.capabilities.screening.service.reporting import report
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.fold import EVERYWHERE, within
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.access.made import viewer
from tests.screening.made import CHIEF, COMMUNITY, NOW, OTHER, OWN, PROVINCE, WORKER, Desk, fact, unwell, visit, well

pytestmark = pytest.mark.usefixtures("database")
DAY = "2020-01-28"


def test_a_day_is_reported_from_its_records_and_zero_is_said(desk: Desk) -> None:
    grid, empty = desk.grid(), desk.grid("g2", OTHER)
    home, (one, two) = desk.home(grid, "101")
    desk.household(empty, "101", OTHER)
    round = desk.round()
    came = ArrivalListed(
        person=one, conveyance="train", number="K1", arrived=NOW, came_from="420100", destination=COMMUNITY
    )
    desk.sent(fact(came, UUID(int=5), NOW), who=CHIEF)
    desk.at.on(1)
    desk.visit(home, round, well(one), unwell(two))
    desk.at.on(1)
    desk.visit(home, round, well(one))
    states = lambda: desk.told("/screening/report", area=OWN, day=DAY)["states"]  # noqa: E731
    assert states() == {"reported": 0, "zero": 0, "late": 0, "not_reported": 0, "awaited": 2}
    told = desk.told("/screening/report", area=COMMUNITY, day=DAY)["counted"]
    assert (told["figures"]["from_listed"], told["figures"]["local"]["n"]) == ({"n": 2, "unit": "人次"}, 1)
    assert told["figures"]["unwell"] == {"n": 1, "unit": "人"}
    assert [one["person"] for one in told["undisposed"]] == [str(two)]
    body = {"area": COMMUNITY, "day": DAY}
    assert desk.refused("/screening/report", body, WORKER) == [("reason", "undisposed")]
    assert ("zero", "not_zero") in desk.refused("/screening/report", {**body, "zero": True}, WORKER)
    desk.sent(fact(kinds.Disposed(person=two, disposition="hospital"), home, desk.at.now))
    desk.done("/screening/report", body, WORKER)
    nothing = {"area": OTHER, "day": DAY}
    assert desk.refused("/screening/report", nothing, WORKER) == [("zero", "zero")]
    assert states()["awaited"] == 1  # nothing is reported of itself
    desk.at.on(10)
    assert states() == {"reported": 1, "zero": 0, "late": 0, "not_reported": 1, "awaited": 0}
    desk.done("/screening/report", {**nothing, "zero": True}, WORKER)
    answer = desk.told("/screening/report", area=OWN, day=DAY)
    assert answer["states"] == {"reported": 1, "zero": 0, "late": 1, "not_reported": 0, "awaited": 0}
    sums = answer["sums"]
    assert (sums["from_listed"]["n"], sums["from_outside"]["n"], sums["local"]["n"]) == (2, 2, 1)
    assert (sums["unwell"]["n"], sums["disposals"]["hospital"]) == (1, 1)


def test_manifest_and_households_sum_to_their_union_and_who_is_missed_is_a_task(desk: Desk) -> None:
    grid = desk.grid()
    home, (seen, _) = desk.home(grid, "101")
    told_at_door = UUID(int=7)
    joined = kinds.MemberJoined(person=told_at_door, came_from="420100", arrived=date(2020, 1, 28))
    desk.sent(fact(joined, home, desk.at.now))
    for n, person in enumerate((seen, UUID(int=8))):
        came = ArrivalListed(
            person=person, conveyance="train", number="K1", arrived=NOW - timedelta(hours=2), came_from="420100",
            destination=COMMUNITY,
        )  # fmt: skip
        desk.sent(fact(came, UUID(int=50 + n), NOW - timedelta(hours=2)), who=CHIEF)
    round = desk.round()
    desk.at.on(2)
    desk.visit(home, round, well(seen))
    told = desk.told("/screening/arrivals", area=OWN)
    kept = ("matched", "manifest_only", "community_only", "union", "screened", "within_hours", "median_hours")
    assert [told[name] for name in kept] == [1, 1, 1, 3, 1, 1, 4.0]
    assert [one["person"] for one in told["missed"]] == [str(UUID(int=8))]
    assert told["waited"] == []
    desk.at.on(24)
    found = [one for one in desk.told("/tasks", rule="screening.find")["tasks"]]
    assert [(one["person"], one["state"]) for one in found] == [(str(UUID(int=8)), "late")]


def test_each_community_has_its_own_hours_and_the_list_of_whom_it_let_wait(desk: Desk) -> None:
    """Hours from arrival to the door: 2, 6 and 30 in one community, nobody seen in the other."""
    home, persons = desk.home(desk.grid(), "101", 3)
    for n, person in enumerate((*persons, UUID(int=8))):
        where = COMMUNITY if n < 3 else f"{OTHER}1"
        came = ArrivalListed(
            person=person, conveyance="train", number="K1", arrived=desk.at.now, came_from="420100", destination=where
        )
        desk.sent(fact(came, UUID(int=50 + n), desk.at.now, area=where), who=CHIEF)
    round = desk.round()
    for hours, person in zip((2, 4, 24), persons, strict=True):
        desk.at.on(hours)
        desk.visit(home, round, well(person))
    told = desk.told("/screening/arrivals", area=OWN)
    assert [tuple(one.values()) for one in told["communities"]] == [
        (COMMUNITY, 3, 3, 2, 6.0), (OTHER, 1, 0, 0, None),
    ]  # fmt: skip
    assert {(one["person"], one["screened_at"] is None) for one in told["waited"]} == {
        (str(persons[2]), False), (str(UUID(int=8)), True),
    }  # fmt: skip
    (late,) = desk.told("/screening/arrivals", area=COMMUNITY)["waited"]
    assert (late["person"], late["area"]) == (str(persons[2]), COMMUNITY)
    province = desk.told("/screening/arrivals", PROVINCE, area=OWN)
    assert (province["waited"], province["missed"]) == ([], []) and len(province["communities"]) == 2


HOME = 200
"""People of one household of the trial: as many as one visit tells of."""
UNITS = {"530102001001": (27_824, 69, "420100"), "530103001001": (194_156, 1000, "440100")}
"""A unit's checks of people who came from somewhere, and how many of them had symptoms: how the 1,069 were split is not
told."""


def test_the_figures_of_a_province_are_those_of_its_records(desk: Desk) -> None:
    """27,824 + 194,156 = 221,980 person-times; 1,069 persons with symptoms, something arranged for each (Yunnan, 28
    January 2020)."""
    province = viewer("epidemiologist", "530000", author="province-1")
    now = NOW + timedelta(hours=3)
    for number, unit in enumerate(UNITS):
        _records(unit, number)
    assert_incremental_equals_refold()
    for unit in UNITS:
        report(province, unit, date.fromisoformat(DAY), zero=False, now=now)
    told = daily(province, date.fromisoformat(DAY), "530000", now=now)
    assert told.states[Reporting.REPORTED] == len(told.units) == len(UNITS)
    assert told.sums.from_listed == PersonTimes(27_824) and told.sums.from_elsewhere == PersonTimes(194_156)
    whole = told.sums.from_listed + told.sums.from_elsewhere
    assert whole == PersonTimes(221_980)
    assert told.sums.unwell == Persons(1_069) and told.sums.undisposed == Persons(0)
    disposed = told.sums.hospital + told.sums.home + told.sums.central + told.sums.other
    assert disposed == told.sums.unwell
    with pytest.raises(MixedKinds):
        _ = told.sums.unwell / whole
    one = counted(province, "530102001001", date.fromisoformat(DAY)).figures
    assert one.person_times[Category.LISTED] == PersonTimes(27_824)


def _records(unit: str, number: int) -> None:
    """Households of many people, each visited again and again until the checks are as many."""
    times, ill, came_from = UNITS[unit]
    begins = datetime.fromisoformat("2020-01-28T08:00+08:00")
    grid, round = kinds.grid_id(unit, "g"), kinds.round_id("530000", 1)
    facts: list[Fact] = []

    def add(data: FactData, subject: UUID, minutes: float) -> None:
        facts.append(fact(data, subject, begins + timedelta(minutes=minutes), area=unit))

    add(kinds.GridRegistered(community=unit, name="g"), grid, 0)
    if number == 0:
        facts.append(fact(kinds.RoundOpened(number=1, due=begins + timedelta(days=2)), round, begins, area="530000"))
    homes = -(-ill // HOME)
    people = [[UUID(int=(number + 1) << 96 | home << 16 | n + 1) for n in range(HOME)] for home in range(homes)]
    for home, persons in enumerate(people):
        subject = kinds.household_id(unit, None, None, str(home))
        add(kinds.HouseholdRegistered(community=unit, grid=grid, door=str(home)), subject, 1)
        for person in persons:
            add(kinds.MemberJoined(person=person, came_from=came_from, arrived=begins.date()), subject, 2)
        for n, person in enumerate(persons):
            if home * HOME + n < ill:
                add(kinds.Disposed(person=person, disposition="home" if n % 2 else "central"), subject, 600)
    for n, first in enumerate(range(0, times, HOME)):
        home = n % homes
        met = people[home][: min(HOME, times - first)]
        found = [unwell(one) if home * HOME + at < ill else well(one) for at, one in enumerate(met)]
        add(visit(round, *found), kinds.household_id(unit, None, None, str(home)), 3 + n / 4)
    with within(*EVERYWHERE):
        for start in range(0, len(facts), 1_000):
            outcomes = log.append(facts[start : start + 1_000], principal=WORKER.principal)
            assert {one.status for one in outcomes} == {"appended"}
