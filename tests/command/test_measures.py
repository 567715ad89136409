"""Measures: numbered, with basis, approver, units and an end; done only with what shows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from lianfang.capabilities.command.queries import measures as queries
from tests.access.made import viewer
from tests.checkpoints.desk import Desk
from tests.command.test_levels import at

COUNTY, PROVINCE = "530102", "530000"
DUTY, OFFICER = viewer("duty_officer", PROVINCE), viewer("county_duty_officer", COUNTY)
BUREAU = viewer("responding_department", COUNTY)
HEALTH = {"code": "health", "zh": "卫生健康委", "en": "health commission"}
TOURISM = {"code": "tourism", "zh": "文化和旅游局", "en": "culture and tourism bureau"}
SET = {
    "area": PROVINCE, "basis": "突发事件应对法第四十九条", "approver": "省应对疫情工作领导小组",
    "doc_no": "云防指〔2020〕1号",
    "starts": "2020-01-26T00:00:00+08:00", "ends": "2020-02-24T00:00:00+08:00",
}  # fmt: skip


def one(number: int, **changes: Any) -> dict[str, Any]:
    return {"number": number, "sort": "travel", "zh": f"第{number}条", "units": [HEALTH], **changes}


def twenty() -> dict[str, Any]:
    return {**SET, "measures": [one(number) for number in range(1, 21)]}


def progress(id: str, value: str, evidence: str = "", unit: str = "health") -> tuple[str, dict[str, str]]:
    body = {"act": "progress", "unit": unit, "progress": value, "evidence": evidence}
    return f"/measures/{id}/act", body


def test_rsp_03_twenty_measures_show_how_many_are_done_and_done_needs_evidence(desk: Desk) -> None:
    ids = desk.ok("/measures", twenty(), DUTY)["ids"]
    assert desk.ok("/measures", twenty(), DUTY)["ids"] == ids
    for id in ids[:3]:
        assert desk.wrong(*progress(id, "done", " "), DUTY) == [("evidence", "missing")]
        desk.ok(*progress(id, "done", "旅行社团组业务已全部停止"), DUTY)
    told = desk.read(f"/measures?area={PROVINCE}", DUTY)
    assert (told["done"], told["of"], len(told["measures"])) == (3, 20, 20)
    fact = told["measures"][0]["units"][0]["fact"]
    other = viewer("duty_officer", PROVINCE, author="another")
    assert desk.wrong(f"/command/{ids[0]}/retract", {"taken": fact, "why": "mistaken"}, other) == [
        ("taken", "not_yours")
    ]
    desk.ok(f"/command/{ids[0]}/retract", {"taken": fact, "why": "mistaken"}, DUTY)
    assert desk.read(f"/measures?area={PROVINCE}", DUTY)["done"] == 2
    assert desk.wrong(*progress(ids[1], "under_way", unit="tourism"), DUTY) == [("unit", "not_its_unit")]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"ends": None}, ("ends", "no_end")),
        ({"ends": SET["starts"]}, ("ends", "no_end")),
        ({"basis": " "}, ("basis", "missing")),
        ({"approver": ""}, ("approver", "missing")),
        ({"measures": [one(1, units=[])]}, ("units", "missing")),
        ({"measures": [one(1), one(1)]}, ("number", "twice")),
        ({"measures": [one(1, sort="movement", exempt=["medical"])]}, ("exempt", "must_pass")),
        ({"measures": [one(1, zh="请王小明（13888880001）配合")]}, ("zh", "not_taken")),
        ({"area": "999999"}, ("area", "unknown_area")),
    ],
)
def test_rsp_12_what_cannot_be_a_measure_is_refused_by_field(
    desk: Desk, changes: dict[str, Any], wrong: tuple[str, str]
) -> None:
    body = {**SET, "measures": [one(1)], **changes}
    assert wrong in desk.wrong("/measures", body, DUTY)
    assert desk.read(f"/measures?area={PROVINCE}", DUTY)["measures"] == []


def test_trv_05_movement_is_a_measure_on_an_area_that_lets_medical_and_supply_traffic_pass(desk: Desk) -> None:
    movement = one(1, sort="movement", exempt=["medical", "supply"], zh="对进出人员实行严格管控")
    desk.ok("/measures", {**SET, "measures": [movement]}, DUTY)
    (told,) = queries.in_force(at("2020-02-01T00:00"), ["530000"])
    assert (told.sort, told.exempt, told.ends) == ("movement", ("medical", "supply"), at("2020-02-24T00:00"))


@pytest.mark.parametrize(
    ("moment", "public"),
    [
        ("2020-01-25T23:59", []),
        ("2020-01-26T00:00", [1, 2, 3]),
        ("2020-01-31T23:59", [1, 2, 3]),
        ("2020-02-01T00:00", [1, 3]),
        ("2020-02-10T00:00", [3]),
        ("2020-02-23T23:59", [3]),
        ("2020-02-24T00:00", []),
    ],
)
def test_rsp_12_an_ended_measure_is_gone_from_the_public_page_at_that_moment(
    desk: Desk, moment: str, public: list[int]
) -> None:
    """The second has a review that nobody answered, the first is lifted, the third renewed."""
    review = {"ends": None, "review": "2020-02-01T00:00:00+08:00"}
    common = {**SET, "ends": None}
    sets = [one(1, ends=SET["ends"]), one(2, **review), one(3, **review)]
    ids = desk.ok("/measures", {**common, "measures": sets}, DUTY)["ids"]
    lift = {"act": "lift", "doc_no": "9号", "ends": "2020-02-10T00:00:00+08:00"}
    desk.ok(f"/measures/{ids[0]}/act", lift, DUTY)
    renew = {"act": "renew", "doc_no": "8号", "ends": SET["ends"]}
    desk.ok(f"/measures/{ids[2]}/act", renew, DUTY)
    assert [row.number for row in queries.in_force(at(moment))] == public
    told = desk.client.get("/api/v1/public/measures", {"at": f"{moment}:00+08:00"}).json()
    assert [row["number"] for row in told] == public


def test_qa_11_who_stands_still_is_listed_by_area_after_48_hours(desk: Desk) -> None:
    ids = desk.ok("/measures", {**SET, "measures": [one(1), one(2)]}, DUTY)["ids"]
    begun = at("2020-01-28T10:00")
    desk.ok(*progress(ids[0], "under_way"), DUTY)

    def still(hours: int) -> list[int]:
        found = queries.without_progress(DUTY, PROVINCE, begun + timedelta(hours=hours), 48)
        return [row.number for row in found]

    assert still(-11) == []
    assert still(-10) == [2]
    assert still(49) == [1, 2]
    desk.now = begun + timedelta(hours=50)
    desk.ok(*progress(ids[1], "done", "已落实的通知"), DUTY)
    assert still(51) == [1]


def test_rsp_07_every_measure_has_a_unit_and_a_unit_without_a_plan_is_flagged(desk: Desk) -> None:
    desk.ok("/measures", {**SET, "measures": [one(1, units=[HEALTH, TOURISM]), one(2)]}, DUTY)
    plan = (
        'code = "p"\nedition = "1"\nzh = "预案"\nissuer = "人民政府"\ndoc_no = "1号"\nfirst = 2020-01-24\n'
        'last = 2020-12-31\n[[units]]\ncode = "health"\nzh = "卫生健康委"\n'
        '[[items]]\ncode = "a"\nzh = "会商"\nunits = ["health"]\ndue_h = 2\nlevels = ["I"]\n'
    )
    desk.ok("/plans", {"area": PROVINCE, "format": "toml", "text": plan}, DUTY)
    told = desk.read(f"/measures/matrix?area={PROVINCE}", DUTY)
    assert [one["code"] for one in told["known"]] == ["health", "tourism"]  # what a further one may be given to
    units = told["units"]
    assert [(one["code"], one["planned"], len(one["measures"])) for one in units] == [
        ("tourism", False, 1),
        ("health", True, 2),
    ]


def test_a_county_sees_the_measures_of_its_province_and_reports_for_its_own_unit(desk: Desk) -> None:
    local = {**HEALTH, "code": "wuhua", "zh": "五华区卫生健康局", "area": COUNTY}
    (id,) = desk.ok("/measures", {**SET, "measures": [one(1, units=[HEALTH, local])]}, DUTY)["ids"]
    (seen,) = desk.read(f"/measures?area={COUNTY}", OFFICER)["measures"]
    assert (seen["inherited"], seen["manages"]) == (True, False)
    assert [(unit["code"], unit["mine"]) for unit in seen["units"]] == [("health", False), ("wuhua", True)]
    desk.ok(*progress(id, "done", "已张贴公告", "wuhua"), BUREAU)
    assert desk.post(*progress(id, "done", "已张贴公告"), BUREAU).status_code == 403
    lift = {"act": "lift", "doc_no": "9号", "ends": "2020-02-10T00:00:00+08:00"}
    assert desk.post(f"/measures/{id}/act", lift, OFFICER).status_code == 403
