"""Notices by the way on which they went, a notice from a template, and the template's poster."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, until, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_pub_04_ways_templates_and_posters(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "notices", width=390)
    ways = page.get_by_role("table", name="Ways").first
    ways.get_by_role("row").filter(has_text="Duty mailbox").wait_for()
    assert ways.get_by_role("row").filter(has_text="In the system").count() == 1
    assert page.get_by_text("not taken").count() == 0  # what the mail did not take at first it took at the second try
    assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == []

    page = enter(page, desk.url, "notices?notice=00000000-0000-0000-0000-000000000000")
    page.get_by_text("There is no such notice").wait_for()
    page.get_by_role("link", name="All notices").click()
    ways.wait_for()

    page = enter(page, desk.url, "notices?show=send")
    pick(page, "From a template (may stay empty)", "To visitors")
    page.fill("#notice_issuer", "指挥部")
    page.fill("#notice_phone", "12345")
    until(page, "() => document.querySelector('#notice_en_text').value.endsWith('Questions: 12345')")
    assert page.input_value("#notice_zh").startswith("致来") and "{" not in page.input_value("#notice_zh_text")

    page = enter(page, desk.url, "notices?show=templates", width=390)
    pick(page, "Template", "a case in our community")
    page.fill("#poster_issuer", "指挥部")
    posters = page.locator("article.poster")
    posters.nth(1).wait_for()
    assert [one.get_attribute("lang") for one in posters.all()] == ["zh-CN", "en"]
    assert posters.nth(0).locator("li").count() == posters.nth(1).locator("li").count() == 5
    assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == []
    page.emulate_media(media="print")
    assert not page.locator(".posters-ask").is_visible() and posters.nth(0).is_visible()
    assert desk.errors == []
