"""Inspections by the part of the work, what is overdue, and the word of those who were inspected."""

from __future__ import annotations

from lianfang.capabilities.gates.rules.policy import words
from tests.access.made import OWN
from tests.gates.made import INSPECTOR, STAFF, STRANGER, Clock, Desk, a_post, at, desk

__all__ = ["at", "desk"]
FOUND = [{"item": "no_temperature"}, {"item": "unstaffed"}, {"item": "no_protection"}]


def test_findings_stand_by_the_part_of_the_work_and_are_overdue_until_they_are_in_order(desk: Desk, at: Clock) -> None:
    post = a_post(desk)
    id = desk.done("/inspections", {"post": post, "mode": "phone", "findings": FOUND}, INSPECTOR)["id"]
    desk.done("/inspections", {"area": OWN, "mode": "phone"}, INSPECTOR)
    told = desk.seen("/inspections", INSPECTOR)
    parts = {one["code"]: (one["in_order"], one["found"], one["open"]) for one in told["dimensions"]}
    assert parts == {
        "people": (1, 2, 2), "shops": (2, 0, 0), "publicity": (2, 0, 0), "disinfection": (2, 0, 0),
        "supplies": (1, 1, 1),
    }  # fmt: skip
    assert told["overdue"] == []
    at.on(49)
    desk.done(f"/inspections/{id}/rectify", {"item": "unstaffed"})
    told = desk.seen("/inspections", INSPECTOR)
    assert [(one["item"], one["rectified"]) for one in told["overdue"]] == [
        ("no_temperature", False), ("no_protection", False),
    ]  # fmt: skip
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


def test_nothing_grades_anybody(desk: Desk) -> None:
    """A finding is of a part of the work; those that an inspection may find each stand under one."""
    assert {one.of for one in words("findings").values()} <= set(words("dimensions"))
    a_post(desk)
    told = desk.seen("/inspections/undone", INSPECTOR, area=OWN)
    assert told == {"gatherings": [], "measures": [], "stale_h": 48}
