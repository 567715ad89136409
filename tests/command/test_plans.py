"""A plan from its text to the tasks of its units; and what an area has ready."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.command.rules import readiness as rules
from lianfang.capabilities.command.rules.plan_file import TEMPLATE_CSV
from tests.access.made import viewer
from tests.checkpoints.desk import NOW, Desk

COUNTY = viewer("county_duty_officer")
YUNNAN = viewer("duty_officer", "530000")
FAR = viewer("county_duty_officer", "530302")
PLAN = {
    "area": "530102", "format": "csv", "text": TEMPLATE_CSV, "code": "general", "edition": "2020-1", "zh": "预案",
    "issuer": "五华区人民政府", "doc_no": "1号", "first": "2020-01-01", "last": "2020-12-31",
}  # fmt: skip
LEVEL = {
    "area": "530000", "level": "I", "issuer": "云南省人民政府", "doc_no": "1号", "starts": "2020-01-24T00:00:00+08:00"
}  # fmt: skip


def test_rsp_02_a_level_in_force_makes_one_task_for_each_item_and_unit_once(desk: Desk) -> None:
    assert desk.ok("/plans", PLAN | {"trial": True})["new"]
    plan = desk.ok("/plans", PLAN)
    assert plan["new"] and plan["tasks"] == {"I": 5, "II": 5, "III": 3, "IV": 2}
    assert not desk.ok("/plans", PLAN)["new"]
    assert desk.wrong("/plans", PLAN | {"doc_no": "2号"}) == [("edition", "taken")]
    id = plan["id"]
    assert desk.wrong(f"/plans/{id}/activate", {}) == [("level", "no_level")]
    desk.ok("/response", LEVEL, YUNNAN)
    made = desk.ok(f"/plans/{id}/activate", {})
    assert (made["tasks"], made["new"]) == (5, True)
    assert [one["code"] for one in made["unassigned"]] == ["health", "schools", "police", "traffic"]
    again = desk.ok(f"/plans/{id}/activate", {})
    assert (again["activation"], again["tasks"], again["new"]) == (made["activation"], 5, False)
    desk.ok("/response", LEVEL | {"starts": "2020-01-27T00:00:00+08:00", "doc_no": "2号"}, YUNNAN)
    assert not desk.ok(f"/plans/{id}/activate", {})["new"]  # the same level, declared again

    tasks = [one for one in desk.read("/tasks?limit=500&rule=plan.item")["tasks"] if one["rule"] == "plan.item"]
    assert len({(one["of"], one["slot"]) for one in tasks}) == 5 == len(tasks)
    assert {one["area"] for one in tasks} == {"530102"}
    told = {(one["slot"], datetime.fromisoformat(one["due"])) for one in tasks}
    due = {"hq": 2, "report": 12, "points": 24}
    assert told == {(item, NOW + timedelta(hours=hours)) for item, hours in due.items()}

    done = next(one for one in tasks if one["slot"] == "hq")
    desk.ok(f"/tasks/{done['id']}/done", {"of": done["of"]})
    (active,) = desk.read(f"/plans/{id}")["activations"]
    assert (active["total"], active["known"], active["done"], active["until"]) == (5, 5, 1, None)
    assert {one["unit"]["code"]: len(one["tasks"]) for one in active["checklists"]} == {
        "health": 2, "schools": 1, "police": 1, "traffic": 1,
    }  # fmt: skip
    with_whom = desk.read(f"/plans/{id}", viewer("inspector"))["activations"][0]
    assert with_whom["known"] == 5
    desk.now += timedelta(days=27)  # the level becomes another: what is left of the first lapses
    desk.ok("/response", LEVEL | {"level": "III", "starts": "2020-02-24T00:00:00+08:00"}, YUNNAN)
    desk.now += timedelta(days=1)
    assert desk.read("/tasks?rule=plan.item")["tasks"] == []
    third = desk.ok(f"/plans/{id}/activate", {})
    assert (third["tasks"], third["new"]) == (3, True)
    assert desk.read("/plans?area=530102")["plans"][0]["activated"]


def test_a_unit_with_an_account_is_given_its_tasks_and_a_declared_level_activates(desk: Desk) -> None:
    mine = TEMPLATE_CSV.replace(
        "health,卫生健康局,health commission,,", f"health,卫生健康局,health commission,{COUNTY.author},"
    )
    desk.ok("/plans", PLAN | {"text": mine})
    assert [field for field, _ in desk.wrong("/plans", PLAN | {"edition": "2", "text": mine.replace(",,\n", ",,53\n")})]
    (made,) = desk.ok("/response", LEVEL | {"area": "530102", "activate": True})["activated"]
    assert [one["zh"] for one in made["unassigned"]] == ["教育体育局", "公安局", "交通运输局"]
    given_out = [one for one in desk.read("/tasks?rule=plan.item")["tasks"] if one["assignee"] == COUNTY.author]
    assert {one["slot"] for one in given_out} == {"hq", "report"}
    assert desk.ok("/response", LEVEL | {"area": "530102", "activate": True})["activated"][0]["new"] is False
    assert desk.post(f"/plans/{made['plan']}/activate", {}, FAR).status_code == 404
    assert desk.post("/plans", PLAN, FAR).status_code == 403


def test_rsp_04_areas_without_a_plan_are_listed_and_what_nobody_said_is_not_nought(desk: Desk) -> None:
    before = desk.read("/readiness?area=530102")
    (line,) = before["areas"]
    n = len(before["asked"])
    assert before["without"] == ["530102"] and line["plan"] is None
    assert (line["low"], line["high"], line["known"]) == (0, (n - 1) / n, 1)
    desk.ok("/plans", PLAN)
    assert desk.wrong("/readiness", {"area": "530102", "item": "roster", "met": True}) == [("evidence", "missing")]
    assert desk.wrong("/readiness", {"area": "530102", "item": "plan", "met": True}) == [("item", "unknown")]
    desk.ok("/readiness", {"area": "530102", "item": "roster", "met": True, "evidence": "值班表已印发"})
    desk.ok("/readiness", {"area": "530102", "item": "supplies", "met": False})
    after = desk.read("/readiness?area=530102")
    (line,) = after["areas"]
    assert after["without"] == [] and line["plan"]["current"]
    assert (line["low"], line["high"], line["known"]) == (2 / n, (n - 1) / n, 3)
    desk.now += timedelta(days=400)  # plan and statements are over
    (late,) = desk.read("/readiness?area=530102")["areas"]
    assert (late["low"], late["known"]) == (0, 1)
    assert {one["basis"] for one in late["items"]} == {"register", "out_of_date", "nothing"}
    province = desk.read("/readiness?area=530000", YUNNAN)
    assert len(province["areas"]) == 129 == len(province["without"])
    towns = desk.read("/readiness?area=530102&below=town")
    assert towns["areas"] and all(one["area"].startswith("530102") for one in towns["areas"])


@given(st.dictionaries(st.sampled_from([one.code for one in rules.policy().items]), st.booleans()))
def test_readiness_lies_between_what_is_known_and_what_may_be(said: dict[str, bool]) -> None:
    its = rules.policy()
    told = {code: rules.Said(met, "", NOW) for code, met in said.items()}
    found = rules.readiness({"plan": True}, told, NOW, its)
    unknown = len(its.items) - found.known
    assert 0 <= found.low <= found.high <= 1
    assert round((found.high - found.low) * len(its.items)) == unknown
    assert (found.low == found.high) == (unknown == 0)
