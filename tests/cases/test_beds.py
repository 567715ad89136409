"""From the suspicion on a bed is asked for: of whom, until when, and who then has the patient."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.access.viewer import Viewer
from lianfang.capabilities.cases import facts as kinds
from lianfang.capabilities.cases.facts import Class, InfectionSource
from lianfang.capabilities.cases.rules.obligations import AWAITING_A_BED, Case, obligations
from lianfang.capabilities.tasks.facts import Acknowledged, task_id
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Fact
from tests.access.made import signed_in
from tests.cases.desk import Desk
from tests.cases.made import START, WUHUA, act, hours, reported, viewer
from tests.checkpoints.desk import employed

CENTRE, CLINIC = viewer(), viewer("clinic_doctor", author="clinic")
BED = {"case.admit", "case.designate"}
TWO_HOURS, DAY = timedelta(hours=2), timedelta(hours=24)


def beds(case: Case) -> dict[str, Obligation]:
    return {one.rule: one for one in obligations(case, None) if one.rule in BED}


def a_case(to: Class, **more: object) -> Case:
    its = {
        "suspected_at": None, "confirmed_at": None, "admitted_at": None, "designated": None, "open": True, **more,
    }  # fmt: skip
    nothing = dict.fromkeys(("checked_at", "investigated_at", "sampled_at", "source_at"))
    return Case(
        subject=UUID(int=1), area=WUHUA, author="a", person=UUID(int=2), to=to, source=InfectionSource.UNKNOWN,
        reported_at=START, imported=False, **{**nothing, **its},
    )  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize("to", Class)
def test_a_bed_is_asked_for_whoever_is_suspected_or_more(to: Class) -> None:
    asked = beds(a_case(to))
    assert set(asked) == ({"case.admit"} if to in AWAITING_A_BED else set())
    for one in asked.values():
        assert (one.begins, one.due, one.done_at) == (START, START + TWO_HOURS, None)


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.booleans())
def test_it_is_asked_once_from_the_first_decision_and_closed_by_the_admission(
    suspected: int, confirmed: int, admitted: int, designated: bool
) -> None:
    its = {"suspected_at": hours(suspected), "confirmed_at": hours(confirmed)}
    assert beds(a_case(Class.CONFIRMED, **its))["case.admit"].begins == hours(min(suspected, confirmed))
    found = beds(a_case(Class.CONFIRMED, **its, admitted_at=hours(admitted), designated=designated))
    assert found["case.admit"].done_at == hours(admitted)
    assert ("case.designate" in found) is not designated
    if not designated:
        assert found["case.designate"].due == hours(max(admitted, min(suspected, confirmed))) + DAY


def test_of_who_was_excluded_or_has_recovered_no_bed_is_asked() -> None:
    assert beds(a_case(Class.EXCLUDED, suspected_at=START, open=False)) == {}
    assert beds(a_case(Class.CONFIRMED, confirmed_at=START, open=False)) == {}


def on_list(desk: Desk, who: Viewer) -> dict[str, str]:
    """State of the requests for a bed on somebody's list, by case."""
    with signed_in(who):
        tasks = desk.client.get("/api/v1/tasks", {"limit": 500}).json()["tasks"]
    return {task["of"]: task["state"] for task in tasks if task["rule"] == "case.admit"}


def test_the_hospital_that_is_asked_has_the_patient_on_its_list_and_takes_the_patient_in(desk: Desk) -> None:
    desk.now = hours(0.5)
    case = reported(who=CLINIC)
    hospital = viewer("clinic_doctor", author=employed("clinic_doctor", name="hospital"))
    desk.who = hospital
    desk.get(f"cases/{case}", 404)
    desk.post(f"cases/{case}/admit", {"hospital": "wuhua-first", "designated": True}, 404)
    assert on_list(desk, hospital) == {} and on_list(desk, CLINIC) == {str(case): "open"}
    task = task_id("case.admit", case)
    desk.who = CENTRE
    desk.post(f"tasks/{task}/assign", {"of": str(case), "to": hospital.author})
    assert on_list(desk, hospital) == {str(case): "open"}
    desk.who = hospital
    named = desk.post("tasks/people", {"tasks": [{"id": str(task), "of": str(case)}], "purpose": "treatment"})
    (told,) = named["people"].values()
    assert told["fields"]["name"] == "测试" and told["holdings"] == []
    desk.post(f"cases/{case}/admit", {"hospital": "wuhua-first", "designated": True})
    assert on_list(desk, hospital) == {str(case): "done"}
    card = desk.get(f"cases/{case}")
    assert [one["hospital"] for one in card["hospital_stays"]] == ["wuhua-first"]
    assert card["obligations"] and not [one for one in card["obligations"] if one["rule"] == "case.designate"]
    desk.now = hours(3)
    desk.post(f"cases/{case}/assess-severity", {"severity": "ordinary"})


def test_asked_of_another_hospital_instead_the_first_has_the_patient_no_more(desk: Desk) -> None:
    desk.now = hours(0.5)
    case = reported(who=CLINIC)
    first, second = (viewer("clinic_doctor", author=employed("clinic_doctor", name=name)) for name in "ab")
    for one in (first, second):
        desk.who = CENTRE
        desk.post(f"tasks/{task_id('case.admit', case)}/assign", {"of": str(case), "to": one.author})
        desk.now += timedelta(minutes=5)
        desk.who = one
        assert [row["subject"] for row in desk.post("cases/list", {})["cases"]] == [str(case)]
    desk.who = first
    desk.get(f"cases/{case}", 404)
    assert desk.post("cases/list", {})["total"] == 0


def test_nobody_makes_a_patient_the_own_one_by_taking_the_request_on(desk: Desk) -> None:
    """The door sets such a fact aside."""
    case, intruder = reported(who=CLINIC), viewer("clinic_doctor", author="intruder")
    taken = Fact.of(
        Acknowledged(of=case, rule="case.admit"), id=log.new_id(), subject=task_id("case.admit", case), area=WUHUA,
        observed_at=START,
    )  # fmt: skip
    desk.who = intruder
    sent = [taken.model_dump(mode="json", exclude={"author", "device"})]
    assert len(desk.post("facts", sent)["set_aside"]) == 1
    desk.get(f"cases/{case}", 404)


def test_a_patient_who_is_not_in_a_designated_hospital_is_to_be_moved_there_from_the_suspicion_on(desk: Desk) -> None:
    desk.now = hours(1)
    case = reported()
    act(case, kinds.Admitted, at=hours(1), hospital="h-1", designated=False)
    told = {one["rule"]: one["done_at"] for one in desk.get(f"cases/{case}")["obligations"] if one["rule"] in BED}
    assert told["case.admit"] is not None and told["case.designate"] is None
    act(case, kinds.Admitted, at=hours(2), hospital="h-2", designated=True)
    assert "case.designate" not in {one["rule"] for one in desk.get(f"cases/{case}")["obligations"]}
