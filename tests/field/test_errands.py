"""Orders of residents on a volunteer's phone: taken online, carried and recorded without a network."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.field.phone import PIN, Phone
from tests.field.town import COMMUNITY, COUNTY
from tests.served import Browser, Served

pytestmark = pytest.mark.browser
ADDRESS = "翠湖小区7栋502"


def ordered(served: Served) -> tuple[Browser, str]:
    """A resident who has ordered something, and the order."""
    desk = served.officer(f"orders-{uuid4().hex[:8]}", "epidemiologist", COUNTY).browser
    person = str(uuid4())
    one = {
        "id": person, "name": "赵小兰", "phones": ["13888880001"], "address": ADDRESS, "area": COMMUNITY,
        "data_class": "screening",
    }  # fmt: skip
    assert desk.post("people", {"people": [one]}).body["entered"] == 1
    code = desk.post(f"people/{person}/own-code", {}).body["code"]
    resident = Browser(served.url)
    assert resident.post("session/own", {"code": code}).status in (200, 204)
    id = str(uuid4())
    placed = resident.post("errands", {"id": id, "category": "shopping", "words": "米十斤", "frail": True})
    assert placed.status == 200, placed
    return resident, id


def test_vol_01_a_volunteer_brings_an_order_without_a_network(served: Served, new_phone: Callable[[], Phone]) -> None:
    resident, id = ordered(served)
    body = {"title": "phone", "role": "volunteer", "area": COUNTY, "post": f"v-{id[:6]}"}
    url = served.administrator.browser.post("devices", body).body["url"]
    phone = new_phone()
    page = phone.page
    page.goto(url)
    page.get_by_role("button", name="登记这部手机").click()
    page.get_by_label("解锁码", exact=True).fill(PIN)
    page.get_by_label("再输入一次").fill(PIN)
    page.get_by_role("button", name="设置并下载名单").click()
    waiting = page.locator(".cards article", has=page.get_by_role("button", name="接单"))
    waiting.first.wait_for()
    assert ADDRESS not in page.content(), "whose order it is, is told only to who has it"
    waiting.first.get_by_role("button", name="接单").click()
    mine = page.locator(".cards article", has_text=ADDRESS)
    mine.wait_for()
    for told in ("米十斤", "13888880001", "放在门口，不见面", "先送"):
        assert mine.get_by_text(told).count() == 1, told
    assert "赵小兰" not in page.content()
    phone.context.set_offline(True)
    mine.get_by_role("button", name="已取货").click()
    mine.get_by_role("button", name="已放门口").click()
    mine.get_by_text("已送达，等待确认").wait_for()
    phone.until("2条待上报，全部安全保存")
    assert resident.get("errands").body["errands"][0]["stage"] == "accepted"
    phone.context.set_offline(False)
    phone.until("全部已上报")
    (order,) = resident.get("errands").body["errands"]
    assert (order["id"], order["stage"], order["at_door"], order["faults"]) == (id, "delivered", True, [])
    assert resident.post(f"errands/{id}/close", {"how": "confirmed"}).status == 200
    phone.sync()
    phone.go("")
    page.get_by_text("还没有接单。").wait_for()
