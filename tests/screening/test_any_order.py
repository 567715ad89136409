"""The same registers whatever the order in which facts arrive; what others count; what grids are to tell."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import household_id, reference_id, round_id
from lianfang.capabilities.screening.models import HouseholdRegister
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted
from lianfang.facts.fold import EVERYWHERE, within
from lianfang.facts.rebuild import assert_incremental_equals_refold
from lianfang.facts.sent import from_facts
from tests.ahead import Held, append_made_ahead
from tests.database import empty
from tests.screening.made import CHIEF, COMMUNITY, NOW, OTHER, OWN, WORKER, Desk, fact, unwell, visit, well

HOMES = [household_id(COMMUNITY, None, None, str(n)) for n in range(4)]
ONE, TWO = round_id(OWN, 1), round_id(OWN, 2)


def story() -> list[Fact]:
    """Two rounds, of which the first is closed and opened again by a retraction, a household that is moved, one that is
    taken off the register, people who come and go, a visit that is of no round."""
    at = lambda hours: NOW + timedelta(hours=hours)  # noqa: E731
    told = [
        fact(kinds.RoundOpened(number=1, due=at(48)), ONE, at(1), area=OWN),
        fact(kinds.RoundClosed(households=2, done=2, not_met=0, refused=0, vacant=0, members=2), ONE, at(10), area=OWN),
        fact(kinds.RoundOpened(number=2, due=at(96)), TWO, at(20), area=OWN),
    ]
    told.append(fact(Retracted(why="mistaken"), ONE, at(30), area=OWN, corrects=told[1].id))
    for n, home in enumerate(HOMES):
        grid, person = UUID(int=100 + n % 2), UUID(int=50 + n)
        registered = fact(kinds.HouseholdRegistered(community=COMMUNITY, grid=grid, door=str(n)), home, at(n * 4))
        told += [
            registered,
            fact(kinds.MemberJoined(person=person), home, at(n * 4 + 0.1)),
            fact(visit(ONE, well(person)), home, at(5 + n * 3)),
            fact(visit(TWO, unwell(person)), home, at(22 + n)),
        ]
        if n == 1:
            moved = kinds.HouseholdRegistered(community=OTHER, grid=UUID(int=102), door="1")
            told.append(fact(moved, home, at(26), corrects=registered.id))
        if n == 2:
            told.append(fact(Retracted(why="mistaken"), home, at(27), corrects=registered.id))
        if n == 3:
            told += [fact(kinds.MemberLeft(person=person), home, at(28)), fact(visit(UUID(int=9)), home, at(29))]
    return told


def tables() -> dict[str, list[str]]:
    with within(*EVERYWHERE), connection.cursor() as cursor:
        found = {}
        for table in HouseholdRegister.tables:
            cursor.execute(f"SELECT ROW(t.*)::text FROM {table} t")
            found[table] = sorted(row for (row,) in cursor.fetchall())
    return found


def test_the_order_of_arrival_changes_no_register(database: object) -> None:
    told, chance = story(), random.Random(7)
    seen = []
    for number in range(4):
        empty(database)  # type: ignore[arg-type]
        facts = list(told)
        if number:
            chance.shuffle(facts)
        size = (len(facts), 3, 1, 7)[number]
        for start in range(0, len(facts), size):
            outcomes = log.append(facts[start : start + size], principal=WORKER.principal)
            assert {one.status for one in outcomes} == {"appended"}, outcomes
        if not number:
            assert_incremental_equals_refold()
        seen.append(tables())
    assert seen[0]["screening_cube"] and seen[0]["screening_fault"]
    assert all(one == seen[0] for one in seen)


def test_what_is_made_ahead_changes_no_register(database: object, monkeypatch: pytest.MonkeyPatch) -> None:
    told, chance, held = story(), random.Random(5), Held(monkeypatch)
    told += [
        fact(visit(ONE, well(UUID(int=50 + n))), home, NOW + timedelta(hours=30 + n)) for n, home in enumerate(HOMES)
    ]
    log.append(told, principal=WORKER.principal)
    expected = tables()
    for size in (1, 2, 5):
        empty(database)  # type: ignore[arg-type]
        outcomes = append_made_ahead(told, size, WORKER.principal)
        assert {one.status for one in outcomes} == {"appended"}, outcomes
        assert tables() == expected
        chance.shuffle(told)
    assert held.times


def test_a_visit_made_ahead_is_folded_anew_where_its_household_or_round_has_changed(database: object) -> None:
    home, person, later = HOMES[0], UUID(int=50), UUID(int=51)
    at = lambda hours: NOW + timedelta(hours=hours)  # noqa: E731
    registered = kinds.HouseholdRegistered(community=COMMUNITY, grid=UUID(int=100), door="0")
    begun = [
        fact(kinds.RoundOpened(number=1, due=at(48)), ONE, at(0), area=OWN),
        fact(registered, home, at(0)),
        fact(kinds.MemberJoined(person=person), home, at(1)),
    ]
    joined = fact(kinds.MemberJoined(person=later), home, at(2))
    closed = kinds.RoundClosed(households=1, done=1, not_met=0, refused=0, vacant=0, members=1)
    for between in (joined, fact(closed, ONE, at(3), area=OWN), fact(visit(ONE, well(person)), home, at(4))):
        empty(database)  # type: ignore[arg-type]
        log.append(begun, principal=WORKER.principal)
        sent = from_facts([fact(visit(ONE, well(person)), home, at(5))], WORKER.principal)
        log.make_ahead([sent])
        log.append([between], principal=WORKER.principal)
        log.append_sent(sent)
        assert_incremental_equals_refold()


def test_what_another_source_counts_stands_beside_the_register(desk: Desk) -> None:
    desk.household(desk.grid(), "101")
    stated = kinds.ReferenceStated(households=120, source="第七次人口普查")
    desk.sent(fact(stated, reference_id(COMMUNITY), desk.at.now), who=CHIEF)
    told = desk.told("/coverage", area=COMMUNITY)
    assert (told["whole"]["registered"], told["whole"]["reference"], told["whole"]["covered"]) == (1, 120, 0.0)


def test_a_grid_s_list_has_what_it_is_to_tell_and_nothing_about_a_person(desk: Desk) -> None:
    grid = desk.grid()
    asked = kinds.EducationAsked(topic="ventilation", due=desk.at.now + timedelta(days=1))
    desk.sent(fact(asked, UUID(int=77), desk.at.now, area=OWN), who=CHIEF)
    mine = lambda: [  # noqa: E731
        one for one in desk.told("/tasks", WORKER, mine="true")["tasks"] if one["rule"] == "screening.educate"
    ]
    (task,) = mine()
    assert (task["of"], task["person"], task["slot"]) == (str(grid), None, str(UUID(int=77)))
    desk.done(f"/tasks/{task['id']}/done", {"of": task["of"]}, WORKER)
    assert [one["state"] for one in mine()] == ["done"]
    dues = [one["due"] for one in desk.told("/tasks", WORKER, mine="true")["tasks"]]
    assert dues == sorted(dues)
