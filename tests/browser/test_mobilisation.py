"""A whistle on the desk: placed, answered by a department, filled with a volunteer, closed by who called."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

CALL = """async () => {
  const post = (path, body) => fetch(`/api/v1/${path}`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
  }).then((answer) => answer.json())
  const id = crypto.randomUUID()
  await post('volunteers', { id, area: '530103', name: '示例某', phone: '13888880003', consent: '2020-01-28' })
}"""
STARTS = "() => new Date(Date.now() + 86400000).toISOString().slice(0, 16)"


def test_vol_03_a_whistle_is_answered_filled_and_closed(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "volunteer_coordinator")
    desk.page.evaluate(CALL)
    page = enter(desk.page, desk.url, "mobilisation")
    page.get_by_role("button", name="Call for hands").click()
    pick(page, page.locator("#call_need"), "deliveries")
    page.fill("#call_heads", "3")
    page.fill("#call_starts", page.evaluate(STARTS))
    pick(page, page.locator("#call_departments"), "")
    page.keyboard.press("Escape")
    assert axe(page) == []
    page.get_by_role("button", name="Send the call").click()
    page.wait_for_selector("[role=status]:has-text('within 30 minutes')")
    call = page.locator("section.call", has_text="deliveries: 3 needed")
    call.get_by_text("No answer").wait_for()

    wear(page, desk.url, "responding_department")
    page = enter(page, desk.url, "mobilisation", width=390)
    call = page.locator("section.call", has_text="deliveries: 3 needed")
    call.get_by_label("People", exact=True).fill("2")
    call.get_by_role("button", name="Report in").click()
    call.get_by_text("2 of 3 coming").wait_for()
    assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == []

    wear(page, desk.url, "volunteer_coordinator")
    page = enter(page, desk.url, "mobilisation")
    call = page.locator("section.call", has_text="deliveries: 3 needed")
    call.get_by_role("button", name="Find volunteers").click()
    call.get_by_role("button", name="Send 1").click()
    call.get_by_text("3 of 3 coming").wait_for()
    pick(page, call.get_by_label("Close: choose the outcome"), "met")
    call.wait_for(state="detached")
    page.get_by_role("checkbox", name="Closed ones only").check()
    call.get_by_text("Closed: met").wait_for()
    for tab in ("rota", "volunteers", "teams", "relief", "staff"):
        page = enter(page, desk.url, f"mobilisation?show={tab}", width=390)
        settle(page)
        assert page.evaluate(SIDEWAYS) <= 0, tab
        assert axe(page) == [], tab
    assert desk.errors == []
