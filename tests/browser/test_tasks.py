"""Tasks: what is to be done, narrowed, taken on, told, given to somebody, and summed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import OPEN, pick
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, choose_purpose, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROWS = "section[aria-label=Tasks] .grid tbody tr"


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the duty officer of a county sees it."""
    wear(desk.page, desk.url, "county_duty_officer")
    return desk


def _list(rooms: Desk, narrowed: str = "") -> Page:
    page = enter(rooms.page, rooms.url, f"tasks{narrowed}")
    page.wait_for_selector(ROWS)
    return page


def _whole(page: Page) -> dict[str, int]:
    """The sums of all tasks of the day, by column."""
    row = page.locator("section:has(h2:text-is('By task')) tbody tr").first
    cells = row.locator("td.number")
    named = [(cells.nth(i).get_attribute("data-label"), cells.nth(i).inner_text()) for i in range(cells.count())]
    return {str(label): int(text.replace(",", "")) for label, text in named if "%" not in text}


def _first(page: Page, button: str) -> Locator:
    """The first task that has a button."""
    return page.locator(f"{ROWS}:has(button:has-text('{button}'))").first


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_room_can_be_used_by_everybody(
    rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(rooms.page, rooms.url, "tasks?state=all", lang, width)
    assert page.evaluate(SIDEWAYS) <= 0
    assert axe(page) == []
    assert rooms.errors == []


def test_the_list_is_narrowed_and_the_address_keeps_it(rooms: Desk) -> None:
    page = _list(rooms)
    what = page.locator(f"{ROWS} th").first.inner_text().split("\n")[0]
    page.locator("search").get_by_role("combobox").nth(1).click()
    page.locator(OPEN).first.wait_for()
    options = [one.lower() for one in page.locator(OPEN).all_inner_texts()]
    title = next(one for one in options if one and what.lower().startswith(one))
    page.locator(OPEN).filter(has_text=title).first.click()
    page.wait_for_url("**rule=**")
    settle(page)
    page.wait_for_selector(ROWS)
    assert all(text.lower().startswith(title) for text in page.locator(f"{ROWS} th").all_inner_texts())
    page.get_by_role("checkbox", name="mine only").check()
    page.wait_for_url("**mine=true**")
    assert rooms.errors == []


def test_a_task_is_taken_on_and_its_outcome_told(rooms: Desk) -> None:
    page = _list(rooms)
    before = page.locator(f"{ROWS}:has(button:has-text('Take it on'))").count()
    _first(page, "Take it on").get_by_role("button", name="Take it on").click()
    page.wait_for_selector(f"{ROWS}:has(button:has-text('Take it on')) >> nth={before - 1}", state="detached")
    settle(page)
    _first(page, "Tell the outcome").get_by_role("button", name="Tell the outcome").click()
    page.locator(OPEN).filter(has_text="not found").first.click()
    page.wait_for_selector(f"{ROWS}:has-text('attempts: 1; not found')")
    assert rooms.errors == []


def test_the_chosen_are_given_to_somebody(rooms: Desk) -> None:
    page = _list(rooms)
    row = page.locator(f"{ROWS}:has-text('nobody yet')").first
    row.get_by_role("checkbox").check()
    pick(page, "Assign to", "")
    page.get_by_role("button", name="Assign 1", exact=True).click()
    page.wait_for_selector(".assign", state="detached")
    settle(page)
    page.wait_for_selector("section:has(h2:text-is('By assignee')) tbody tr >> nth=1")
    assert rooms.errors == []


def test_sums_agree_with_the_list(rooms: Desk) -> None:
    page = _list(rooms)
    whole = _whole(page)
    total = page.locator("section[aria-label=Tasks] > header > [role=status]").inner_text()
    assert whole["to do"] + whole["late"] == int(total.removeprefix("tasks: ").replace(",", ""))
    assert rooms.errors == []


def test_who_checks_is_told_whom_and_records_the_check_where_it_is_listed(desk: Desk) -> None:
    wear(desk.page, desk.url, "grid_worker")
    page = _list(desk)
    leads = "found => found.map((a) => a.getAttribute('href').split('?')[0])"
    menu = set(page.eval_on_selector_all(".rooms nav a", leads))
    assert set(page.eval_on_selector_all(f"{ROWS} a", leads)) <= menu, "no way to rooms that the role has not"
    page.get_by_role("button", name="Show names").click()
    choose_purpose(page)
    page.wait_for_selector(f"{ROWS}:has(button:has-text('Record the check')):has-text('+999'):has-text('示例路')")
    before = page.locator(f"{ROWS}:has(button:has-text('Record the check'))").count()
    _first(page, "Record the check").get_by_role("button", name="Record the check").click()
    page.get_by_role("spinbutton", name="Temperature").fill("36.6")
    page.get_by_role("button", name="Save the check").click()
    page.wait_for_selector(f"{ROWS}:has(button:has-text('Record the check')) >> nth={before - 1}", state="detached")
    assert desk.errors == []
