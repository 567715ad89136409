"""The room of checkpoints: the board, who passes by keyboard alone, a fever that is held, a list that is imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

MEET = "form#encounter"


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(desk: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    shows = ("board", "holds", "lines", "notices", "new", "import", "departments")
    assert unusable(desk, [f"gates?show={show}" for show in shows], lang, width, axe) == []


def test_the_map_of_posts_says_what_the_list_says(desk: Desk) -> None:
    wear(desk.page, desk.url, "duty_officer")
    page = enter(desk.page, desk.url, "gates?area=530100&closed=true")
    page.wait_for_selector(".map[aria-busy=false]")
    said = [one.get_attribute("aria-label") or "" for one in page.locator("a.map-sign").all()]
    rows = page.locator(".grid tbody tr").all()
    for row in rows:
        name, state = row.locator("th a").inner_text(), row.locator("td").nth(2).inner_text()
        (sign,) = (one for one in said if one.startswith(f"{name} · "))
        assert sign.endswith(
            "staffed" if "on duty" in state and "Nobody" not in state else state[:1].lower() + state[1:]
        )
    assert len(said) == len(rows) >= 4 and {"!", "×"} <= {one.inner_text() for one in page.locator("a.map-sign").all()}
    page.locator("a.map-sign.unstaffed").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('拓东小区东门')")
    assert desk.errors == []


def at_the_road(desk: Desk, width: int = 1280) -> Page:
    """The demonstration's road gate, as whoever is on duty there."""
    wear(desk.page, desk.url, "checkpoint_staff")
    page = enter(desk.page, desk.url, "gates", width=width)
    page.click(".grid tbody th a >> nth=0")
    page.wait_for_selector(MEET)
    settle(page)
    return page


def answer(page: Page, temp_c: str) -> None:
    """A temperature, no fever, Enter: by keyboard alone, from where the form left the cursor."""
    assert page.evaluate("document.activeElement.id") == "encounter_temp"
    page.keyboard.type(temp_c)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")


def test_who_passes_is_recorded_by_keyboard_and_a_fever_is_held(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = at_the_road(desk)
    answer(page, "36.5")
    page.wait_for_selector(".ant-form-item-explain-error:has-text('Please answer')")
    page.locator(".area-field .ant-select >> nth=0").click()
    page.keyboard.type("Hubei")
    page.keyboard.press("Enter")
    page.locator("#encounter_temp").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".ant-alert-success:has-text('Recorded in')")
    answer(page, "38.4")  # where from stays for whoever comes next
    page.wait_for_selector("[role=alert]:has-text('the post cannot undo it')")
    assert axe(page) == []
    page = enter(page, desk.url, "gates?show=holds")
    page.wait_for_selector(".grid td:has-text('38.4')")
    assert page.get_by_role("button", name="Take the notice up").count() == 0
    assert desk.errors == []


def test_a_vehicle_waits_until_all_in_it_were_measured(desk: Desk) -> None:
    page = at_the_road(desk, 390)
    assert page.evaluate(SIDEWAYS) == 0
    page.fill("#vehicle_occupants", "2")
    page.get_by_role("button", name="Record a vehicle").click()
    page.wait_for_selector(".cars li:has-text('2 of 2 are still to be measured')")
    assert page.locator(".cars li >> nth=0").get_by_role("button", name="Let it on").is_disabled()
    assert desk.errors == []


def test_a_list_twice_adds_nothing(desk: Desk) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "gates?show=import")
    rows = [f"Sample {n},{place},530102,Sample" for n, place in enumerate(("火车站", "火车站", "?"), 1)]
    page.fill("textarea", "\n".join(["名称,场所类型,所在地,牵头单位", *rows]))
    for said in ("2 new, 0 changed, 0 as they were", "0 new, 0 changed, 2 as they were"):
        page.get_by_role("button", name="Import 3 rows").click()
        page.wait_for_selector(f"[role=status]:has-text('{said}; rows with errors: 1')")
    assert desk.errors == []


def at_the_station(desk: Desk) -> Page:
    """The demonstration's railway station, as whoever manages the county's posts."""
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "gates")
    page.locator(".grid tbody th a", has_text="昆明站").first.click()
    page.wait_for_selector("h2:has-text('Shifts')")
    return page


def test_a_shift_is_changed_and_a_count_of_the_same_time_is_taken_once(desk: Desk) -> None:
    page = at_the_station(desk)
    page.get_by_role("button", name="Change the shift 16:00–24:00").click()
    page.fill("#shift_change_staff", "rail-late ")
    page.locator("form#shift_change button[type=submit]").click()
    page.wait_for_selector(".grid td:has-text('rail-late')")
    shifts = page.get_by_role("table", name="Shifts")
    assert shifts.locator("tbody tr").count() == 3
    counts = page.get_by_role("table", name="Passed and checked")
    for passed, said in (("5", "Recorded: Count"), ("6", "5 passed, 5 checked")):
        page.get_by_role("button", name="Count at hand-over").click()
        page.fill("#post_counts_begins", "2020-01-30T00:00")
        page.fill("#post_counts_ends", "2020-01-30T08:00")
        page.fill("#post_counts_passed", passed)
        page.fill("#post_counts_checked", passed)
        page.locator("form#post_counts button[type=submit]").click()
        page.wait_for_selector(f"text={said}")
    page.get_by_role("button", name="Cancel").click()
    assert counts.locator("tbody tr").count() == 1
    page.get_by_role("button", name="Take back: Passed and checked").click()
    page.locator(".take-back .ant-btn-dangerous").click()
    counts.wait_for(state="detached")
    assert [one for one in desk.errors if "422" not in one] == []  # the refusal that was asked for


def test_the_particulars_of_a_post_are_changed_and_its_hours_are_hours(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = at_the_station(desk)
    page.get_by_role("button", name="Change the particulars").click()
    page.fill("#post_closes", "25:00")
    page.locator("form#post button[type=submit]").click()
    page.wait_for_selector("text=Write it as 08:00")
    page.fill("#post_opens", "06:00")
    page.fill("#post_closes", "23:30")
    page.locator("form#post button[type=submit]").click()
    page.wait_for_selector(".facts dd:has-text('06:00–23:30')")
    assert axe(page) == []
    assert desk.errors == []


def test_an_account_belongs_to_a_department(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "gates?show=departments")
    page.fill("#seat_account", "rail-office-7")
    page.keyboard.press("Enter")
    page.click("#seat_department")
    page.locator(".ant-select-item-option", has_text="railways").click()
    page.locator("form#seat button[type=submit]").click()
    page.wait_for_selector(".grid th:has-text('rail-office-7')")
    assert page.evaluate(SIDEWAYS) == 0 and axe(page) == []
    assert desk.errors == []


def test_a_record_of_somebody_who_passed_is_taken_back(desk: Desk) -> None:
    page = at_the_road(desk)
    page.locator(".area-field .ant-select >> nth=0").click()
    page.keyboard.type("Hubei")
    page.keyboard.press("Enter")
    page.locator("#encounter_temp").focus()
    answer(page, "36.6")
    page.wait_for_selector(".ant-alert-success:has-text('Recorded in')")
    page.get_by_role("button", name="Take back: the last record").click()
    page.locator(".take-back .ant-btn-dangerous").click()
    page.wait_for_selector(".ant-alert-success", state="detached")
    assert desk.errors == []
