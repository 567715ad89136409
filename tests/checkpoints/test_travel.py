"""Flights, stranded people and calls for help: TRV-01 to TRV-03, on the figures of 14 February 2020."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connections

from lianfang.accounts.refused import Refused
from lianfang.app.database import Database
from lianfang.capabilities.checkpoints import facts as travel
from lianfang.capabilities.checkpoints import queries, service
from lianfang.capabilities.checkpoints.facts import Seat
from lianfang.facts import rebuild
from tests.access.made import viewer
from tests.checkpoints.desk import COUNTY, NOW, OFFICER, OTHER, Desk, person
from tests.record.made import in_parallel

ROUTES = [["岘港", "河内", "广州"], ["胡志明市", "广州"], ["芽庄", "成都"]]


def flight(desk: Desk, seats: int = 2, **more: object) -> str:
    body = {"area": COUNTY, "number": "VN1", "route": ROUTES[0], "seats": seats, **more}
    return str(desk.ok("/flights", body)["id"])


def stranded(desk: Desk, n: int) -> str:
    id = person(n)
    desk.ok("/stranded", {"person": id, "place": "岘港", "area": COUNTY})
    return id


def test_trv_01_three_flights_with_their_routes_and_never_more_seats_given_than_there_are(desk: Desk) -> None:
    ids = [flight(desk, seats=1, route=route, operator="越南航空") for route in ROUTES]
    told = desk.read("/flights")
    assert (told["total"], {one["id"]: one["route"] for one in told["flights"]}) == (
        3,
        dict(zip(ids, ROUTES, strict=True)),
    )
    first, second = stranded(desk, 1), stranded(desk, 2)
    desk.ok(f"/stranded/{first}/seat", {"seat": "assigned", "flight": ids[0]})
    assert desk.wrong(f"/stranded/{second}/seat", {"seat": "assigned", "flight": ids[0]}) == [("flight", "no_seat")]
    assert desk.wrong(f"/stranded/{second}/seat", {"seat": "assigned", "flight": str(uuid4())}) == [
        ("flight", "no_flight")
    ]
    assert desk.wrong(f"/stranded/{second}/seat", {"seat": "assigned"}) == [("flight", "needs_flight")]
    assert {one["id"]: (one["assigned"], one["seats"]) for one in desk.read("/flights")["flights"]}[ids[0]] == (1, 1)
    flight(desk, seats=2, id=ids[0])
    desk.ok(f"/stranded/{second}/seat", {"seat": "assigned", "flight": ids[0]})
    desk.ok(f"/stranded/{first}/seat", {"seat": "declined"})
    assert {one["id"]: one["assigned"] for one in desk.read("/flights")["flights"]}[ids[0]] == 1


def test_trv_01_a_flight_is_not_planned_anew_with_fewer_seats_than_were_given(desk: Desk) -> None:
    id = flight(desk, seats=2)
    one = stranded(desk, 1)
    desk.ok(f"/stranded/{one}/seat", {"seat": "assigned", "flight": id})
    plan = {"area": COUNTY, "number": "VN1", "route": ROUTES[0], "id": id}
    assert desk.wrong("/flights", {**plan, "seats": 0}) == [("seats", "seats_given")]
    flight(desk, seats=1, id=id)
    desk.ok(f"/stranded/{one}/seat", {"seat": "declined"})
    flight(desk, seats=0, id=id)
    assert desk.wrong("/flights", {**plan, "seats": 1, "route": ["广州", "广州"]}) == [("route", "same_stop")]


def test_trv_01_the_last_seat_is_given_once_however_many_ask_at_once(database: Database) -> None:
    plan = travel.FlightPlanned(conveyance="flight", number="VN1", route=("岘港", "广州"), seats=1)
    id = service.plan_flight(OFFICER, plan, COUNTY, id=None, now=NOW)
    people = [UUID(person(n)) for n in range(1, 5)]
    for one in people:
        service.register(OFFICER, one, "岘港", COUNTY, now=NOW)

    def claim(index: int) -> str:
        try:
            service.settle_seat(OFFICER, people[index], Seat.ASSIGNED, id, now=NOW)
        except Refused as error:
            return error.wrong[0].reason
        finally:
            connections.close_all()
        return "given"

    assert sorted(in_parallel(4, claim)) == ["given", "no_seat", "no_seat", "no_seat"]
    assert queries.free_seats(OFFICER, id) == 0
    rebuild.assert_incremental_equals_refold()


def test_trv_02_about_400_is_no_count_and_assigned_waiting_and_declined_make_registered(desk: Desk) -> None:
    desk.ok("/stranded/estimate", {"place": "越南", "people": 400, "about": True, "area": COUNTY})
    id, people = flight(desk, seats=5), [stranded(desk, n) for n in range(1, 6)]
    for one in people[:2]:
        desk.ok(f"/stranded/{one}/seat", {"seat": "assigned", "flight": id})
    desk.ok(f"/stranded/{people[2]}/seat", {"seat": "declined"})
    told = desk.ok("/stranded/list", {})["totals"]
    assert told == {"registered": 5, "assigned": 2, "waiting": 2, "declined": 1, "estimated": 400, "about": True}
    desk.ok("/stranded", {"person": people[0], "place": "岘港", "area": COUNTY})
    assert desk.ok("/stranded/list", {})["totals"] == told, "registered again is registered once"
    assert len(desk.ok("/stranded/list", {"seat": "waiting"})["stranded"]) == 2
    assert [one["person"] for one in desk.ok("/stranded/list", {"flight": id})["stranded"]] == sorted(people[:2])
    desk.ok("/stranded/estimate", {"place": "越南", "people": 410, "about": False, "area": COUNTY})
    told = desk.ok("/stranded/list", {})
    assert (told["totals"]["estimated"], told["totals"]["about"], len(told["estimates"])) == (410, False, 1)
    above = desk.ok("/stranded/list", {}, viewer("duty_officer", "530000", author="province-1"))
    assert (above["totals"]["registered"], above["stranded"]) == (5, [])


def test_trv_02_without_anybody_there_is_no_estimate_and_no_zero_in_its_place(desk: Desk) -> None:
    assert desk.ok("/stranded/list", {})["totals"] == {
        "registered": 0, "assigned": 0, "waiting": 0, "declined": 0, "estimated": None, "about": False,
    }  # fmt: skip


def test_trv_03_a_call_for_help_has_a_task_and_the_caller_sees_where_it_stands(desk: Desk) -> None:
    caller = person(1)
    body = {"person": caller, "family": 4, "needs": ["seat", "medicine"], "place": "河内", "area": COUNTY}
    id = desk.ok("/help", body)["id"]
    assert desk.tasks() == [("travel.help", "", "open")]
    own = viewer("resident", subject=UUID(caller))
    (call,) = desk.ok("/help/list", {}, own)["calls"]
    assert (call["state"], call["family"], call["needs"]) == ("asked", 4, ["seat", "medicine"])
    assert desk.ok("/help/list", {}, viewer("resident", subject=uuid4()))["calls"] == []
    desk.now += timedelta(hours=25)
    assert desk.tasks() == [("travel.help", "", "late")]
    desk.ok(f"/help/{id}/answer", {"state": "taken_up"})
    assert desk.tasks() == [("travel.help", "", "done_late")]
    desk.ok(f"/help/{id}/answer", {"state": "settled"})
    assert desk.ok("/help/list", {}, own)["calls"][0]["state"] == "settled"
    assert desk.wrong(f"/help/{id}/answer", {"state": "taken_up"}) == [("state", "no_step")]
    assert desk.ok("/help/list", {"state": "asked"})["total"] == 0


def test_a_call_sent_again_is_the_same_call(desk: Desk) -> None:
    body = {"id": str(uuid4()), "person": person(1), "place": "河内", "area": COUNTY}
    assert desk.ok("/help", body) == desk.ok("/help", body)
    assert desk.ok("/help/list", {})["total"] == 1
    assert desk.wrong("/help", {**body, "family": 3}) == [("id", "listed_otherwise")]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/flights", {"route": ["甲", "乙"], "seats": 1}),
        ("/stranded/estimate", {"place": "河内", "people": 1, "about": False}),
    ],
)
def test_another_division_is_not_planned_for(desk: Desk, path: str, body: dict[str, object]) -> None:
    assert desk.post(path, {**body, "area": OTHER}).status_code == 403
    assert desk.wrong(path, {**body, "area": "530102x"}) == [("area", "unknown_area")]


def test_somebody_who_was_not_entered_is_refused(desk: Desk) -> None:
    nobody = str(uuid4())
    assert desk.wrong("/stranded", {"person": nobody, "place": "河内", "area": COUNTY}) == [("person", "no_person")]
    assert desk.wrong("/help", {"person": nobody, "place": "河内", "area": COUNTY}) == [("person", "no_person")]
    assert desk.post(f"/stranded/{nobody}/seat", {"seat": "declined"}).status_code == 404
