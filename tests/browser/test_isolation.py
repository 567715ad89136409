"""Orders, stations and needs: what is to be done by when, given on a ground, with nobody placed twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import choose_purpose, enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOMS = ["isolation", "isolation?show=new", "isolation?show=allocate", "stations", "stations?show=new"]
ROOMS += ["stations?show=import", "needs"]


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the duty officer of a county sees it."""
    wear(desk.page, desk.url, "county_duty_officer")
    return desk


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(rooms: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    assert unusable(rooms, ROOMS, lang, width, axe) == []


def test_an_order_says_why_who_and_until_when(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "isolation")
    page.click(".grid tbody th a >> nth=0")
    settle(page)
    facts = page.inner_text(".facts")
    for part in ("Provision of law", "Approved by", "Until", "Responsible area"):
        assert part in facts


def test_an_order_is_extended_and_never_shortened(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "isolation")
    page.click(".grid tbody th a >> nth=0")
    settle(page)
    page.get_by_role("button", name="Extend", exact=True).click()
    page.fill("#order_extend_end", "2020-01-02T00:00")
    page.click("#order_extend_reason")
    page.click(".ant-select-item-option:has-text('exposed again')")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector(".ant-form-item:has(#order_extend_end) [role=alert]")
    page.wait_for_selector("#order_extend_end:focus")
    assert page.locator("main .told").count() == 0
    page.fill("#order_extend_end", "2020-02-20T00:00")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Recorded: Extend.')")
    page.wait_for_selector(".timeline li:has-text('Extended')")


def test_without_a_ground_there_is_no_order(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "isolation?show=new&of=00000000-0000-4000-8000-000000000000")
    page.wait_for_selector("[role=alert]:has-text('There is no contact or case of that id')")


def test_a_station_needs_its_four_duties(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "stations?show=import")
    header = "name,town,capacity,lead,clinician,disinfection,logistics"
    rows = [f"Sample station {n},530102,10,a,b,{'' if n == 2 else 'c'},d" for n in (1, 2)]
    page.fill("textarea", "\n".join([header, *rows]))
    page.get_by_role("button", name="Import 2 rows").click()
    page.wait_for_selector("[role=status]:has-text('1 new, 0 changed, 0 as they were; rows with errors: 1')")
    assert "disinfection" in page.inner_text(".imported .grid")
    page.get_by_role("button", name="Import 2 rows").click()
    page.wait_for_selector("[role=status]:has-text('0 new, 0 changed, 1 as they were')")


def test_a_round_names_who_was_not_seen(desk: Desk) -> None:
    wear(desk.page, desk.url, "station_staff")
    page = enter(desk.page, desk.url, "stations")
    page.click(".grid tbody th a >> nth=0")
    settle(page)
    page.get_by_role("button", name="Round", exact=True).click()
    page.check(".unseen input >> nth=0")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Recorded: Round.')")
    page.wait_for_selector(".entries .late:has-text('not seen: Person')")
    assert desk.errors == []


def test_the_staff_of_a_station_are_told_who_lives_there(desk: Desk) -> None:
    wear(desk.page, desk.url, "station_staff")
    page = enter(desk.page, desk.url, "stations")
    page.click(".grid tbody th a >> nth=0")
    settle(page)
    assert "示例路" not in page.inner_text("main")
    page.get_by_role("button", name="Show names").click()
    choose_purpose(page)
    page.wait_for_selector(".grid tbody th:has-text('+999'):has-text('示例路')")
    assert desk.errors == []


def test_a_wrong_stay_is_corrected(desk: Desk) -> None:
    wear(desk.page, desk.url, "station_staff")
    page = enter(desk.page, desk.url, "isolation?mode=central")
    page.click(".grid tbody th a >> nth=0")
    settle(page)
    page.get_by_role("button", name="Correct what was carried out").click()
    page.fill("#order_correct_ward", "no-such-ward")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector(".ant-form-item:has(#order_correct_ward) [role=alert]")
    page.fill("#order_correct_ward", "")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector("[role=status]:has-text('Recorded: Correct what was carried out.')")
    page.wait_for_selector(".timeline li:has-text('corrects an earlier record')")
