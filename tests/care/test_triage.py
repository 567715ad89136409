"""Triage at the door of a fever clinic: who waits, who may go, and what is asked back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.rows import seeing_all
from lianfang.capabilities.care.facts.triage import Consulted, Seen, Triaged, VisitEnded
from lianfang.capabilities.care.queries.obligations import obligations
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.models import Holding
from tests import law
from tests.access.made import FOREIGN, viewer
from tests.care.door import a_clinic, arrives, queue, someone
from tests.gates.made import CENTRE, DOCTOR, NOW, OFFICER, WUHUA, Clock, Desk

STRANGE_DOCTOR = viewer("clinic_doctor", FOREIGN, author="strange-doctor")


@pytest.fixture
def clinic(desk: Desk, at: Clock) -> str:
    return a_clinic(desk)


def test_cas_10_who_comes_is_asked_seen_and_goes_home_after_the_consult(desk: Desk, at: Clock, clinic: str) -> None:
    id = arrives(desk, clinic)
    (waiting,) = queue(desk)
    assert (waiting["number"], waiting["fever"], waiting["next"]["rule"]) == (1, True, "triage.see")
    at.on(0.5)
    desk.done(f"/triage/{id}/seen", None, DOCTOR)
    assert desk.refused(f"/triage/{id}/end", {"outcome": "discharged"}, DOCTOR) == [("outcome", "no_consult")]
    (told,) = queue(desk)
    assert told["next"]["rule"] == "triage.consult" and told["ended"] is None
    assert desk.post(f"/triage/{id}/consult", {"conclusion": "no_suspicion"}, DOCTOR).status_code == 403
    desk.done(f"/triage/{id}/consult", {"conclusion": "no_suspicion"}, CENTRE)
    desk.done(f"/triage/{id}/end", {"outcome": "discharged"}, DOCTOR)
    (over,) = queue(desk)
    assert (over["outcome"], over["next"]) == ("discharged", None)
    (state,) = desk.seen("/triage", DOCTOR)["clinics"]
    assert (state["waiting"], state["inside"], state["today"]) == (0, 0, 1)


def test_the_refusal_says_what_to_do(desk: Desk, clinic: str) -> None:
    id = arrives(desk, clinic)
    (wrong,) = desk.post(f"/triage/{id}/end", {"outcome": "discharged"}, DOCTOR).json()["errors"]
    assert "ask for the consult" in wrong["msg"]


@pytest.mark.parametrize(
    ("told", "end", "reason"),
    [
        ({}, "discharged", "no_consult"),
        ({"temp_c": 36.8}, "discharged", "no_consult"),  # who says that he or she has a fever has one
        ({"history": "unknown", "items": []}, "discharged", "history_unknown"),
        ({"history": "none", "items": []}, "discharged", None),
        ({"temp_c": 36.8, "symptoms": ["cough"]}, "discharged", None),
        ({}, "suspected", "needs_case"),
        ({}, "left", None),  # what happened is recorded
        ({}, "transferred", None),
    ],
)
def test_cas_10_who_may_go(desk: Desk, clinic: str, told: dict[str, Any], end: str, reason: str | None) -> None:
    id = arrives(desk, clinic, **told)
    if reason is None:
        desk.done(f"/triage/{id}/end", {"outcome": end}, DOCTOR)
    else:
        assert [why for _, why in desk.refused(f"/triage/{id}/end", {"outcome": end}, DOCTOR)] == [reason]


def test_cas_10_whom_the_centre_has_not_cleared_is_kept(desk: Desk, clinic: str) -> None:
    id = arrives(desk, clinic)
    desk.done(f"/triage/{id}/consult", {"conclusion": "report"}, CENTRE)
    assert desk.refused(f"/triage/{id}/end", {"outcome": "discharged"}, DOCTOR) == [("outcome", "not_cleared")]
    assert desk.refused(f"/triage/{id}/end", {"outcome": "suspected", "case": str(uuid4())}, DOCTOR) == [
        ("case", "unknown")
    ]
    (told,) = queue(desk)
    assert told["next"]["rule"] in ("triage.see", "triage.report")


@pytest.mark.parametrize(("written", "meant"), [(375, "37.5"), (99.5, "37.5"), (3840, "38.4"), (12, None)])
def test_a_temperature_that_cannot_be_is_asked_back(
    desk: Desk, clinic: str, written: float, meant: str | None
) -> None:  # fmt: skip
    answer = desk.post("/triage", someone(clinic, temp_c=written), DOCTOR)
    (wrong,) = answer.json()["errors"]
    assert (answer.status_code, wrong["field"], wrong["reason"]) == (422, "temp_c", "impossible")
    assert (f"is it {meant} °C?" if meant else "measure again") in wrong["msg"]
    assert queue(desk) == []


def test_unknown_words_are_refused_by_name(desk: Desk, clinic: str) -> None:
    assert desk.refused("/triage", someone(clinic, symptoms=["itch"], items=["moon"]), DOCTOR) == [
        ("symptoms", "unknown_word"), ("items", "unknown_word"),
    ]  # fmt: skip
    assert desk.refused("/triage", someone(clinic, history="none"), DOCTOR) == [("history", "not_as_items")]
    assert desk.post("/triage", someone(clinic, way="home"), DOCTOR).status_code == 422
    id = arrives(desk, clinic)
    assert desk.post(f"/triage/{id}/end", {"outcome": "vanished"}, DOCTOR).status_code == 422


def test_a_doubled_entry_is_one_or_is_asked_about(desk: Desk, at: Clock, clinic: str) -> None:
    body = someone(clinic)
    first, again = (desk.done("/triage", body, DOCTOR) for _ in range(2))
    assert first["fact"] == again["fact"] and len(queue(desk)) == 1
    assert desk.refused("/triage", someone(clinic), DOCTOR) == [("twin", "maybe_double")]
    desk.done("/triage", someone(clinic, twin=True), DOCTOR)
    at.on(0.1)
    arrives(desk, clinic)
    assert sorted(one["number"] for one in queue(desk)) == [1, 2, 3]


def test_who_is_to_be_seen_first_stands_first(desk: Desk, at: Clock, clinic: str) -> None:
    plain = arrives(desk, clinic, history="none", items=[])
    at.on(0.2)
    urgent = arrives(desk, clinic)
    away = arrives(desk, clinic, way="general", temp_c=36.5, symptoms=[], history="none", items=[])
    assert [one["id"] for one in queue(desk)] == [urgent, plain, away]
    assert desk.refused(f"/triage/{away}/seen", None, DOCTOR) == [("visit", "other_way")]


def test_what_was_told_wrong_is_corrected_and_taken_back(desk: Desk, clinic: str) -> None:
    id = arrives(desk, clinic)
    told = someone(clinic, history="none", items=[])
    del told["id"]
    desk.done(f"/triage/{id}/correct", told, DOCTOR)
    end = desk.done(f"/triage/{id}/end", {"outcome": "discharged"}, DOCTOR)["fact"]
    desk.done(f"/triage/{id}/retract", {"fact": end, "why": "mistaken"}, DOCTOR)
    assert queue(desk)[0]["outcome"] is None


def test_who_came_is_known_to_the_vault_alone(desk: Desk, clinic: str) -> None:
    made = desk.done("/triage", someone(clinic, name="某某", phone="13800138000"), DOCTOR)
    assert made["erase_on"] == "2020-02-27"
    with seeing_all():
        assert Holding.objects.filter(subject=made["id"], data_class="triage").exists()
    assert "某某" not in desk.get("/triage", DOCTOR).content.decode()


def test_another_countys_clinic_is_not_there(desk: Desk, clinic: str) -> None:
    id = arrives(desk, clinic)
    assert queue(desk, STRANGE_DOCTOR) == []
    for path, body in (("/triage", someone(clinic)), (f"/triage/{id}/seen", None), (f"/triage/{uuid4()}/seen", None)):
        assert desk.post(path, body, STRANGE_DOCTOR).status_code == 404


def fact(data: Any, subject: UUID, hours: float) -> Fact:
    return Fact.of(data, id=log.new_id(), subject=subject, area=WUHUA, observed_at=NOW + timedelta(hours=hours))


def test_what_comes_late_and_contradicts_is_kept_and_shown(desk: Desk, clinic: str) -> None:
    id = uuid4()
    told = Triaged(
        clinic=UUID(clinic), came="walk_in", way="fever_clinic", temp_c=38.5, history="present", items=("travel",)
    )
    facts = [
        fact(VisitEnded(outcome="discharged"), id, 2), fact(Seen(), id, 1), fact(told, id, 0),
        fact(Seen(), id, 1.5), fact(Consulted(conclusion="observe"), id, 3),
    ]  # fmt: skip
    for one in facts:
        (outcome,) = log.append([one], principal=DOCTOR.principal)
        assert outcome.status == "appended", outcome
        law.acted()
    (visit,) = queue(desk)
    assert visit["ended"] is None and visit["conclusion"] == "observe"
    assert {one["reason"] for one in visit["contradictions"]} == {"no_consult", "again"}


def test_clocks_run_and_are_closed_by_the_record(desk: Desk, at: Clock, clinic: str) -> None:
    id = arrives(desk, clinic)

    def open_rules() -> dict[str, Any]:
        found = obligations(OFFICER, NOW - timedelta(days=1), NOW + timedelta(days=1))
        return {one.rule: one.due - NOW for one in found if one.done_at is None}

    assert open_rules() == {"triage.see": timedelta(minutes=30), "triage.consult": timedelta(hours=2)}
    at.on(1)
    desk.done(f"/triage/{id}/seen", None, DOCTOR)
    assert open_rules() == {"triage.consult": timedelta(hours=3)}
    desk.done(f"/triage/{id}/consult", {"conclusion": "report"}, CENTRE)
    assert set(open_rules()) == {"triage.report"}
