"""What was said of a notice or a ticket is offered to be taken back to who said it, and to nobody else."""

from __future__ import annotations

from uuid import UUID

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
