"""Stations over HTTP: duties, places, beds for a time, logs, rounds around the clock, and a list of eighty."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from lianfang.capabilities.isolation.facts import Ordered, OrderExecuted
from lianfang.capabilities.isolation.queries import obligations
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.access.made import FOREIGN, viewer
from tests.checkpoints.desk import employed
from tests.isolation.made import (
    DUTIES,
    END,
    KEEPER,
    NOW,
    OFFICER,
    STAFF,
    STRANGER,
    WUHUA,
    Clock,
    Desk,
    a_person,
    a_station,
    an_order,
)


def moved_in(desk: Desk, station: str, **executed: Any) -> tuple[str, str]:
    """A resident's order, and the person."""
    person = a_person()
    order = desk.done("/isolation/orders", an_order(person, station=station))["order"]
    desk.done(f"/isolation/orders/{order}/executed", {"station": station, **executed}, STAFF)
    return str(order), str(person)


@pytest.mark.parametrize("duty", DUTIES)
def test_obs_03_a_station_opens_only_with_its_four_duties(desk: Desk, at: Clock, duty: str) -> None:
    body = {"name": "留验站", "town": WUHUA, "capacity": 5, **DUTIES, duty: ""}
    assert desk.refused("/stations", body) == [(duty, "missing")]
    assert desk.get("/stations").json()["total"] == 0


def test_obs_01_a_full_station_takes_in_nobody(desk: Desk, at: Clock) -> None:
    station = a_station(desk, capacity=1)
    order, _ = moved_in(desk, station)
    assert desk.refused("/isolation/orders", an_order(a_person(), station=station)) == [("station", "full")]
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "not_close"})
    moved_in(desk, station)
    (row,) = desk.get("/stations").json()["stations"]
    assert row["occupancy"] == {
        "permanent": 1, "temporary": 0, "held": 1, "present": 1, "in_temporary": 0, "free": 0, "alarm": False,
    }  # fmt: skip


def test_obs_08_temporary_beds_have_their_days_and_are_counted_apart(desk: Desk, at: Clock) -> None:
    station = a_station(desk, capacity=1)
    moved_in(desk, station)
    bed = {"ward": "t-1", "beds": 1, "temporary": True, "first": "2020-01-24", "last": "2020-01-25"}
    desk.done(f"/stations/{station}/ward", bed)
    moved_in(desk, station, ward="t-1")
    third = desk.post("/isolation/orders", an_order(a_person(), station=station))
    assert third.status_code == 422
    card = desk.get(f"/stations/{station}").json()
    assert (card["occupancy"]["permanent"], card["occupancy"]["temporary"]) == (1, 1)
    assert (card["occupancy"]["in_temporary"], card["occupancy"]["held"]) == (1, 2)
    # After the last day the beds are gone and two people are too many: an alarm, and a thing to do.
    at.on(24 * 3)
    card = desk.get(f"/stations/{station}").json()
    assert card["occupancy"]["alarm"] and card["occupancy"]["free"] == -1
    rules = {one.rule for one in obligations(OFFICER, NOW, at.now, [UUID(station)])}
    assert "station.relieve" in rules


def test_a_ward_takes_in_no_more_than_its_beds(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    bed = {"ward": "w", "beds": 1, "temporary": False, "first": "2020-01-24"}
    desk.done(f"/stations/{station}/ward", bed)
    moved_in(desk, station, ward="w")
    order = desk.done("/isolation/orders", an_order(a_person(), station=station))["order"]
    assert desk.refused(f"/stations/{station}/ward", {**bed, "beds": 0}) == [("beds", "below_held")]
    path = f"/isolation/orders/{order}/executed"
    assert desk.refused(path, {"ward": "w"}, STAFF) == [("ward", "full")]
    assert desk.refused(path, {"ward": "x"}, STAFF) == [("ward", "no_ward")]


def test_no_station_closes_over_its_residents_or_shrinks_below_them(desk: Desk, at: Clock) -> None:
    station = a_station(desk, capacity=2)
    order, _ = moved_in(desk, station)
    moved_in(desk, station)
    assert desk.refused(f"/stations/{station}/close") == [("station", "not_empty")]
    smaller = {"name": "留验站", "town": WUHUA, "capacity": 1, **DUTIES, "station": station}
    assert desk.refused("/stations", smaller) == [("capacity", "below_held")]
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "not_close"})
    assert desk.done("/stations", smaller)["id"] == station


def test_a_closed_station_takes_in_nobody(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    desk.done(f"/stations/{station}/close")
    assert desk.refused("/isolation/orders", an_order(a_person(), station=station)) == [("station", "closed")]
    assert desk.get("/stations").json()["total"] == 0 and desk.get("/stations", closed=True).json()["total"] == 1
    assert desk.refused(f"/stations/{station}/round", {"residents": 0}, STAFF) == [("station", "not_open")]


def test_a_hospital_is_no_station_of_observation(desk: Desk, at: Clock) -> None:
    hospital = a_station(desk, mode="hospital")
    assert desk.refused("/isolation/orders", an_order(a_person(), station=hospital)) == [("station", "other_mode")]
    desk.done("/isolation/orders", an_order(a_person(), station=hospital, mode="hospital"))


def test_obs_01_more_than_the_places_by_facts_from_offline_is_an_alarm(desk: Desk, at: Clock) -> None:
    station = a_station(desk, capacity=1)
    facts = []
    for _ in range(2):
        person, order = a_person(), log.new_id()
        ordered = Ordered(
            order=order, order_class="other", reason="flight", of=log.new_id(), disease="ncov-2020",
            edition="ncov-2020-v2", mode="central", station=UUID(station), basis="order", approver="x", start=NOW,
            end=END,
        )  # fmt: skip
        for data in (ordered, OrderExecuted(order=order, station=UUID(station))):
            facts.append(Fact.of(data, id=log.new_id(), subject=person, area=WUHUA, observed_at=NOW))
    sent = [one.model_dump(mode="json", exclude={"author", "device"}) for one in facts]
    assert len(desk.post("/facts", sent).json()["appended"]) == 4
    (row,) = desk.get("/stations").json()["stations"]
    assert (row["occupancy"]["held"], row["occupancy"]["alarm"]) == (2, True)


def test_who_has_a_duty_in_a_station_is_told_by_name(desk: Desk, at: Clock) -> None:
    lead = employed("station_staff", name="站长")
    card = desk.get(f"/stations/{a_station(desk, lead=lead)}").json()
    assert (card["lead"], card["names"]) == (lead, {lead: "站长"})


def test_the_log_of_a_day(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    path = f"/stations/{station}/log"
    assert desk.refused(path, {"day": "2020-01-25", "on_duty": 3, "residents": 0}, STAFF) == [("day", "no_such_day")]
    told = [("residents", "not_as_recorded")]
    assert desk.refused(path, {"day": "2020-01-24", "on_duty": 3, "residents": 500}, STAFF) == told
    desk.done(path, {"day": "2020-01-24", "on_duty": 3, "residents": 0, "said": "一切正常"}, STAFF)
    desk.done(path, {"day": "2020-01-24", "on_duty": 4, "residents": 0}, STAFF)
    (written,) = desk.get(f"/stations/{station}").json()["logs"]
    assert (written["on_duty"], written["said"]) == (4, None)
    at.on(48)
    missing = [one for one in obligations(OFFICER, NOW, at.now, [UUID(station)]) if one.rule == "station.log"]
    assert [(one.slot, one.done_at is not None) for one in missing] == [
        ("2020-01-24", True), ("2020-01-25", False), ("2020-01-26", False),
    ]  # fmt: skip


def test_obs_01_no_resident_is_unseen_for_longer_than_the_interval_without_an_alert(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    assert not [one for one in obligations(OFFICER, NOW, at.now, [UUID(station)]) if one.rule == "station.round"]
    _, first = moved_in(desk, station)
    _, second = moved_in(desk, station)
    at.on(4)
    desk.done(f"/stations/{station}/round", {"residents": 2, "unseen": [second]}, STAFF)
    at.on(0.5)
    (row,) = desk.get("/stations").json()["stations"]
    assert row["unwatched"] == 1
    card = desk.get(f"/stations/{station}").json()
    assert [(one["person"], one["until"]) for one in card["gaps"]] == [(second, None)]
    at.on(4)
    assert desk.get("/stations").json()["stations"][0]["unwatched"] == 2
    late = [one for one in obligations(OFFICER, NOW, at.now, [UUID(station)]) if one.rule == "station.round"]
    assert [(one.done_at is not None, one.due < at.now) for one in late] == [(True, True), (False, True)]
    desk.done(f"/stations/{station}/round", {"residents": 2}, STAFF)
    card = desk.get(f"/stations/{station}").json()
    assert card["unwatched"] == 0 and len(card["gaps"]) == 2 and all(one["until"] for one in card["gaps"])
    assert first in {one["person"] for one in card["residents"]}


def test_a_round_vouches_for_those_who_are_there_by_the_record(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    order, first = moved_in(desk, station)
    _, second = moved_in(desk, station)
    at.on(1)
    path = f"/stations/{station}/round"
    for wrong, told in (
        ({"residents": 500}, ("residents", "not_as_recorded")),
        ({"residents": 1}, ("residents", "not_as_recorded")),
        ({"residents": 2, "unseen": [a_person()]}, ("unseen", "no_resident")),
        ({"residents": 2, "unseen": [second, UUID(int=9)]}, ("unseen", "no_resident")),
    ):
        assert desk.refused(path, wrong, STAFF) == [told]
    assert desk.get(f"/stations/{station}").json()["rounds"] == []
    desk.done(path, {"residents": 2, "unseen": [first]}, STAFF)
    at.on(1)
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "not_close"})
    at.on(1)
    assert desk.refused(path, {"residents": 2}, STAFF) == [("residents", "not_as_recorded")]
    desk.done(path, {"residents": 2, "at": (NOW + timedelta(hours=1.5)).isoformat()}, STAFF)  # before one left
    desk.done(path, {"residents": 1}, STAFF)


def test_a_round_that_was_taken_back_counts_for_nothing(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    moved_in(desk, station)
    at.on(3)
    fact = desk.done(f"/stations/{station}/round", {"residents": 1}, STAFF)["id"]
    from lianfang.facts.facts import Retracted, Why

    taken_back = Fact.of(
        Retracted(why=Why.MISTAKEN), id=log.new_id(), subject=UUID(station), area=WUHUA, observed_at=at.now,
        corrects=UUID(fact),
    )  # fmt: skip
    log.append([taken_back], principal=KEEPER.principal)
    assert desk.get(f"/stations/{station}").json()["rounds"] == []
    desk.done(f"/stations/{station}/round", {"residents": 1}, STAFF)
    assert len(desk.get(f"/stations/{station}").json()["rounds"]) == 1


def a_list(n: int = 80) -> list[dict[str, Any]]:
    return [
        {"name": f"第{at}留验站", "town": f"{WUHUA}{at % 10:03d}", "capacity": at, "number": f"L{at}", **DUTIES}
        for at in range(1, n + 1)
    ]


def test_obs_01_eighty_stations_imported_twice_are_eighty(desk: Desk, at: Clock) -> None:
    rows = a_list()
    assert desk.done("/stations/import", {"rows": rows}) == {"opened": 80, "changed": 0, "unchanged": 0, "errors": []}
    head = log.head()
    at.on(5)
    assert desk.done("/stations/import", {"rows": rows}) == {"opened": 0, "changed": 0, "unchanged": 80, "errors": []}
    assert log.head() == head and desk.get("/stations").json()["total"] == 80
    rows[3]["capacity"] = 500
    assert desk.done("/stations/import", {"rows": rows})["changed"] == 1
    assert desk.get("/stations").json()["total"] == 80


def test_wrong_rows_are_told_and_good_ones_kept(desk: Desk, at: Clock) -> None:
    rows = a_list(6)
    rows[0]["lead"] = ""
    rows[1]["capacity"] = "many"
    rows[2]["town"] = "999999"
    rows[3]["town"] = FOREIGN
    rows[4] = {**rows[5], "capacity": 7}
    answer = desk.done("/stations/import", {"rows": rows})
    assert answer["opened"] == 1
    assert [(one["row"], one["field"], one["reason"]) for one in answer["errors"]] == [
        (1, "lead", "missing"), (2, "capacity", "int_parsing"), (3, "town", "unknown_area"),
        (4, "town", "outside_area"), (6, "number", "twice"),
    ]  # fmt: skip


def test_who_lives_there_is_told_to_those_who_see_orders(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    _, person = moved_in(desk, station)
    assert [one["person"] for one in desk.get(f"/stations/{station}", STAFF).json()["residents"]] == [person]
    inspected = desk.get(f"/stations/{station}", viewer("inspector")).json()
    assert inspected["residents"] == [] and inspected["occupancy"]["present"] == 1
    assert person not in desk.get(f"/stations/{station}", viewer("inspector")).content.decode()
    assert desk.get(f"/stations/{station}", STRANGER).status_code == 404


def test_a_station_as_of_a_moment_and_as_known_then(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    known = [entry.received_at for entry in log.read()][-1]
    at.on(2)
    order, _ = moved_in(desk, station)
    at.on(24)
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "not_close"})

    def held(**query: Any) -> int:
        return int(desk.get(f"/stations/{station}", **query).json()["occupancy"]["held"])

    assert [held(as_of=(NOW + timedelta(hours=hours)).isoformat()) for hours in (1, 3, 27)] == [0, 1, 0]
    assert held(as_of=(NOW + timedelta(hours=3)).isoformat(), known_at=known.isoformat()) == 0
    assert held() == 0


def test_days_of_a_ward_are_days_in_china(desk: Desk, at: Clock) -> None:
    station = a_station(desk, capacity=0)
    bed = {"ward": "t", "beds": 3, "temporary": True, "first": str(date(2020, 1, 25))}
    desk.done(f"/stations/{station}/ward", bed)
    assert desk.get("/stations").json()["stations"][0]["occupancy"]["free"] == 0
    at.on(14)  # 16:00 UTC: midnight in China
    assert desk.get("/stations").json()["stations"][0]["occupancy"]["free"] == 3
