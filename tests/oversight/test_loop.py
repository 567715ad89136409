"""A finding becomes a task, is put right with evidence, and is looked at again by somebody else; whom it concerns may
say how it was; what is overdue is listed, whether a rule or an inspection found it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import pytest

from lianfang.access.viewer import Viewer
from lianfang.capabilities.oversight import facts as kinds
from lianfang.capabilities.oversight.state import findings as state
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import OWN as WUHUA
from tests.access.made import signed_in
from tests.gates.made import INSPECTOR, NOW, OFFICER, OTHER_STAFF, STAFF, STRANGER, Clock, Desk, a_post, at, desk
from tests.gates.test_inspections import photographed

__all__ = ["at", "desk"]


def raised(rule: str = "late_log", area: str = WUHUA) -> str:
    """A finding about what the staff of a post recorded."""
    data = kinds.FindingRaised(rule=rule, edition="2026-11", day=date(2020, 1, 27), concerned=("staff",), seq=1)
    one = Fact.of(data, id=log.new_id(), subject=uuid4(), area=area, observed_at=NOW)
    log.append([one], principal=Principal("oversight", "oversight"))
    return str(one.subject)


class Finding:
    """What is done about one."""

    def __init__(self, desk: Desk, id: str) -> None:
        self.desk, self.id, self.path = desk, id, f"/oversight/findings/{id}"

    def does(self, step: str, who: Viewer, **body: Any) -> Any:
        return self.desk.done(f"{self.path}/{step}", {"id": str(uuid4()), **body}, who)

    def refused(self, step: str, who: Viewer, **body: Any) -> list[str]:
        return [reason for _, reason in self.desk.refused(f"{self.path}/{step}", {"id": str(uuid4()), **body}, who)]

    def tasks(self, who: Viewer) -> dict[str, str]:
        """The tasks about it on somebody's list, by rule."""
        told = self.desk.seen("/tasks", who)["tasks"]
        return {one["rule"]: one["state"] for one in told if one["of"] == self.id}


@pytest.fixture
def finding(desk: Desk) -> Finding:
    return Finding(desk, raised())


def test_qa_09_a_finding_is_a_task_until_somebody_else_has_seen_the_evidence(finding: Finding, at: Clock) -> None:
    assert finding.tasks(STAFF) == {"finding.rectify": "open"} == finding.tasks(OFFICER)
    assert finding.tasks(OTHER_STAFF) == {}, "nobody is told of findings about others"
    photo = photographed(finding.desk, finding.id, STAFF)
    at.on(1)
    body = {"id": str(uuid4()), "said": "已补记并核对班次", "photo": photo}
    for _ in range(2):
        told = finding.desk.done(f"{finding.path}/rectify", body, STAFF)
    (step,) = told["steps"]
    assert (step["kind"], step["said"], step["photo"], step["own"]) == ("rectified", body["said"], photo, True)
    assert told["stage"] == "rectified" and finding.tasks(OFFICER) == {
        "finding.rectify": "done", "finding.recheck": "open",
    }  # fmt: skip
    at.on(1)
    told = finding.does("recheck", INSPECTOR, in_order=False, said="仍有两班没有记录")
    assert told["stage"] == "open" and datetime.fromisoformat(told["due"]) - at.now >= timedelta(hours=48)
    assert finding.tasks(STAFF) == {"finding.rectify": "open"}
    at.on(1)
    finding.does("rectify", OFFICER, said="两班已补记")
    assert finding.refused("recheck", OFFICER, in_order=True, said="已核对") == ["same_person"]
    at.on(1)
    told = finding.does("recheck", INSPECTOR, in_order=True, said="记录齐全")
    assert (told["stage"], told["outcome"], told["due"]) == ("closed", "settled", None)
    assert [one["kind"] for one in told["steps"]] == ["rectified", "not_in_order", "rectified", "in_order"]
    assert finding.tasks(OFFICER) == {"finding.rectify": "done", "finding.recheck": "done"}
    assert finding.refused("rectify", STAFF, said="再次") == ["closed"]


def test_the_photograph_of_what_was_put_right_is_one_of_this_finding(finding: Finding) -> None:
    elsewhere = photographed(finding.desk, str(uuid4()), STAFF)
    for photo in (elsewhere, str(uuid4())):
        assert finding.refused("rectify", STAFF, said="已补记", photo=photo) == ["unknown_photo"]
    body = {"id": str(uuid4()), "said": "已补记", "photo": photographed(finding.desk, finding.id, STAFF)}
    assert finding.desk.done(f"{finding.path}/rectify", body, STAFF)["stage"] == "rectified"
    with signed_in(OFFICER):
        assert finding.desk.client.delete(f"/api/v1/attachments/{body['photo']}").status_code == 204
    assert finding.desk.done(f"{finding.path}/rectify", body, STAFF)["stage"] == "rectified", "sent again, it stands"


def test_who_put_it_right_is_not_who_looks_again_however_it_came() -> None:
    """A fact that comes late or from elsewhere passes no screen: the fold refuses what the screen would."""
    subject, raising = uuid4(), kinds.FindingRaised(rule="late_log", edition="2026-11", day=date(2020, 1, 27), seq=1)

    def fact(data: FactData, author: str, hours: int) -> Fact:
        at = NOW + timedelta(hours=hours)
        one = Fact.of(data, id=log.new_id(), subject=subject, area=WUHUA, observed_at=at)
        return one.model_copy(update={"author": author})

    raised, right = fact(raising, "", 0), fact(kinds.FindingRectified(said="已补记"), "staff", 1)
    own, other = (fact(kinds.FindingRechecked(in_order=True, said="齐全"), who, 2) for who in ("staff", "inspector"))
    for facts in permutations((raised, right, own)):
        its = state.finding(facts)
        assert [(one.fact, one.reason) for one in its.faults] == [(own.id, "same_person")]
        assert its.stage == "rectified"
    its = state.finding((own, other, right, raised))
    assert (its.stage, len(its.faults)) == ("closed", 1)


def test_it_is_closed_as_settled_by_the_second_look_alone(finding: Finding, at: Clock) -> None:
    assert finding.refused("close", INSPECTOR, outcome="settled", reason="属实") == ["not_rechecked"]
    assert finding.refused("recheck", INSPECTOR, in_order=True, said="属实") == ["not_rectified"]
    told = finding.does("close", INSPECTOR, outcome="explained", reason="当班断电，次日补记")
    at.on(1)
    assert (told["stage"], told["outcome"]) == ("closed", "explained")
    assert finding.tasks(STAFF) == {"finding.rectify": "done"}


def test_qa_10_whom_it_concerns_says_how_it_was_and_nobody_else(finding: Finding, at: Clock) -> None:
    told = finding.does("statement", STAFF, said="当时网络中断，回到街道后补送")
    assert [(one["kind"], one["own"]) for one in told["steps"]] == [("stated", True)] and told["mine"]
    finding.does("close", INSPECTOR, outcome="mistaken", reason="规则未计断网")
    finding.does("statement", STAFF, said="同意")
    body = {"id": str(uuid4()), "said": "x"}
    assert finding.desk.post(f"{finding.path}/statement", body, OTHER_STAFF).status_code == 404
    assert finding.desk.post(f"{finding.path}/statement", body, STRANGER).status_code == 404
    assert finding.desk.post(f"{finding.path}/statement", body, INSPECTOR).status_code == 403
    refused = finding.desk.post(f"{finding.path}/statement", {**body, "said": "电话13812345678"}, STAFF)
    assert refused.status_code == 422
    told = finding.desk.seen(finding.path, INSPECTOR)
    assert [one["said"] for one in told["steps"] if one["kind"] == "stated"] == ["当时网络中断，回到街道后补送", "同意"]
    assert "staff" not in str(told["steps"]), "who said it is told to nobody"


def test_qa_10_no_fact_of_oversight_has_a_field_for_a_penalty_or_a_grade() -> None:
    graded = {"penalty", "fine", "score", "grade", "points", "rank", "rating", "sanction", "discipline", "person"}
    its = [getattr(kinds, name) for name in kinds.__all__ if isinstance(getattr(kinds, name), type)]
    fields = {field for kind in its for field in getattr(kind, "model_fields", {})}
    assert "said" in fields and not fields & graded


def test_an_act_is_taken_back_by_who_made_it_while_nothing_needs_it(finding: Finding, at: Clock) -> None:
    done = finding.does("rectify", STAFF, said="已补记")["steps"][0]["fact"]
    at.on(1)
    looked = finding.does("recheck", INSPECTOR, in_order=True, said="齐全")["steps"][-1]["fact"]
    assert finding.refused("retract", INSPECTOR, taken=done) == ["not_yours"]
    assert finding.refused("retract", INSPECTOR, taken=str(uuid4())) == ["unknown_fact"]
    assert finding.refused("retract", STAFF, taken=done) == ["not_rectified"]
    body = {"id": str(uuid4()), "taken": looked}
    for _ in range(2):
        told = finding.desk.done(f"{finding.path}/retract", body, INSPECTOR)
    assert (told["stage"], len(told["steps"])) == ("rectified", 1)
    assert finding.does("retract", STAFF, taken=done)["stage"] == "open"


def test_what_is_overdue_is_listed_whoever_found_it(desk: Desk, finding: Finding, at: Clock) -> None:
    post = a_post(desk)
    found = [{"item": "unstaffed"}, {"item": "no_protection"}]
    made = desk.done("/inspections", {"post": post, "mode": "phone", "findings": found}, INSPECTOR)["id"]
    at.on(1)
    other = Finding(desk, raised("missed_log", "530103"))
    told = desk.seen("/oversight/loop", INSPECTOR, area=WUHUA)
    assert (told["stages"], told["overdue"]) == ({"open": 1, "rectified": 0, "closed": 0}, [])
    at.on(47.5)
    told = desk.seen("/oversight/loop", INSPECTOR, area=WUHUA)
    assert told["total"] == 3
    assert {(one["of"], one["code"], one["rectified"]) for one in told["overdue"]} == {
        ("rule", "late_log", False), ("inspection", "unstaffed", False), ("inspection", "no_protection", False),
    }  # fmt: skip
    assert [one["due"] for one in told["overdue"]] == sorted(one["due"] for one in told["overdue"])
    assert {UUID(one["id"]) for one in told["overdue"]} == {UUID(finding.id), UUID(made)}
    finding.does("rectify", STAFF, said="已补记")
    desk.done(f"/inspections/{made}/rectify", {"item": "unstaffed"})
    again = {"item": "unstaffed", "rectified": True}
    assert desk.refused(f"/inspections/{made}/recheck", again) == [("item", "same_person")]
    left = desk.seen("/oversight/loop", INSPECTOR, area=WUHUA)["overdue"]
    assert [one["code"] for one in left] == ["no_protection"]
    at.on(49)
    late = desk.seen("/oversight/loop", INSPECTOR, area=WUHUA)["overdue"]
    assert {(one["code"], one["rectified"]) for one in late} == {
        ("no_protection", False), ("unstaffed", True), ("late_log", True),
    }  # fmt: skip
    assert [one["code"] for one in desk.seen("/oversight/loop", STAFF)["overdue"] if one["of"] == "rule"] == [
        "late_log"
    ]
    assert other.id not in str(late)
