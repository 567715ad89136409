"""What is to be done in supplies by when: stores counted, dispatches received, output reported."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.app.database import Database
from tests.access.made import viewer
from tests.checkpoints.desk import COUNTY, NOW, Desk
from tests.supplies.shelves import LOGISTICS, mask, new, producer, received, store

HOUR = timedelta(hours=1)
NEXT = "2020-01-29"
BESIDE = "530111"
FAR = viewer("logistics_officer", BESIDE, author="far")
HERE = viewer("logistics_officer", COUNTY, author="here")


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)


def test_a_store_is_to_be_counted_each_morning_from_the_day_after_it_was_opened(desk: Desk) -> None:
    item, place = mask(), store("warehouse")
    received(place, item, 10)
    assert desk.tasks(LOGISTICS) == []
    desk.now = NOW + 23 * HOUR
    assert desk.tasks(LOGISTICS) == [("stock.count", NEXT, "open")]
    desk.now = NOW + 25 * HOUR
    assert desk.tasks(LOGISTICS) == [("stock.count", NEXT, "late")]
    assert desk.tasks(FAR) == []
    lines = [{"item": str(item), "amount": 10}]
    desk.ok("/supplies/stocktakes", {"id": new(), "store": str(place), "lines": lines}, LOGISTICS)
    assert desk.tasks(LOGISTICS) == [("stock.count", NEXT, "done_late")]
    desk.now = NOW + 48 * HOUR
    assert desk.tasks(LOGISTICS) == [("stock.count", "2020-01-30", "open")]


def test_what_was_sent_is_to_be_received_within_a_day_where_it_goes(desk: Desk) -> None:
    item, place, other = mask(), store("warehouse"), store("hospital", BESIDE)
    received(place, item, 10)
    loads = [{"item": str(item), "quantity": 4}]
    body = {"id": new(), "source": str(place), "target": str(other), "loads": loads, "send": True}
    desk.ok("/supplies/dispatches", body, LOGISTICS)
    desk.now = NOW + HOUR
    assert desk.tasks(FAR) == [("dispatch.receive", "", "open")]
    desk.now = NOW + 25 * HOUR
    assert ("dispatch.receive", "", "late") in desk.tasks(FAR)
    assert "dispatch.receive" not in {rule for rule, *_ in desk.tasks(HERE)}
    desk.ok(f"/supplies/dispatches/{body['id']}/receive", {}, LOGISTICS)
    assert ("dispatch.receive", "", "done_late") in desk.tasks(FAR)


def test_a_producer_that_works_is_to_report_each_day_until_20_o_clock(desk: Desk) -> None:
    item = mask()
    id, idle = producer(desk, item), producer(desk, item, name="二厂")
    desk.ok(f"/producers/{idle}/work", {"fact": new(), "working": "stopped", "since": "2020-01-28"}, LOGISTICS)
    assert desk.tasks(LOGISTICS) == []
    desk.ok(f"/producers/{id}/work", {"fact": new(), "working": "part", "since": "2020-01-28"}, LOGISTICS)
    assert desk.tasks(LOGISTICS) == [("production.report", "2020-01-28", "open")]
    desk.now = NOW + 11 * HOUR
    assert desk.tasks(LOGISTICS) == [("production.report", "2020-01-28", "late")]
    output = {"fact": new(), "item": str(item), "day": "2020-01-28", "quantity": 0}
    desk.ok(f"/producers/{id}/output", output, LOGISTICS)
    assert desk.tasks(LOGISTICS) == [("production.report", "2020-01-28", "done_late")]
