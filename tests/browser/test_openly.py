"""What the public is told, edited on the desk: a claim answered, answered anew, withdrawn, and that taken back;
feedback read and answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, until, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

CLAIM = "大蒜能预防感染。"


def test_pub_03_a_claim_is_answered_answered_anew_and_withdrawn(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "openly")
    page.get_by_text("Answer a claim").click()
    for field, text in (
        ("claim_zh", CLAIM),
        ("answer_zh", "没有证据表明大蒜能预防感染。"),
        ("day", "2020-01-29"),
        ("evidence", "世界卫生组织问答"),
        ("link", "https://example.org/garlic"),
    ):
        page.fill(f"#claim_{field}", text)
    page.locator("form#claim").get_by_role("button", name="Publish").click()
    row = page.locator("tr", has_text=CLAIM)
    row.get_by_role("button", name="Answer anew").click()
    until(page, "claim => document.querySelector('#claim_claim_zh')?.value === claim", CLAIM)
    pick(page, page.locator("#claim_verdict"), "unproven")
    page.locator("form#claim").get_by_role("button", name="Publish").click()
    row.get_by_text("unproven").wait_for()
    row.get_by_role("button", name="Withdraw").click()
    row.get_by_label("Why it is withdrawn").fill("证据已更新")
    row.get_by_role("button", name="Withdraw").last.click()
    row.get_by_text("withdrawn: 证据已更新").wait_for()
    row.get_by_role("button", name="Take back").click()
    row.get_by_text("withdrawn").wait_for(state="detached")
    assert page.locator("tr", has_text=CLAIM).count() == 1 and axe(page) == [] and desk.errors == []


def test_pub_06_feedback_is_read_and_answered_on_a_telephone(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "openly", width=390)
    row = page.locator("tr", has_text="supplies and daily life").first
    row.get_by_role("button", name="Read it").click()
    row.get_by_text("小区订的菜晚到了一天").wait_for()
    assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == []
    row.locator("#answer_answer").fill("已与配送单位核对，今后延误时在小区公告栏提前告知。")
    row.get_by_role("button", name="Answer", exact=True).click()
    row.get_by_text("answered", exact=True).wait_for()
    row.get_by_role("button", name="Take back").click()
    row.get_by_text("waits for an answer").wait_for()
    assert desk.errors == []
