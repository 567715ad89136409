"""Findings on the desk: the board, the list and how complete records are, for who looks and for who was looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.desk import Desk
from tests.browser.rooms import enter, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_qa_04_findings_and_completeness_can_be_read_on_a_telephone(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "inspector")
    rooms = ["oversight", "oversight?show=findings", "oversight?show=complete"]
    assert unusable(desk, rooms, "zh", 390, axe) == []
    assert desk.page.locator("main table tbody tr").count() > 0, "the register of the demonstration"
    page = enter(desk.page, desk.url, "oversight", width=1280)
    assert page.get_by_role("columnheader", name="False alarms on drills").first.is_visible()
    assert desk.errors == []
