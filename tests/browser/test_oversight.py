"""Findings on the desk: the board, the list and how complete records are, for who looks and for who was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_qa_04_findings_and_completeness_can_be_read_on_a_telephone(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "inspector")
    rooms = ["oversight", "oversight?show=findings", "oversight?show=loop", "oversight?show=complete"]
    assert unusable(desk, rooms, "zh", 390, axe) == []
    assert desk.page.locator("main table tbody tr").count() > 0, "the register of the demonstration"
    page = enter(desk.page, desk.url, "oversight", width=1280)
    assert page.get_by_role("columnheader", name="False alarms on drills").first.is_visible()
    assert desk.errors == []


def send(page: Page) -> None:
    """Sends the one form that is open, and waits until it is taken."""
    form = page.locator(".card form")
    form.locator("button[type=submit]").click()
    form.wait_for(state="detached")


def test_qa_09_a_finding_is_put_right_looked_at_again_and_closed(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "oversight?show=findings&stage=open", width=390)
    page.get_by_role("button", name="Look into it").first.click()
    page.get_by_role("button", name="Say what was put right").click()
    page.get_by_role("textbox", name="What was put right").fill("缺的记录已补齐")
    send(page)
    page.get_by_role("listitem").filter(has_text="缺的记录已补齐").wait_for()
    page.get_by_role("button", name="Add a statement").click()
    page.get_by_role("textbox", name="How it was").fill("当日断电")
    send(page)
    page.get_by_role("listitem").filter(has_text="当日断电").wait_for()
    settle(page)
    assert (page.evaluate(SIDEWAYS), axe(page)) == (0, [])
    opened = page.url.partition("#")[2]

    page.goto("about:blank")  # what still follows the record would ask under the other hat
    wear(page, desk.url, "inspector")
    page = enter(page, desk.url, opened, "zh")
    page.get_by_role("button", name="登记复查结果").click()
    pick(page, page.get_by_label("复查结果"), "复查合格")
    page.get_by_role("textbox", name="说明").fill("记录齐全")
    send(page)
    page.get_by_role("heading", name="整改与复查 已办结").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="撤回").click()
    page.get_by_role("heading", name="整改与复查 待复查").wait_for()
    assert desk.errors == []
