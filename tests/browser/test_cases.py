"""Cases: the line list, the card with its past, the report card, counts, and the review under another edition."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, choose_purpose, enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXCLUDED = "KM-015"


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as an epidemiologist sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _list(rooms: Desk, narrowed: str = "", lang: str = "en") -> Page:
    page = enter(rooms.page, rooms.url, f"cases{narrowed}", lang)
    page.wait_for_selector(".grid tbody tr")
    return page


def _card(rooms: Desk, number: str) -> Page:
    page = _list(rooms)
    page.click(f".grid tbody th a:has-text('{number}')")
    page.wait_for_selector(".timeline > li")
    settle(page)
    return page


def _numbers(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".grid tbody th").all_inner_texts()]


def _record(page: Page, act: str, **chosen: str) -> None:
    """An act on the open case, with the words of its choices by field."""
    page.get_by_role("button", name=act, exact=True).click()
    for label, option in chosen.items():
        pick(page, page.locator(".sub-form").get_by_label(label.replace("_", " "), exact=True), option)
    page.locator(".sub-form").get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector(".sub-form", state="detached")
    page.wait_for_selector(f".said:has-text('{act}')")


def test_the_list_is_narrowed_by_the_address_and_by_its_fields(rooms: Desk) -> None:
    page = _list(rooms, "?to=excluded")
    assert _numbers(page) == [EXCLUDED]
    page.get_by_role("button", name="Clear the filter").click()
    page.wait_for_selector(".grid tbody tr >> nth=5")
    everyone = _numbers(page)
    page.get_by_label("Case number (its beginning)").fill("KM-00")
    page.keyboard.press("Enter")
    page.wait_for_selector(".grid tbody tr >> nth=9", state="detached")
    assert _numbers(page) == [number for number in everyone if number.startswith("KM-00")]
    assert not rooms.errors


def test_days_narrow_and_the_order_is_chosen(rooms: Desk) -> None:
    page = _list(rooms, "?onset_earliest=2020-01-22~2020-01-23&sort=onset_earliest&order=up")
    days = page.locator(".grid tbody td[data-label='Onset']").all_inner_texts()
    assert [day.split()[0] for day in days] == sorted(day.split()[0] for day in days)
    assert {day.split()[0] for day in days} <= {"22", "23"}
    assert page.input_value("input[name='onset_earliest-from']") == "2020-01-22"


def test_columns_are_chosen_and_a_view_is_kept_opened_and_deleted(rooms: Desk) -> None:
    page = _list(rooms, "?to=confirmed")
    page.click("summary:has-text('Columns')")
    page.get_by_role("checkbox", name="Hospital", exact=True).check()
    page.wait_for_selector(".grid thead th:has-text('Hospital')")
    page.click("summary:has-text('Saved views')")
    page.get_by_label("Name", exact=True).fill("In hospital")
    page.get_by_role("button", name="Save this view").click()
    page.wait_for_selector("summary:has-text('Saved views (1)')")
    _list(rooms)
    page.click("summary:has-text('Saved views')")
    pick(page, "Open", "In hospital")
    page.wait_for_selector(".grid thead th:has-text('Hospital')")
    assert "to=confirmed" in page.url
    page.get_by_role("button", name="Delete").click()
    page.locator(".ant-popover").get_by_role("button", name="Delete").click()
    page.wait_for_selector("summary:has-text('Saved views (0)')")


def test_names_come_after_a_purpose_and_stand_in_no_address(rooms: Desk) -> None:
    asked: list[str] = []
    rooms.page.on("request", lambda request: asked.append(request.url))
    page = _list(rooms, "?to=excluded")
    assert page.locator(".grid thead th:has-text('Name')").count() == 0
    page.get_by_role("button", name="Show names").click()
    choose_purpose(page)
    page.wait_for_selector(".grid thead th:has-text('Name')")
    name = page.locator(".grid tbody td[data-label='Name']").inner_text().strip()
    assert name not in ("", "hidden")
    assert not [url for url in asked if name in url]
    page.get_by_role("button", name="Hide names").click()
    page.wait_for_selector(".grid thead th:has-text('Name')", state="detached")


def test_the_list_is_exported_as_it_stands(rooms: Desk) -> None:
    page = _list(rooms, "?to=excluded&columns=number,to")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export CSV").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert EXCLUDED in lines[1]


def test_from_the_report_to_the_confirmed_case(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "cases/new")
    page.fill("#who_name", "Sample Ill")
    page.fill("#who_phone", "+99910077001")
    pick(page, page.locator(".paper .ant-select").first, "no document")
    page.get_by_role("button", name="Enter and go on").click()
    page.wait_for_selector("[role=status]:has-text('2 hours of the diagnosis')")
    page.get_by_label("Onset: from").fill("2020-01-28")
    page.get_by_role("button", name="Report", exact=True).click()
    page.wait_for_selector(".timeline > li")
    assert re.search(r"#cases/[0-9a-f-]{36}$", page.url)
    page.wait_for_selector(".duties li:has-text('Investigate'):has-text('left')")
    _record(page, "Take a sample", Material="throat swab")
    _record(page, "Test result", Sample="throat swab", Test="nucleic acid", Result="positive")
    _record(page, "Classify", To="confirmed", Basis="laboratory")
    page.wait_for_selector(".case-heading .tag:has-text('confirmed')")
    assert "positive" in page.inner_text(".grid:has-text('throat swab')")
    assert page.locator(".timeline > li").count() == 4
    assert not rooms.errors


def test_a_refusal_stands_at_its_field(rooms: Desk) -> None:
    page = _card(rooms, "KM-001")
    page.get_by_role("button", name="Isolate", exact=True).click()
    pick(page, "Where", "at home")
    page.fill("#act_isolate_observed_at", "2031-01-01T00:00")
    page.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector(".ant-form-item:has(#act_isolate_observed_at) [role=alert]:has-text('present')")


def test_the_card_as_it_was(rooms: Desk) -> None:
    page = _card(rooms, EXCLUDED)
    assert page.inner_text(".case-heading .tag") == "excluded"
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_selector(".as-of.past")
    page.wait_for_selector(".case-heading .tag:has-text('suspected')")
    assert page.locator("h2:has-text('Record')").count() == 0
    page.get_by_role("button", name="Back to now").click()
    page.wait_for_selector(".case-heading .tag:has-text('excluded')")
    page.get_by_label("As known at").fill("2020-01-01T00:00")
    page.wait_for_selector("[role=alert]:has-text('no record of this case then')")


def test_a_fact_is_taken_back_and_stays_on_the_timeline(rooms: Desk) -> None:
    page = _card(rooms, "KM-002")
    before = page.locator(".timeline > li").count()
    _record(page, "Assess severity", Severity="severe")
    entry = page.locator(".timeline > li:not(.gone)").filter(has_text="Severity assessed").first
    entry.get_by_role("button", name="Take back").click()
    entry.locator(".take-back").get_by_role("button", name="Take back").click()
    page.wait_for_selector(".timeline > li.gone")
    assert page.locator(".timeline > li").count() >= before + 1
    assert page.locator(".case-heading").inner_text().count("severe") == 0


def test_a_wrong_report_card_is_corrected(rooms: Desk) -> None:
    page = _card(rooms, "KM-011")
    entry = page.locator(".timeline > li:not(.gone)").filter(has_text="Reported").first
    entry.get_by_role("button", name="Correct", exact=True).click()
    form = entry.locator(".sub-form")
    form.get_by_label("Age in years").fill("27")
    form.get_by_role("button", name="Record", exact=True).click()
    page.wait_for_selector(".said:has-text('Correct the report card')")
    page.wait_for_selector(".timeline > li.gone:has-text('Reported')")
    assert page.locator("dt:has-text('Age in years') + dd").first.inner_text() == "27"
    assert page.locator(".case-heading .tag:has-text('confirmed')").count() == 1
    assert not rooms.errors


def test_contacts_and_infectors_are_led_to(rooms: Desk) -> None:
    page = _card(rooms, "KM-014")
    page.wait_for_selector("dd:has-text('KM-007')")
    assert page.locator("dt:has-text('Generation') + dd").inner_text() == "2"
    page.click("dd a:has-text('KM-007')")
    page.wait_for_selector("h1:has-text('KM-007')")
    page.wait_for_selector(".grid a[href^='#contacts/']")


def test_counts_are_computed_and_a_zero_is_a_zero(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "cases?show=counts")
    page.wait_for_selector("[data-count=deaths_cum]")
    assert page.inner_text("[data-count=deaths_cum] dd") == "0"
    assert int(page.inner_text("[data-count=confirmed_cum] dd")) >= 13
    assert page.locator(".tag:has-text('sums close')").count() == 1
    whole = int(page.inner_text("[data-count=confirmed_existing] dd"))
    parts = page.locator(".grid td[data-label='Confirmed, current']").all_inner_texts()
    assert sum(map(int, parts)) == whole


def test_who_sees_sums_sees_counts_and_no_case(desk: Desk) -> None:
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "cases")
    page.wait_for_selector("[data-count=confirmed_cum]")
    assert page.locator("nav.tabs a:has-text('Line list')").count() == 0
    assert page.locator("a[href^='#cases/']").count() == 0


def test_a_review_shows_the_difference_before_anything_is_recorded(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "cases?show=review")
    pick(page, "Edition", "fifth")
    page.get_by_role("button", name="Show the difference").click()
    page.wait_for_selector(".review-found [role=status]:has-text('would change')")
    assert page.locator("[role=status]:has-text('recorded')").count() == 0
    page.get_by_role("button", name="Confirm and record").click()
    page.wait_for_selector("[role=status]:has-text('recorded')")


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_rooms_of_cases_are_accessible_and_fit(
    rooms: Desk, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    assert (
        unusable(rooms, ("cases?to=confirmed", "cases/new", "cases?show=counts", "cases?show=review"), lang, width, axe)
        == []
    )
    page = enter(rooms.page, rooms.url, "cases", lang, width)
    page.click(".grid tbody th a >> nth=0")
    page.wait_for_selector(".timeline > li")
    page.locator(".act-buttons button").first.click()
    page.wait_for_selector(".sub-form")
    settle(page)
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert not rooms.errors


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_room_of_samples_is_accessible_and_fits(
    desk: Desk, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    wear(desk.page, desk.url, "laboratory")
    assert unusable(desk, ("samples", "samples?show=done"), lang, width, axe) == []
    page = desk.page
    page.locator(".row-acts button").first.click()
    page.wait_for_selector(".sub-form")
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.locator("a[href^='#cases/']").count() == 0
    assert not desk.errors
