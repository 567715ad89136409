"""Residents' orders over HTTP: one life from placed to confirmed, who is told what, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.db import connection

from lianfang.access.viewer import Viewer
from lianfang.capabilities.isolation.facts import Mode
from lianfang.capabilities.mobilisation.queries.duties import obligations
from lianfang.capabilities.mobilisation.service import errands
from lianfang.facts import log
from lianfang.identity import service as vault
from tests import law
from tests.access.made import FOREIGN, OWN, viewer
from tests.checkpoints.desk import employed
from tests.isolation.made import NOW, Clock, Desk, an_order, at, desk
from tests.isolation.test_claims import at_once
from tests.mobilisation.test_hands import COMMUNITY, NEXT_DOOR, a_volunteer

__all__ = ["at", "desk"]

WORDS = "盐一袋、米十斤，婴儿奶粉两罐"
ADDRESS = "翠湖小区3栋501"
PHONE = "13888880000"
WORKER = viewer("grid_worker", author="worker")
COORDINATOR = viewer("volunteer_coordinator", author="coordinator")
LIU, BAI = viewer("volunteer", author="liu"), viewer("volunteer", author="bai")
"""Two volunteers."""
HOME = {"mode": "home", "community": "530102001", "suitable": True, "clinician": "a-doctor"}


def a_resident(area: str = OWN, data_class: str = "screening") -> UUID:
    """Somebody at home, with an address and a telephone."""
    id = uuid4()
    sent = {"id": id, "name": "某某", "area": area, "data_class": data_class, "phones": [PHONE], "address": ADDRESS}
    assert vault.enter(viewer("epidemiologist", area[:6], author="keeper"), [(1, sent)], now=NOW).entered == 1
    return id


def oneself(person: UUID) -> Viewer:
    return viewer("resident", subject=person)


def placed(desk: Desk, person: UUID, who: Viewer | None = None, **other: Any) -> str:
    body = {"id": str(uuid4()), "person": str(person), "category": "shopping", "words": WORDS, **other}
    answer = desk.done("/errands", body, who or oneself(person))
    assert answer["way"] == "errand", answer
    return str(answer["id"])


def step(desk: Desk, id: str, step: str, who: Viewer = LIU, **other: Any) -> None:
    desk.done(f"/errands/{id}/carry", {"step": step, **other}, who)


def listed(desk: Desk, who: Viewer, **query: Any) -> list[dict[str, Any]]:
    answer = desk.get("/errands", who, **query)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["errands"])


def stage(desk: Desk, id: str) -> str:
    (row,) = [one for one in listed(desk, COORDINATOR) if one["id"] == id]
    return str(row["stage"])


def on_phone(desk: Desk, who: Viewer = LIU) -> dict[str, Any]:
    answer = desk.get("/field/errands", who, purpose="logistics_delivery")
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_vol_01_and_09_an_order_of_an_isolated_household_is_brought_without_meeting(desk: Desk, at: Clock) -> None:
    person = a_resident(data_class="isolation")
    desk.done("/isolation/orders", an_order(person, **HOME))
    id = placed(desk, person, frail=True, contactless=False)
    (waiting,) = on_phone(desk)["open"]
    assert waiting["id"] == id and waiting["rank"] == 1 and str(person) not in orjson.dumps(waiting).decode()
    desk.done(f"/errands/{id}/accept", {}, LIU)
    (mine,) = on_phone(desk)["carried"]
    assert mine["words"] == WORDS and mine["address"] == ADDRESS and mine["phones"] == [PHONE]
    assert mine["contactless"] and mine["name"] is None, "left at the door, whatever was ticked"
    at.on(1)
    step(desk, id, "picked_up")
    step(desk, id, "delivered")
    (row,) = listed(desk, oneself(person))
    assert row["at_door"] and row["stage"] == "delivered"
    desk.done(f"/errands/{id}/close", {"how": "confirmed"}, oneself(person))
    assert stage(desk, id) == "confirmed" and on_phone(desk)["carried"] == []


def test_vol_02_why_somebody_comes_first_or_cannot_open_is_told_nobody(desk: Desk, at: Clock) -> None:
    person = a_resident(data_class="isolation")
    desk.done("/isolation/orders", an_order(person, **HOME))
    id, other = placed(desk, person, frail=True), placed(desk, a_resident(), frail=True)
    desk.done(f"/errands/{id}/accept", {}, LIU)
    desk.done(f"/errands/{other}/accept", {}, LIU)
    one, two = sorted(on_phone(desk)["carried"], key=lambda its: its["id"] != id)
    assert set(one) == set(two) and (one["contactless"], one["rank"]) == (two["contactless"], two["rank"])
    # An isolated household's order and another's look the same to whoever gives orders out.
    rows = {row["id"]: row for row in listed(desk, COORDINATOR)}
    told = {"id", "person", "faults"}
    assert {k: v for k, v in rows[id].items() if k not in told} == {
        k: v for k, v in rows[other].items() if k not in told
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM fact WHERE kind = 'errand.placed'")
        assert not any(b"frail" in bytes(body) or WORDS.encode() in bytes(body) for (body,) in cursor.fetchall())
    # Nor do the tasks say whose it is.
    assert {one.person for one in obligations(COORDINATOR, NOW, NOW + timedelta(days=2))} == {None}


def test_only_who_carries_an_order_is_told_whose_door_it_is_and_until_it_closes(desk: Desk, at: Clock) -> None:
    person = a_resident()
    id = placed(desk, person)
    door = {"purpose": "logistics_delivery"}
    assert desk.post(f"/errands/{id}/door", door, LIU).status_code == 403, "volunteers read no lists"
    assert desk.done(f"/errands/{id}/door", door, COORDINATOR) == {
        "words": WORDS, "name": None, "phones": [], "address": None,
    }  # fmt: skip
    desk.done(f"/errands/{id}/accept", {}, LIU)
    before = log.head().seq
    assert on_phone(desk)["carried"][0]["address"] == ADDRESS
    assert {entry.fact.kind for entry in log.read(before)} == {"identity.shown"}, "each look is on record"
    assert on_phone(desk, BAI)["carried"] == [] and on_phone(desk, BAI)["open"] == []
    assert desk.get("/field/errands", LIU).json()["carried"][0]["address"] is None, "without a purpose, nothing"
    step(desk, id, "given_back")
    assert on_phone(desk)["carried"] == []


def test_nobody_learns_who_somebody_is_by_placing_and_carrying_an_order(desk: Desk, at: Clock) -> None:
    person = a_resident(data_class="isolation")
    id = placed(desk, person, WORKER, words="")
    desk.done(f"/errands/{id}/accept", {}, WORKER)
    (mine,) = on_phone(desk, WORKER)["carried"]
    assert mine["address"] is None and mine["phones"] == []


def test_of_two_who_take_an_order_one_has_it(desk: Desk, at: Clock) -> None:
    id = placed(desk, a_resident())
    desk.done(f"/errands/{id}/accept", {}, LIU)
    assert desk.refused(f"/errands/{id}/accept", {}, BAI) == [("errand", "taken")]
    assert desk.refused(f"/errands/{id}/carry", {"step": "picked_up"}, BAI) == [("errand", "not_carrier")]
    assert [row["carrier"] for row in listed(desk, COORDINATOR)] == ["liu"]


def test_vol_01_who_gives_orders_out_reads_the_carrier_s_name_and_whose_order_it_is_does_not(
    desk: Desk, at: Clock
) -> None:
    carrier, person = viewer("volunteer", author=employed("volunteer", name="刘志愿")), a_resident()
    desk.done(f"/errands/{placed(desk, person)}/accept", {}, carrier)
    assert [row["carrier"] for row in listed(desk, COORDINATOR)] == ["刘志愿"]
    (mine,) = listed(desk, oneself(person))
    assert (mine["stage"], mine["carrier"]) == ("accepted", "")


def test_of_two_devices_that_take_an_order_at_once_one_has_it_and_the_other_is_told(desk: Desk, at: Clock) -> None:
    for _ in range(5):
        id = UUID(placed(desk, a_resident()))

        def taking(who: Viewer, id: UUID = id) -> Callable[[], None]:
            return lambda: errands.accept(who, id, now=NOW)

        assert at_once(taking(LIU), taking(BAI)) == ["done", "taken"]
        assert stage(desk, str(id)) == "accepted"
        (row,) = [row for row in listed(desk, COORDINATOR) if row["id"] == str(id)]
        step(desk, str(id), "given_back", LIU if row["carrier"] == "liu" else BAI)
    law.acted()


def test_vol_01_cancelling_after_pick_up_is_refused_with_what_to_do(desk: Desk, at: Clock) -> None:
    person = a_resident()
    id = placed(desk, person)
    desk.done(f"/errands/{id}/accept", {}, LIU)
    step(desk, id, "picked_up")
    answer = desk.post(f"/errands/{id}/close", {"how": "cancelled"}, oneself(person))
    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["reason"]) == (422, "picked_up") and "未送达" in wrong["zh"]
    assert desk.refused(f"/errands/{id}/carry", {"step": "given_back"}, LIU) == [("errand", "picked_up")]
    other = placed(desk, person)
    desk.done(f"/errands/{other}/accept", {}, BAI)
    desk.done(f"/errands/{other}/close", {"how": "cancelled"}, oneself(person))
    assert desk.refused(f"/errands/{other}/carry", {"step": "picked_up"}, BAI) == [("errand", "closed")]


def test_what_could_not_be_brought_goes_round_again(desk: Desk, at: Clock) -> None:
    id = placed(desk, a_resident())
    desk.done(f"/errands/{id}/accept", {}, LIU)
    step(desk, id, "picked_up")
    step(desk, id, "failed", reason="nobody_answered")
    (row,) = listed(desk, COORDINATOR)
    assert (row["stage"], row["tries"], row["failed_for"], row["carrier"]) == ("placed", 1, "nobody_answered", "")
    desk.done(f"/errands/{id}/accept", {}, BAI)
    assert desk.refused(f"/errands/{id}/carry", {"step": "failed", "reason": "x"}, BAI) == [
        ("reason", "unknown_reason")
    ]  # fmt: skip
    step(desk, id, "failed", BAI, reason="not_possible")
    assert stage(desk, id) == "failed"


def test_the_coordinator_gives_an_order_out_and_takes_it_back(desk: Desk, at: Clock) -> None:
    id = placed(desk, a_resident())
    assert desk.refused(f"/errands/{id}/accept", {"carrier": "nobody"}, COORDINATOR) == [
        ("carrier", "unknown_account")
    ]  # fmt: skip
    assert desk.post(f"/errands/{id}/accept", {"carrier": "bai"}, LIU).status_code == 403
    desk.done(f"/errands/{id}/accept", {}, LIU)
    step(desk, id, "given_back", COORDINATOR)
    assert stage(desk, id) == "placed"


def test_the_same_order_sent_twice_is_one_and_another_s_id_is_nobody_s(desk: Desk, at: Clock) -> None:
    person, id = a_resident(), str(uuid4())
    body = {"id": id, "person": str(person), "category": "medicine", "words": WORDS}
    for _ in range(2):
        assert desk.done("/errands", body, oneself(person)) == {"id": id, "way": "errand"}
    assert len(listed(desk, COORDINATOR)) == 1
    other = a_resident()
    assert desk.post("/errands", {**body, "person": str(other)}, oneself(other)).status_code == 404
    assert desk.post("/errands", {**body, "id": str(uuid4())}, oneself(other)).status_code == 404, "for another"
    assert desk.post("/errands", {**body, "id": str(uuid4())}, viewer("grid_worker", FOREIGN)).status_code == 404
    assert desk.refused("/errands", {**body, "category": "gold"}, oneself(person)) == [("category", "unknown_category")]


def test_who_is_in_a_station_asks_the_station_by_the_same_door(desk: Desk, at: Clock) -> None:
    person = a_resident(data_class="isolation")
    desk.done("/isolation/orders", an_order(person, mode=Mode.CENTRAL))
    body = {"id": str(uuid4()), "person": str(person), "category": "medicine", "words": WORDS}
    for _ in range(2):
        assert desk.done("/errands", body, oneself(person)) == {"id": body["id"], "way": "need"}
    (need,) = desk.get("/needs", oneself(person)).json()["needs"]
    assert need["id"] == body["id"] and need["category"] == "medicine" and listed(desk, COORDINATOR) == []
    home = a_resident(data_class="isolation")
    desk.done("/isolation/orders", an_order(home, **HOME))
    assert desk.refused("/needs", {"person": str(home), "category": "food"}, WORKER) == [("person", "at_home")]


def test_who_wants_somebody_to_talk_to_is_seen_by_counsellors_alone(desk: Desk, at: Clock) -> None:
    person = a_resident()
    id = placed(desk, person, category="counselling", words="睡不着")
    counsellor = viewer("counsellor", author="counsellor")
    assert (
        [row["id"] for row in listed(desk, counsellor)] == [id] == [row["id"] for row in listed(desk, oneself(person))]
    )
    assert listed(desk, COORDINATOR) == [] and on_phone(desk)["open"] == []
    assert desk.post(f"/errands/{id}/accept", {}, LIU).status_code == 404
    desk.done(f"/errands/{id}/accept", {}, counsellor)


def test_one_carries_so_many_at_once(desk: Desk, at: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from lianfang.capabilities.mobilisation.service import errands as service

    few = service.in_force(NOW).model_copy(update={"most_carried": 1})
    monkeypatch.setattr(service, "in_force", lambda at: few)
    first, second = placed(desk, a_resident()), placed(desk, a_resident())
    desk.done(f"/errands/{first}/accept", {}, LIU)
    assert desk.refused(f"/errands/{second}/accept", {}, LIU) == [("carrier", "too_many")]


def test_a_step_that_was_a_mistake_is_taken_back_by_who_made_it(desk: Desk, at: Clock) -> None:
    id, fact = placed(desk, a_resident()), str(uuid4())
    desk.done(f"/errands/{id}/accept", {"fact": fact}, LIU)
    assert desk.post(f"/errands/{id}/retract", {"fact": fact, "why": "mistaken"}, BAI).status_code == 404
    desk.done(f"/errands/{id}/retract", {"fact": fact, "why": "mistaken"}, LIU)
    assert stage(desk, id) == "placed"


def test_who_could_bring_an_order_is_proposed_with_the_reason_and_given_it_by_a_person(desk: Desk, at: Clock) -> None:
    near, far = (employed("volunteer", name=name) for name in ("near", "far"))
    for account, area, skills in ((near, COMMUNITY, ["repairs"]), (far, NEXT_DOOR, [])):
        a_volunteer(desk, area, account=account, skills=skills)
    person = a_resident(COMMUNITY)
    shopping, repair = placed(desk, person), placed(desk, person, category="repair")

    def proposed(id: str) -> tuple[list[str], dict[str, int]]:
        told = desk.get(f"/errands/{id}/matches", COORDINATOR).json()
        return [one["carrier"] for one in told["matches"]], told["left_out"]

    first = desk.get(f"/errands/{shopping}/matches", COORDINATOR).json()["matches"][0]
    assert (first["name"], first["zh"]) == ("near", "同社区，手上0单，近7天在岗0小时")
    assert first["en"] == "in the same community, orders on the way: 0, 0 hours on duty in 7 days"
    assert proposed(shopping)[0] == [near, far]
    assert proposed(repair) == ([near], {"not_able": 1, "not_free": 0, "too_many": 0})
    assert desk.get(f"/errands/{shopping}/matches", LIU).status_code == 403
    desk.done(f"/errands/{shopping}/accept", {"carrier": far}, COORDINATOR)
    assert [row["carrier"] for row in listed(desk, COORDINATOR) if row["id"] == shopping] == ["far"]
    offered = desk.get("/volunteers/accounts", COORDINATOR, area=COMMUNITY).json()
    assert {one["account"]: one["name"] for one in offered} == {near: "near", far: "far"}
    assert desk.get("/volunteers/accounts", LIU, area=COMMUNITY).status_code == 403
    who = {"id": str(uuid4()), "area": COMMUNITY, "name": "某某", "phone": "13888880001", "consent": "2020-01-28"}
    assert desk.refused("/volunteers", {**who, "account": "nobody"}, COORDINATOR) == [("account", "unknown_account")]


def test_a_volunteer_has_the_delivery_of_the_own_orders_as_a_task_and_no_other(desk: Desk, at: Clock) -> None:
    person = a_resident()
    mine, others, _ = (placed(desk, person) for _ in range(3))
    desk.done(f"/errands/{mine}/accept", {}, LIU)
    desk.done(f"/errands/{others}/accept", {}, BAI)
    told = desk.get("/tasks", LIU).json()["tasks"]
    assert [(one["rule"], one["of"], one["person"]) for one in told] == [("errand.deliver", mine, None)]


def fact_sent(id: str, kind: str, who: Viewer, minutes: int, **data: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "kind": kind, "version": 1, "subject": id, "area": OWN, "device": "phone", "cause": [],
        "observed_at": (NOW + timedelta(minutes=minutes)).isoformat(), "clock_offset": 0, "device_seq": minutes,
        "corrects": None, "data": data,
    }  # fmt: skip


def test_deliveries_that_arrive_late_are_kept_and_what_contradicts_them_is_shown(desk: Desk, at: Clock) -> None:
    id = placed(desk, a_resident())
    desk.done(f"/errands/{id}/accept", {}, LIU)
    at.on(3)  # without a network for three hours; meanwhile it was given to another
    step(desk, id, "given_back", COORDINATOR)
    desk.done(f"/errands/{id}/accept", {}, BAI)
    late = [
        fact_sent(id, "errand.delivered", LIU, 60, at_door=True),
        fact_sent(id, "errand.picked_up", LIU, 30),
    ]
    for _ in range(2):
        assert desk.post("/facts", late, LIU).status_code in (200, 201, 207)
    (row,) = listed(desk, COORDINATOR)
    assert row["stage"] == "delivered" and row["carrier"] == "liu"
    assert [one["reason"] for one in row["faults"]] == ["delivered", "delivered"]
    # What another says of an order that it does not carry changes nothing and is shown.
    desk.post("/facts", [fact_sent(id, "errand.picked_up", BAI, 20)], BAI)
    (row,) = listed(desk, COORDINATOR)
    assert row["stage"] == "delivered" and "not_carrier" in [one["reason"] for one in row["faults"]]
