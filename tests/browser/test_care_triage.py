"""The fever clinic: who comes is recorded by keyboard, who may not go is kept, and the rest can be used by all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_patient_is_recorded_by_keyboard_and_kept_until_the_consult(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:  # fmt: skip
    wear(desk.page, desk.url, "clinic_doctor")
    page = enter(desk.page, desk.url, "triage")
    page.wait_for_selector("form#triage")
    assert page.evaluate("document.activeElement.id") == "triage_temp"
    page.keyboard.type("375")  # the point forgotten
    page.keyboard.press("Tab")
    page.keyboard.type("dry")
    page.keyboard.press("Enter")
    page.locator("#triage_history input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=is it 37.5 °C?")
    page.locator("#triage_temp").fill("37.5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".ant-alert-success:has-text('Recorded: fever clinic')")
    assert page.evaluate("document.activeElement.id") == "triage_temp"
    row = page.locator(".grid tbody tr", has_text="37.5℃").first
    row.get_by_role("button", name="See", exact=True).click()
    row.get_by_text("consult of disease control").wait_for()
    row.get_by_role("button", name="Leaves the clinic").click()
    pick(page, row.locator(".ant-select"), "discharged")
    row.get_by_role("button", name="Record leaving").click()
    row.get_by_text("ask for the consult").first.wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Take back: See").click()
    row.get_by_role("button", name="See", exact=True).wait_for()
    settle(page)
    assert [one for one in desk.errors if "422" not in one] == []


def test_the_rooms_can_be_used_by_everybody(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "clinic_doctor")
    shows = ("referrals", "experts", "protection")
    assert unusable(desk, [f"triage?show={show}" for show in shows], "zh", 390, axe) == []


def test_a_case_is_chosen_by_its_number_and_who_answers_for_a_team_by_name(desk: Desk) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "triage?show=experts")
    for field, option in (("team", "Wuhua"), ("case", ""), ("question", "diagnosis")):
        pick(page, page.locator(f"#consultation_{field}"), option)
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_role("button", name="Take back: Ask").click()
    page.get_by_text("Nothing is asked.").wait_for()
    pick(page, page.locator("#team_members"), "示例发热门诊医生")
    page.locator(".ant-select-selection-item", has_text="示例发热门诊医生").wait_for()
    assert desk.errors == []
