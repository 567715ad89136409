"""Calls for hands: placed, answered in time or late, declined, closed by who called and by nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.access.viewer import Viewer
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts import (
    CallAnswered,
    CallClosed,
    CallDeclined,
    CallManned,
    CallPlaced,
)
from lianfang.capabilities.mobilisation.queries.calls import obligations
from lianfang.capabilities.tasks.rules import Where, climbed, policy, progress
from lianfang.facts.fact import Fact
from tests.access.made import FOREIGN, OWN, viewer
from tests.checkpoints.desk import employed
from tests.isolation.made import NOW, Clock, Desk

COORDINATOR = viewer("volunteer_coordinator", author="coordinator")
OTHER = viewer("volunteer_coordinator", author="other")
OFFICER = viewer("county_duty_officer", author="officer")
BUREAU = viewer("responding_department", author="bureau")
POWER = viewer("responding_department", author="power")
UNCALLED = viewer("responding_department", author="uncalled")


def a_call(**other: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "area": OWN, "need": "guard", "heads": 10, "starts": "2020-01-24T12:00:00+08:00",
        "ends": "2020-01-24T20:00:00+08:00", "place": "东门", "departments": ["bureau", "power"], **other,
    }  # fmt: skip


@pytest.fixture
def id(desk: Desk, at: Clock) -> str:
    return str(desk.done("/calls", a_call(), COORDINATOR)["id"])


def the(desk: Desk, id: str, who: Viewer = COORDINATOR) -> dict[str, Any]:
    boards = [desk.get("/calls", who, area=OWN, closed=closed).json() for closed in (False, True)]
    found = [one for board in boards for one in board["calls"] if one["id"] == id]
    return dict(found[0]) if found else {}


def coming(desk: Desk, id: str, who: Viewer, heads: int) -> None:
    desk.done(f"/calls/{id}/answer", {"heads": heads, "arrives": "2020-01-24T12:00:00+08:00"}, who)


def test_open_and_closed_calls_come_by_the_page(desk: Desk, at: Clock) -> None:
    ids = [
        desk.done("/calls", a_call(starts=f"2020-01-24T{12 + n}:00:00+08:00"), COORDINATOR)["id"] for n in range(3)
    ]  # fmt: skip
    first, rest = (desk.get("/calls", COORDINATOR, area=OWN, skip=skip, limit=2).json() for skip in (0, 2))
    assert [one["id"] for one in (*first["calls"], *rest["calls"])] == ids, "the one that is needed first comes first"
    assert (first["open"], first["closed"]) == (3, 0)
    desk.done(f"/calls/{ids[1]}/close", {"outcome": "met"}, COORDINATOR)
    board = desk.get("/calls", COORDINATOR, area=OWN).json()
    assert [one["id"] for one in board["calls"]] == [ids[0], ids[2]] and (board["open"], board["closed"]) == (2, 1)
    over = desk.get("/calls", COORDINATOR, area=OWN, closed=True).json()["calls"]
    assert [one["id"] for one in over] == [ids[1]]
    taken = {"taken": over[0]["undo"], "why": "mistaken"}
    desk.done(f"/calls/{ids[1]}/retract", taken, COORDINATOR)
    assert desk.get("/calls", COORDINATOR, area=OWN).json()["open"] == 3, "the closing was taken back"
    assert desk.get("/calls", OTHER, area=OWN).json()["calls"][0]["undo"] is None


def tasks_of(id: str, at: Clock) -> dict[UUID, Any]:
    found = obligations(OFFICER, at.now - timedelta(days=1), at.now + timedelta(hours=1))
    names = {state.called_id(UUID(id), name): name for name in ("bureau", "power")}
    return {names[one.subject]: one for one in found if one.subject in names}


def test_a_whistle_is_answered_and_closed(desk: Desk, at: Clock, id: str) -> None:
    told = the(desk, id)
    assert (told["coming"], told["closed"], told["mine"]) == (0, None, True)
    assert told["answer_by"] == "2020-01-24T02:30:00Z"
    coming(desk, id, BUREAU, 6)
    desk.done(f"/calls/{id}/decline", {"reason": "no_staff"}, POWER)
    said = {one["department"]: one for one in the(desk, id)["departments"]}
    assert said["bureau"]["heads"] == 6 and said["power"]["reason"] == "no_staff" and the(desk, id)["coming"] == 6
    desk.done(f"/calls/{id}/close", {"outcome": "partly"}, COORDINATOR)
    assert the(desk, id)["outcome"] == "partly"
    late = {"heads": 1, "arrives": "2020-01-24T12:00:00+08:00"}
    assert desk.refused(f"/calls/{id}/answer", late, POWER) == [("call", "closed")]


def test_vol_03_departments_that_are_called_are_told_by_name(desk: Desk, at: Clock) -> None:
    code = employed("responding_department", name="教育局")
    id = str(desk.done("/calls", a_call(departments=[code]), COORDINATOR)["id"])
    assert [one["name"] for one in the(desk, id)["departments"]] == ["教育局"]


def test_vol_03_only_who_called_closes(desk: Desk, at: Clock, id: str) -> None:
    for who in (OTHER, OFFICER):
        assert desk.refused(f"/calls/{id}/close", {"outcome": "met"}, who) == [("call", "not_caller")]
        assert the(desk, id, who)["mine"] is False
    assert desk.post(f"/calls/{id}/close", {"outcome": "met"}, BUREAU).status_code == 403
    stranger = viewer("volunteer_coordinator", FOREIGN, author="coordinator")
    assert desk.post(f"/calls/{id}/close", {"outcome": "met"}, stranger).status_code == 404
    assert the(desk, id)["closed"] is None


def test_vol_03_who_does_not_answer_is_climbed_over_and_who_is_late_is_told(desk: Desk, at: Clock, id: str) -> None:
    coming(desk, id, BUREAU, 2)
    at.on(0.75)
    open_task = tasks_of(id, at)["power"]
    rule = policy().rule("call.answer")
    assert climbed(rule, open_task, "power", progress(open_task, at.now), at.now) is Where.COUNTY
    later = at.now + timedelta(hours=1)
    assert climbed(rule, open_task, "power", progress(open_task, later), later) is Where.PREFECTURE
    coming(desk, id, POWER, 8)
    said = {one["department"]: one["late"] for one in the(desk, id)["departments"]}
    assert said == {"bureau": False, "power": True} and the(desk, id)["coming"] == 10
    assert all(one.done_at for one in tasks_of(id, at).values())


def test_a_department_may_say_otherwise_and_take_it_back(desk: Desk, at: Clock, id: str) -> None:
    coming(desk, id, BUREAU, 2)
    coming(desk, id, BUREAU, 5)
    assert the(desk, id)["coming"] == 5
    fact = the(desk, id)["departments"][0]["fact"]
    assert desk.refused(f"/calls/{id}/retract", {"taken": fact, "why": "mistaken"}, POWER) == [("taken", "not_yours")]
    desk.done(f"/calls/{id}/retract", {"taken": fact, "why": "mistaken"}, BUREAU)
    assert the(desk, id)["coming"] == 2


def test_a_department_sees_the_calls_to_it_and_its_own_answer_alone(desk: Desk, at: Clock, id: str) -> None:
    assert [one["department"] for one in the(desk, id, BUREAU)["departments"]] == ["bureau"]
    assert the(desk, id, UNCALLED) == {}
    body = {"heads": 1, "arrives": "2020-01-24T12:00:00+08:00"}
    assert desk.post(f"/calls/{id}/answer", body, UNCALLED).status_code == 404


def test_sent_again_it_is_the_same_call(desk: Desk, at: Clock) -> None:
    body = a_call()
    assert desk.done("/calls", body, COORDINATOR) == {"id": body["id"], "unreached": ["bureau", "power"]}
    assert desk.done("/calls", body, COORDINATOR) == {"id": body["id"], "unreached": []}
    assert desk.post("/calls", body, OTHER).status_code == 404
    assert len(desk.get("/calls", COORDINATOR, area=OWN).json()["calls"]) == 1


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ({"need": "joy"}, ("need", "unknown_word")),
        ({"skill": "joy"}, ("skill", "unknown_word")),
        ({"starts": "2020-01-20T12:00:00+08:00"}, ("starts", "past")),
        ({"ends": "2020-01-24T11:00:00+08:00"}, ("ends", "not_after_starts")),
        ({"area": "530102x"}, ("area", "unknown_area")),
    ],
)
def test_what_cannot_be_called_for_is_refused_by_field(
    desk: Desk, at: Clock, other: dict[str, Any], wrong: tuple[str, str]
) -> None:
    assert desk.refused("/calls", a_call(**other), COORDINATOR) == [wrong]


SUBJECT, WHO = UUID(int=7), UUID(int=8)


def a_fact(number: int, author: str, data: Any, minute: int) -> Fact:
    at = NOW + timedelta(minutes=minute)
    made = Fact.of(data, id=UUID(int=number), subject=SUBJECT, area=OWN, observed_at=at)
    return made.model_copy(update={"author": author})


def placed() -> Fact:
    data = CallPlaced(
        need="guard", heads=3, starts=NOW, departments=("bureau", "power"), answer_by=NOW + timedelta(minutes=30)
    )
    return a_fact(1, "caller", data, 0)


@given(st.lists(st.tuples(st.sampled_from(["caller", "bureau", "power", "mayor"]), st.integers(0, 3),
                          st.integers(-5, 90)), max_size=8), st.randoms(use_true_random=False))  # fmt: skip
def test_whatever_the_order_only_the_caller_closes(acts: list[tuple[str, int, int]], random: Any) -> None:
    def data(kind: int, author: str, minute: int) -> Any:
        arrives: datetime = NOW + timedelta(minutes=minute)
        return (
            CallClosed(outcome="met"),
            CallAnswered(department=author, heads=2, arrives=arrives),
            CallDeclined(department=author, reason="no_staff"),
            CallManned(proposed=(WHO,), people=(WHO,)),
        )[kind]

    facts = [placed(), *(a_fact(n, who, data(kind, who, m), m) for n, (who, kind, m) in enumerate(acts, 2))]
    found = state.call(facts)
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert state.call(shuffled) == found
    closed_by = [m for who, kind, m in acts if who == "caller" and kind == 0 and m >= 0]
    assert (found.closed is not None) == bool(closed_by)
    assert {one.department for one in found.answers} <= {"bureau", "power"}
    assert found.coming == sum(one.heads for one in found.answers) + len(found.people)
    assert len(found.people) == len(set(found.people))


def test_all_orders_of_three_facts_are_one_call() -> None:
    facts = [
        placed(),
        a_fact(2, "bureau", CallAnswered(department="bureau", heads=3, arrives=NOW), 5),
        a_fact(3, "caller", CallClosed(outcome="met"), 9),
    ]
    assert len({repr(state.call(list(one))) for one in permutations(facts)}) == 1
