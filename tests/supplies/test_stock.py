"""Stock by way of the routes: from the purchase to the use, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from lianfang.capabilities.supplies.facts.stock import StockProcess
from lianfang.capabilities.supplies.rules.quantity import in_packs, in_smallest, up_to_packs
from lianfang.capabilities.supplies.service import stock as service
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.isolation.made import NOW, Clock, Desk
from tests.isolation.test_claims import at_once
from tests.supplies.stores import COUNTY, OFFICER, a_store, an_act, an_item, held, moved


def test_log_06_from_the_purchase_to_the_use(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk), a_store(desk)
    order = moved(desk, "purchase", store, item, "2", unit="carton")
    assert held(desk, store) == [("", 0, 4000, 0, 0, 0)]
    body = an_act("receipt", store, item, 30, unit="box", lot="L1", expires="2021-01-01", document=order)
    assert desk.done("/supplies/movements", body, OFFICER) == desk.done("/supplies/movements", body, OFFICER)
    assert held(desk, store) == [("", 0, 2500, 0, 0, 0), ("L1", 1500, 0, 0, 0, 0)]
    assert desk.get(f"/supplies/stores/{store}", OFFICER).json()["orders"][0]["open"] == 2500
    moved(desk, "issue", store, item, 200)
    moved(desk, "use", store, item, 150, origin="out")
    lost = moved(desk, "loss", store, item, 10)
    assert held(desk, store)[1] == ("L1", 1290, 0, 50, 150, 10)
    desk.done(f"/supplies/movements/{lost}/retract", {"why": "mistaken"}, OFFICER)
    assert held(desk, store)[1] == ("L1", 1300, 0, 50, 150, 0)
    assert desk.refused(f"/supplies/movements/{body['id']}/retract", {"why": "mistaken"}, OFFICER) == [
        ("movement", "followed")
    ]


def test_what_is_refused(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk), a_store(desk)
    order = moved(desk, "purchase", store, item, 100)
    old = {"lot": "OLD", "expires": (NOW - timedelta(days=1)).date().isoformat()}
    moved(desk, "receipt", store, item, 40, document=order)
    moved(desk, "receipt", store, item, 60, **old)

    def refused(process: str, amount: object, **other: object) -> list[tuple[str, str]]:
        body = an_act(process, other.pop("store", store), other.pop("item", item), amount, **other)
        return desk.refused("/supplies/movements", body, OFFICER)

    assert refused("receipt", 61, document=order) == [("amount", "above_ordered")]
    assert refused("receipt", 10, document=str(uuid4())) == [("document", "unknown_order")]
    assert refused("use", 41) == [("lot", "expired")]
    assert refused("use", 10, lot="OLD") == [("lot", "expired")]
    assert refused("use", 41, lot="L9") == [("amount", "short")]
    assert refused("use", 1, origin="out") == [("amount", "short")]
    assert refused("loss", 101) == [("amount", "short")]
    assert refused("use", "0.5") == [("amount", "not_whole")]
    assert refused("use", 0) == [("amount", "nothing")]
    assert refused("use", 1, unit="dozen") == [("unit", "unknown_unit")]
    assert refused("use", 1, item=str(uuid4())) == [("item", "unknown_item")]
    assert refused("use", 1, store=str(uuid4())) == [("store", "unknown_store")]
    assert refused("purchase", 1, late=True) == [("late", "not_late")]
    assert refused("receipt", 1, expires="2021-01-01") == [("lot", "missing")]
    assert refused("receipt", 1, **{**old, "expires": "2021-01-01"}) == [("expires", "other_day")]
    moved(desk, "loss", store, item, 60, lot="OLD")
    assert held(desk, store) == [("", 40, 60, 0, 0, 0), ("OLD", 0, 0, 0, 0, 60)]


def test_a_unit_that_is_wrong_by_a_hundred_is_asked_back(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk), a_store(desk)
    for _ in range(3):
        moved(desk, "receipt", store, item, 100)
    body = an_act("receipt", store, item, 100, unit="box")
    answer = desk.post("/supplies/movements", body, OFFICER)
    assert answer.status_code == 422
    (wrong,) = answer.json()["errors"]
    assert wrong["reason"] == "unusual" and "5000 pieces, and 100 before" in wrong["en"]
    assert desk.refused("/supplies/movements", an_act("receipt", store, item, 5), OFFICER) == [("amount", "unusual")]
    desk.done("/supplies/movements", {**body, "confirm": True}, OFFICER)
    assert held(desk, store) == [("", 5300, 0, 0, 0, 0)]
    movements = desk.get(f"/supplies/stores/{store}", OFFICER).json()["movements"]
    assert [one["quantity"] for one in movements if one["confirmed"]] == [5000]


def test_fifty_take_the_last_box(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk), a_store(desk)
    moved(desk, "receipt", store, item, 1, unit="box")

    def taking() -> None:
        act = service.Act(uuid4(), StockProcess.ISSUE, UUID(store), UUID(item), Decimal(1), "box")
        service.move(OFFICER, act, now=NOW)

    assert at_once(*[taking] * 50) == ["done", *["short"] * 49]
    assert held(desk, store) == [("", 0, 0, 50, 0, 0)]
    assert_incremental_equals_refold()


def test_what_comes_late_and_contradicts_is_kept_and_shown(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk), a_store(desk)
    moved(desk, "receipt", store, item, 100, lot="L1")
    moved(desk, "use", store, item, 80)
    body = an_act("use", store, item, 50, late=True, at=(NOW - timedelta(hours=5)).isoformat())
    desk.done("/supplies/movements", body, OFFICER)
    assert held(desk, store) == [("L1", -30, 0, 0, 130, 0)]
    (flag,) = desk.get("/supplies/lines", OFFICER).json()["flags"]
    assert (flag["flag"], flag["quantity"], flag["lot"]) == ("negative", -30, "L1")
    assert desk.refused("/supplies/movements", an_act("issue", store, item, 1), OFFICER) == [("amount", "short")]
    desk.done(f"/supplies/movements/{body['id']}/retract", {"why": "mistaken"}, OFFICER)
    assert desk.get("/supplies/lines", OFFICER).json()["flags"] == []


def test_what_ends_first_goes_first(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk), a_store(desk)
    moved(desk, "receipt", store, item, 10, lot="B", expires="2020-03-01")
    moved(desk, "receipt", store, item, 10, lot="A", expires="2020-06-01")
    act = moved(desk, "issue", store, item, 15)
    assert held(desk, store) == [("A", 5, 0, 5, 0, 0), ("B", 0, 0, 10, 0, 0)]
    desk.done(f"/supplies/movements/{act}/retract", {"why": "mistaken"}, OFFICER)
    assert held(desk, store) == [("A", 10, 0, 0, 0, 0), ("B", 10, 0, 0, 0, 0)]


def test_catalogue_and_stores(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk, code="FH-7"), a_store(desk)
    listed = {**desk.get("/supplies/items", COUNTY).json()["items"][0]}
    assert listed["id"] == item and listed["packs"][1]["holds"] == 2000
    again = {name: value for name, value in listed.items() if name != "id"}
    assert desk.refused("/supplies/items", {**again, "id": str(uuid4())}, OFFICER) == [("code", "twice")]
    changed = {**again, "id": item, "unit": "pair"}
    assert desk.refused("/supplies/items", changed, OFFICER) == [("unit", "unit_changed")]
    assert desk.post("/supplies/items", {**again, "id": item}, COUNTY).status_code == 403
    moved(desk, "receipt", store, item, 1)
    assert desk.refused(f"/supplies/stores/{store}/close", None, OFFICER) == [("store", "not_empty")]
    moved(desk, "loss", store, item, 1)
    desk.done(f"/supplies/stores/{store}/close", None, OFFICER)
    assert desk.refused("/supplies/movements", an_act("receipt", store, item, 1), OFFICER) == [("store", "closed")]
    assert desk.get("/supplies/stores", OFFICER).json()["stores"] == []


@given(st.decimals(0, 10**9, places=3), st.integers(1, 10**6))
def test_conversions_are_exact(amount: Decimal, holds: int) -> None:
    found = in_smallest(amount, holds)
    thousandths = int(amount.scaleb(3)) * holds
    assert found == (thousandths // 1000 if thousandths % 1000 == 0 else None)
    if found is not None:
        count, unit = in_packs(found, {"piece": 1, "box": holds})
        assert count * {"piece": 1, "box": holds}[unit] == found


@given(st.integers(1, 10**9), st.lists(st.integers(2, 10**5), max_size=3))
def test_what_is_bought_is_whole_packs_and_no_pack_too_many(quantity: int, packs: list[int]) -> None:
    units = {"piece": 1, **{f"p{n}": holds for n, holds in enumerate(packs)}}
    bought = up_to_packs(quantity, units)
    largest = max((holds for holds in units.values() if holds <= quantity), default=1)
    assert quantity <= bought < quantity + largest and bought % largest == 0
