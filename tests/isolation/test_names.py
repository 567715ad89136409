"""Station staff are told who lives in their own station, for as long as somebody lives there; and nobody else is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.viewer import Viewer
from lianfang.facts import log
from lianfang.identity import service as vault
from tests.access.made import viewer
from tests.isolation.made import DOCTOR, DUTIES, KEEPER, NOW, STAFF, WUHUA, Clock, Desk, a_station, an_order
from tests.isolation.test_stations import moved_in

NAMED = {"name": "留观者", "phones": ["13800138000"], "address": "翠湖南路8号"}


def resident(desk: Desk, station: str) -> tuple[str, str]:
    """Somebody of a name who is held as a contact alone and has come to a station: the order and the person."""
    person = uuid4()
    sent = {**NAMED, "id": str(person), "area": WUHUA, "data_class": "contact"}
    assert vault.enter(KEEPER, [(1, sent)], now=NOW).faults == []
    order = desk.done("/isolation/orders", an_order(person, station=station))["order"]
    desk.done(f"/isolation/orders/{order}/executed", {"station": station}, STAFF)
    return str(order), str(person)


def names(desk: Desk, who: Viewer = STAFF, **wanted: Any) -> dict[str, Any]:
    """The people of the orders that somebody sees."""
    asked = {**wanted, "names": True, "purpose": "follow_up"}
    return dict(desk.done("/isolation/orders/list", asked, who)["people"])


def test_the_roster_of_a_station_says_who_sees_its_residents(desk: Desk, at: Clock) -> None:
    own, other = a_station(desk, staff=[STAFF.author], number="S-1"), a_station(desk, number="S-2")
    _, person = resident(desk, own)
    _, elsewhere = resident(desk, other)
    shown = names(desk)
    assert list(shown) == [person] and shown[person]["holdings"] == []
    assert {key: value for key, value in shown[person]["fields"].items() if value is not None} == NAMED
    assert names(desk, station=other) == {}
    on_record = [entry.fact.data for entry in log.read(kinds=["identity.shown"]) if entry.fact.data.people]
    assert [(len(one.people), set(one.fields), one.role) for one in on_record] == [
        (1, {"name", "phone", "address"}, "station_staff")
    ]
    assert elsewhere not in str(on_record)


def test_a_duty_and_the_post_of_a_device_make_a_station_ones_own(desk: Desk, at: Clock) -> None:
    station = a_station(desk, number="S-1")
    _, person = resident(desk, station)
    assert names(desk) == {}
    assert list(names(desk, viewer("station_staff", author=DUTIES["disinfection"]))) == [person]
    device = replace(viewer("station_staff", author="device-9"), post="S-1")
    assert list(names(desk, device)) == [person]
    assert names(desk, replace(device, post="S-2")) == {}


def test_it_ends_when_the_resident_leaves(desk: Desk, at: Clock) -> None:
    station, other = a_station(desk, staff=[STAFF.author]), a_station(desk)
    order, person = resident(desk, station)
    moved, second = resident(desk, station)
    assert set(names(desk)) == {person, second}
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "not_close"})
    assert list(names(desk)) == [second]
    desk.done(f"/isolation/orders/{moved}/change-mode", {"mode": "central", "station": other, "reason": "transfer"})
    assert list(names(desk)) == [second], "still there until the new place has taken in"
    desk.done(f"/isolation/orders/{moved}/executed", {"station": other}, STAFF)
    assert names(desk) == {}


def test_the_list_of_tasks_names_who_lives_in_the_own_station_or_is_to_come(desk: Desk, at: Clock) -> None:
    own, other = a_station(desk, staff=[STAFF.author]), a_station(desk)
    awaited = {}
    for station in (own, other):
        person = uuid4()
        sent = {**NAMED, "id": str(person), "area": WUHUA, "data_class": "contact"}
        assert vault.enter(KEEPER, [(1, sent)], now=NOW).faults == []
        order = desk.done("/isolation/orders", an_order(person, station=station))["order"]
        awaited[str(order)] = str(person)
    mine = [one for one in desk.get("/tasks", STAFF).json()["tasks"] if one["of"] in awaited]
    assert {one["of"] for one in mine} == set(awaited)
    asked = {"tasks": [{"id": one["id"], "of": one["of"]} for one in mine], "purpose": "follow_up"}
    (first, second) = awaited.values()
    shown = desk.done("/tasks/people", asked, STAFF)["people"]
    assert list(shown) == [first] and second not in str(shown)
    assert desk.done("/tasks/people", asked, viewer("station_staff", author="another"))["people"] == {}


def told_of(desk: Desk, need: str, who: Viewer, purpose: str) -> dict[str, Any]:
    """Whom the task of meeting a need is about, as somebody is told."""
    (task,) = (one for one in desk.get("/tasks", who).json()["tasks"] if one["of"] == need and "meet" in one["rule"])
    asked = {"tasks": [{"id": task["id"], "of": need}], "purpose": purpose}
    return dict(desk.done("/tasks/people", asked, who)["people"])


@pytest.mark.parametrize(
    ("role", "category", "purpose", "seen"),
    [
        ("volunteer_coordinator", "food", "logistics_delivery", {"name", "phones", "address"}),
        ("counsellor", "counselling", "counselling", {"name", "phones"}),
    ],
)
def test_who_takes_on_what_somebody_asks_for_is_told_who_it_is_until_it_is_met(
    desk: Desk, at: Clock, role: str, category: str, purpose: str, seen: set[str]
) -> None:
    helper, other = viewer(role, author="helper-1"), viewer(role, author="helper-2")
    order, person = resident(desk, a_station(desk))
    need = str(desk.done("/needs", {"person": person, "category": category})["id"])
    assert told_of(desk, need, helper, purpose) == {}, "not taken on"
    desk.done(f"/needs/{need}/acknowledge", {}, helper)
    shown = told_of(desk, need, helper, purpose)
    assert {key for key, value in shown[person]["fields"].items() if value} == seen
    assert shown[person]["holdings"] == []
    assert told_of(desk, need, other, purpose) == {}
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "not_close"})
    assert told_of(desk, need, helper, purpose) == {}, "under no order"


def test_who_is_taken_off_the_roster_sees_no_more(desk: Desk, at: Clock) -> None:
    station = a_station(desk, staff=[STAFF.author], number="S-1")
    resident(desk, station)
    assert names(desk)
    a_station(desk, station=station, number="S-1")
    assert names(desk) == {}


def test_obs_03_a_list_of_stations_leaves_the_roster_as_it_is(desk: Desk, at: Clock) -> None:
    row = {"name": "留验站", "town": WUHUA, "capacity": 10, "number": "S-1", **DUTIES}
    desk.done("/stations/import", {"rows": [row]})
    (station,) = desk.get("/stations").json()["stations"]
    desk.done("/stations", {**row, "station": station["id"], "staff": ["a-1", "a-2"]})
    assert desk.done("/stations/import", {"rows": [{**row, "capacity": 12}]})["changed"] == 1
    (station,) = desk.get("/stations").json()["stations"]
    assert (station["capacity"], station["staff"]) == (12, ["a-1", "a-2"])


def test_codes_without_an_account_are_told(desk: Desk, at: Clock) -> None:
    from tests.checkpoints.desk import employed

    real = employed("station_staff")
    station = a_station(desk, lead=real, staff=[real, "nobody"])
    expected = sorted({*DUTIES.values(), "nobody"} - {DUTIES["lead"]})
    assert desk.get(f"/stations/{station}").json()["unknown"] == expected
    order, _ = moved_in(desk, station)
    desk.done(
        f"/isolation/orders/{order}/downgrade",
        {"suitable": True, "reason": "clinical", "community": f"{WUHUA}001"}, DOCTOR,
    )  # fmt: skip
    assert desk.card(order)["unknown"] == sorted([DOCTOR.author, KEEPER.author])
    assert UUID(real)
