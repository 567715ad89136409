"""Those who pass, over HTTP: three questions and a temperature, vehicles, and whoever has a fever."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from lianfang.capabilities.gates.facts import Screened
from lianfang.capabilities.gates.queries import obligations
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity import service as vault
from tests.access.made import viewer
from tests.gates.made import (
    CENTRE,
    DOCTOR,
    NOW,
    OFFICER,
    OTHER_STAFF,
    STAFF,
    STRANGER,
    WUHUA,
    Clock,
    Desk,
    a_post,
    meet,
)


def test_a_vehicle_with_five_goes_on_once_each_was_measured_or_has_refused(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    body = {
        "vehicle_type": "car", "occupants": 5, "came_from": "420100", "going_to": WUHUA,
        "contact": {"plate": "鄂A12345", "phone": "13887654321"},
    }  # fmt: skip
    stop = desk.done(f"/posts/{post}/vehicles", body, STAFF)
    assert stop["erase_on"] == str((NOW + timedelta(days=30)).date())
    for _ in range(3):
        meet(desk, post, vehicle=stop["id"])
    assert desk.refused(f"/vehicles/{stop['id']}/pass", who=STAFF) == [("occupants", "missing")]
    assert desk.seen(f"/posts/{post}/vehicles", STAFF)[0]["missing"] == 2
    meet(desk, post, vehicle=stop["id"])
    meet(desk, post, vehicle=stop["id"], temp_c=None, refused=True)
    desk.done(f"/vehicles/{stop['id']}/pass", who=STAFF)
    assert desk.seen(f"/posts/{post}/vehicles", STAFF) == []
    (row,) = desk.seen("/posts")["posts"]
    assert row["tally"] == {"met": 5, "measured": 4, "refused": 1, "held": 0, "told": 0}


def test_plate_and_telephone_are_in_the_vault_alone(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    body = {"vehicle_type": "truck", "occupants": 1, "contact": {"plate": "云A9876Q", "phone": "13812345678"}}
    desk.done(f"/posts/{post}/vehicles", body, STAFF)
    meet(desk, post, contact={"name": "过路人", "phone": "13912345678"})
    stored = b"".join(row.body for row in log.stored())
    for secret in ("9876Q", "13812345678", "13912345678", "过路人"):
        assert secret.encode() not in stored


def test_a_fever_is_held_moved_and_told_in_one_act(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    before = log.head().seq
    met = meet(desk, post, temp_c=38.4, fever=True)
    assert met["held"] == "temperature"
    assert [entry.fact.kind for entry in log.read(after=before)] == ["gate.screened", "gate.held"]
    todo = obligations(CENTRE, at.now - timedelta(hours=1), at.on(0.01), [UUID(met["id"])])
    assert {one.rule for one in todo} == {"gate.take_up", "gate.transfer", "gate.decide"}
    (held,) = desk.seen("/holds", CENTRE)["holds"]
    assert held["id"] == met["id"] and held["declared"] and held["temp_c"] == 38.4


def test_the_post_cannot_undo_a_hold(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    met = meet(desk, post, temp_c=37.3)
    for path in ("take-up", "transfer", "end"):
        assert desk.post(f"/holds/{met['id']}/{path}", {}, STAFF).status_code == 403
    taken = {"fact": met["fact"], "why": "mistaken"}
    assert desk.post(f"/encounters/{met['id']}/retract", taken, STAFF).status_code == 403
    # Nor by a fact from a phone that says it was measured wrongly.
    better = Fact.of(
        Screened(post=UUID(post), temp_c=36.5), id=log.new_id(), subject=UUID(met["id"]), area=WUHUA,
        observed_at=at.on(0.1), corrects=UUID(met["fact"]),
    )  # fmt: skip
    sent = [better.model_dump(mode="json", exclude={"author", "device"})]
    assert len(desk.post("/facts", sent, STAFF).json()["appended"]) == 1
    (held,) = desk.seen("/holds", CENTRE)["holds"]
    assert held["temp_c"] == 37.3 and held["reason"] == "temperature"
    desk.done(f"/holds/{met['id']}/end", {"outcome": "not_suspected"}, DOCTOR)
    assert desk.seen("/holds", CENTRE)["total"] == 0


def test_below_the_threshold_with_no_wrong_answer_nobody_is_held(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    met = meet(desk, post, temp_c=37.2)
    assert met["held"] is None
    assert meet(desk, post, fever=True)["held"] == "answer"
    assert meet(desk, post, symptoms=["cough"])["held"] == "answer"
    desk.done(f"/encounters/{met['id']}/hold", {}, STAFF)
    assert desk.seen(f"/holds/{met['id']}", CENTRE)["reason"] == "judgement"


def test_a_screening_from_offline_is_held_by_the_rule(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    one = Fact.of(
        Screened(post=UUID(post), temp_c=38.4), id=log.new_id(), subject=uuid4(), area=WUHUA, observed_at=at.now
    )  # fmt: skip
    sent = [one.model_dump(mode="json", exclude={"author", "device"})]
    assert len(desk.post("/facts", sent, STAFF).json()["appended"]) == 1
    (held,) = desk.seen("/holds", CENTRE)["holds"]
    assert held["id"] == str(one.subject) and not held["declared"]


def test_answers_that_nobody_can_use_are_refused(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    path = f"/posts/{post}/encounters"
    assert desk.refused(path, {"fever": False}, STAFF) == [("temp_c", "missing")]
    assert desk.refused(path, {"temp_c": 36.5, "symptoms": ["bored"]}, STAFF) == [("symptoms", "unknown_word")]
    assert desk.refused(path, {"temp_c": 36.5, "came_from": "999999"}, STAFF) == [("came_from", "unknown_area")]
    wrong = {"temp_c": 36.5, "notice": {"version": "2020-01-27", "language": "tlh"}}
    assert desk.refused(path, wrong, STAFF) == [("notice.language", "unknown_word")]
    assert desk.seen("/posts")["tally"]["met"] == 0


def test_the_same_encounter_sent_again_is_one(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    ids = {"encounter": str(uuid4()), "fact": str(log.new_id()), "contact": {"phone": "13912345678"}, "at": NOW}
    first, head = meet(desk, post, **ids, temp_c=38.0), log.head()
    assert meet(desk, post, **ids, temp_c=38.0) == first and log.head() == head


def test_each_post_sees_its_own_and_another_county_nothing(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    met = meet(desk, post, temp_c=38.4)
    assert [one["id"] for one in desk.seen("/holds", STAFF)["holds"]] == [met["id"]]
    assert desk.seen("/holds", OTHER_STAFF)["holds"] == []
    assert desk.seen("/posts", OTHER_STAFF)["total"] == 0 and desk.seen("/posts", STAFF)["total"] == 1
    assert desk.get(f"/posts/{post}", STRANGER).status_code == 404
    sums = viewer("duty_officer", author="province")
    assert desk.seen("/holds", sums) == {"holds": [], "total": 1}
    assert desk.get(f"/holds/{met['id']}", sums).status_code == 404


def test_what_is_known_at_the_gate_prefills_the_report_of_a_case(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    met = meet(desk, post, temp_c=38.4, fever=True, symptoms=["dry_cough"])
    desk.done(f"/holds/{met['id']}/take-up", {}, CENTRE)
    desk.done(f"/holds/{met['id']}/transfer", {"to": "wuhua-clinic"}, DOCTOR)
    card = desk.seen(f"/holds/{met['id']}", DOCTOR)["report"]
    person = uuid4()
    sent = {"id": person, "name": "某某", "area": WUHUA, "data_class": "suspected"}
    assert vault.enter(DOCTOR, [(1, sent)], now=at.now).entered == 1
    body = {**card, "person": person, "disease": "ncov-2020", "observed_at": at.on(0.5)}
    made = desk.done("/cases", body, DOCTOR)
    assert desk.refused(f"/holds/{met['id']}/end", {"outcome": "reported"}, DOCTOR) == [("case", "needs_case")]
    nobody = {"outcome": "reported", "case": str(uuid4())}
    assert desk.refused(f"/holds/{met['id']}/end", nobody, DOCTOR) == [("case", "unknown")]
    desk.done(f"/holds/{met['id']}/end", {"outcome": "reported", "case": made["case"]}, DOCTOR)
    (case,) = [entry.fact for entry in log.read(kinds={"case.reported"})]
    assert case.cause == (UUID(met["fact"]),) and case.data.about.found_by == "checkpoint"
    left = obligations(OFFICER, at.now - timedelta(minutes=1), at.on(1), [UUID(met["id"])])
    assert all(one.done_at for one in left)
