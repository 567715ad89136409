"""Dispatches, stocktakes and the shortage board by way of the routes."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lianfang.identity import sheets
from tests.access.made import FOREIGN, viewer
from tests.checkpoints.desk import employed
from tests.identity.workbooks import workbook
from tests.isolation.made import NOW, Clock, Desk
from tests.supplies.stores import OFFICER, a_store, an_act, an_item, held, moved

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


def test_rsp_10_who_sent_something_and_who_moved_it_is_told_by_name(desk: Desk, at: Clock) -> None:
    sender = viewer("logistics_officer", author=employed("logistics_officer", name="后勤员"))
    item, here, there = an_item(desk), a_store(desk), a_store(desk)
    moved(desk, "receipt", here, item, 10)
    desk.done("/supplies/dispatches", sending(desk, here, there, item, 4, send=True), sender)
    (told,) = desk.get("/supplies/dispatches", OFFICER).json()["dispatches"]
    assert told["sent_by"] == "后勤员"
    movements = desk.get(f"/supplies/stores/{here}", OFFICER).json()["movements"]
    assert {one["process"]: one["author"] for one in movements} == {"receipt": OFFICER.author, "transfer": "后勤员"}


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
    desk.done(f"/supplies/stocktakes/{listed['id']}/retract", {"why": "mistaken"}, OFFICER)
    assert held(desk, store)[0] == ("L1", 1000, 0, 0, 0, 0)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_stocktake_comes_as_a_file_and_good_rows_are_kept(desk: Desk, at: Clock, kind: str) -> None:
    item, store = an_item(desk, code="FH-9"), a_store(desk)
    moved(desk, "receipt", store, item, 1000, lot="L1")
    lines = [
        ["物资编码", "批号", "数量", "单位"], ["FH-9", "L1", 21, "盒"], ["", "", "", ""], ["XX", "", 1, ""],
        ["FH-9", "L1", 900, ""], ["FH-9", "L4", "", ""],
    ]  # fmt: skip
    content_type = sheets.CSV_TYPE if kind == "csv" else sheets.XLSX_TYPE
    body = "\n".join(",".join(map(str, line)) for line in lines).encode() if kind == "csv" else workbook(lines)
    sent = {"id": str(uuid4()), "store": store, "file": b64encode(body).decode(), "content_type": content_type}
    done = desk.done("/supplies/stocktakes/import", sent, OFFICER)
    wrong = [(one["row"], one["field"], one["reason"]) for one in done["errors"]]
    assert wrong == [(3, "item", "unknown_item"), (4, "item", "twice"), (5, "amount", "no_number")]
    assert (done["counted"], held(desk, store)) == (1, [("L1", 1050, 0, 0, 0, -50)])
    for file, reason in ((b64encode(b"a,b\n1,2").decode(), "missing"), ("%", "no_base64")):
        bad = {**sent, "file": file, "content_type": sheets.CSV_TYPE}
        assert desk.refused("/supplies/stocktakes/import", bad, OFFICER) == [("file", reason)]


def test_what_is_listed_and_opened_by_mistake_is_taken_back_until_something_moves(desk: Desk, at: Clock) -> None:
    item, store, other = an_item(desk), a_store(desk), a_store(desk)
    moved(desk, "receipt", store, item, 10)
    for id in (item, store):
        back = {"taken": id, "why": "mistaken", "fact": str(uuid4())}
        assert desk.refused(f"/production/{id}/retract", back, OFFICER) == [("taken", "followed")]
    back = {"taken": other, "why": "mistaken", "fact": str(uuid4())}
    for _ in range(2):
        desk.done(f"/production/{other}/retract", back, OFFICER)
    assert [one["id"] for one in desk.get("/supplies/stores", OFFICER).json()["stores"]] == [store]


def test_what_is_used_past_its_last_day_and_told_afterwards_is_flagged(desk: Desk, at: Clock) -> None:
    item, store = an_item(desk, norm=None), a_store(desk)
    moved(desk, "receipt", store, item, 100, lot="L1", expires="2020-01-23")
    assert desk.refused("/supplies/movements", an_act("use", store, item, 5, lot="L1"), OFFICER) == [("lot", "expired")]
    moved(desk, "use", store, item, 5, lot="L1", late=True)
    flags = desk.get("/supplies/lines", OFFICER).json()["flags"]
    assert {(one["flag"], one["quantity"]) for one in flags} == {("used_expired", 5), ("expired", 95)}


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
