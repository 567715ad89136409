"""Gatherings, venues, notices, joint tickets, strategies, headquarters, playbooks and reports that go up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from lianfang.capabilities.command.facts.reports import Instance
from lianfang.capabilities.command.queries import gatherings as gatherings
from lianfang.capabilities.command.queries import venues
from lianfang.capabilities.command.rules.notices import chain, sorts
from lianfang.capabilities.command.rules.strategy import derived, meant
from tests.access.made import viewer
from tests.checkpoints.desk import Desk, employed
from tests.command.test_levels import at

COUNTY, OTHER = "530102", "530302"
OFFICER, STRANGER = viewer("county_duty_officer", COUNTY), viewer("county_duty_officer", OTHER)
DUTY = viewer("duty_officer", "530000")
BUREAU = viewer("responding_department", COUNTY, author="bureau")
PARTY, SITE, NOTE, TICKET, EVENT = (str(UUID(int=n)) for n in range(1, 6))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("内防扩散", "spread"),
        ("内防传播", "spread"),
        ("内防扩散、外防输出", "spread_export"),
        ("内防传播, 外防输出", "spread_export"),
        ("外防输入、内防扩散", "import_spread"),
        ("外防输入，内防传播", "import_spread"),
        ("外防输入", "import"),
        ("群防群控", None),
    ],
)
def test_rsp_11_words_that_mean_the_same_are_one_strategy(words: str, code: str | None) -> None:
    found = meant(words)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("graded", "zh"),
    [
        ("low", "外防输入"),
        ("medium", "外防输入、内防扩散"),
        ("high", "内防扩散、外防输出、严格管控"),
        ("unknown", None),
    ],
)
def test_rsp_09_the_strategy_follows_from_the_class(graded: str, zh: str | None) -> None:
    found = derived(graded, date(2020, 2, 17))
    assert (found.strategy.zh if found else None) == zh


def test_rsp_09_another_strategy_needs_a_reason_and_an_end(desk: Desk) -> None:
    body = {"area": COUNTY, "strategy": "spread_export_strict", "reason": "与高风险县接壤", "doc_no": "5号",
            "starts": "2020-01-28T00:00:00+08:00", "ends": "2020-02-11T00:00:00+08:00"}  # fmt: skip
    assert desk.wrong("/strategy", body | {"ends": None}) == [("ends", "no_end")]
    assert desk.wrong("/strategy", body | {"reason": " "}) == [("reason", "missing")]
    assert desk.wrong("/strategy", body | {"strategy": "none"}) == [("strategy", "unknown_word")]
    desk.ok("/strategy", body)

    def held(moment: str) -> str | None:
        found = desk.read(f"/strategy?area={COUNTY}&at={moment}:00%2B08:00")["override"]
        return found["strategy"]["code"] if found else None

    assert [held(one) for one in ("2020-01-27T23:59", "2020-01-28T00:00", "2020-02-11T00:00")] == [
        None, "spread_export_strict", None,
    ]  # fmt: skip


def party(**changes: Any) -> dict[str, Any]:
    return {"id": PARTY, "area": COUNTY, "sort": "banquet", "planned": "2020-01-29T18:00:00+08:00", **changes}


def test_rsp_13_a_gathering_held_although_it_was_dissuaded_alerts_the_county(desk: Desk) -> None:
    desk.ok("/gatherings", party(people=60, place="村活动室"), BUREAU)
    assert ("gathering.dissuade", "", "open") in desk.tasks()
    desk.now += timedelta(hours=3)
    assert ("gathering.dissuade", "", "late") in desk.tasks()
    desk.ok(f"/gatherings/{PARTY}/act", {"act": "dissuaded"}, BUREAU)
    assert "gathering.handle" not in {rule for rule, *_ in desk.tasks()}
    desk.ok(f"/gatherings/{PARTY}/act", {"act": "held"}, BUREAU)
    assert "gathering.handle" in {rule for rule, *_ in desk.tasks()}
    (told,) = desk.read(f"/gatherings?area={COUNTY}")["gatherings"]
    assert told["alert"] and told["held"]
    assert desk.wrong(f"/gatherings/{PARTY}/act", {"act": "postponed"}) == [("outcome", "was_held")]
    assert desk.post(f"/gatherings/{PARTY}/act", {"act": "handled"}, STRANGER).status_code == 404
    desk.ok(f"/gatherings/{PARTY}/act", {"act": "handled"})
    assert not desk.read(f"/gatherings?area={COUNTY}")["gatherings"][0]["alert"]
    assert [row.subject for row in gatherings.known(OFFICER, COUNTY)] == [UUID(PARTY)]


def test_rsp_13_the_kinds_of_gatherings_are_those_of_the_notice(desk: Desk) -> None:
    kinds = ("training", "lecture", "tea_party", "discussion", "culture_sport", "banquet", "wedding_funeral", "other")
    for number, sort in enumerate(kinds, 100):
        desk.ok("/gatherings", party(id=str(UUID(int=number)), sort=sort))
    assert desk.post("/gatherings", party(id=str(UUID(int=99)), sort="party")).status_code == 422


@pytest.mark.parametrize(
    ("moment", "status"),
    [("2020-01-25T07:59", None), ("2020-01-25T08:00", "closed"), ("2020-03-01T08:00", "limited")],
)
def test_rsp_14_a_venue_is_told_to_the_public_as_of_a_moment_with_its_changes(
    desk: Desk, moment: str, status: str | None
) -> None:
    desk.ok("/venues", {"id": SITE, "area": COUNTY, "sort": "scenic", "zh": "翠湖公园"})
    closed = {"status": "closed", "starts": "2020-01-25T08:00:00+08:00", "doc_no": "3号", "reopens": "2020-03-01"}
    desk.ok(f"/venues/{SITE}/act", closed)
    limited = {"status": "limited", "starts": "2020-03-01T08:00:00+08:00", "doc_no": "7号", "limits": "限流30%"}
    desk.ok(f"/venues/{SITE}/act", limited)
    assert [row.status for row in venues.public(at(moment))] == ([status] if status else [])
    told = desk.client.get("/api/v1/public/venues", {"at": f"{moment}:00+08:00", "area": "530000"}).json()
    assert [row["status"] for row in told] == ([status] if status else [])
    (one,) = desk.read(f"/venues?area={COUNTY}")["venues"]
    assert [spell["status"] for spell in one["changes"]] == ["closed", "limited"]
    assert desk.wrong(f"/venues/{SITE}/act", limited | {"reopens": "2020-02-01"}) == [("reopens", "before_start")]


def notice(**changes: Any) -> dict[str, Any]:
    return {
        "id": NOTE, "area": "530000", "sort": "order", "zh": "关于加强卡点值守的通知", "zh_text": "请各地立即排查。",
        "issuer": "省指挥部", "doc_no": "11号", "to": [{"area": COUNTY}, {"area": OTHER}], **changes,
    }  # fmt: skip


def test_a_notice_is_read_and_acted_on_by_whom_it_is_for_and_climbs_until_then(desk: Desk) -> None:
    desk.ok("/instructions", notice(), DUTY)
    assert {("instruction.read", "", "open"), ("instruction.act", "", "open")} <= set(desk.tasks())
    desk.now += timedelta(hours=5)
    late = next(one for one in desk.read("/tasks?limit=500")["tasks"] if one["rule"] == "instruction.read")
    assert (late["state"], late["climbed_to"]) == ("late", "county")
    to = {"to": {"area": COUNTY}}
    assert desk.post(f"/instructions/{NOTE}/answer", to, STRANGER).status_code == 404
    desk.ok(f"/instructions/{NOTE}/answer", to)
    desk.ok(f"/instructions/{NOTE}/answer", to | {"note": "已排查12处卡点"})
    (seen,) = desk.read("/instructions?area=530000", DUTY)["notices"]
    assert (seen["read"], seen["acted"], seen["of"]) == (1, 1, 2)
    (own,) = desk.read(f"/instructions?area={OTHER}", STRANGER)["notices"]
    assert (own["zh"], own["of"], own["read"]) == ("关于加强卡点值守的通知", 1, 0)


def test_a_notice_to_a_unit_is_answered_by_that_unit_alone(desk: Desk) -> None:
    bureau = employed("responding_department", COUNTY)
    to = [{"area": COUNTY, "account": bureau}, {"area": COUNTY, "account": "x"}]
    told = desk.ok("/instructions", notice(area=COUNTY, to=to))
    assert told["unreached"] == ["x"]
    mine = {"to": {"area": COUNTY, "account": bureau}}
    assert desk.wrong(f"/instructions/{NOTE}/answer", mine) == [("to", "not_addressed")]
    desk.ok(f"/instructions/{NOTE}/answer", mine, viewer("responding_department", COUNTY, author=bureau))


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"to": []}, ("to", "missing")),
        ({"to": [{"area": "420100"}]}, ("to.area", "outside_area")),
        ({"zh_text": " "}, ("zh_text", "missing")),
        ({"sort": "circular"}, ("sort", "not_yet")),
    ],
)
def test_what_cannot_be_a_notice_is_refused(desk: Desk, changes: dict[str, Any], wrong: tuple[str, str]) -> None:
    assert desk.wrong("/instructions", notice(**changes), DUTY) == [wrong]


def test_r_rep_7_the_three_products_of_a_warning_exist_since_their_rule(desk: Desk) -> None:
    assert list(sorts(date(2020, 1, 28))) == ["order"]
    its = sorts(date(2025, 7, 30))
    assert [(one.zh, one.audience) for one in its.values()][1:] == [
        ("健康风险提示", "public"), ("警示信息通报", "units"), ("预警决策建议", "government"),
    ]  # fmt: skip


def test_rsp_08_a_joint_ticket_closes_when_both_sides_have_confirmed(desk: Desk) -> None:
    department = employed("responding_department", COUNTY)
    mine = viewer("responding_department", COUNTY, author=department)
    desk.ok("/tickets", {"id": TICKET, "area": COUNTY, "department": department, "zh": "医废转运受阻"})
    assert desk.wrong(
        "/tickets", {"id": EVENT, "area": COUNTY, "department": "nobody", "zh": "道路不通"}
    ) == [("department", "not_a_doer")]  # fmt: skip
    confirm = f"/tickets/{TICKET}/confirm"
    assert desk.wrong(confirm, {}, BUREAU) == [("side", "not_a_side")]
    assert desk.ok(confirm, {"note": "车辆已调度"}, mine) == {"side": "department"}
    assert desk.wrong(confirm, {}, mine) == [("side", "again")]
    (told,) = desk.read(f"/tickets?area={COUNTY}")["tickets"]
    assert told["closed"] is None and told["due"] == "2020-01-30T02:00:00Z"
    assert desk.ok(confirm, {}) == {"side": "place"}
    assert desk.read(f"/tickets?area={COUNTY}")["tickets"][0]["closed"]
    assert desk.wrong(confirm, {}) == [("side", "closed")]


TREE: dict[str, Any] = {
    "event": "ncov-2020", "zh": "应对疫情工作领导小组指挥部", "en": "", "doc_no": "2号",
    "starts": "2020-01-24T00:00:00Z",
    "leads": [{"zh": "区委书记", "en": ""}, {"zh": "区长", "en": ""}],
    "groups": [{"code": "medical", "zh": "医疗救治组", "en": "", "lead": "health", "members": [
        {"code": "health", "zh": "卫生健康局", "en": "", "account": None, "area": None}
    ]}],
}  # fmt: skip


def test_rsp_05_the_headquarters_of_an_event_is_one_and_goes_to_json_and_back(desk: Desk) -> None:
    desk.ok("/headquarters", {"area": COUNTY, "headquarters": TREE})
    (one,) = desk.read(f"/headquarters?area={COUNTY}")["standing"]
    assert one["headquarters"] == TREE
    assert desk.ok("/headquarters", {"area": COUNTY, "headquarters": one["headquarters"]})["id"] == one["fact"]
    later = {**TREE, "starts": "2020-01-26T00:00:00Z", "leads": TREE["leads"][:1]}
    desk.ok("/headquarters", {"area": COUNTY, "headquarters": later})
    desk.ok("/headquarters", {"area": COUNTY, "headquarters": {**TREE, "event": "flood"}})
    standing = desk.read(f"/headquarters?area={COUNTY}")["standing"]
    assert [(its["headquarters"]["event"], len(its["headquarters"]["leads"])) for its in standing] == [
        ("flood", 2), ("ncov-2020", 1),
    ]  # fmt: skip
    wrong = {**TREE, "groups": [{**TREE["groups"][0], "lead": "other"}]}
    assert desk.wrong("/headquarters", {"area": COUNTY, "headquarters": wrong}) == [("groups.lead", "not_a_member")]


def test_r_rep_5_a_report_goes_up_step_by_step_against_the_clock_of_each(desk: Desk) -> None:
    found = at("2020-01-28T10:00")
    steps = chain(found, {Instance.COUNTY_HEALTH: found + timedelta(hours=1)}, date(2020, 1, 28))
    assert [(one.to, one.due - found, bool(one.done)) for one in steps] == [
        ("county_health", timedelta(hours=2), True), ("county", timedelta(hours=3), False),
    ]  # fmt: skip
    desk.ok("/event-reports", {"id": EVENT, "area": COUNTY, "zh": "聚集性疫情", "found": "2020-01-28T09:00:00+08:00"})
    assert ("event.report", "county_health", "open") in desk.tasks()
    assert desk.wrong(f"/event-reports/{EVENT}/act", {"to": "province"}) == [("to", "out_of_turn")]
    for to in ("county_health", "county", "prefecture", "province"):
        desk.ok(f"/event-reports/{EVENT}/act", {"to": to})
    (told,) = desk.read(f"/event-reports?area={COUNTY}")["events"]
    last = told["steps"][-1]
    assert (last["to"], last["done"], len(told["steps"])) == ("nation", None, 5)
    assert last["due"] == (found + timedelta(hours=1)).strftime("%Y-%m-%dT03:00:00") + last["due"][19:]
