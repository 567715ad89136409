"""Orders over HTTP: a ground is required, each step has its time, and nothing is watered down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest

from lianfang.access.rows import seeing_all
from lianfang.capabilities.isolation.facts import Ordered, OrderReceived
from lianfang.capabilities.isolation.models import FaultRow
from lianfang.capabilities.isolation.queries import obligations
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests import law
from tests.access.made import viewer
from tests.isolation.made import (
    DOCTOR,
    END,
    KEEPER,
    LAST_EXPOSURE,
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
    contact,
)


def given(desk: Desk, **other: Any) -> str:
    """An order that was given."""
    return str(desk.done("/isolation/orders", an_order(other.pop("person", None) or a_person(), **other))["order"])


def test_obs_07_an_order_is_received_executed_verified_and_lifted(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    order = given(desk, station=station)
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


def test_an_order_sent_offline_without_its_ground_counts_for_nothing_until_that_is_on_record(
    desk: Desk, at: Clock
) -> None:
    person, reason, order = a_person(), uuid4(), uuid4()
    data = Ordered(
        order=order, order_class="close_contact", of=reason, disease="ncov-2020", edition="ncov-2020-v2",
        mode="central", basis="infectious_disease", approver="keeper", start=NOW, end=END,
    )  # fmt: skip
    for one in (data, OrderReceived(order=order)):
        fact = Fact.of(one, id=uuid4(), subject=person, area=WUHUA, observed_at=NOW)
        sent = [fact.model_dump(mode="json", exclude={"author", "device"})]
        assert len(desk.post("/facts", sent).json()["appended"]) == 1
    assert desk.get(f"/isolation/orders/{order}").status_code == 404
    with seeing_all():
        told = {(one.field, one.reason) for one in FaultRow.objects.filter(subject=person)}
        assert told == {("of", "no_ground"), ("order", "unknown_order")}
    assert list(obligations(KEEPER, NOW, END)) == []
    contact(person, of=reason)
    law.acted()
    assert desk.card(str(order))["stage"] == "received" and desk.card(str(order))["contradictions"] == []
    past = desk.get(f"/isolation/orders/{order}", known_at=(NOW - timedelta(days=1)).isoformat())
    assert past.status_code == 404


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"of": uuid4()}, ("of", "no_ground")),
        ({"order_class": "suspected"}, ("of", "no_ground")),
        ({"order_class": "other"}, ("reason", "needs_reason")),
        ({"basis": "consent"}, ("basis", "no_basis")),
        ({"edition": "ncov-2019-v1"}, ("edition", "no_edition")),
        ({"edition": "ncov-2020-v9"}, ("edition", "not_yet")),
        ({"end": NOW + timedelta(days=400)}, ("end", "too_long")),
        ({"end": NOW}, ("end", "not_after_start")),
        ({"end": END - timedelta(hours=1)}, ("end", "before_observation")),
        ({"approver": "somebody"}, ("approver", "no_approver")),
        ({"mode": "home"}, ("suitable", "not_suitable")),
        ({"mode": "home", "suitable": True, "community": "999999"}, ("community", "unknown_area")),
        ({"station": uuid4()}, ("station", "unknown_station")),
        ({"at": NOW + timedelta(hours=1)}, ("at", "in_future")),
        ({"reason": "请联系13812345678"}, ("reason", "not_taken")),
        ({"person": uuid4(), "order_class": "other", "reason": "flight"}, ("person", "no_person")),
    ],
)
def test_obs_06_no_order_without_its_ground(
    desk: Desk, at: Clock, other: dict[str, Any], wrong: tuple[str, str]
) -> None:
    assert desk.refused("/isolation/orders", an_order(a_person(), **other)) == [wrong]
    assert log.head().seq == len(list(log.read(kinds=["contact.exposed"])))  # nothing but the contacts


def test_obs_06_an_order_says_on_which_ground_by_whom_and_until_when(desk: Desk, at: Clock) -> None:
    body = an_order(a_person())
    for name in ("order_class", "of", "basis", "end"):
        answer = desk.post("/isolation/orders", {key: value for key, value in body.items() if key != name})
        assert answer.status_code == 422 and name in answer.json()["detail"]


def test_obs_05_home_or_central_with_what_it_needs_and_a_change_for_a_reason(desk: Desk, at: Clock) -> None:
    home = {"mode": "home", "suitable": True, "clinician": "doctor", "community": f"{WUHUA}001"}
    for missing in ("clinician", "community"):
        body = an_order(a_person(), **{**home, missing: None})
        assert desk.refused("/isolation/orders", body) == [(missing, "needs_home")]
    order = given(desk, **home)
    card = desk.card(order)
    assert {name: card[name] for name in home} == home
    assert (card["start"], card["end"]) == ("2020-01-24T02:00:00Z", "2020-02-03T16:00:00Z")
    path, move = f"/isolation/orders/{order}/change-mode", {"mode": "central", "station": a_station(desk)}
    assert desk.post(path, move).status_code == 422
    assert desk.refused(path, {**move, "reason": "because"}) == [("reason", "unknown_reason")]
    desk.done(path, {**move, "reason": "care"})
    assert desk.card(order)["mode"] == "central"


def test_obs_07_only_a_clinician_sends_somebody_home(desk: Desk, at: Clock) -> None:
    order = given(desk)
    home = {"mode": "home", "suitable": True, "reason": "capacity", "community": f"{WUHUA}001"}
    path = f"/isolation/orders/{order}"
    assert desk.refused(f"{path}/change-mode", home) == [("clinician", "needs_clinician")]
    assert desk.refused(f"{path}/change-mode", {**home, "clinician": KEEPER.author}) == [
        ("clinician", "needs_clinician")
    ]
    assert desk.refused(f"{path}/change-mode", {**home, "clinician": "doctor"}) == [("clinician", "needs_clinician")]
    for who in (KEEPER, OFFICER, STAFF):
        assert desk.post(f"{path}/downgrade", {"suitable": True, "reason": "clinical"}, who).status_code == 403
    asked = {"suitable": True, "reason": "clinical", "community": f"{WUHUA}001"}
    for wrong, told in (
        ({"suitable": False}, ("suitable", "not_suitable")),
        ({"reason": "bogus_reason"}, ("reason", "unknown_reason")),
        ({"reason": "exposure"}, ("reason", "unknown_reason")),  # a reason for going on longer
        ({"community": None}, ("community", "needs_home")),
        ({"community": "999999"}, ("community", "unknown_area")),
    ):
        assert desk.refused(f"{path}/downgrade", {**asked, **wrong}, DOCTOR) == [told]
    desk.done(f"{path}/downgrade", asked, DOCTOR)
    card = desk.card(order)
    assert (card["mode"], card["clinician"], card["stage"]) == ("home", DOCTOR.author, "issued")
    assert card["community"] == f"{WUHUA}001"


def test_no_request_records_a_change_of_mode_by_another_way(desk: Desk, at: Clock) -> None:
    order = given(desk)
    fact = desk.card(order)["told"][0]
    changed = {
        "id": str(log.new_id()), "kind": "isolation.mode_changed", "version": 1, "subject": desk.card(order)["person"],
        "area": WUHUA, "observed_at": NOW.isoformat(),
        "data": {
            "order": order, "mode": "home", "reason": "x", "clinician": KEEPER.author, "suitable": True,
            "basis": "order", "approver": "x", "start": fact["data"]["start"], "end": fact["data"]["end"],
        },
    }  # fmt: skip
    told = desk.post("/facts", [changed]).json()
    assert [one["reason"] for one in told["set_aside"]] == [
        "kind: isolation.mode_changed is recorded by Lianfang itself"
    ]


def test_an_order_lasts_as_long_as_the_observation(desk: Desk, at: Clock) -> None:
    """Last exposure 2020-01-20: to the end of 2020-02-03. A second exposure extends the observation, and the order has
    to follow; it is not lifted as over before."""
    person = a_person()
    of = contact(person)
    order = given(desk, person=person, of=of)
    late = NOW + timedelta(days=40)
    rules = lambda: [one.rule for one in obligations(OFFICER, NOW, late, [UUID(order)])]  # noqa: E731
    assert "isolation.extend" not in rules()
    at.on(1)
    contact(person, last=LAST_EXPOSURE + timedelta(days=3), of=of)
    assert "isolation.extend" in rules()
    at.now = END
    assert desk.refused(f"/isolation/orders/{order}/lift", {"reason": "completed"}) == [("reason", "still_observed")]
    desk.done(f"/isolation/orders/{order}/extend", {"reason": "exposure", "end": END + timedelta(days=3)})
    assert "isolation.extend" not in rules()
    at.now = END + timedelta(days=3)
    assert desk.done(f"/isolation/orders/{order}/lift", {"reason": "completed"})["stage"] == "lifted"


def test_obs_07_what_is_not_executed_in_time_is_late_and_climbs(desk: Desk, at: Clock) -> None:
    order = given(desk)

    def undone() -> dict[str, bool]:
        """What is to be done about the order, and whether it is late."""
        found = obligations(OFFICER, NOW - timedelta(days=1), at.now + timedelta(days=30), [UUID(order)])
        return {one.rule: one.due < at.now for one in found if one.done_at is None and one.begins <= at.now}

    assert undone() == {"isolation.receive": False, "isolation.execute": False}
    at.on(13)
    assert undone() == {"isolation.receive": True, "isolation.execute": True}
    for hours, reached in ((0, "town"), (5, "county"), (19, "prefecture")):  # 1, 6 and 25 hours after it was due
        at.on(hours)
        tasks = desk.get("/tasks", OFFICER).json()["tasks"]
        assert [one["climbed_to"] for one in tasks if one["rule"] == "isolation.execute"] == [reached]
    desk.done(f"/isolation/orders/{order}/executed", who=STAFF)
    at.on(1)
    assert undone() == {"isolation.verify": False}
    desk.done(f"/isolation/orders/{order}/verified", {"as_ordered": False})
    at.on(1)
    assert undone() == {"isolation.correct": False} and desk.card(order)["stage"] == "deviates"
    at.on(5)
    assert undone() == {"isolation.correct": True}


def test_an_act_sent_again_changes_nothing(desk: Desk, at: Clock) -> None:
    order, fact = given(desk), str(log.new_id())
    first = desk.done(f"/isolation/orders/{order}/received", {"fact": fact}, STAFF)
    head = log.head()
    at.on(1)
    assert desk.done(f"/isolation/orders/{order}/received", {"fact": fact}, STAFF) == first
    assert log.head() == head
    assert desk.refused(f"/isolation/orders/{order}/received", {}, STAFF) == [("order", "again")]


def test_release_before_the_order_is_refused(desk: Desk, at: Clock) -> None:
    order = given(desk)
    before = {"at": NOW - timedelta(hours=1)}
    assert desk.refused(f"/isolation/orders/{order}/lift", {**before, "reason": "died"}) == [("order", "before_order")]
    assert desk.refused(f"/isolation/orders/{order}/executed", before) == [("order", "before_order")]


def test_who_is_under_an_order_gets_no_other(desk: Desk, at: Clock) -> None:
    person = a_person()
    given(desk, person=person)
    assert desk.refused("/isolation/orders", an_order(person)) == [("person", "under_order")]


def test_an_order_is_extended_and_never_shortened(desk: Desk, at: Clock) -> None:
    order = given(desk)
    path = f"/isolation/orders/{order}/extend"
    assert desk.refused(path, {"reason": "exposure", "end": END - timedelta(days=1)}) == [("end", "ends_earlier")]
    desk.done(path, {"reason": "exposure", "end": END + timedelta(days=2)})
    card = desk.card(order)
    assert card["end"].startswith("2020-02-05T16:00") and (card["day"], card["days"]) == (1, 13)


def test_the_card_as_of_a_moment_and_as_known_then(desk: Desk, at: Clock) -> None:
    order = given(desk)
    late = log.head().seq
    at.on(10)
    desk.done(f"/isolation/orders/{order}/executed", {"at": NOW + timedelta(hours=2)}, STAFF)
    assert desk.card(order, as_of=(NOW + timedelta(hours=1)).isoformat())["stage"] == "issued"
    assert desk.card(order, as_of=(NOW + timedelta(hours=3)).isoformat())["stage"] == "executed"
    known = next(entry.received_at for entry in log.read(late - 1, late))
    assert desk.card(order, known_at=known.isoformat())["stage"] == "issued"
    before = desk.get(f"/isolation/orders/{order}", as_of=(NOW - timedelta(hours=1)).isoformat())
    assert before.status_code == 404


def test_what_came_offline_and_contradicts_is_kept_and_shown(desk: Desk, at: Clock) -> None:
    order = given(desk)
    person = desk.card(order)["person"]
    fact = {
        "id": str(log.new_id()), "kind": "isolation.verified", "version": 1, "subject": person, "area": WUHUA,
        "observed_at": (NOW + timedelta(hours=1)).isoformat(), "data": {"order": order, "as_ordered": True},
    }  # fmt: skip
    assert len(desk.post("/facts", [fact], STAFF).json()["appended"]) == 1
    card = desk.card(order)
    assert (card["stage"], card["faults"]) == ("issued", 1)
    assert [(one["field"], one["reason"]) for one in card["contradictions"]] == [("order", "not_executed")]
    (listed,) = desk.get("/isolation/faults").json()
    assert listed["fact"] == fact["id"] and listed["en"] and listed["zh"]
    # The act that was missing comes late: nothing contradicts any more, and nothing was lost.
    done = {**fact, "id": str(log.new_id()), "kind": "isolation.executed", "data": {"order": order}}
    done["observed_at"] = (NOW + timedelta(minutes=30)).isoformat()
    assert len(desk.post("/facts", [done], KEEPER).json()["appended"]) == 1
    card = desk.card(order)
    assert (card["stage"], card["contradictions"]) == ("verified", [])
    with seeing_all():
        assert not FaultRow.objects.exists()


def test_obs_09_an_alias_is_read_as_the_official_wording_and_kept_on_record(desk: Desk, at: Clock) -> None:
    order = given(desk, order_class="other", reason="实行居家医学管理")
    data = desk.card(order)["told"][0]["data"]
    assert (data["reason"], data["aliases"]) == ("实行居家医学观察", ["home_management"])


def test_foreign_and_missing_orders_are_answered_alike(desk: Desk, at: Clock) -> None:
    order = given(desk)
    for path in (f"/isolation/orders/{order}", f"/isolation/orders/{uuid4()}"):
        assert desk.get(path, STRANGER).status_code == 404
        for act, body in (("received", {}), ("lift", {"reason": "died"}), ("extend", {"reason": "x", "end": END})):
            assert desk.post(f"{path}/{act}", body, STRANGER).status_code == 404


def test_the_list_is_narrowed_and_paged(desk: Desk, at: Clock) -> None:
    orders = []
    for _ in range(5):
        at.on(1)
        orders.append(given(desk))
    desk.done(f"/isolation/orders/{orders[0]}/lift", {"reason": "not_close"})
    first = desk.post("/isolation/orders/list", {"limit": 3}).json()
    rest = desk.post("/isolation/orders/list", {"limit": 3, "after": first["next"]}).json()
    assert [one["order"] for one in first["orders"] + rest["orders"]] == orders[::-1]
    assert (first["total"], rest["next"]) == (5, None)
    standing = desk.post("/isolation/orders/list", {"standing": True, "mode": "central"}).json()
    assert standing["total"] == 4 and desk.post("/isolation/orders/list", {"after": "x"}).status_code == 422
    sums = desk.post("/isolation/orders/list", {}, viewer("duty_officer")).json()
    assert (sums["total"], sums["orders"]) == (5, [])
    one = {"person": orders[0]}
    assert desk.post("/isolation/orders/list", one, viewer("duty_officer")).status_code == 403
    assert desk.get("/isolation/counts").json() == {
        "stage": {"issued": 4, "received": 0, "executed": 0, "deviates": 0, "verified": 0},
        "mode": {"home": 0, "central": 4, "hospital": 0},
    }


def test_a_resident_sees_the_own_order_and_no_other(desk: Desk, at: Clock) -> None:
    person = a_person()
    order, other = given(desk, person=person), given(desk)
    oneself = viewer("resident", subject=person)
    at.on(24)
    (own,) = desk.post("/isolation/orders/list", {}, oneself).json()["orders"]
    assert (own["order"], own["day"], own["days"]) == (order, 2, 11)
    assert desk.get(f"/isolation/orders/{order}", oneself).status_code == 200
    assert desk.get(f"/isolation/orders/{other}", oneself).status_code == 404


def test_both_languages(desk: Desk, at: Clock) -> None:
    desk.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh"
    answer = orjson.loads(desk.post("/isolation/orders", an_order(a_person(), of=uuid4())).content)
    assert "不能以此下达指令" in answer["detail"] and "no order" in answer["errors"][0]["en"]


def test_a_list_says_what_is_next_and_by_when_and_names_people_on_record(desk: Desk, at: Clock) -> None:
    order = given(desk)

    def following() -> tuple[str, str]:
        (row,) = desk.post("/isolation/orders/list").json()["orders"]
        assert row["next"] == desk.card(order)["next"]
        return row["next"]["act"], row["next"]["due"]

    assert following() == ("receive", "2020-01-24T04:00:00Z")
    at.on(3)
    desk.done(f"/isolation/orders/{order}/executed", who=STAFF)
    assert following() == ("verify", "2020-01-25T05:00:00Z")
    desk.done(f"/isolation/orders/{order}/lift", {"reason": "died"})
    assert desk.card(order)["next"] is None
    asked = {"names": True, "purpose": "follow_up"}
    before = log.head().seq
    page = desk.done("/isolation/orders/list", asked)
    (person,) = page["people"].values()
    assert person["fields"]["name"] == "某某" and [e.fact.kind for e in log.read(before)] == ["identity.shown"]
    assert desk.done("/isolation/orders/list", {})["people"] is None
    assert desk.refused("/isolation/orders/list", {**asked, "purpose": "treatment"}) == [("purpose", "not_yours")]


def test_a_wrong_stay_is_corrected_in_place_and_the_first_record_stays(desk: Desk, at: Clock) -> None:
    station = a_station(desk)
    for ward in ("r-1", "r-2"):
        bed = {"ward": ward, "beds": 1, "temporary": False, "first": "2020-01-24"}
        desk.done(f"/stations/{station}/ward", bed)
    order = given(desk, station=station)
    at.on(3)
    path = f"/isolation/orders/{order}/executed"
    wrong = desk.done(path, {"ward": "r-1"}, STAFF)["fact"]
    assert desk.refused(path, {"ward": "r-2"}, STAFF) == [("order", "again")]
    at.on(1)
    earlier = (NOW + timedelta(hours=2)).isoformat()
    desk.done(path, {"ward": "r-2", "at": earlier, "corrects": wrong}, STAFF)
    card = desk.card(order)
    (stay,) = card["stays"]
    assert (stay["ward"], stay["executed"]) == ("r-2", "2020-01-24T04:00:00Z")
    assert len([one for one in card["told"] if one["kind"] == "isolation.executed"]) == 2
    assert card["contradictions"] == [] and card["disputes"] == {}
    assert desk.refused(path, {"ward": "r-2", "corrects": str(uuid4())}, STAFF) == [("corrects", "unknown_fact")]
    right = [one["fact"] for one in card["told"] if one["corrects"] == wrong]
    desk.done(path, {"ward": "r-1", "corrects": right[0]}, STAFF)
    (stay,) = desk.card(order)["stays"]
    assert (stay["ward"], stay["executed"]) == ("r-1", "2020-01-24T04:00:00Z"), "without a time, the time is kept"
