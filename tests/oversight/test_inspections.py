"""Inspections by the part of the work, the word of those who were inspected, and what their phones work with."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from lianfang.capabilities.gates.rules.policy import words
from tests.access.made import OWN
from tests.gates.made import INSPECTOR, STAFF, STRANGER, Clock, Desk, a_post, at, desk

__all__ = ["at", "desk"]
FOUND = [{"item": "no_temperature"}, {"item": "unstaffed"}, {"item": "no_protection"}]


def test_qa_06_findings_stand_by_the_part_of_the_work_until_they_are_in_order(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    id = desk.done("/inspections", {"post": post, "mode": "phone", "findings": FOUND}, INSPECTOR)["id"]
    desk.done("/inspections", {"area": OWN, "mode": "phone"}, INSPECTOR)
    told = desk.seen("/inspections", INSPECTOR)
    parts = {one["code"]: (one["in_order"], one["found"], one["open"]) for one in told["dimensions"]}
    assert parts == {
        "people": (1, 2, 2), "shops": (2, 0, 0), "publicity": (2, 0, 0), "disinfection": (2, 0, 0),
        "supplies": (1, 1, 1),
    }  # fmt: skip
    at.on(1)
    desk.done(f"/inspections/{id}/rectify", {"item": "unstaffed"})
    desk.done(f"/inspections/{id}/recheck", {"item": "unstaffed", "rectified": True}, INSPECTOR)
    told = desk.seen("/inspections", INSPECTOR)
    assert next(one for one in told["dimensions"] if one["code"] == "people")["open"] == 1


def test_those_who_were_inspected_say_how_it_was(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    id = desk.done("/inspections", {"post": post, "mode": "phone", "findings": FOUND}, INSPECTOR)["id"]
    desk.done(f"/inspections/{id}/statement", {"said": "当时正在换班，五分钟后到岗"}, STAFF)
    (its,) = desk.seen("/inspections", INSPECTOR)["inspections"]
    assert [one["said"] for one in its["statements"]] == ["当时正在换班，五分钟后到岗"]
    assert its["open_items"] == 3
    assert desk.post(f"/inspections/{id}/statement", {"said": "x"}, STRANGER).status_code == 404
    assert desk.post(f"/inspections/{id}/statement", {"said": "x"}, INSPECTOR).status_code == 403
    assert desk.post(f"/inspections/{id}/statement", {"said": "电话13812345678"}, STAFF).status_code == 422


def test_qa_03_an_inspectors_phone_has_the_places_of_the_day_the_check_list_and_what_to_look_at_again(
    desk: Desk, at: Clock
) -> None:
    post, other = a_post(desk), a_post(desk, name="西山卡点")
    id = desk.done("/inspections", {"post": post, "mode": "phone", "findings": FOUND}, INSPECTOR)["id"]
    tomorrow = (at.now + timedelta(days=1)).date().isoformat()
    desk.done("/sampling/sites", {"id": str(uuid4()), "area": OWN, "n": 2, "day": tomorrow}, INSPECTOR)
    told = desk.seen("/field/inspections", INSPECTOR)
    assert {one["id"]: one["drawn"] for one in told["places"]} == {post: False, other: False}, "told on the day"
    assert (told["on_site"], told["by_phone"], told["again"]) == (0, 1, [])
    assert {one["of"] for one in told["items"]} <= {one["code"] for one in told["parts"]}
    at.on(24)
    code = desk.seen("/posts/code", post=other)["code"]
    sent = {"post": other, "mode": "on_site", "code": code, "inspection": str(uuid4()), "fact": str(uuid4())}
    for _ in range(2):
        desk.done("/inspections", sent, INSPECTOR)
    desk.done(f"/inspections/{id}/rectify", {"item": "unstaffed", "said": "已安排双岗"})
    told = desk.seen("/field/inspections", INSPECTOR)
    assert {one["id"]: (one["drawn"], one["on_site"]) for one in told["places"]} == {
        post: (True, None), other: (True, True),
    }  # fmt: skip
    assert (told["on_site"], told["by_phone"]) == (1, 1)
    assert [(one["inspection"], one["item"], one["answer"]) for one in told["again"]] == [
        (id, "unstaffed", "已安排双岗")
    ]
    assert desk.get("/field/inspections", STAFF).status_code == 403


def test_nothing_grades_anybody(desk: Desk) -> None:
    """A finding is of a part of the work; those that an inspection may find each stand under one."""
    assert {one.of for one in words("findings").values()} <= set(words("dimensions"))
    a_post(desk)
    told = desk.seen("/inspections/undone", INSPECTOR, area=OWN)
    assert told == {"gatherings": [], "measures": [], "stale_h": 48}
