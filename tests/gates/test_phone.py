"""What the phone of a post is given to work with, and that what it records offline counts as a desk's acts do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from lianfang.access.viewer import Viewer
from lianfang.capabilities.gates.rules.holding import policy_at
from tests.gates.made import NOW, OFFICER, OTHER_STAFF, STAFF, WUHUA, Clock, Desk, a_post, meet


def sent(desk: Desk, who: Viewer, *facts: dict[str, Any]) -> Any:
    """Facts as a phone appends them."""
    return desk.done("/facts", list(facts), who)


def fact(kind: str, subject: str, **data: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "kind": kind, "version": 1, "subject": subject, "area": WUHUA,
        "observed_at": NOW.isoformat(), "data": data,
    }  # fmt: skip


def test_a_phone_is_given_its_own_post_with_shift_rules_words_and_tasks(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    a_post(desk, name="另一卡点")
    meet(desk, post, came_from="420100")
    meet(desk, post, came_from="420100", temp_c=38.2)
    meet(desk, post, came_from="420200")
    at.on(0.5)
    told = desk.seen("/field/post", STAFF)
    own = next(one for one in told["posts"] if one["id"] == post)
    assert own["tally"] == {"met": 3, "measured": 3, "refused": 0, "held": 1, "told": 0}
    assert (own["came_from"], own["going_to"]) == (["420100", "420200"], [WUHUA])
    assert datetime.fromisoformat(own["shift"]["ends"]) == NOW + timedelta(hours=8)
    assert [one["reason"] for one in told["held"]] == ["temperature"]
    its = policy_at(NOW)
    assert told["policy"]["hold_c"] == its.hold_c
    assert [one["code"] for one in told["notices"]] == [one.code for one in its.notices]
    assert {"gate.screened", "gate.held", "gate.vehicle_stopped", "gate.vehicle_passed"} <= set(told["forms"])
    limits = told["forms"]["gate.screened"]["data"]["properties"]["temp_c"]["anyOf"][0]
    assert (limits["minimum"], limits["maximum"]) == (30, 45)
    assert {one["rule"] for one in told["tasks"]} <= set(told["rules"])
    assert told["places"] == []


def test_who_is_on_no_shift_is_given_no_post(desk: Desk, at: Clock) -> None:
    a_post(desk)
    assert desk.seen("/field/post", OTHER_STAFF)["posts"] == []


def test_the_divisions_come_when_they_are_asked_for_with_the_towns_of_the_own_county(desk: Desk, at: Clock) -> None:
    a_post(desk)
    places = {one["code"]: one["zh"] for one in desk.seen("/field/post", STAFF, places=True)["places"]}
    assert places["420100"] == "武汉市" and places[WUHUA] == "五华区"
    assert [code for code in places if code.startswith(WUHUA) and len(code) > 6]
    assert not [code for code in places if len(code) > 6 and not code.startswith(WUHUA)]


def test_what_a_phone_records_of_a_fever_is_a_hold_that_the_post_cannot_take_back(desk: Desk, at: Clock) -> None:
    post, encounter = a_post(desk), str(uuid4())
    told = desk.seen("/field/post", STAFF)["policy"]
    screened = fact("gate.screened", encounter, post=post, temp_c=38.1, fever=True)
    end = (NOW + timedelta(hours=told["hold_h"])).isoformat()
    held = fact(
        "gate.held", encounter, reason="temperature", edition=told["edition"], basis=told["basis"], approver="staff",
        start=NOW.isoformat(), end=end,
    )  # fmt: skip
    held["cause"] = [screened["id"]]
    for _ in range(2):  # sent twice, it is one
        sent(desk, STAFF, screened, held)
    (hold,) = desk.seen("/holds", OFFICER)["holds"]
    assert (hold["id"], hold["declared"], hold["reason"]) == (encounter, True, "temperature")
    taken = desk.post(f"/encounters/{encounter}/retract", {"fact": screened["id"], "why": "mistaken"}, STAFF)
    assert taken.status_code in (403, 404)
    assert len(desk.seen("/holds", OFFICER)["holds"]) == 1


def test_a_vehicle_recorded_offline_is_open_until_each_occupant_was_met(desk: Desk, at: Clock) -> None:
    post, vehicle = a_post(desk), str(uuid4())
    met = [fact("gate.screened", str(uuid4()), post=post, vehicle=vehicle, temp_c=36.5) for _ in range(2)]
    sent(
        desk, STAFF, fact("gate.vehicle_stopped", vehicle, post=post, vehicle_type="car", occupants=2),
        met[0], fact("gate.vehicle_passed", vehicle),
    )  # fmt: skip
    assert [one["missing"] for one in desk.seen(f"/posts/{post}/vehicles", STAFF)] == [1]
    sent(desk, STAFF, met[1])
    assert desk.seen(f"/posts/{post}/vehicles", STAFF) == []
