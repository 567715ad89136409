"""A notice of our own at the desk: looked at, kept, checked with its notes, and not approved by its drafter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORDS = {
    "zh": ("预览", "保存为稿件", "核对无误", "您是拟稿人", "重新计算并核验", "逐字节一致", "退回"),
    "en": ("Preview", "Keep as a draft", "Checked, nothing wrong", "You drafted", "Count again", "The same", "Return"),
}


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_a_draft_is_checked_and_waits_for_somebody_else(
    desk: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    look, keep, checked, own, again, same, back = WORDS[lang]
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "issues", lang, width)
    page.get_by_role("button", name=look).click()
    page.get_by_role("button", name=keep).click()
    page.wait_for_url("**#issues/*")
    page.get_by_role("button", name=again).click()
    expect(page.get_by_text(same)).to_be_visible()
    page.get_by_role("button", name=checked).wait_for()
    for note in page.locator("textarea:visible").all():
        note.fill("已核实")
    page.get_by_role("button", name=checked).click()
    expect(page.get_by_text(own)).to_be_visible()
    assert page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    # the record is others' too: the draft is sent back, so that the day can be drafted again
    page.get_by_role("button", name=back).click()
    page.locator("textarea:visible").fill("试稿")
    page.get_by_role("button", name=back).last.click()
    expect(page.get_by_role("button", name=back)).to_have_count(0)
    assert desk.errors == []
