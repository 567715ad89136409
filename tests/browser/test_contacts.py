"""Contacts and transmission: an exposure registered, a round recorded, what is proposed decided, ties shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import OPEN, pick
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ROOMS = ["contacts", "contacts?show=trace", "contacts?show=list", "contacts?show=proposals", "contacts/new"]
ROOMS += ["transmission", "transmission?axis=time&group=area"]


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as an epidemiologist sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _exposure(rooms: Desk, source: str) -> Page:
    """An exposure of somebody not known yet to a case, filled in and sent."""
    page = enter(rooms.page, rooms.url, "contacts/new")
    page.get_by_role("radio", name="not known yet").check()
    _exposed(page, source, "2020-01-29")
    return page


def _exposed(page: Page, source: str, last: str) -> None:
    settle(page)  # what comes in while it is filled in would empty the form
    page.get_by_label("Number of the source case").fill(source)
    page.get_by_label("Last day of contact").fill(last)
    pick(page, "Setting", "household")
    page.get_by_role("button", name="Register", exact=True).click()


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    assert unusable(rooms, ROOMS, lang, width, axe) == []


def test_an_exposure_is_registered_by_the_number_of_its_source(rooms: Desk) -> None:
    page = _exposure(rooms, "KM-001")
    page.wait_for_selector("[role=status]:has-text('Registered')")
    page.click("text=Open the card")
    settle(page)
    page.wait_for_selector(".timeline li:has-text('exposed')")
    assert page.locator(".grid a:has-text('KM-001')").count() == 1
    assert rooms.errors == []


def test_the_beginning_of_a_number_is_no_source(rooms: Desk) -> None:
    page = _exposure(rooms, "KM-00")
    page.wait_for_selector(".ant-form-item:has-text('There is no case with the number KM-00.')")


def test_the_first_day_of_contact_is_not_after_the_last(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "contacts/new")
    page.get_by_role("radio", name="not known yet").check()
    page.get_by_label("First day of contact").fill("2020-01-29")
    page.get_by_label("Last day of contact").fill("2020-01-20")
    page.get_by_role("button", name="Register", exact=True).click()
    page.wait_for_selector(".ant-form-item:has(#exposure_first):has-text('Is after the last day of contact')")


def _round(page: Page) -> list[str]:
    """Opens the first round that the board offers; the numbers of those who wait for their check."""
    page.get_by_role("button", name="Record this round: morning").click()
    page.wait_for_selector(".sub-form .grid tbody tr")
    return [text.strip() for text in page.locator(".sub-form .grid tbody th").all_inner_texts()]


def _outcome(page: Page, number: str) -> Locator:
    return page.locator(f".sub-form tbody tr:has(th:has-text('{number}')) .ant-select").first


def _sign(page: Page, number: str, day: str) -> str:
    """What the board says of a contact's morning of a day."""
    table = page.locator(f".board-line:has(a:has-text('{number}')) table")
    days = table.locator("thead th span[aria-hidden]").all_inner_texts()
    return str(table.locator("tbody tr").first.locator("td").nth(days.index(day)).inner_text())


def test_a_round_records_many_at_once_and_tells_whose_was_refused(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "contacts?day=2020-01-30")
    one, two, three = _round(page)[-3:]
    before = _sign(page, three, "30")
    page.get_by_label(f"Temperature °C · {one}").fill("36.6")
    pick(page, _outcome(page, two), "not found")
    page.get_by_label(f"Temperature °C · {three}").fill("36.7")
    page.wait_for_selector(OPEN, state="detached")
    pick(page, _outcome(page, three), "refused")
    page.get_by_role("button", name="Record 3", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Recorded: 2.')")
    page.wait_for_selector(f"[role=alert]:has-text('{three}: ')")
    settle(page)
    page.wait_for_selector(f".board-line:has(a:has-text('{one}')) td:has-text('36.6')")
    assert "36.6" in _sign(page, one, "30")
    assert "not found" in _sign(page, two, "30")
    assert _sign(page, three, "30") == before
    assert rooms.errors == []


def test_what_is_filled_a_day_later_is_told_apart(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "contacts?day=2020-01-29")
    one = _round(page)[-1]
    page.get_by_label(f"Temperature °C · {one}").fill("35.8")
    page.get_by_role("button", name="Record 1", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Recorded: 1.')")
    settle(page)
    page.wait_for_selector(f".board-line:has(a:has-text('{one}')) td:has-text('35.8')")
    assert "filled late" in _sign(page, one, "29")
    assert page.locator(".legend .check.late").count() == 1
    assert "filled when the slot was over" in page.locator(".board-late").inner_text()
    page.click(f".board-line a:has-text('{one}')")
    page.wait_for_selector(".tag:has-text('filled late: ')")
    assert rooms.errors == []


def test_the_board_has_a_sign_for_each_state(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "contacts?day=2020-01-30")
    signs = page.locator(".legend .check:not(.late)").all_inner_texts()
    assert len(signs) == len(set(signs)) == 7
    assert all(signs)
    shown = set(page.locator(".board-line td .check").all_inner_texts())
    assert shown - set(signs), "temperatures stand on the board"


def test_what_is_proposed_is_decided(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "contacts/new")
    page.fill("#who_name", "Sample Exposed")
    page.fill("#who_phone", "+99910077002")
    pick(page, page.locator(".paper .ant-select").first, "no document")
    page.get_by_role("button", name="Enter and go on").click()
    page.wait_for_selector("#exposure_last")
    _exposed(page, "", "2020-01-05")
    page.wait_for_selector("[role=status]:has-text('Registered: observed')")
    enter(page, rooms.url, "contacts?show=proposals")
    boxes = page.get_by_role("checkbox")
    before = boxes.count()
    boxes.first.check()
    page.get_by_role("button", name="Release 1", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Released: 1.')")
    page.wait_for_function("n => document.querySelectorAll('[type=checkbox]').length === n", arg=before - 1)
    assert rooms.errors == []


def test_a_case_chosen_from_the_table_shows_its_ties(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "transmission")
    row = page.locator(".grid tbody tr:has(td[data-label='Infected by'] button)").first
    number = row.locator("th").inner_text().strip()
    source = row.locator("td[data-label='Infected by'] button").first.inner_text().strip()
    row.get_by_role("button", name="Show ties").click()
    page.wait_for_selector(f".side h2:has-text('{number}')")
    page.locator(".side").get_by_role("button", name=source, exact=True).click()
    page.wait_for_selector(f".side h2:has-text('{source}')")
    assert page.locator(".side").get_by_role("button", name=number, exact=True).count() == 1
    assert rooms.errors == []
