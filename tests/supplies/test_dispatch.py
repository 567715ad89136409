"""Dispatches, stocktakes and the shortage board by way of the routes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.access.made import FOREIGN, viewer
from tests.isolation.made import NOW, Clock, Desk
from tests.supplies.stores import OFFICER, a_store, an_item, held, moved

FAR = viewer("logistics_officer", FOREIGN, author="far")


def sending(desk: Desk, source: str, target: str, item: str, quantity: int, **other: Any) -> dict[str, Any]:
    loads = [{"item": item, "quantity": quantity}]
    return {"id": str(uuid4()), "source": source, "target": target, "loads": loads, **other}


def test_rsp_10_a_dispatch_takes_from_one_store_what_it_adds_to_the_other(desk: Desk, at: Clock) -> None:
    item, here, there = an_item(desk), a_store(desk), a_store(desk, FOREIGN)
    moved(desk, "receipt", here, item, 100, lot="L1")
    body = sending(desk, here, there, item, 101, send=True)
    assert desk.refused("/supplies/dispatches", body, OFFICER) == [("amount", "short")]
    assert desk.get("/supplies/dispatches", OFFICER).json()["dispatches"] == []
    assert held(desk, here) == [("L1", 100, 0, 0, 0, 0)] and held(desk, there) == []
    itself = sending(desk, here, here, item, 1)
    assert desk.refused("/supplies/dispatches", itself, OFFICER) == [("target", "itself")]

    body = sending(desk, here, there, item, 60)
    assert desk.done("/supplies/dispatches", body, OFFICER) == desk.done("/supplies/dispatches", body, OFFICER)
    path = f"/supplies/dispatches/{body['id']}"
    assert held(desk, here) == [("L1", 100, 0, 0, 0, 0)]
    assert desk.post(f"{path}/send", None, FAR).status_code == 403
    for _ in range(2):
        desk.done(f"{path}/send", None, OFFICER)
    assert held(desk, here) == [("L1", 40, 0, 0, 0, 0)] and held(desk, there) == [("L1", 0, 60, 0, 0, 0)]
    more = {"came": [{"item": item, "lot": "L1", "quantity": 61}]}
    assert desk.refused(f"{path}/receive", more, FAR) == [("came", "above_sent")]
    desk.done(f"{path}/receive", {"came": [{"item": item, "lot": "L1", "quantity": 55}]}, FAR)
    assert held(desk, there) == [("L1", 55, 0, 0, 0, 5)]
    (told,) = desk.get("/supplies/dispatches", FAR).json()["dispatches"]
    assert (told["stage"], told["received_by"], told["lots"][0]["lost"]) == ("received", "far", 5)
    moved(desk, "use", there, item, 50)
    assert desk.refused(f"{path}/retract", {"why": "mistaken"}, FAR) == [("movement", "followed")]


def test_each_step_of_a_dispatch_is_taken_back(desk: Desk, at: Clock) -> None:
    item, here, there = an_item(desk), a_store(desk), a_store(desk)
    moved(desk, "receipt", here, item, 100)
    body = sending(desk, here, there, item, 60, send=True)
    desk.done("/supplies/dispatches", body, OFFICER)
    path, back = f"/supplies/dispatches/{body['id']}", {"why": "mistaken"}
    desk.done(f"{path}/receive", {}, OFFICER)
    assert held(desk, there) == [("", 60, 0, 0, 0, 0)]
    desk.done(f"{path}/retract", back, OFFICER)
    assert held(desk, there) == [("", 0, 60, 0, 0, 0)]
    desk.done(f"{path}/retract", back, OFFICER)
    assert held(desk, here) == [("", 100, 0, 0, 0, 0)] and held(desk, there) == []
    desk.done(f"{path}/cancel", None, OFFICER)
    assert desk.refused(f"{path}/send", None, OFFICER) == [("dispatch", "not_now")]


def test_a_stocktake_moves_the_ledger_and_asks_back(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk, code="FH-9"), a_store(desk)
    moved(desk, "receipt", store, item, 1000, lot="L1")
    line = {"item": item, "lot": "L1", "amount": 10}
    body = {"id": str(uuid4()), "store": store, "lines": [line]}
    assert desk.refused("/supplies/stocktakes", body, OFFICER) == [("amount", "unusual")]
    body["lines"] = [{**line, "amount": 990}]
    assert desk.done("/supplies/stocktakes", body, OFFICER)["differing"] == 1
    assert held(desk, store) == [("L1", 990, 0, 0, 0, 10)]
    desk.done(f"/supplies/stocktakes/{body['id']}/retract", {"why": "mistaken"}, OFFICER)
    assert held(desk, store) == [("L1", 1000, 0, 0, 0, 0)]
    rows = [
        {"item": "FH-9", "lot": "L1", "amount": "21", "unit": "盒"}, {"item": "XX", "amount": "1"},
        {"item": "FH-9", "lot": "L2", "amount": "many"}, {"item": "FH-9", "lot": "L3", "amount": "2", "unit": "carton"},
    ]  # fmt: skip
    listed = {"id": str(uuid4()), "store": store, "rows": rows}
    for _ in range(2):
        done = desk.done("/supplies/stocktakes/import", listed, OFFICER)
        wrong = [(one["row"], one["field"]) for one in done["errors"]]
        assert (done["counted"], done["differing"], wrong) == (2, 2, [(2, "item"), (3, "amount")])
    assert held(desk, store) == [("L1", 1050, 0, 0, 0, -50), ("L3", 4000, 0, 0, 0, -4000)]


def test_log_04_days_of_supply_and_what_to_buy(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk, norm=None), a_store(desk)
    moved(desk, "receipt", store, item, 800)
    for day in range(1, 8):
        at.now = NOW - timedelta(days=day)
        moved(desk, "use", store, item, 100)
    at.now = NOW
    (line,) = desk.get("/supplies/shortages", OFFICER).json()["lines"]
    assert (line["days"], float(line["per_day_used"]), line["status"]) == (1.0, 100.0, "short")
    assert line["buy"] == 1300, "for 14 days 1,400 without the 100 that are left: 26 boxes of 50"
    doubled = desk.get("/supplies/shortages", OFFICER, factor="2", target_days="20").json()["lines"][0]
    assert (doubled["days_ahead"], doubled["buy"]) == (0.5, 4000)
    need = {"id": str(uuid4()), "staff": 100}
    desk.done(f"/supplies/stores/{store}/demand", need, OFFICER)
    other = an_item(desk)
    by_norm = {one["item"]: one for one in desk.get("/supplies/shortages", OFFICER).json()["lines"]}[other]
    assert (by_norm["status"], float(by_norm["per_day_needed"])) == ("out", 200.0), "two masks for each of the staff"


def test_log_06_and_11_three_lines_apart_in_five_classes(desk: Desk, at: Clock) -> None:
    classes = ("reagent", "disinfection", "protection", "drug", "equipment")
    items = [an_item(desk, supply_class=one, line="staff" if one == "protection" else "medical") for one in classes]
    items.append(an_item(desk, supply_class=None, line="daily", norm=None))
    store = a_store(desk)
    moved(desk, "receipt", store, items[0], 5)
    moved(desk, "purchase", store, items[3], 5)
    told = desk.get("/supplies/lines", OFFICER).json()["lines"]
    assert {(one["line"], one["supply_class"]) for one in told} == {
        *(("staff" if one == "protection" else "medical", one) for one in classes), ("daily", None),
    }  # fmt: skip
    by_class = {one["supply_class"]: (one["held"], one["on_way"]) for one in told}
    assert by_class["reagent"] == (1, 0) and by_class["drug"] == (0, 1) and by_class["equipment"] == (0, 0)
