"""Referrals, expert teams and the protection of staff, through the routes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lianfang.capabilities.care.queries.obligations import obligations
from tests.access.made import FOREIGN, viewer
from tests.care.door import a_clinic
from tests.checkpoints.desk import employed
from tests.gates.made import CENTRE, DOCTOR, NOW, OFFICER, WUHUA, Clock, Desk

GRID = viewer("grid_worker", author="grid-worker")
OTHER_GRID = viewer("grid_worker", author="other-worker")
STORES = viewer("logistics_officer", author="stores")
STRANGE_GRID = viewer("grid_worker", FOREIGN, author="strange-worker")
STRANGE_DOCTOR = viewer("clinic_doctor", FOREIGN, author="strange-doctor")


@pytest.fixture
def clinic(desk: Desk, at: Clock) -> str:
    return a_clinic(desk)


def sends(desk: Desk, clinic: str, who: Any = GRID, area: str = WUHUA, **told: Any) -> str:
    body = {"id": str(uuid4()), "area": area, "to": clinic, "origin": "community", "reason": "fever", **told}
    assert desk.done("/referrals", body, who) == desk.done("/referrals", body, who)  # sent twice is one
    return str(body["id"])


def test_cas_14_a_grid_worker_learns_that_it_was_received_and_answered_and_nothing_else(
    desk: Desk, at: Clock, clinic: str
) -> None:  # fmt: skip
    id = sends(desk, clinic, person=str(uuid4()))
    rules = {one.rule for one in obligations(OFFICER, NOW - timedelta(days=1), NOW + timedelta(days=1))}
    assert rules == {"referral.receive"}
    assert desk.refused(f"/referrals/{id}/close", {"outcome": "admitted"}, DOCTOR) == [("referral", "not_received")]
    desk.done(f"/referrals/{id}/receive", None, DOCTOR)
    desk.done(f"/referrals/{id}/close", {"outcome": "reported"}, DOCTOR)
    (seen,) = desk.seen("/referrals", GRID)
    assert seen["received"] and seen["closed"] and seen["mine"]
    assert (seen["outcome"], seen["reason"], seen["person"]) == (None, None, None)
    assert "reported" not in desk.get("/referrals", GRID).content.decode()
    assert desk.seen("/referrals", DOCTOR)[0]["outcome"] == "reported"
    assert desk.seen("/referrals", OTHER_GRID) == []
    assert desk.seen("/referrals", DOCTOR, open="true") == []


def test_cas_13_a_referral_reaches_the_clinic_of_another_county(desk: Desk, clinic: str) -> None:
    id = sends(desk, clinic, STRANGE_GRID, FOREIGN)
    (waiting,) = desk.seen("/referrals", DOCTOR)
    assert waiting["id"] == id
    assert desk.seen("/referrals", STRANGE_DOCTOR)[0]["id"] == id  # of the division that has sent
    assert desk.post(f"/referrals/{id}/receive", None, STRANGE_DOCTOR).status_code == 404
    desk.done(f"/referrals/{id}/receive", None, DOCTOR)
    assert desk.seen("/referrals", STRANGE_GRID)[0]["received"]


def test_what_was_sent_by_mistake_is_taken_back_by_its_sender(desk: Desk, clinic: str) -> None:
    body = {"id": str(uuid4()), "area": WUHUA, "to": clinic, "origin": "community", "reason": "fever"}
    made = desk.done("/referrals", body, GRID)
    taken = {"fact": made["fact"], "why": "mistaken"}
    assert desk.post(f"/referrals/{made['id']}/retract", taken, OTHER_GRID).status_code == 404
    assert desk.refused(f"/referrals/{made['id']}/retract", taken, DOCTOR) == [("fact", "not_yours")]
    desk.done(f"/referrals/{made['id']}/retract", taken, GRID)
    assert desk.seen("/referrals", DOCTOR) == []
    assert desk.refused("/referrals", {**body, "id": str(uuid4()), "to": str(uuid4())}, GRID) == [("to", "unknown")]
    missing = {**body, "id": str(uuid4()), "origin": "primary_care"}
    assert desk.refused("/referrals", missing, DOCTOR) == [("facility", "missing")]


def test_cas_13_a_facility_says_how_far_its_services_go_on(desk: Desk, clinic: str) -> None:
    assert desk.refused("/facilities/service", {"facility": clinic}, DOCTOR) == [("general", "missing")]
    made = desk.done("/facilities/service", {"facility": clinic, "fever": "normal", "general": "limited"}, DOCTOR)
    (told,) = desk.seen("/facilities", OFFICER)
    assert (told["fever"], told["general"]) == ("normal", "limited")
    desk.done(f"/facilities/{clinic}/retract", {"fact": made["fact"], "why": "mistaken"}, DOCTOR)
    assert desk.seen("/facilities", OFFICER)[0]["at"] is None


def test_a_clinic_that_sees_nobody_is_not_open_to_the_public(desk: Desk, clinic: str) -> None:
    def told() -> tuple[str, bool]:
        (one,) = desk.seen(f"/care?area={WUHUA}", OFFICER)["clinics"]
        return one["service"], one["open_now"]

    assert told() == ("", True)
    desk.done("/facilities/service", {"facility": clinic, "fever": "limited"}, DOCTOR)
    assert told() == ("limited", True)
    desk.done("/facilities/service", {"facility": clinic, "fever": "suspended"}, DOCTOR)
    assert told() == ("suspended", False)


def a_team(desk: Desk, **other: Any) -> str:
    body = {
        "id": str(uuid4()), "area": WUHUA, "zh": "县级专家组", "level": "county", "specialties": ["infectious"],
        "members": ["doctor"], "headcount": 5, **other,
    }  # fmt: skip
    return str(desk.done("/experts", body)["id"])


def test_cas_07_a_team_is_formed_sent_and_dissolved(desk: Desk, clinic: str) -> None:
    id = a_team(desk)
    desk.done(f"/experts/{id}/assign", {"hospital": clinic, "first": "2020-01-28"})
    (team,) = desk.seen("/experts", DOCTOR)["teams"]
    assert [one["id"] for one in team["hospitals"]] == [clinic] and team["mine"]
    bad = {"hospital": clinic, "first": "2020-01-28", "last": "2020-01-20"}
    assert desk.refused(f"/experts/{id}/assign", bad) == [("last", "no_last_before_first")]
    assert desk.refused(f"/experts/{id}/assign", {**bad, "hospital": str(uuid4())}) == [("hospital", "unknown")]
    desk.done(f"/experts/{id}/dissolve")
    assert desk.seen("/experts", DOCTOR)["teams"] == []
    assert desk.refused("/experts", {**_new(), "specialties": ["magic"]}) == [("specialties", "unknown_word")]
    assert desk.refused("/experts", {**_new(), "members": ["a", "b"]}) == [("headcount", "too_few")]


def test_who_forms_a_team_chooses_by_name_who_answers_and_nobody_else_is_told_of_accounts(desk: Desk) -> None:
    doctor = employed("clinic_doctor", name="杨医生")
    employed("volunteer", name="near")
    assert desk.seen("/experts", OFFICER)["accounts"] == [{"account": doctor, "name": "杨医生"}]
    assert desk.seen("/experts", DOCTOR)["accounts"] == []


def _new() -> dict[str, Any]:
    return {
        "id": str(uuid4()), "area": WUHUA, "zh": "专家组", "level": "county", "members": ["doctor"], "headcount": 1,
    }  # fmt: skip


def test_cas_15_days_of_protection_are_counted_and_a_wrong_unit_is_asked_back(desk: Desk, clinic: str) -> None:
    body = {"facility": clinic, "item": "n95", "stock": 500, "used_per_day": 200}
    made = desk.done("/protection", body, DOCTOR)
    board = desk.seen("/protection", STORES)
    (stock,) = board["facilities"][0]["stocks"]
    assert (stock["days"], stock["supply"]) == (2.5, "alarm")
    boxes = {**body, "stock": 50_000}
    assert desk.refused("/protection", boxes, DOCTOR) == [("sure", "jump")]
    desk.done("/protection", {**boxes, "sure": True}, DOCTOR)
    assert desk.seen("/protection", OFFICER)["facilities"][0]["stocks"][0]["supply"] == "enough"
    desk.done("/protection", {"facility": clinic, "item": "suit", "stock": 9, "used_per_day": 0}, DOCTOR)
    last = desk.seen("/protection", OFFICER)["facilities"][0]["stocks"][-1]
    assert (last["item"], last["days"], last["supply"]) == ("suit", None, "unused")
    assert desk.refused("/protection", {**body, "item": "hat"}, DOCTOR) == [("item", "unknown_word")]
    taken = {"facility": clinic, "item": "n95", "fact": made["fact"], "why": "mistaken"}
    desk.done("/protection/retract", taken, DOCTOR)
    assert desk.post("/protection", body, STORES).status_code == 403


def test_cas_15_exposures_of_staff_are_followed_to_their_end(desk: Desk, clinic: str) -> None:
    body = {"id": str(uuid4()), "facility": clinic, "how": "splash", "high_risk": True}
    desk.done("/exposures", body, DOCTOR)
    desk.done("/exposures", body | {"id": str(uuid4())}, DOCTOR)
    end = desk.done(f"/exposures/{body['id']}/close", {"outcome": "infected"}, DOCTOR)
    board = desk.seen("/protection", CENTRE)
    assert (len(board["exposures"]), board["infected"], board["cases"]) == (2, 1, 0)
    assert desk.refused(f"/exposures/{body['id']}/close", {"outcome": "well"}, DOCTOR) == [("exposure", "again")]
    desk.done(f"/exposures/{body['id']}/retract", {"fact": end["fact"], "why": "mistaken"}, DOCTOR)
    assert desk.seen("/protection", STORES)["infected"] == 0
    assert desk.seen("/protection", STORES)["cases"] is None
