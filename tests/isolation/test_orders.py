"""Orders over HTTP: a ground is required, each step has its time, and nothing is watered down."""

from __future__ import annotations

from uuid import uuid4

from tests.isolation.made import STAFF, Clock, Desk, a_station, an_order


def test_an_order_is_received_executed_verified_and_lifted(desk: Desk, at: Clock) -> None:
    person, station = uuid4(), a_station(desk)
    order = desk.done("/isolation/orders", an_order(person, station=station))["order"]
    assert desk.card(order)["stage"] == "issued"
    at.on(1)
    assert desk.done(f"/isolation/orders/{order}/received", who=STAFF)["stage"] == "received"
    at.on(1)
    assert desk.done(f"/isolation/orders/{order}/executed", {"station": station}, STAFF)["stage"] == "executed"
    at.on(1)
    assert desk.done(f"/isolation/orders/{order}/verified", {"as_ordered": True})["stage"] == "verified"
    assert desk.refused(f"/isolation/orders/{order}/lift", {"reason": "completed"}) == [("reason", "before_end")]
    at.on(24 * 11)
    assert desk.done(f"/isolation/orders/{order}/lift", {"reason": "completed"})["stage"] == "lifted"
    card = desk.card(order)
    stay = card["stays"][0]
    times = [card["issued"], stay["received"], stay["executed"], stay["verified"], card["lifted"]]
    assert times == sorted(times) and None not in times
    assert stay["left"] == card["lifted"] and card["contradictions"] == []
    assert [one["kind"] for one in card["told"]] == [
        "isolation.ordered", "isolation.received", "isolation.executed", "isolation.verified", "isolation.lifted",
    ]  # fmt: skip
