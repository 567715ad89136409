"""Many at once: the passengers of a flight, everybody in one place, and nobody beyond the places."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.checkpoints.service import Listing, list_arrivals
from lianfang.capabilities.isolation.facts import Mode
from lianfang.capabilities.isolation.rules.allocate import Person, Places, allocate
from lianfang.facts import log
from lianfang.identity import service as vault
from tests.isolation.made import END, KEEPER, NOW, OFFICER, WUHUA, Clock, Desk, a_person, a_station, an_order


def passengers(n: int) -> list[UUID]:
    ids = [uuid4() for _ in range(n)]
    people = [{"id": id, "name": "某某", "area": WUHUA, "data_class": "isolation"} for id in ids]
    receipt = vault.enter(KEEPER, enumerate(people, 1), now=NOW)
    assert receipt.entered == n, receipt
    return ids


def a_flight(people: list[dict[str, Any]], stations: list[Any], **other: Any) -> dict[str, Any]:
    return {
        "people": people, "stations": [{"station": one} if isinstance(one, str) else one for one in stations],
        "order_class": "other", "reason": "TR188次航班乘客", "of": uuid4(), "disease": "ncov-2020",
        "edition": "ncov-2020-v2", "basis": "infectious_disease", "start": NOW, "end": END, "batch": uuid4(), **other,
    }  # fmt: skip


def test_obs_02_the_335_passengers_of_flight_tr188(desk: Desk, at: Clock) -> None:
    ids = passengers(335)
    hospital = a_station(desk, 20, name="定点医院", mode="hospital")
    hotel, centre = a_station(desk, 114, name="宾馆"), a_station(desk, 300, name="市委党校")
    people = [{"person": id, "mode": "hospital" if at < 2 else "central"} for at, id in enumerate(ids)]
    flight = a_flight(people, [hospital, hotel, centre])
    before = log.head()
    plan = desk.done("/isolation/allocate", flight)
    assert log.head() == before and not plan["done"]
    assert plan["by_station"] == {hospital: 2, hotel: 114, centre: 219} and sum(plan["by_station"].values()) == 335
    done = desk.done("/isolation/allocate", {**flight, "confirm": plan["digest"]})
    assert done["done"] and done["left"] == [] and log.head().seq == before.seq + 335
    placed = Counter(one["person"] for one in done["placed"])
    assert set(placed) == set(map(str, ids)) and set(placed.values()) == {1}
    held = {one["id"]: one["occupancy"]["held"] for one in desk.get("/stations").json()["stations"]}
    assert held == {hospital: 2, hotel: 114, centre: 219}
    # The answer was lost: the same plan confirmed again answers as it did, though people have left since.
    head = log.head()
    one = desk.post("/isolation/orders/list", {"batch": flight["batch"], "limit": 1}).json()["orders"][0]["order"]
    desk.done(f"/isolation/orders/{one}/lift", {"reason": "not_close"})
    assert desk.done("/isolation/allocate", {**flight, "confirm": plan["digest"]}) == done
    assert log.head().seq == head.seq + 1
    desk.done(f"/isolation/orders/{one}/retract", {"fact": desk.card(one)["told"][-1]["fact"], "why": "mistaken"})
    # Sent again, everybody is where he or she is.
    again = desk.done("/isolation/allocate", flight)
    assert len(again["already"]) == 335 and again["placed"] == [] and again["left"] == []
    assert desk.post("/isolation/orders/list", {"batch": flight["batch"]}).json()["total"] == 335


def test_everybody_on_a_manifest_is_placed(desk: Desk, at: Clock) -> None:
    ids, batch = passengers(60), uuid4()
    rows = [
        Listing(
            row=row, person=id, conveyance="flight", number="TR188", arrived=NOW, came_from=None, destination=WUHUA,
        )
        for row, id in enumerate(ids, 1)
    ]  # fmt: skip
    receipt = list_arrivals(KEEPER, rows, batch=batch, now=NOW)
    assert len(receipt.listed) == 60, receipt
    hospital, hotel = a_station(desk, 1, mode="hospital"), a_station(desk, 100)
    sick = [{"person": ids[7], "mode": "hospital"}]
    flight = a_flight(sick, [hospital, hotel], manifest=batch)
    plan = desk.done("/isolation/allocate", flight)
    assert plan["by_station"] == {hospital: 1, hotel: 59} and plan["left"] == []
    assert {one["person"] for one in plan["placed"]} == set(map(str, ids))
    assert desk.refused("/isolation/allocate", {**flight, "manifest": uuid4()}) == [("manifest", "unknown_manifest")]
    stranger = {**flight, "people": [{"person": a_person()}]}
    assert desk.refused("/isolation/allocate", stranger) == [("person", "not_listed")]
    assert desk.post("/isolation/allocate", {**flight, "manifest": None, "people": []}).status_code == 422


def test_a_plan_that_has_changed_is_looked_at_again(desk: Desk, at: Clock) -> None:
    station = a_station(desk, 2)
    flight = a_flight([{"person": one} for one in passengers(2)], [station])
    plan = desk.done("/isolation/allocate", flight)
    desk.done("/isolation/orders", an_order(a_person(), station=station))
    answer = desk.post("/isolation/allocate", {**flight, "confirm": plan["digest"]})
    assert answer.status_code == 409 and "look at the plan again" in answer.json()["detail"]


def test_obs_02_nobody_is_left_without_a_place(desk: Desk, at: Clock) -> None:
    station = a_station(desk, 2)
    flight = a_flight([{"person": one} for one in passengers(3)], [station])
    plan = desk.done("/isolation/allocate", flight)
    assert (len(plan["placed"]), len(plan["left"])) == (2, 1)
    before = log.head()
    assert desk.refused("/isolation/allocate", {**flight, "confirm": plan["digest"]}) == [("stations", "left")]
    assert log.head() == before


def test_nobody_is_named_twice(desk: Desk, at: Clock) -> None:
    station, (one,) = a_station(desk), passengers(1)
    flight = a_flight([{"person": one}, {"person": one}], [station])
    assert desk.refused("/isolation/allocate", flight) == [("person", "twice")]
    flight = a_flight([{"person": one}], [station, station])
    assert desk.refused("/isolation/allocate", flight) == [("stations", "twice")]
    assert desk.refused("/isolation/allocate", a_flight([{"person": uuid4()}], [station])) == [("person", "no_person")]


def test_at_most_so_many_to_one_station(desk: Desk, at: Clock) -> None:
    first, second = a_station(desk, 50), a_station(desk, 50)
    flight = a_flight([{"person": one} for one in passengers(9)], [{"station": first, "at_most": 4}, second])
    assert desk.done("/isolation/allocate", flight, OFFICER)["by_station"] == {first: 4, second: 5}


@pytest.mark.parametrize("order_class", ["close_contact", "suspected"])
def test_contacts_need_their_own_ground(desk: Desk, at: Clock, order_class: str) -> None:
    flight = a_flight([{"person": passengers(1)[0]}], [a_station(desk)], order_class=order_class)
    digest = desk.done("/isolation/allocate", flight)["digest"]
    assert desk.refused("/isolation/allocate", {**flight, "confirm": digest}) == [("of", "no_ground")]


_STATIONS = [uuid4() for _ in range(5)]
_MODES = st.sampled_from([Mode.CENTRAL, Mode.HOSPITAL])
_PEOPLE = [uuid4() for _ in range(40)]


@given(
    st.lists(st.tuples(_MODES, st.sampled_from([None, *_STATIONS])), max_size=40),
    st.lists(st.tuples(_MODES, st.integers(-3, 30)), max_size=5),
)
def test_obs_02_under_any_capacities_everybody_is_placed_once_or_left(
    wanted: list[tuple[Mode, UUID | None]], capacities: list[tuple[Mode, int]]
) -> None:
    people = [Person(_PEOPLE[at], mode, station) for at, (mode, station) in enumerate(wanted)]
    places = [Places(_STATIONS[at], mode, free) for at, (mode, free) in enumerate(capacities)]
    found = allocate(people, places)
    assert sorted([*(person for person, _ in found.placed), *found.left]) == sorted(one.person for one in people)
    used = Counter(station for _, station in found.placed)
    assert all(used[one.station] <= max(one.free, 0) for one in places) and set(used) <= {one.station for one in places}
    goes, by_id = dict(found.placed), {one.station: one for one in places}
    for one in people:
        if one.person in goes:
            assert goes[one.person] == one.station or (one.station is None and by_id[goes[one.person]].mode is one.mode)
        elif one.station is None:  # left only where no place of the kind is free
            assert all(used[its.station] >= max(its.free, 0) for its in places if its.mode is one.mode)
