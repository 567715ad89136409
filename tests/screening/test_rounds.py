"""Rounds: whom they miss, when they close, what the next one shows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from lianfang.accounts.models import Account
from lianfang.capabilities.screening.facts import HouseholdRegistered, MemberJoined, household_id
from lianfang.capabilities.screening.queries.rounds import holders
from tests.screening.made import (
    CHIEF,
    COLLEAGUE,
    COMMUNITY,
    INSPECTOR,
    OTHER,
    OWN,
    POST,
    PROVINCE,
    STRANGER,
    WORKER,
    Desk,
    fact,
    unwell,
    visit,
    well,
)

pytestmark = pytest.mark.usefixtures("database")


def test_a_round_with_one_missed_household_does_not_close_and_names_it(desk: Desk) -> None:
    grid = desk.grid()
    first, persons = desk.home(grid, "101")
    missed, unseen = desk.home(grid, "102")
    round = desk.round()
    desk.at.on(1)
    desk.visit(first, round, *map(well, persons))
    assert desk.refused(f"/rounds/{round}/close") == [("households", "missing"), ("members", "missing")]
    told = desk.told("/coverage/missing", area=OWN, round=str(round))
    assert [(one["id"], one["door"], set(one["missing"])) for one in told["households"]] == [
        (str(missed), "102", set(map(str, unseen)))
    ]
    desk.visit(missed, round, well(unseen[0]), unwell(unseen[1]))
    closed = desk.done(f"/rounds/{round}/close")["whole"]
    assert (closed["registered"], closed["done"], closed["missing"], closed["covered"]) == (2, 2, 0, 1.0)
    assert (closed["due"], closed["seen"], closed["unwell"]) == (4, 4, 1)
    assert closed["person_times"] == {"n": 4, "unit": "人次"}
    assert COMMUNITY in [part["code"] for part in desk.told("/coverage", area=f"{OWN}001")["parts"]]


def test_the_next_round_has_its_own_denominator_and_shows_what_the_last_missed(desk: Desk) -> None:
    grid = desk.grid()
    first, persons = desk.home(grid, "101", 1)
    one = desk.round(1)
    desk.at.on(1)
    desk.visit(first, one, well(persons[0]))
    assert desk.refused("/rounds", {"area": OWN, "number": 2, "due": due(desk)}) == [("number", "still_open")]
    desk.done(f"/rounds/{one}/close")
    desk.at.on(1)
    found, newcomer = desk.home(grid, "102", 1)
    assert desk.refused("/rounds", {"area": OWN, "number": 1, "due": due(desk)}) == [("number", "closed")]
    assert desk.ledger(round=str(one))["registered"] == 1  # what came later is not of a round that is over
    two = desk.round(2)
    ledger = desk.ledger(round=str(two))
    assert (ledger["registered"], ledger["found"], ledger["missing"], ledger["done"]) == (2, 1, 2, 0)
    listed = desk.told("/coverage/missing", area=OWN, round=str(two), state="found")["households"]
    assert [(its["id"], its["before"]) for its in listed] == [(str(found), None)]
    listed = desk.told("/coverage/missing", area=OWN, round=str(two))["households"]
    assert {its["id"]: its["before"] for its in listed} == {str(first): "done", str(found): None}
    desk.at.on(1)
    late = desk.visit(first, one, well(persons[0]))  # by a phone that does not know that the round is over
    card = desk.told(f"/households/{first}")
    assert [(fault["fact"], fault["reason"]) for fault in card["faults"]] == [(str(late.id), "after_round")]
    assert [visit["counts"] for visit in card["visits"]] == [True, False]
    assert desk.ledger(round=str(two))["done"] == 0
    desk.visit(found, two, well(newcomer[0]))
    assert desk.ledger(round=str(two))["done"] == 1


def test_a_visit_that_comes_late_but_was_made_in_time_counts_for_the_round(desk: Desk) -> None:
    grid = desk.grid()
    home, persons = desk.home(grid, "101", 1)
    other, others = desk.home(grid, "102", 1)
    round = desk.round()
    desk.at.on(1)
    made = fact(visit(round, well(others[0])), other, desk.at.now)  # by a phone without a network
    desk.at.on(1)
    desk.visit(home, round, well(persons[0]))
    desk.visit(other, round, outcome="refused", escalated_to="town-1")
    desk.done(f"/rounds/{round}/close")
    desk.sent(made)
    ledger = desk.ledger(round=str(round))
    assert (ledger["registered"], ledger["done"], ledger["refused"], ledger["missing"]) == (2, 2, 0, 0)
    assert desk.told(f"/households/{other}")["faults"] == []


def test_no_round_begins_or_ends_while_a_grid_has_nobody(desk: Desk) -> None:
    grid = desk.grid(to="")
    assert desk.refused("/rounds", {"area": OWN, "number": 1, "due": due(desk)}) == [("area", "unassigned")]
    assert desk.refused("/grids/assign", {"grids": [str(grid)], "to": "nobody"}) == [("to", "not_a_worker")]
    desk.done("/grids/assign", {"grids": [str(grid)], "to": POST})
    home, persons = desk.home(grid, "101", 1)
    round = desk.round()
    desk.at.on(1)
    desk.visit(home, round, well(persons[0]))
    desk.grid("g2", to="")
    assert desk.refused(f"/rounds/{round}/close") == [("grids", "unassigned")]


def test_a_grid_that_is_handed_over_keeps_what_is_open_and_tells_who_had_it(desk: Desk) -> None:
    grid = desk.grid()
    desk.home(grid, "101", 1)
    desk.round()
    desk.at.on(1)
    rules = lambda who: [one["rule"] for one in desk.told("/tasks", who, mine="true")["tasks"]]  # noqa: E731
    assert "screening.round" in rules(WORKER) and "screening.round" not in rules(COLLEAGUE)
    desk.done("/grids/hand-over", {"giver": POST, "to": "team-2"})
    assert "screening.round" in rules(COLLEAGUE) and "screening.round" not in rules(WORKER)
    tenures = desk.told(f"/grids/{grid}")["tenures"]
    assert [(one["to"], one["by"], one["ends"] is None) for one in tenures] == [
        (POST, "chief", False), ("team-2", "chief", True),
    ]  # fmt: skip
    wrong = {"giver": POST, "to": "team-2", "grids": [str(grid)]}
    assert desk.refused("/grids/hand-over", wrong) == [("giver", "not_assigned")]


def test_who_has_a_grid_is_told_by_name_to_whoever_gives_grids(desk: Desk) -> None:
    made = {"username": "grid-1", "display_name": "大观一格", "area": OWN, "created_at": desk.at.now}
    someone = str(Account.objects.create(**made).id)
    assert holders(CHIEF, [someone, POST, ""]) == {someone: "大观一格"}
    assert holders(INSPECTOR, [someone]) == {}
    grid = desk.grid()
    for path in (f"/grids/{grid}", "/grids", "/coverage"):
        assert desk.told(path)["names"] == {}, "a post has no name but its code"


def test_a_household_lies_in_one_grid_of_its_own_community(desk: Desk) -> None:
    grid, elsewhere = desk.grid(), desk.grid("g9", OTHER)
    body = {"community": COMMUNITY, "grid": str(elsewhere), "door": "101"}
    assert desk.refused("/households", body) == [("grid", "no_grid")]
    home = desk.household(grid, "101")
    body = {"community": COMMUNITY, "grid": str(grid), "building": "7栋", "unit": "2单元", "door": "101"}
    assert desk.refused("/households", body) == [("door", "registered_twice")]
    second = desk.grid("g2")
    desk.done("/households", {**body, "household": str(home), "grid": str(second), "expected": 3})
    sizes = {one["name"]: one["households"] for one in desk.told("/grids", area=COMMUNITY)["grids"]}
    assert sizes == {"g1": 0, "g2": 1}
    site = desk.grid("安置点一期", site="resettlement")
    assert next(one["site"] for one in desk.told("/grids")["grids"] if one["id"] == str(site)) == "resettlement"


def test_what_is_not_one_s_own_is_not_seen(desk: Desk) -> None:
    grid, other = desk.grid(), desk.grid("g2", to="team-2")
    mine, (person,) = desk.home(grid, "101", 1)
    theirs, _ = desk.home(other, "102", 1)
    round = desk.round()
    desk.at.on(1)
    desk.visit(mine, round, unwell(person))
    listed = lambda who: {one["id"] for one in desk.done("/households/list", {}, who)["households"]}  # noqa: E731
    assert listed(WORKER) == {str(mine)} and listed(COLLEAGUE) == {str(theirs)}
    assert listed(CHIEF) == {str(mine), str(theirs)} and listed(STRANGER) == listed(PROVINCE) == set()
    assert desk.get(f"/households/{theirs}", WORKER).status_code == 404
    assert desk.get(f"/coverage?round={round}", STRANGER).status_code == 404
    assert desk.ledger(who=WORKER)["registered"] == 1
    assert (desk.ledger(who=CHIEF)["unwell"], desk.ledger(who=PROVINCE)["unwell"]) == (1, 1)
    below = desk.told("/coverage", PROVINCE, area=COMMUNITY)
    assert (below["whole"]["registered"], below["whole"]["unwell"]) == (2, None)  # below the county, no health in sums
    seen = desk.told(f"/households/{mine}", INSPECTOR)
    assert (seen["visits"][0]["members"], seen["residents"][0]["unwell_at"]) == (None, None)
    assert desk.told(f"/households/{mine}", CHIEF)["visits"][0]["members"][0]["temp_c"] == 38.4


def test_a_phone_gets_all_of_its_own_grids_and_what_was_seen(desk: Desk) -> None:
    grid = desk.grid()
    desk.grid("g2", to="team-2")
    home, persons = desk.home(grid, "101", 2)
    round = desk.round()
    desk.at.on(1)
    desk.visit(home, round, well(persons[0]))
    told = desk.told("/field/bundle", WORKER)
    assert [one["id"] for one in told["grids"]] == [str(grid)]
    assert [one["id"] for one in told["rounds"]] == [str(round)]
    (one,) = told["households"]
    assert {its["person"] for its in one["members"]} == set(map(str, persons))
    assert (one["seen"][str(round)]["outcome"], one["seen"][str(round)]["ended"]) == ("met", False)
    assert told["forms"]["visit.made"]["data"]["properties"]["round"]["format"] == "uuid"
    assert {task["rule"] for task in told["tasks"]} >= {"screening.round", "screening.report"}
    assert desk.told("/field/bundle", CHIEF)["households"] == []


def test_a_visit_where_no_household_is_on_the_register_waits_for_one(desk: Desk) -> None:
    grid = desk.grid()
    desk.household(grid, "101")
    round = desk.round()
    desk.at.on(1)
    stray = household_id(COMMUNITY, "7栋", "2单元", "999")
    desk.visit(stray, round, outcome="refused", escalated_to="town-1")
    told = desk.told("/coverage", area=COMMUNITY)
    assert (told["faults"], told["unplaced"], told["whole"]["registered"]) == (1, 1, 1)
    listed = desk.done("/households/list", {"state": "unplaced"})["households"]
    assert [one["id"] for one in listed] == [str(stray)]
    day = desk.at.now.date().isoformat()
    assert ("households", "unresolved") in desk.refused("/screening/report", {"area": COMMUNITY, "day": day})
    desk.household(grid, "999")
    told = desk.told("/coverage", area=COMMUNITY)
    assert (told["faults"], told["unplaced"], told["whole"]["registered"], told["whole"]["refused"]) == (0, 0, 2, 1)


def test_a_closed_round_tells_whom_a_late_fact_has_left_without_an_outcome(desk: Desk) -> None:
    grid = desk.grid()
    home, persons = desk.home(grid, "101", 1)
    round = desk.round()
    desk.at.on(1)
    desk.visit(home, round, well(persons[0]))
    before = desk.at.now
    desk.at.on(1)
    desk.done(f"/rounds/{round}/close")
    rules = lambda: {(one["rule"], one["of"]) for one in desk.told("/tasks", area=OWN)["tasks"]}  # noqa: E731
    checks = lambda: [  # noqa: E731
        (one["reason"], one["n"])
        for told in (desk.told("/rounds", area=OWN)["rounds"][0], desk.told("/coverage", area=OWN, round=str(round)))
        for one in told["checks"]
    ]
    assert ("screening.follow", str(home)) not in rules() and checks() == []
    desk.at.on(1)
    newcomer = UUID(int=99)
    late = household_id(COMMUNITY, None, None, "late")
    desk.sent(
        fact(MemberJoined(person=newcomer), home, before),
        fact(HouseholdRegistered(community=COMMUNITY, grid=grid, door="late"), late, before),
    )
    (told,) = desk.told("/rounds", area=OWN)["rounds"]
    assert (told["households"], told["ended"]) == (1, 1)  # as it was closed
    assert checks() == [("reopened", 2), ("reopened", 2)]
    assert {("screening.follow", str(home)), ("screening.follow", str(late))} <= rules()
    desk.round(2)
    assert ("screening.follow", str(home)) not in rules()  # the next round has them


def test_a_round_tells_whom_nobody_named_and_whom_nobody_can_reach(desk: Desk) -> None:
    grid = desk.grid()
    home = desk.household(grid, "101", expected=5)
    person = UUID(int=98)
    desk.sent(fact(MemberJoined(person=person), home, desk.at.now))
    refusing, _ = desk.home(grid, "102", 1)
    round = desk.round()
    desk.at.on(1)
    desk.visit(home, round, well(person))
    desk.visit(refusing, round, outcome="refused", escalated_to="nobody-at-all")
    closed = desk.done(f"/rounds/{round}/close")
    assert [(one["reason"], one["n"]) for one in closed["checks"]] == [("fewer_named", 1), ("unreachable", 1)]
    assert all(str(one["n"]) in one["zh"] and one["en"] for one in closed["checks"])


def test_a_post_can_be_reached(desk: Desk) -> None:
    grid = desk.grid()
    home, _ = desk.home(grid, "101", 1)
    round = desk.round()
    desk.at.on(1)
    desk.visit(home, round, outcome="refused", escalated_to=POST)
    assert desk.told("/coverage", area=OWN)["checks"] == []


def due(desk: Desk) -> str:
    return (desk.at.now + timedelta(days=1)).isoformat()
