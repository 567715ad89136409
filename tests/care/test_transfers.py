"""Transfers and plans: through to the bed of the other hospital, never to a full one, the severe to qualified ones."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.capabilities.cases.facts import ClinicalSeverity, SeverityAssessed
from tests.access.made import OWN as WUHUA
from tests.care.made import ABOVE, FAR, FAR_OFFICER, OFFICER, a_case, a_hospital, claim, places
from tests.cases import made as cases
from tests.gates.made import Clock, Desk

REQUEST = {"type": "icu", "reason": "severe"}


def lying(ward: Desk) -> tuple[UUID, UUID, dict[str, Any]]:
    """A case that lies in a small hospital and then becomes severe."""
    small = a_hospital(ward, {"isolation": 1}, severe=False, level="secondary", en="Small Hospital")
    case = a_case()
    done = ward.done("/beds/claim", claim(small, case))
    cases.act(case, SeverityAssessed, at=cases.hours(3), severity=ClinicalSeverity.SEVERE)
    return small, case, done


def asked(ward: Desk, done: dict[str, Any], to: UUID, **other: Any) -> str:
    id = str(uuid4())
    ward.done("/transfers", {"id": id, "bed": done["bed"], "stay": done["stay"], "to": to, **REQUEST, **other})
    return id


def tasks_of(ward: Desk, start: str, who: Any = OFFICER) -> list[str]:
    found = ward.get("/tasks", who, limit=500).json()["tasks"]
    return sorted(one["rule"] for one in found if one["state"] != "done" and one["rule"].startswith(start))


def rules(ward: Desk, who: Any = OFFICER) -> list[str]:
    return tasks_of(ward, "transfer.", who)


def test_cas_08_a_severe_case_is_moved_to_a_qualified_hospital_of_another_county_and_its_records_count(
    ward: Desk, at: Clock
) -> None:
    small, case, done = lying(ward)
    far = a_hospital(ward, {"icu": 1}, who=FAR_OFFICER, area=FAR, en="Far Hospital")
    at.on(4)
    assert len(tasks_of(ward, "case.move_severe")) == 1
    (waits,) = ward.get("/waiting").json()["waiting"]
    assert (waits["case"], waits["waits_for"], waits["severity"]) == (str(case), "qualified", "severe")
    id = asked(ward, done, far)
    assert rules(ward, FAR_OFFICER) == ["transfer.answer"]
    assert ward.post(f"/transfers/{id}/approve", {"stay": uuid4()}).status_code == 404  # the other side answers
    stay = uuid4()
    ward.done(f"/transfers/{id}/approve", {"stay": stay}, FAR_OFFICER)
    ward.done(f"/transfers/{id}/approve", {"stay": stay}, FAR_OFFICER)
    assert (places(ward, far, "icu", FAR_OFFICER)["held"], places(ward, far, "icu", FAR_OFFICER)["present"]) == (1, 0)
    assert rules(ward) == ["transfer.carry_out"]
    assert ward.refused(f"/transfers/{id}/receive", {}, FAR_OFFICER) == [("transfer", "not_in_turn")]
    ward.done(f"/transfers/{id}/depart", {})
    at.on(1)
    ward.done(f"/transfers/{id}/receive", {}, FAR_OFFICER)
    assert places(ward, far, "icu", FAR_OFFICER)["present"] == 1
    assert places(ward, small)["held"] == 0
    card = ward.get(f"/cases/{case}").json()
    assert [one["hospital"] for one in card["hospital_stays"]][-1] == ward.get(f"/hospitals/{far}", FAR_OFFICER).json()[
        "code"
    ]
    assert ward.get("/waiting").json()["qualified"] == 0
    assert tasks_of(ward, "case.move_severe") == []
    assert [one["stage"] for one in ward.get("/transfers", over="true").json()["transfers"]] == ["received"]


def test_a_transfer_to_a_full_hospital_is_refused_when_asked_and_when_answered(ward: Desk, at: Clock) -> None:
    _, _, done = lying(ward)
    at.on(4)
    full, other = a_hospital(ward, {"icu": 1}), a_hospital(ward, {"icu": 2}, en="Other Hospital")
    ward.done("/beds/claim", claim(full, type="icu"))
    body = {"id": uuid4(), "bed": done["bed"], "stay": done["stay"], "to": full, **REQUEST}
    answer = ward.post("/transfers", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["en"] == "has no bed of the type left; others have: Other Hospital 2"
    id = asked(ward, done, other)
    for _ in range(2):
        ward.done("/beds/claim", claim(other, type="icu"))
    assert ward.refused(f"/transfers/{id}/approve", {"stay": uuid4()}) == [("hospital", "full")]
    ward.done(f"/transfers/{id}/decline", {"reason": "no_bed"})
    assert [one["reason"] for one in ward.get("/transfers", over="true").json()["transfers"]] == ["no_bed"]


def test_one_transfer_of_a_patient_at_a_time_and_none_where_the_patient_lies_or_is_not_qualified(
    ward: Desk, at: Clock
) -> None:
    small, _, done = lying(ward)
    at.on(4)
    plain, good = a_hospital(ward, {"icu": 1}, severe=False), a_hospital(ward, {"icu": 2})
    body = {"bed": done["bed"], "stay": done["stay"], **REQUEST}
    assert ward.refused("/transfers", {**body, "id": uuid4(), "to": small}) == [("to", "same_hospital")]
    assert ward.refused("/transfers", {**body, "id": uuid4(), "to": plain}) == [("hospital", "not_qualified")]
    id = asked(ward, done, good)
    assert ward.refused("/transfers", {**body, "id": uuid4(), "to": good}) == [("stay", "going_on")]
    ward.done(f"/transfers/{id}/approve", {"stay": uuid4()})
    ward.done(f"/transfers/{id}/cancel", {"reason": "not_fit"})
    assert places(ward, good, "icu")["held"] == 0
    assert ward.refused(f"/transfers/{id}/depart", {}) == [("transfer", "settled")]


def test_a_plan_keeps_beds_for_those_who_wait_with_what_was_changed_by_hand_on_record(ward: Desk, at: Clock) -> None:
    near, far = a_hospital(ward, {"isolation": 1, "icu": 1}), a_hospital(ward, {"isolation": 1}, level="secondary")
    severe, first, second = a_case(ClinicalSeverity.SEVERE), a_case(), a_case()
    at.on(5)
    proposed = ward.done("/waiting/assign", {"area": WUHUA})
    lines = {one["case"]: one for one in proposed["lines"]}
    assert (lines[str(severe)]["hospital"], lines[str(severe)]["type"]) == (str(near), "icu")
    assert {lines[str(one)]["hospital"] for one in (first, second)} == {str(near), str(far)}
    assert "qualified for severe cases" in lines[str(severe)]["why_en"]
    plan = {"plan": uuid4(), "area": WUHUA, "digest": proposed["digest"]}
    taken = {"case": second, "hospital": lines[str(first)]["hospital"]}
    assert ward.refused("/waiting/confirm", {**plan, "changes": [taken]}) == [("hospital", "full")]
    without = {**plan, "changes": [{"case": second, "hospital": None}]}
    done = ward.done("/waiting/confirm", without)
    assert (done["kept"], done["changed"]) == (2, 1)
    assert ward.done("/waiting/confirm", without) == done
    again = {**without, "plan": uuid4()}
    assert ward.post("/waiting/confirm", again).status_code == 409  # the beds are kept already
    kept = {one["case"]: one["kept_in"] for one in ward.get("/waiting").json()["waiting"]}
    assert kept == {str(severe): str(near), str(first): lines[str(first)]["hospital"], str(second): None}
    (stay,) = [one for one in ward.get(f"/hospitals/{near}/stays").json()["stays"] if one["case"] == str(severe)]
    assert stay["entered"] is None
    ward.done("/beds/claim", claim(near, severe, type="icu", stay=stay["stay"]))
    assert places(ward, near, "icu")["present"] == 1


def test_a_plan_puts_no_severe_case_into_a_hospital_that_is_not_qualified(ward: Desk, at: Clock) -> None:
    a_hospital(ward, {"icu": 1})
    plain, severe = a_hospital(ward, {"icu": 1}, severe=False), a_case(ClinicalSeverity.CRITICAL)
    proposed = ward.done("/waiting/assign", {"area": WUHUA})
    body = {"plan": uuid4(), "area": WUHUA, "digest": proposed["digest"]}
    changes = [{"case": severe, "hospital": plain}]
    assert ward.refused("/waiting/confirm", {**body, "changes": changes}) == [("hospital", "not_qualified")]


@pytest.mark.parametrize("over", [False, True])
def test_cas_08_those_above_see_how_many_wait_and_whom_is_moved_but_no_list(ward: Desk, at: Clock, over: bool) -> None:
    a_case(ClinicalSeverity.SEVERE)
    found = ward.get("/waiting", ABOVE).json()
    assert (found["waiting"], found["bed"], found["severe"], found["masked"]) == ([], 1, 1, True)
    assert ward.get("/transfers", ABOVE, over=str(over).lower()).json() == {"transfers": []}
