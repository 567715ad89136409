"""What is joined from several capabilities: strategies by class, first cases that are answered, the board, tips for the
public."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from lianfang.app.command.board import board
from lianfang.app.commands_command import _lines
from lianfang.capabilities.cases import facts as cases
from lianfang.capabilities.cases.facts import About, Class
from lianfang.capabilities.command.rules.strategy import derived
from tests.access.made import viewer
from tests.cases.made import act, hours, reported
from tests.checkpoints.desk import Desk

COUNTY, OTHER, PREFECTURE, YUNNAN = "530102", "530103", "530100", "530000"
COMMUNITY = f"{COUNTY}001003"
OFFICER, CHIEF = viewer("county_duty_officer", COUNTY), viewer("duty_officer", YUNNAN, author="chief")
NOTE, EVENT, PARTY, TICKET = (str(UUID(int=n)) for n in range(1, 5))
WEEK = {"starts": "2020-02-18T00:00:00+08:00", "ends": "2020-03-03T00:00:00+08:00"}
OVERRIDE = {"area": PREFECTURE, "strategy": "spread_export", "reason": "毗邻高风险县", "doc_no": "5号", **WEEK}


def confirmed(after: float = 0, stay: str = COMMUNITY) -> UUID:
    return reported(Class.CONFIRMED, at=hours(after), about=About(stay=stay))


def strategies(desk: Desk, area: str = PREFECTURE, at: str = "") -> dict[str, tuple[str | None, str | None]]:
    """The class and the strategy of each area."""
    query = f"/strategy?area={area}" + (f"&at={at}T00:00:00%2B08:00" if at else "")
    return {
        one["area"]: tuple(one[part] and one[part]["code"] for part in ("counts_as", "holds"))
        for one in desk.read(query, CHIEF)["lines"]
    }


def test_rsp_09_the_strategy_of_a_county_follows_from_its_class_on_the_day(desk: Desk) -> None:
    confirmed()
    told = strategies(desk)
    assert (told[COUNTY], told[OTHER]) == (("cases", "spread_export"), ("none", "import"))
    desk.now = datetime(2020, 2, 20, tzinfo=UTC)
    grade = {"scheme": "county", "area": OTHER, "to": "high", "reason": "有聚集性疫情", "until": "2020-02-24"}
    desk.ok("/warning/grades", grade, CHIEF)
    told = strategies(desk)
    assert (told[COUNTY], told[OTHER]) == (("low", "import"), ("high", "spread_export_strict"))
    reported(Class.CONFIRMED, at=datetime(2020, 2, 19, tzinfo=UTC))
    line = next(one for one in desk.read(f"/strategy?area={PREFECTURE}", CHIEF)["lines"] if one["area"] == COUNTY)
    assert (line["counts_as"]["zh"], line["holds"]["zh"]) == ("中风险", "外防输入、内防扩散")
    assert line["edition"] == "2020-02-17" and line["source"] and line["source_zh"]
    desk.now = datetime(2026, 7, 1, tzinfo=UTC)
    assert {holds for _, holds in strategies(desk).values()} == {None}  # no rule of that day says


@pytest.mark.parametrize(("to", "code"), [("1", "import"), ("2a", "spread_export"), ("2b", "spread_export"),
                                          ("3", "spread_export"), ("low", None)])  # fmt: skip
def test_rsp_09_the_strategy_of_a_community_follows_from_its_class(to: str, code: str | None) -> None:
    found = derived(to, datetime(2020, 2, 20, tzinfo=UTC).date(), "community")
    assert (found.strategy.code if found else None) == code


def test_rsp_09_a_county_tells_its_communities_with_cases(desk: Desk) -> None:
    confirmed()
    assert strategies(desk, COUNTY) == {COUNTY: ("cases", "spread_export"), COMMUNITY: ("2a", "spread_export")}


def test_rsp_09_another_strategy_holds_below_until_its_end_and_the_nearest_goes_before(desk: Desk) -> None:
    desk.ok("/strategy", OVERRIDE, CHIEF)
    desk.ok("/strategy", OVERRIDE | {"area": COUNTY, "strategy": "spread_export_strict"})
    told = strategies(desk, at="2020-02-18")
    assert (told[COUNTY][1], told[OTHER][1]) == ("spread_export_strict", "spread_export")
    assert {strategies(desk, at=day)[OTHER][1] for day in ("2020-02-17", "2020-03-03")} == {"import"}
    (line,) = [
        one for one in desk.read(f"/strategy?area={OTHER}&at={WEEK['starts'].replace('+', '%2B')}", CHIEF)["lines"]
    ]
    assert (line["override"]["area"], line["override"]["reason"]) == (PREFECTURE, "毗邻高风险县")
    assert line["follows"]["code"] == "import"  # what the class says stays to be seen


def test_who_is_not_told_of_classes_is_told_of_no_county(desk: Desk) -> None:
    department = viewer("responding_department", COUNTY, author="bureau")
    told = desk.read(f"/strategy?area={COUNTY}", department)
    assert told["lines"] is None and len(told["vocabulary"]) == 5
    its = desk.read(f"/command/board?area={COUNTY}", department)
    assert (its["strategies"], its["limits"]) == (None, None)


def test_pub_05_the_first_case_of_a_community_begins_four_tasks_and_tells_of_nobody(desk: Desk) -> None:
    case = confirmed()
    (run,) = desk.read(f"/playbooks?area={COUNTY}")["runs"]
    assert (run["area"], run["by_case"], run["fact"]) == (COMMUNITY, True, None)
    assert {one["rule"]: one["n"] for one in run["items"]} == {
        f"community.{one}": 1 for one in ("guard", "notice", "answers", "counselling")
    }
    assert all(one["say_zh"] and one["say_en"] for one in run["items"])
    assert not [one for one in (case, case.hex) if str(one) in str(run)]
    confirmed(0.5)
    assert [one["id"] for one in desk.read(f"/playbooks?area={COUNTY}")["runs"]] == [run["id"]], (
        "the second is no first"
    )
    assert desk.read("/playbooks?area=530103", CHIEF)["runs"] == []
    desk.now += timedelta(hours=3)
    late = {one["rule"] for one in desk.read(f"/playbooks?area={COUNTY}")["runs"][0]["items"] if one["late"]}
    assert late == {"community.guard"}
    desk.now += timedelta(days=15)
    assert desk.read(f"/playbooks?area={COUNTY}")["runs"] == []


def test_pub_05_an_excluded_case_begins_nothing(desk: Desk) -> None:
    case = confirmed()
    act(case, cases.Classified, at=hours(0.5), to="excluded", basis="other_diagnosis")
    assert desk.read(f"/playbooks?area={COUNTY}")["runs"] == []


def test_pub_05_what_was_done_by_hand_stays_done_once_the_case_is_on_record(desk: Desk) -> None:
    assert desk.wrong("/playbooks", {"area": COUNTY, "playbook": "first_case"}) == [("area", "no_community")]
    run = desk.ok("/playbooks", {"area": COMMUNITY, "playbook": "first_case"})["id"]
    tasks = [one for one in desk.read("/tasks?limit=500")["tasks"] if one["rule"].startswith("community.")]
    assert len(tasks) == 4
    guard = next(one for one in tasks if one["rule"] == "community.guard")
    desk.ok(f"/tasks/{guard['id']}/done", {"of": guard["of"]})
    confirmed()
    again = [one for one in desk.read("/tasks?limit=500")["tasks"] if one["rule"].startswith("community.")]
    assert {one["id"] for one in again} == {one["id"] for one in tasks}
    (told,) = desk.read(f"/playbooks?area={COUNTY}")["runs"]
    assert (told["run"], told["by_case"]) == (run, True)
    assert {one["rule"] for one in told["items"] if one["done"]} == {"community.guard"}
    desk.ok(f"/command/{run}/retract", {"taken": told["fact"], "why": "mistaken"})
    assert desk.read(f"/playbooks?area={COUNTY}")["runs"][0]["run"] is None


def at_work(desk: Desk) -> None:
    """One of each part of the board, of which some will be late."""
    post = {"zh": "指挥部", "issuer": "省政府", "doc_no": "1号", "starts": "2020-01-24T00:00:00+08:00"}
    level = {name: post[name] for name in ("issuer", "doc_no", "starts")}
    desk.ok("/response", {"area": YUNNAN, "level": "I", **level}, CHIEF)
    for area in (PREFECTURE, "530300"):
        desk.ok("/command-posts", {"area": area, **post}, CHIEF)
    note = {
        "id": NOTE,
        "area": YUNNAN,
        "sort": "order",
        "zh": "通知",
        "zh_text": "请排查",
        "issuer": "省",
        "doc_no": "2号",
    }
    desk.ok("/instructions", note | {"to": [{"area": PREFECTURE}, {"area": "530300"}]}, CHIEF)
    desk.ok(f"/instructions/{NOTE}/answer", {"to": {"area": "530300"}}, CHIEF)
    desk.ok("/event-reports", {"id": EVENT, "area": COUNTY, "zh": "聚集性疫情", "found": "2020-01-28T09:00:00+08:00"})
    desk.ok("/gatherings", {"id": PARTY, "area": COUNTY, "sort": "banquet", "planned": "2020-01-29T18:00:00+08:00"})


def test_the_board_of_a_province_tells_what_is_late_and_where(desk: Desk) -> None:
    at_work(desk)
    desk.now += timedelta(hours=5)
    told = desk.read(f"/command/board?area={YUNNAN}", CHIEF)
    assert (told["level"]["level"], told["posts"]) == ("I", {"n": 2, "of": 16, "late": 14})
    assert told["notices"] == {"n": 1, "of": 2, "late": 1}
    assert (told["events"], told["gatherings"]) == ({"n": 1, "late": 1}, {"n": 1, "late": 1})
    assert [(one["strategy"]["code"], one["counties"]) for one in told["strategies"]] == [("import", 129)]
    below = {one["area"]: one for one in told["below"]}
    assert len(told["missing"]) == 14 and below[PREFECTURE]["post"]
    assert (below[PREFECTURE]["notices"]["late"], below["530300"]["notices"]["late"]) == (1, 0)
    assert (below[PREFECTURE]["events"]["n"], below["530300"]["events"]["n"]) == (1, 0)
    own = desk.read(f"/command/board?area={COUNTY}")
    assert (own["level"]["area"], own["events"]["n"]) == (YUNNAN, 1)
    assert [one["sort"] for one in told["products"]] == ["risk_tip", "circular", "advice"]


@pytest.mark.parametrize(("lang", "lines"), [
    ("zh", ["响应级别: I 530000 1号 2020-01-24", "下级指挥部: 2/16", "通知签收: 1/2  (逾期 1)"]),
    ("en", ["command posts below: 2/16", "notices read: 1/2  (late 1)", "reports on their way: 1  (late 1)"]),
])  # fmt: skip
def test_the_board_as_the_command_line_prints_it(desk: Desk, lang: str, lines: list[str]) -> None:
    at_work(desk)
    printed = list(_lines(board(CHIEF, YUNNAN, desk.now + timedelta(hours=5)), lang))
    assert set(lines) <= set(printed), printed


def test_r_rep_7_the_tip_is_for_the_public_and_the_circular_is_not(desk: Desk) -> None:
    desk.now = datetime(2026, 7, 1, tzinfo=UTC)
    note: dict[str, Any] = {"area": COUNTY, "zh_text": "外出戴口罩", "issuer": "区疾控局", "to": [{"area": COUNTY}]}
    desk.ok("/instructions", note | {"id": NOTE, "sort": "risk_tip", "zh": "健康提示", "doc_no": "1号"})
    desk.ok("/instructions", note | {"id": EVENT, "sort": "circular", "zh": "内部通报", "doc_no": "2号"})
    (told,) = desk.client.get("/api/v1/public/risk-tips", {"area": "530000"}).json()
    assert (told["zh"], told["zh_text"], told["area"]) == ("健康提示", "外出戴口罩", COUNTY)
    assert "to" not in told and desk.client.get("/api/v1/public/risk-tips", {"area": "530300"}).json() == []


def test_a_country_is_told_its_sums_and_a_province_each_county(desk: Desk) -> None:
    nation = viewer("duty_officer", "100000", author="nation")
    whole = desk.read("/strategy?area=100000", nation)
    assert whole["lines"] == [] and sum(one["counties"] for one in whole["held"]) > 2_800
    assert len(desk.read("/strategy?area=530000", nation)["lines"]) == 129
