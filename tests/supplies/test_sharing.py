"""From what is proposed to what leaves the stores: the sharing of an item through its routes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lianfang.app.database import Database
from lianfang.capabilities.supplies import facts as kinds
from lianfang.capabilities.supplies.facts.allocation import Given, Line, Wanted
from lianfang.capabilities.supplies.state.allocation import sharing
from lianfang.facts.fact import Fact
from lianfang.facts.kinds import registry
from tests.access.made import viewer
from tests.checkpoints.desk import COUNTY, NOW, OFFICER, OTHER, Desk
from tests.supplies.shelves import CITY, LOGISTICS, mask, new, received, store, used

NEAR, FAR = COUNTY, "530129"


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def town(desk: Desk) -> tuple[UUID, UUID, UUID, list[UUID]]:
    """Two warehouses with 1,000 each, and two hospitals that have used 100 and 200 a day and have 100 left."""
    item = mask()
    first, second = store("warehouse", NEAR, "一库"), store("warehouse", FAR, "二库")
    for one in (first, second):
        received(one, item, 1_000)
    places = [store("hospital", NEAR, "甲医院"), store("hospital", FAR, "乙医院")]
    for place, a_day in zip(places, (100, 200), strict=True):
        received(place, item, 7 * a_day + 100, now=NOW - timedelta(days=7))
        used(place, item, 7 * a_day, now=NOW - timedelta(days=3))
    return item, first, second, places


def proposed(desk: Desk, item: UUID, **more: Any) -> dict[str, Any]:
    id = desk.ok("/allocations", {"id": new(), "area": CITY, "items": [str(item)], **more}, LOGISTICS)["id"]
    found: dict[str, Any] = desk.read(f"/allocations/{id}", LOGISTICS)
    return found


def test_log_05_a_sharing_is_proposed_changed_confirmed_and_dispatched(desk: Desk) -> None:
    item, first, second, (one, other) = town(desk)
    plan = proposed(desk, item)
    amounts = {place["id"]: place["amount"] for place in plan["places"]}
    assert (plan["of"]["available"], plan["of"]["given"], plan["of"]["need"]) == (1_800, 1_800, 1_900)
    assert amounts == {str(one): 567, str(other): 1_233}  # 667 of 700, and 1,333 of 1,400
    assert sum(line["quantity"] for line in plan["lines"]) == 1_800
    assert {store["id"]: store["sent"] for store in plan["stores"]} == {str(first): 900, str(second): 900}
    way = {"item": str(item), "store": str(first), "place": str(one)}
    edit = {"fact": new(), **way, "quantity": 500, "why": "乙医院患者转入较多"}
    desk.ok(f"/allocations/{plan['id']}/change", edit, LOGISTICS)
    after = desk.read(f"/allocations/{plan['id']}", LOGISTICS)
    assert [(e["before"], e["quantity"], e["author"]) for e in after["edits"]] == [(567, 500, "logistics-1")]
    assert next(place for place in after["places"] if place["id"] == str(one))["proposed"] == 567
    above = edit | {"fact": new(), "quantity": 568}
    assert desk.wrong(f"/allocations/{plan['id']}/change", above, LOGISTICS) == [("quantity", "above_available")]
    seen = {"fact": new(), "edits": 0}
    assert desk.post(f"/allocations/{plan['id']}/confirm", seen, LOGISTICS).status_code == 409
    made = desk.ok(f"/allocations/{plan['id']}/confirm", seen | {"edits": 1}, LOGISTICS)["dispatches"]
    again = desk.ok(f"/allocations/{plan['id']}/confirm", seen | {"edits": 1}, LOGISTICS)["dispatches"]
    assert sorted(made) == sorted(again) and len(made) == 3
    assert desk.post(f"/allocations/{plan['id']}/drop", {"fact": new()}, LOGISTICS).status_code == 409


def test_a_confirmed_sharing_is_taken_back_until_something_has_left(desk: Desk) -> None:
    item, *_ = town(desk)
    id = proposed(desk, item)["id"]
    back = {"taken": id, "why": "mistaken"}
    made = desk.ok(f"/allocations/{id}/confirm", {"fact": new(), "edits": 0}, LOGISTICS)["dispatches"]
    desk.ok(f"/production/{id}/retract", back | {"fact": new()}, LOGISTICS)
    assert desk.read(f"/allocations/{id}", LOGISTICS)["phase"] == "proposed"
    stages = {one["id"]: one["stage"] for one in desk.read("/supplies/dispatches", LOGISTICS)["dispatches"]}
    assert stages == dict.fromkeys(made, "cancelled")
    again = desk.ok(f"/allocations/{id}/confirm", {"fact": new(), "edits": 0}, LOGISTICS)["dispatches"]
    assert not set(again) & set(made)
    desk.ok(f"/supplies/dispatches/{again[0]}/send", {}, LOGISTICS)
    assert desk.wrong(f"/production/{id}/retract", back | {"fact": new()}, LOGISTICS) == [("taken", "followed")]


def test_several_items_are_one_plan_confirmed_once_and_go_together(desk: Desk) -> None:
    masks, first, second, places = town(desk)
    gowns, warehouse = mask("gown", zh="防护服"), first
    received(warehouse, gowns, 100)
    for place in places:
        received(place, gowns, 14, now=NOW - timedelta(days=7))
        used(place, gowns, 14, now=NOW - timedelta(days=3))
    ask = {"id": new(), "area": CITY, "items": [str(masks), str(gowns)]}
    plan = desk.read(f"/allocations/{desk.ok('/allocations', ask, LOGISTICS)['id']}", LOGISTICS)
    assert [(one["id"], one["given"]) for one in plan["items"]] == [(str(masks), 1_800), (str(gowns), 28)]
    other = desk.read(f"/allocations/{plan['id']}?item={gowns}", LOGISTICS)
    assert (plan["of"]["id"], other["of"]["id"]) == (str(masks), str(gowns))
    assert {one["place"]: one["quantity"] for one in other["lines"]} == {str(place): 14 for place in places}
    edit = {"fact": new(), "store": str(first), "place": str(places[0]), "quantity": 10, "why": "够用"}
    desk.ok(f"/allocations/{plan['id']}/change", edit | {"item": str(gowns)}, LOGISTICS)
    assert desk.wrong(f"/allocations/{plan['id']}/change", edit | {"fact": new(), "item": new()}, LOGISTICS) == [
        ("item", "unknown")
    ]
    after = desk.read(f"/allocations/{plan['id']}", LOGISTICS)
    assert (after["changed"], after["edits"], [one["given"] for one in after["items"]]) == (1, [], [1_800, 24])
    desk.ok(f"/allocations/{plan['id']}/confirm", {"fact": new(), "edits": 1}, LOGISTICS)
    found = desk.read("/supplies/dispatches", LOGISTICS)["dispatches"]
    ways = {(one["source"], one["target"]): {its["item"]: its["quantity"] for its in one["loads"]} for one in found}
    assert len(ways) == len(found)  # one dispatch a way, with all that goes it
    assert ways[str(first), str(places[0])] == {str(masks): 567, str(gowns): 10}
    assert sum(load.get(str(gowns), 0) for load in ways.values()) == 24
    assert str(second) in {source for source, _ in ways}
    (listed,) = desk.read("/allocations", LOGISTICS)["allocations"]
    assert ([one["id"] for one in listed["items"]], listed["given"]) == ([str(masks), str(gowns)], None)


def test_a_plan_says_which_of_its_items_cannot_be_shared(desk: Desk) -> None:
    masks, *_ = town(desk)
    gowns = mask("gown", zh="防护服")
    ask = {"id": new(), "area": CITY, "items": [str(masks), str(gowns)]}
    answer = desk.post("/allocations", ask, LOGISTICS)
    assert answer.status_code == 422 and "防护服" in answer.content.decode()
    assert desk.read("/allocations", LOGISTICS)["allocations"] == []


def test_a_sharing_of_one_as_it_was_told_before_reads_as_a_plan_of_one_item() -> None:
    ids = [UUID(new()) for _ in range(3)]
    before = kinds.SharingOfOneProposed(
        item=ids[0], edition="2020-01", days=7, stores=(Given(store=ids[1], stock=50, reserve=5),),
        places=(Wanted(place=ids[2], need=9, has=0, floor=1, why="full", by_rule=(9, 9, None, 9)),),
        lines=(Line(store=ids[1], place=ids[2], quantity=9, km=0, nearest=True),), level=1.0, gap=0.0,
    )  # fmt: skip
    told = [
        Fact.of(data, id=UUID(new()), subject=ids[0], area=CITY, observed_at=NOW + timedelta(minutes=n))
        for n, data in enumerate(
            (before, kinds.SharingChanged(store=ids[1], place=ids[2], quantity=4, why="够用")), start=1
        )
    ]
    assert sharing([registry().upcast(one) for one in told]).amounts == {(ids[0], ids[1], ids[2]): 4}


def test_each_line_and_each_place_says_why(desk: Desk) -> None:
    item, *_ = town(desk)
    plan = proposed(desk, item)
    by_name = {place["name"]: place for place in plan["places"]}
    assert by_name["甲医院"]["why_zh"] == "现有可用1.0天，分得567只后可用6.7天（所看7天）；与其他得到补充的各处持平。"
    assert by_name["甲医院"]["why_en"].startswith("has enough for 1.0 days; with 567 piece for 6.7 of 7")
    line = next(one for one in plan["lines"] if one["km"] > 0)
    assert "更近的仓库" in line["why_zh"] and "nearer stores" in line["why_en"]
    assert plan["rules"] == ["fair", "proportional", "per_head", "highest_first"]
    assert [place["by_rule"][3] for place in plan["places"] if place["name"] == "乙医院"] == [1_300]
    assert plan["gap"] == 0 and plan["of"]["level"] == pytest.approx(667 / 700, abs=1e-3)


def test_what_was_taken_meanwhile_is_not_given_twice(desk: Desk) -> None:
    item, first, *_ = town(desk)
    plan = proposed(desk, item)
    used(first, item, 500)
    confirm = {"fact": new(), "edits": 0}
    assert desk.post(f"/allocations/{plan['id']}/confirm", confirm, LOGISTICS).status_code == 409
    assert desk.read(f"/allocations/{plan['id']}", LOGISTICS)["phase"] == "proposed"
    desk.ok(f"/allocations/{plan['id']}/drop", {"fact": new()}, LOGISTICS)
    assert [one["phase"] for one in desk.read("/allocations", LOGISTICS)["allocations"]] == ["dropped"]


def test_without_stock_or_without_need_there_is_nothing_to_share(desk: Desk) -> None:
    item = mask()
    ask = {"id": new(), "area": CITY, "items": [str(item)]}
    assert desk.wrong("/allocations", ask, LOGISTICS) == [("items", "nothing_to_share")]
    received(store("warehouse"), item, 10)
    assert desk.wrong("/allocations", ask, LOGISTICS) == [("items", "nobody_in_need")]


def test_who_only_reads_supplies_shares_nothing_and_another_city_sees_nothing(desk: Desk) -> None:
    item, *_ = town(desk)
    ask = {"id": new(), "area": CITY, "items": [str(item)]}
    assert desk.post("/allocations", ask, OFFICER).status_code == 403
    plan = proposed(desk, item)
    assert desk.client.get("/api/v1/allocations").status_code in (401, 403)
    elsewhere = viewer("logistics_officer", OTHER)
    assert desk.read("/allocations", elsewhere)["allocations"] == []
    refused = desk.post(f"/allocations/{plan['id']}/drop", {"fact": new()}, elsewhere)
    assert refused.status_code == 404
