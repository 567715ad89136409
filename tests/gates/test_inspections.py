"""A finding with its photograph, what those who put it right say and show, and the look that follows."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4

from lianfang.access.rows import seeing_all
from lianfang.capabilities.gates import facts as kinds
from lianfang.capabilities.gates import state
from lianfang.capabilities.gates.models import InspectionRow, found_of
from lianfang.facts.fact import Fact, FactData
from tests.access.made import signed_in
from tests.gates.made import INSPECTOR, NOW, STAFF, WUHUA, Clock, Desk, a_post
from tests.identity.photographs import png


def photographed(desk: Desk, about: str, who: Any = INSPECTOR) -> str:
    id = str(uuid4())
    query = f"about={about}&area={WUHUA}&data_class=checkpoint"
    with signed_in(who):
        answer = desk.client.post(f"/api/v1/attachments/{id}?{query}", png(), content_type="image/png")
    assert answer.status_code == 200, answer.content
    return id


def test_a_finding_is_shown_and_its_answer_too_until_it_is_found_wanting(desk: Desk, at: Clock) -> None:
    post, made = a_post(desk), str(uuid4())
    seen = photographed(desk, made)
    found = [{"item": "vehicles_unchecked", "said": "车辆随意进出", "photo": seen}]
    desk.done("/inspections", {"post": post, "mode": "phone", "findings": found, "inspection": made}, INSPECTOR)
    (told,) = desk.seen("/inspections", STAFF)["inspections"]
    assert (told["found"][0]["photo"], told["found"][0]["evidence"]) == (seen, None)
    at.on(1)
    evidence = photographed(desk, made, STAFF)
    answer = {"item": "vehicles_unchecked", "said": "已加装道闸", "photo": evidence}
    desk.done(f"/inspections/{made}/rectify", answer, STAFF)
    (told,) = desk.seen("/inspections", INSPECTOR)["inspections"]
    assert (told["found"][0]["answer"], told["found"][0]["evidence"]) == ("已加装道闸", evidence)
    with signed_in(STAFF):
        listed = desk.client.get("/api/v1/attachments", {"about": made}).json()
    assert [one["id"] for one in listed] == [seen, evidence]
    with seeing_all():
        (one,) = found_of(InspectionRow.objects.get())
    assert (str(one.finding.photo), one.answer, str(one.evidence)) == (seen, "已加装道闸", evidence)
    at.on(1)
    desk.done(f"/inspections/{made}/recheck", {"item": "vehicles_unchecked", "rectified": False}, INSPECTOR)
    (told,) = desk.seen("/inspections")["inspections"]
    left = told["found"][0]
    assert (left["rectified"], left["answer"], left["evidence"], left["in_order"]) == (None, None, None, False)
    assert (left["photo"], told["open_items"]) == (seen, 1)


def test_a_second_look_by_who_put_it_right_is_none_however_it_came() -> None:
    """A fact that comes late or from elsewhere passes no screen: the fold refuses what the screen would."""
    subject = uuid4()

    def fact(data: FactData, author: str, hours: int) -> Fact:
        at = NOW + timedelta(hours=hours)
        one = Fact.of(data, id=uuid4(), subject=subject, area=WUHUA, observed_at=at)
        return one.model_copy(update={"author": author})

    data = kinds.Inspected(post=None, mode="phone", checked_in=False, findings=(kinds.Finding(item="unstaffed"),))
    made = fact(data, "a", 0)
    right = fact(kinds.Rectified(item="unstaffed"), "b", 1)
    own, other = (fact(kinds.Rechecked(item="unstaffed", rectified=True), who, 2) for who in ("b", "c"))
    for facts in permutations((made, right, own)):
        its = state.inspection(facts)
        assert [(one.fact, one.reason) for one in its.faults] == [(own.id, "same_person")]
        assert its.found[0].in_order is None
    its = state.inspection((own, other, right, made))
    assert (its.found[0].in_order, len(its.faults)) == (True, 1)


def test_words_that_name_somebody_are_not_taken(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    body = {"post": post, "mode": "phone", "findings": [{"item": "unstaffed"}]}
    made = desk.done("/inspections", body, INSPECTOR)["id"]
    answer = {"item": "unstaffed", "said": "电话13812345678，身份证110101199001010015"}
    assert [reason for _, reason in desk.refused(f"/inspections/{made}/rectify", answer, STAFF)] == ["not_taken"]
