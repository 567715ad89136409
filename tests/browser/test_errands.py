"""An order of an isolated household: placed on the own page, brought by a volunteer, confirmed; and the board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.browser.rooms import SIDEWAYS, settle, sign_in, until
from tests.served import Browser, Served

if TYPE_CHECKING:
    from playwright.sync_api import Page

COUNTY = "530102"


def code_of(desk: Browser, person: str) -> str:
    return str(desk.post(f"people/{person}/own-code", {}).body["code"])


def isolated(served: Served, mode: str) -> tuple[str, Browser]:
    """Somebody under observation, and the desk that ordered it."""
    desk = served.officer(f"orders-desk-{mode}", "epidemiologist", COUNTY).browser
    person = str(uuid4())
    one = {"id": person, "name": "钱秀英", "phones": ["13888880002"], "address": "青年路12号", "area": COUNTY}
    assert desk.post("people", {"people": [{**one, "data_class": "isolation"}]}).body["entered"] == 1
    now = datetime.now(UTC)
    order = {
        "person": person, "area": COUNTY, "order_class": "other", "reason": "flight TR188", "of": str(uuid4()),
        "disease": "ncov-2020", "edition": "ncov-2020-v2", "basis": "infectious_disease", "mode": mode,
        "community": "530102001", "suitable": True, "clinician": "a-doctor", "start": now.isoformat(),
        "end": (now + timedelta(days=14)).isoformat(),
    }  # fmt: skip
    clinician = served.officer(f"orders-doctor-{mode}", "clinic_doctor", COUNTY).account
    made = desk.post("isolation/orders", {**order, "clinician": clinician})
    assert made.status == 200, made
    return person, desk


def test_vol_09_an_order_of_an_isolated_household_is_delivered_and_confirmed(
    served: Served, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    person, desk = isolated(served, "home")
    page.goto(f"{served.url}/?lang=zh#mine")
    page.fill("#code", code_of(desk, person))
    page.keyboard.press("Enter")
    own = page.locator("[aria-labelledby=mine-orders]")
    own.get_by_text("还没有订单。").wait_for()
    own.get_by_label("要什么").click()
    page.locator(".ant-select-item-option", has_text="代购").click()
    own.get_by_label("写明内容").fill("米十斤、盐一袋")
    own.get_by_label("家中有老人").check()
    own.get_by_role("button", name="下单").click()
    own.locator("li .tag", has_text="待接单").wait_for()
    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    until(page, f"() => {SIDEWAYS} <= 0")
    page.set_viewport_size({"width": 1280, "height": 800})
    volunteer = served.officer("orders-volunteer", "volunteer", COUNTY).browser
    tail = own.locator("li .mono").inner_text()
    waiting = next(one for one in volunteer.get("field/errands").body["open"] if one["id"].endswith(tail))
    assert person not in str(waiting) and waiting["rank"] == 1
    _carried(volunteer, waiting["id"])
    page.reload()
    own.locator("li .tag", has_text="已送达").wait_for()
    own.get_by_role("button", name="确认收到").click()
    own.locator("li .tag", has_text="已确认").wait_for()
    _on_the_board(served, page, axe)


def _carried(volunteer: Browser, id: str) -> None:
    assert volunteer.post(f"errands/{id}/accept", {}).status == 200
    (mine,) = volunteer.get("field/errands?purpose=logistics_delivery").body["carried"]
    assert (mine["words"], mine["address"], mine["name"]) == ("米十斤、盐一袋", "青年路12号", None)
    assert mine["contactless"]
    for step in ("picked_up", "delivered"):
        assert volunteer.post(f"errands/{id}/carry", {"step": step}).status == 200


def _on_the_board(served: Served, page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.get_by_role("button", name="关闭我的信息").click()
    page.wait_for_selector("input[autocomplete=username]")
    sign_in(page, served.url, served.officer("orders-coordinator", "volunteer_coordinator", COUNTY), "zh")
    page.evaluate("location.hash = 'errands?all=true'")
    page.wait_for_selector("h1:has-text('居民订单')")
    page.locator(".grid .tag", has_text="已确认").first.wait_for()
    settle(page)
    assert "钱秀英" not in page.content() and "米十斤" not in page.content()
    assert axe(page) == []


def test_obs_04_who_is_in_a_station_sees_on_the_own_page_how_far_what_was_asked_for_is(
    served: Served, page: Page
) -> None:
    person, desk = isolated(served, "central")
    need = desk.post("needs", {"person": person, "category": "food", "urgent": True})
    assert need.status == 200, need
    page.goto(f"{served.url}/?lang=en#mine")
    page.fill("#code", code_of(desk, person))
    page.keyboard.press("Enter")
    asked = page.locator("[aria-labelledby=mine-needs] li")
    asked.locator(".tag", has_text="waiting").wait_for()
    assert asked.locator(".tag").all_inner_texts() == ["urgent", "waiting"]
    assert desk.post(f"needs/{need.body['id']}/acknowledge", {}).status == 200
    page.reload()
    asked.locator(".tag", has_text="taken on").wait_for()
    assert desk.post(f"needs/{need.body['id']}/met", {"outcome": "given"}).status == 200
    page.reload()
    asked.locator(".tag", has_text="met").wait_for()
