"""Sets of measures compared in a browser: every figure with its spread, every assumption with its source."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from lianfang.capabilities.drills.rules.whatif_terms import terms
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The first comparison in a process may have to be compiled.
COMPARED_MS = 120_000


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the epidemiologist of a prefecture sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def compare(page: Page) -> None:
    page.click(".compare .ant-btn-primary")
    page.wait_for_selector(".fan", timeout=COMPARED_MS)


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_room_can_be_used_by_everybody(
    rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(rooms.page, rooms.url, "whatif", lang, width)
    page.wait_for_selector(".scenario")
    page.click(".assumptions summary")
    compare(page)
    assert page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    assert rooms.errors == []


def test_no_figure_stands_without_its_spread_and_no_assumption_without_its_source(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "whatif")
    page.wait_for_selector(".scenario")
    compare(page)
    tables = page.locator("[aria-labelledby=wi-result] table")
    assert tables.count() == 3
    cells = [text for table in (0, 1) for text in tables.nth(table).locator("tbody td").all_inner_texts()]
    assert cells
    assert [one for one in cells if not re.search(r"\(.+\)|or more|beyond", one)] == []
    assert page.locator(".fan .nine").count() == page.locator(".fan").count() == 3
    used = page.locator(".used > div").all_inner_texts()
    assert len(used) == len(terms().assumptions)
    assert [one for one in used if not re.search(r"\d{4}|registers|edition|Lianfang", one)] == []


def test_a_doubling_time_is_the_users_to_set(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "whatif")
    page.wait_for_selector(".scenario")
    first = page.locator(".scenario").first
    first.get_by_label("In how many days cases double").check()
    days = first.get_by_label("Days", exact=True).first
    assert days.input_value() == ""
    page.click(".compare .ant-btn-primary")
    page.wait_for_selector(".compare [role=alert]")
    days.fill("4")
    compare(page)
    assert page.locator(".compare [role=alert]").count() == 0


def test_too_few_cases_are_not_reckoned_from(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "whatif?area=530181")
    page.wait_for_selector("[role=alert]:has-text('Too few cases')")
    assert page.locator(".compare").count() == 0
