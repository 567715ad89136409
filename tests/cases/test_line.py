"""From the report to the counts, over HTTP."""

from __future__ import annotations

from lianfang.facts import log
from tests.cases.desk import Desk
from tests.cases.made import WUHUA, hours


def test_reported_suspected_confirmed_counted(desk: Desk) -> None:
    case = desk.report(number="530102-001")
    desk.now = hours(3)
    sample = desk.post(f"cases/{case}/sample", {"material": "throat_swab", "number": "S-1"})["fact"]
    desk.now = hours(8)
    desk.post(f"cases/{case}/test", {"sample": sample, "test": "pcr", "result": "positive"})
    desk.now = hours(9)
    desk.post(f"cases/{case}/classify", {"to": "confirmed", "basis": "laboratory", "sample": sample})
    desk.now = hours(10)
    before = desk.get("cases/counts", area=WUHUA, as_of=hours(9).isoformat())
    after = desk.get("cases/counts", area=WUHUA, since=hours(0).isoformat(), until=hours(10).isoformat())
    assert (before["stocks"]["suspected"], before["stocks"]["confirmed_cum"]) == (1, 0)
    assert (after["stocks"]["suspected"], after["stocks"]["confirmed_cum"]) == (0, 1)
    assert (after["flows"]["suspected_new"], after["flows"]["suspected_to_confirmed"]) == (1, 1)
    assert after["flows"]["confirmed_new"] == after["flows"]["unknown_new"] == 1
    assert after["stocks"]["deaths_cum"] == 0 and all(one["holds"] for one in after["checks"])
    page = desk.post("cases/list", {"text": "530102"})
    assert [one["number"] for one in page["cases"]] == ["530102-001"] and page["total"] == 1
    card = desk.get(f"cases/{case}")
    assert card["to"] == "confirmed" and card["samples"][0]["results"][0]["result"] == "positive"
    assert [one["kind"] for one in card["timeline"]] == [
        "case.reported", "case.sampled", "case.tested", "case.classified"
    ]  # fmt: skip
    then = desk.get(f"cases/{case}", as_of=hours(4).isoformat())
    assert then["to"] == "suspected" and len(then["timeline"]) == 2


def test_names_come_with_a_purpose_and_leave_a_look(desk: Desk) -> None:
    desk.report()
    assert desk.post("cases/list", {"names": True}, 422)["errors"][0]["loc"] == ["purpose"]
    assert desk.post("cases/list", {"names": True, "purpose": "treatment"}, 403)
    before = log.head().seq
    page = desk.post("cases/list", {"names": True, "purpose": "case_investigation"})
    (person,) = page["people"].values()
    assert person["fields"]["name"] == "测试" and list(page["people"]) == [page["cases"][0]["person"]]
    assert [entry.fact.kind for entry in log.read(before)] == ["identity.shown"]
    assert desk.post("cases/list", {})["people"] == {}
