"""Lists of tasks and what is done about them, by their routes; the obligations are put there by the test."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.matrix import readable_kinds
from lianfang.access.viewer import Viewer
from lianfang.capabilities.tasks import queries
from lianfang.capabilities.tasks.facts import Assigned, Attempt, task_id
from lianfang.capabilities.tasks.models import TaskRegister
from lianfang.capabilities.tasks.rules import Obligation
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted, Why
from tests.access.made import OWN, signed_in, viewer
from tests.checkpoints.desk import NOW, OFFICER, OTHER, WORKER, Desk, employed
from tests.record.trial.obligations import TOLD

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHECK, BY_HAND = "contact.check", "contact.generation_two"


def due(rule: str = CHECK, slot: str = "", area: str = OWN, **more: Any) -> Obligation:
    """Something that can be done now and is due in an hour."""
    its = Obligation(rule, more.pop("subject", None) or uuid4(), area, NOW - HOUR, NOW + HOUR, slot, **more)
    TOLD.append(its)
    return its


def path(one: Obligation, act: str) -> str:
    return f"/tasks/{one.task}/{act}"


def of(one: Obligation, **more: Any) -> dict[str, Any]:
    return {"of": str(one.subject), **more}


def mine(desk: Desk, who: Viewer, query: str = "") -> list[str]:
    return [task["id"] for task in desk.read(f"/tasks?limit=500{query}", who)["tasks"]]


def kinds_about(task: UUID) -> list[str]:
    return [entry.fact.kind for entry in log.read(kinds=TaskRegister.kinds, subjects=[task])]


def test_a_task_is_given_out_handed_over_and_who_had_it_when_stays_on_record(desk: Desk) -> None:
    one, first, second = due(), employed("grid_worker", name="first"), employed("grid_worker", name="second")
    assert desk.ok(path(one, "assign"), of(one, to=first)) == {"changed": [str(one.task)]}
    assert desk.ok(path(one, "assign"), of(one, to=first)) == {"changed": []}, (
        "given again to the same, nothing is told"
    )
    desk.now += HOUR / 2
    desk.ok(path(one, "assign"), of(one, to=second))
    assert mine(desk, viewer("grid_worker", author=first)) == []
    assert mine(desk, viewer("grid_worker", author=second)) == [str(one.task)]
    had = [entry.fact for entry in log.read(kinds=[Assigned.kind], subjects=[one.task])]
    assert [(fact.data.to, fact.author) for fact in had] == [(first, OFFICER.author), (second, OFFICER.author)]


def test_all_that_somebody_has_open_is_handed_over_and_what_was_done_is_not(desk: Desk) -> None:
    giver, taker = employed("grid_worker", name="giver"), employed("grid_worker", name="taker")
    contact = uuid4()
    slots = [due(slot=f"2020-01-28.{half}", subject=contact) for half in ("am", "pm")]
    single, done = due(), due(done_at=NOW - HOUR)
    desk.ok(path(slots[0], "assign"), of(slots[0], to=giver, series=True))
    for one in (single, done):
        if one.done_at is None:
            desk.ok(path(one, "assign"), of(one, to=giver))
    desk.now += HOUR / 2
    told = desk.ok("/tasks/hand-over", {"giver": giver, "to": taker, "area": OWN})
    assert set(told["changed"]) == {str(task_id(CHECK, contact)), str(single.task)}
    assert set(mine(desk, viewer("grid_worker", author=taker), "&assignee=" + taker)) == {
        str(slots[0].task), str(slots[1].task), str(single.task),
    }  # fmt: skip
    assert desk.ok("/tasks/hand-over", {"giver": giver, "to": taker, "area": OWN}) == {"changed": []}


def test_many_are_given_out_at_once_all_or_none(desk: Desk) -> None:
    worker, tasks = employed("grid_worker"), [due() for _ in range(3)]
    named = [{"id": str(one.task), "of": str(one.subject)} for one in tasks]
    unknown = {"id": str(uuid4()), "of": str(tasks[0].subject)}
    assert desk.post("/tasks/assign", {"tasks": [*named, unknown], "to": worker}).status_code == 404
    assert kinds_about(tasks[0].task) == []
    assert len(desk.ok("/tasks/assign", {"tasks": named, "to": worker})["changed"]) == 3


@pytest.mark.parametrize("role", ["station_staff", "inspector", "grid_worker"])
def test_a_task_is_given_only_to_whom_it_is_the_work_of_there(desk: Desk, role: str) -> None:
    case, check = due("case.investigate"), due()
    assert desk.wrong(path(case, "assign"), of(case, to=employed(role))) == [("to", "not_a_doer")]
    assert desk.wrong(path(check, "assign"), of(check, to=employed(role, OTHER))) == [("to", "not_a_doer")]
    assert desk.wrong(path(check, "assign"), of(check, to="nobody")) == [("to", "not_a_doer")]
    listed = desk.read(f"/tasks/assignees?rule={CHECK}&area={OWN}")
    assert [one["role"] for one in listed] == ([role] if role != "inspector" else [])
    assert kinds_about(check.task) == []


def test_one_takes_on_what_nobody_has_once(desk: Desk) -> None:
    one = due()
    for _ in range(2):
        desk.ok(path(one, "acknowledge"), of(one), WORKER)
        desk.now += HOUR / 4
    assert kinds_about(one.task) == ["task.acknowledged"]
    other = viewer("grid_worker", author="worker-2")
    assert mine(desk, other) == [] and mine(desk, WORKER) == [str(one.task)]
    assert desk.post(path(one, "acknowledge"), of(one), other).status_code == 404, "it is not on the other's list"
    officer = desk.wrong(path(one, "attempt"), of(one, outcome="refused"))
    assert officer == [("task", "taken")], "who sees it but has it not hands it over first"


def test_attempts_are_told_apart_close_nothing_and_are_counted_once(desk: Desk) -> None:
    one = due()
    for outcome, at in (("not_found", "01:10"), ("not_found", "01:10"), ("refused", "01:40")):
        desk.ok(path(one, "attempt"), of(one, outcome=outcome, at=f"2020-01-28T{at}:00Z"), WORKER)
    (task,) = desk.read("/tasks", WORKER)["tasks"]
    assert (task["attempts"], task["outcome"], task["state"]) == (2, "refused", "open")
    assert desk.read("/tasks/summary")["whole"]["outcomes"] == {
        "seen_well": 0, "seen_unwell": 0, "not_found": 0, "refused": 1, "not_attempted": 0,
    }  # fmt: skip
    assert desk.wrong(path(one, "attempt"), of(one, outcome="seen_well"), WORKER) == [("outcome", "by_record")]
    early = of(one, outcome="refused", at="2020-01-28T00:30:00Z")
    assert desk.wrong(path(one, "attempt"), early, WORKER) == [("at", "too_early")]
    ahead = of(one, outcome="refused", at="2020-01-28T05:00:00Z")
    assert desk.wrong(path(one, "attempt"), ahead, WORKER) == [("at", "in_future")]
    desk.now += 2 * HOUR
    assert desk.read("/tasks", WORKER)["tasks"][0]["state"] == "late"


def test_the_outcomes_of_what_was_done_are_counted_too(desk: Desk) -> None:
    due(done_at=NOW - HOUR / 2, outcome=Attempt.SEEN_WELL)
    due(outcome=Attempt.NOT_FOUND)
    outcomes = desk.read("/tasks/summary")["whole"]["outcomes"]
    assert (outcomes["seen_well"], outcomes["not_found"]) == (1, 1)


def test_only_what_no_record_closes_is_closed_by_saying_so(desk: Desk) -> None:
    check, alert = due(), due(BY_HAND)
    assert desk.wrong(path(check, "done"), of(check), WORKER) == [("task", "by_record")]
    desk.ok(path(alert, "done"), of(alert))
    desk.now += HOUR
    (task,) = [t for t in desk.read("/tasks")["tasks"] if t["rule"] == BY_HAND]
    assert task["state"] == "done"
    assert desk.post(path(alert, "done"), of(alert)).status_code == 404, "what is done is not open any more"
    (done,) = list(log.read(kinds=TaskRegister.kinds, subjects=[alert.task]))
    back = Fact.of(
        Retracted(why=Why.MISTAKEN), id=uuid4(), subject=alert.task, area=OWN, observed_at=desk.now,
        corrects=done.fact.id,
    )  # fmt: skip
    log.append([back], principal=OFFICER.principal)
    assert [t["state"] for t in desk.read("/tasks")["tasks"] if t["rule"] == BY_HAND] == ["open"]


def test_the_list_of_a_grid_worker_has_the_own_work_alone(desk: Desk) -> None:
    check, case = due(), due("case.investigate")
    foreign = due(area=OTHER)
    assert mine(desk, WORKER) == [str(check.task)]
    assert set(mine(desk, OFFICER)) == {str(check.task), str(case.task)}
    assert str(foreign.task) not in mine(desk, OFFICER)
    assert desk.post(path(case, "acknowledge"), of(case), WORKER).status_code == 404


def test_a_doctor_sees_what_follows_from_the_own_entries(desk: Desk) -> None:
    doctor = viewer("clinic_doctor", author="doctor-1")
    own, other = due("case.sample", author="doctor-1"), due("case.sample", author="doctor-2")
    assert mine(desk, doctor) == [str(own.task)]
    assert {str(own.task), str(other.task)} == set(mine(desk, OFFICER))


def test_a_call_for_counselling_is_on_the_counsellors_list_alone(desk: Desk) -> None:
    call = due("need.meet_counselling")
    assert mine(desk, viewer("counsellor", author="c-1")) == [str(call.task)]
    for role in ("county_duty_officer", "epidemiologist", "station_staff", "volunteer_coordinator"):
        assert mine(desk, viewer(role)) == []
    above = viewer("duty_officer", "530000", author="p-1")
    assert desk.read("/tasks/summary", above)["whole"]["total"] == 0
    assert "task.assigned" not in readable_kinds(viewer("epidemiologist")), "its rule would tell of the call"


def test_what_another_division_records_about_a_task_changes_nothing(desk: Desk) -> None:
    one = due()
    fact = Fact.of(
        Assigned(to="stranger", of=one.subject, rule=CHECK), id=uuid4(), subject=one.task, area=OTHER, observed_at=NOW
    )
    log.append([fact], principal=viewer("epidemiologist", OTHER).principal)
    assert [task["assignee"] for task in desk.read("/tasks")["tasks"]] == [""]


def test_the_same_thing_told_by_two_capabilities_stands_once(desk: Desk) -> None:
    one = due()
    TOLD.append(one._replace(done_at=NOW - HOUR / 2))
    assert [(t["id"], t["state"]) for t in desk.read("/tasks")["tasks"]] == [(str(one.task), "done")]


def test_lists_are_narrowed_by_what_is_asked(desk: Desk) -> None:
    here, there = due(area=f"{OWN}001003"), due(area=f"{OWN}002001")
    late = due("case.investigate", subject=uuid4())
    TOLD[-1] = late = late._replace(due=NOW - HOUR / 2)
    worker = employed("grid_worker")
    desk.ok(path(here, "assign"), of(here, to=worker))
    asked = {
        f"area={OWN}001": {here},
        f"rule={CHECK}": {here, there},
        "state=late": {late},
        "climbed=county": {late},
        "climbed=prefecture": set(),
        f"assignee={worker}": {here},
        "assignee=": {there, late},
        "mine=true": set(),
        "day=2020-01-27": set(),
    }
    for query, wanted in asked.items():
        found = {UUID(id) for id in mine(desk, OFFICER, f"&{query}")}
        assert found == {one.task for one in wanted}, query
    for query, field in (("area=999999", "area"), ("after=x", "after")):
        with signed_in(OFFICER):
            answer = desk.client.get(f"/api/v1/tasks?{query}")
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_a_day_that_is_over_is_counted_as_it_went(desk: Desk) -> None:
    day = {"begins": NOW - 2 * HOUR, "due": NOW - HOUR, "lapses": NOW + 12 * HOUR}
    made = [due(slot=f"s{n}")._replace(**day) for n in range(4)]
    TOLD[:] = [
        made[0]._replace(done_at=NOW - 1.5 * HOUR),
        made[1]._replace(done_at=NOW + 13 * HOUR),  # filled in after it had lapsed
        made[2],
        made[3],
    ]
    desk.now += DAY
    told = desk.read("/tasks/summary?day=2020-01-28")["whole"]
    assert {name: n for name, n in told["states"].items() if n} == {"done": 1, "done_late": 1, "missed": 2}
    assert (told["due"], told["met"], told["completeness"]) == (4, 2, 0.5)
    assert desk.read("/tasks/summary")["whole"]["completeness"] is None, "nothing was due today: that is not 0 %"


def test_every_capability_that_tells_of_obligations_is_asked(desk: Desk) -> None:
    named = {provider.__module__ for provider in queries.gather.providers()}
    assert any(name.startswith("lianfang.capabilities.checkpoints") for name in named)
    assert any(name.startswith("lianfang.capabilities.contacts") for name in named)
    assert any(name.startswith("lianfang.capabilities.cases") for name in named)
    assert any(name.startswith("lianfang.capabilities.isolation") for name in named)
