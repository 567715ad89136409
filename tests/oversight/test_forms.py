"""The registry of forms: no form without a basis, nothing asked that is known, one act that lets them rest, and what
forms cost those who fill them in."""

from __future__ import annotations

from typing import Any

import pytest

from lianfang.access.matrix import kinds
from lianfang.capabilities.oversight.facts.forms import form_id
from lianfang.capabilities.oversight.queries.forms import parts
from lianfang.capabilities.oversight.rules.forms import FormState, burden, editions, in_force, state_of
from lianfang.exchange.forms.parts import KINDS
from lianfang.facts.kinds import registry
from tests.access.made import FOREIGN, OWN, viewer
from tests.screening.made import CHIEF, INSPECTOR, NOW, PROVINCE, STRANGER, WORKER, Desk, at, desk

__all__ = ["at", "desk"]
FORM: dict[str, Any] = {
    "area": OWN,
    "code": "daily-summary",
    "zh": "每日工作总结",
    "basis": "office_document",
    "doc_no": "指办发〔2020〕9号",
    "purpose": "了解各社区当日工作",
    "ends": "2020-03-31",
    "minutes": 20,
    "times_a_day": 1,
    "fields": [{"code": "temp_c", "zh": "体温"}, {"code": "morale", "zh": "群众情绪"}],
}


def form(desk: Desk, code: str, area: str = OWN, who: Any = CHIEF) -> dict[str, Any]:
    found = [one for one in desk.told("/burden/forms", who, area=area)["forms"] if one["code"] == code]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("field", ["basis", "purpose", "ends"])
def test_dat_01_without_basis_purpose_or_end_a_form_is_refused_and_the_field_named(desk: Desk, field: str) -> None:
    assert desk.refused("/burden/forms", {key: value for key, value in FORM.items() if key != field}) == [
        (field, "missing")
    ]


def test_dat_02_a_form_says_what_it_is_for_and_takes_what_is_known_from_the_record(desk: Desk) -> None:
    assert desk.done("/burden/forms", FORM) == {"id": str(form_id(OWN, "daily-summary"))}
    its = form(desk, "daily-summary")
    assert (its["kind"], its["statutory"], its["state"]) == ("office", False, "asked")
    assert {one["code"]: one["known"] for one in its["fields"]} == {"temp_c": "checkpoints", "morale": None}
    assert desk.refused("/burden/forms", {**FORM, "basis": "tradition"}) == [("basis", "unknown_basis")]
    assert desk.refused("/burden/forms", {**FORM, "ends": "2020-01-27"}) == [("ends", "past")]
    assert desk.post("/burden/forms", FORM, INSPECTOR).status_code == 403
    assert desk.post("/burden/forms", {**FORM, "area": FOREIGN}).status_code == 403


def test_dat_02_nothing_is_asked_by_two_forms_of_one_place(desk: Desk) -> None:
    """Of an office above, beside and below: the report of what is asked twice stays empty."""
    desk.done("/burden/forms", {**FORM, "area": "530000"}, PROVINCE)
    assert desk.refused("/burden/forms", {**FORM, "code": "mood"}) == [("fields", "asked_already")]
    twice = [{"code": "noise", "zh": "噪声"}] * 2
    assert desk.refused("/burden/forms", {**FORM, "code": "noise", "fields": twice}) == [("fields", "twice")]
    asked = desk.told("/burden/forms", STRANGER, area=FOREIGN)
    assert asked["twice"] == []
    assert [one["area"] for one in asked["forms"] if one["kind"] == "office"] == ["530000"]


def test_dat_01_one_act_lets_those_rest_that_no_law_requires_and_one_asks_for_them_again(desk: Desk) -> None:
    desk.done("/burden/forms", FORM)
    desk.done("/burden/forms", {**FORM, "code": "weekly", "basis": "law_report", "fields": [{"code": "x1", "zh": "x"}]})
    protected = {one["code"] for one in desk.told("/burden/forms", area=OWN)["forms"] if one["statutory"]}
    desk.done("/burden/suspend", {"area": "530000", "reason": "基层减负"}, PROVINCE)
    again = desk.done("/burden/suspend", {"area": "530000", "reason": "再次"}, PROVINCE)
    assert desk.done("/burden/suspend", {"area": "530000", "reason": "又次"}, PROVINCE) == again
    told = desk.told("/burden/forms", area=OWN)
    assert told["resting"]["area"] == "530000"
    assert {one["code"] for one in told["forms"] if one["state"] == "asked"} == protected
    assert {"report-card", "weekly", "cases"} <= protected
    assert {one["code"] for one in told["forms"] if one["state"] == "resting"} == {
        "daily-summary", "zero-report", "screening-report", "observation-statistics",
    }  # fmt: skip
    offered = {one["form"] for one in desk.told("/forms")}
    assert offered == set(KINDS) - {"zero-report", "screening-report", "observation-statistics"}
    resting = desk.get("/forms/zero-report", area=OWN, day="2020-01-28")
    assert (resting.status_code, resting.json()["errors"][0]["reason"]) == (422, "rests")
    desk.done("/burden/resume", {"area": "530000"}, PROVINCE)
    assert desk.told("/burden/forms", area=OWN)["resting"] is None
    desk.done("/burden/resume", {"area": "530000"}, PROVINCE)
    assert {one["form"] for one in desk.told("/forms")} == set(KINDS)


def test_who_registered_a_form_takes_it_back(desk: Desk) -> None:
    id = desk.done("/burden/forms", FORM)["id"]
    other = viewer("county_duty_officer", author="other")
    assert desk.refused(f"/burden/forms/{id}/withdraw", {}, other) == [("taken", "not_yours")]
    assert desk.post(f"/burden/forms/{id}/withdraw", {}, STRANGER).status_code == 404
    desk.done(f"/burden/forms/{id}/withdraw")
    assert not [one for one in desk.told("/burden/forms", area=OWN)["forms"] if one["kind"] == "office"]
    desk.done("/burden/forms", FORM)
    assert form(desk, "daily-summary")["state"] == "asked"


def test_dat_04_minutes_of_a_day_follow_from_the_entries_and_fall_when_forms_rest(desk: Desk) -> None:
    grid, first = desk.grid(), desk.round()
    home = desk.household(grid, "101")
    day = NOW.date().isoformat()
    before = desk.told("/burden", area=OWN, day=day)
    for _ in range(3):
        desk.visit(home, first, who=WORKER, outcome="not_met", follower="team-2")
    told = desk.told("/burden", area=OWN, day=day)
    assert told["by_part"]["screening"] - before["by_part"]["screening"] == 6
    assert (told["budget_min"], told["more"], told["alert"]) == (30, 0, False)
    desk.done("/burden/forms", {**FORM, "minutes": 45})
    told = desk.told("/burden", area=OWN, day=day)
    assert (told["more"], told["alert"], told["over"]) == (45, True, told["workers"])
    desk.done("/burden/suspend", {"area": OWN, "reason": "基层减负"})
    assert desk.told("/burden", area=OWN, day=day)["alert"] is False
    assert "author" not in str(told) and desk.told("/burden", STRANGER, area=FOREIGN, day=day)["workers"] == 0


@pytest.mark.parametrize(
    ("statutory", "ends", "resting", "state"),
    [
        (False, None, False, FormState.ASKED),
        (False, None, True, FormState.RESTING),
        (True, None, True, FormState.ASKED),
        (True, NOW.date(), True, FormState.ASKED),
        (False, NOW.date().replace(day=27), True, FormState.ENDED),
    ],
)
def test_what_a_law_requires_never_rests(statutory: bool, ends: Any, resting: bool, state: FormState) -> None:
    assert state_of(statutory=statutory, ends=ends, on=NOW.date(), resting=resting) is state


def test_the_median_is_of_those_who_made_entries() -> None:
    its = in_force(NOW.date())
    entries = [("a", "visit.made", 5), ("b", "visit.made", 20), ("c", "visit.made", 30), ("d", "none.such", 900)]
    assert burden(entries, {"visit.made": "screening"}, 1.0, its)[:3] == (3, 41.0, 2)
    assert burden([], {}, 1.0, its).median_min is None


def test_every_part_that_people_make_entries_in_stands_in_the_registry() -> None:
    """A part that is new says what its entries are for and what they take, or it is not built."""
    its = editions()[-1]
    of_parts = {
        cls.__module__.removeprefix("lianfang.capabilities.").partition(".")[0]
        for (kind, _), cls in registry().classes.items()
        if kind in kinds() and cls.__module__.startswith("lianfang.capabilities.")
    }
    assert of_parts == {one.code for one in its.own}
    assert {one.code for one in its.sheets} == set(KINDS)
    bases = {one.code for one in its.bases}
    assert {one.basis for one in (*its.own, *its.sheets)} <= bases
    assert all(kind in parts() for one in its.own for kind in one.minutes_of)


def test_dat_03_every_level_sees_a_record_as_soon_as_it_is_made(desk: Desk) -> None:
    """County, prefecture and province read the same entry; nobody hands it up."""
    grid, first = desk.grid(), desk.round()
    home = desk.household(grid, "101")
    prefecture = viewer("duty_officer", "530100", author="prefecture")
    before = desk.ledger()
    desk.visit(home, first, outcome="not_met", follower="team-2")
    after = desk.ledger()
    assert after != before
    assert after == desk.ledger(who=prefecture) == desk.ledger(who=PROVINCE)
