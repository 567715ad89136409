"""What was said of a notice or a ticket is offered to be taken back to who said it, and to nobody else."""

from __future__ import annotations

from uuid import UUID

from lianfang.access.viewer import Viewer
from tests.access.made import viewer
from tests.checkpoints.desk import OFFICER, Desk, employed

COUNTY = "530102"
NOTE, TICKET = str(UUID(int=1)), str(UUID(int=2))
DUTY, OTHER = viewer("duty_officer", "530000"), viewer("county_duty_officer", COUNTY, author="another")


def test_only_who_said_it_is_offered_to_take_it_back(desk: Desk) -> None:
    desk.ok("/instructions", {
        "id": NOTE, "area": COUNTY, "sort": "order", "zh": "通知", "zh_text": "请排查。", "issuer": "指挥部",
        "doc_no": "1号", "to": [{"area": COUNTY}],
    }, DUTY)  # fmt: skip
    fact = desk.ok(f"/instructions/{NOTE}/answer", {"to": {"area": COUNTY}})["id"]
    at = f"/instructions?area={COUNTY}"
    offered = [desk.read(at, who)["notices"][0]["receipts"][0]["fact"] for who in (OFFICER, OTHER)]
    assert offered == [fact, None]
    desk.ok(f"/command/{NOTE}/retract", {"taken": fact, "why": "mistaken"})
    assert desk.read(at)["notices"][0]["receipts"][0]["read"] is None

    department = employed("responding_department", COUNTY)
    desk.ok("/tickets", {"id": TICKET, "area": COUNTY, "department": department, "zh": "道路不通"})
    desk.ok(f"/tickets/{TICKET}/confirm", {})
    last = [desk.read(f"/tickets?area={COUNTY}", who)["tickets"][0]["last"] for who in (OFFICER, OTHER)]
    assert last[0] and last[1] is None
    desk.ok(f"/command/{TICKET}/retract", {"taken": last[0], "why": "mistaken"})
    (one,) = desk.read(f"/tickets?area={COUNTY}")["tickets"]
    assert one["by_place"] is None and one["last"] == one["fact"]


def test_what_somebody_else_recorded_of_a_county_is_not_offered_to_be_taken_back(desk: Desk) -> None:
    starts = "2020-01-28T09:00:00+08:00"
    party, site, event = (str(UUID(int=n)) for n in (3, 4, 5))
    declared = {"id": party, "area": COUNTY, "sort": "banquet", "planned": "2020-01-30T18:00:00+08:00"}
    desk.ok("/gatherings", declared)
    desk.ok("/venues", {"id": site, "area": COUNTY, "sort": "scenic", "zh": "翠湖公园"})
    desk.ok(f"/venues/{site}/act", {"status": "closed", "starts": starts, "doc_no": "6号"})
    desk.ok("/event-reports", {"id": event, "area": COUNTY, "zh": "聚集性疫情", "found": starts})
    leads = {"event": "ncov-2020", "zh": "指挥部", "doc_no": "1号", "starts": starts, "leads": [{"zh": "县长"}]}
    desk.ok("/headquarters", {"area": COUNTY, "headquarters": leads})
    decided = {"strategy": "spread_export", "reason": "接壤", "doc_no": "5号", "starts": starts}
    desk.ok("/strategy", {"area": COUNTY, **decided, "ends": "2020-02-28T00:00:00+08:00"})
    desk.ok("/playbooks", {"area": f"{COUNTY}001001", "playbook": "first_case"})

    def offered(who: Viewer) -> list[str | None]:
        at = f"?area={COUNTY}"
        lists = [
            ("gatherings", "gatherings", "last"), ("venues", "venues", "last"), ("event-reports", "events", "last"),
            ("headquarters", "standing", "fact"), ("playbooks", "runs", "fact"),
        ]  # fmt: skip
        told = [desk.read(f"/{path}{at}", who)[name][0][fact] for path, name, fact in lists]
        return [*told, desk.read(f"/strategy{at}", who)["override"]["fact"]]

    assert all(offered(OFFICER)) and not any(offered(OTHER))
    desk.ok(f"/gatherings/{party}/act", {"act": "dissuaded"}, OTHER)
    assert desk.read(f"/gatherings?area={COUNTY}")["gatherings"][0]["last"] is None
    assert offered(OTHER)[0]
