"""A severe case waits, gets a bed, is moved to a hospital that is qualified, and leaves: on the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import enter, settle, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOMS = ["beds", "beds?show=waiting", "beds?show=transfers"]
POST = """async ([path, body]) => {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch('/api/v1' + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return [answer.status, await answer.json()]
}"""


def post(page: Page, path: str, body: dict[str, Any]) -> Any:
    status, told = page.evaluate(POST, [path, body])
    assert status == 200, told
    return told


def a_hospital(page: Page, name: str, severe: bool, beds: dict[str, int]) -> str:
    id = str(uuid4())
    told = {"id": id, "area": "530102", "code": f"h-{id[:8]}", "zh": name, "en": name, "level": "tertiary"}
    post(page, "/hospitals", {**told, "designated": True, "severe": severe})
    for type, n in beds.items():
        numbers = [f"{type[:3]}-{one + 1}" for one in range(n)]
        body = {"ward": "w1", "numbers": numbers, "type": type, "first": "2020-01-20"}
        post(page, f"/hospitals/{id}/beds", body)
    return id


def pick(page: Page, form: str, field: str, words: str) -> None:
    """Chooses an option of a select by its words."""
    page.locator(f"form[aria-label='{form}']").get_by_label(field).click()
    page.click(f".ant-select-item-option:has-text('{words}')")


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(desk: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    assert unusable(desk, ROOMS, lang, width, axe) == []


@pytest.mark.long  # on a drill it is walked each day
def test_a_severe_case_waits_gets_a_bed_is_moved_and_leaves(desk: Desk) -> None:
    page = desk.page
    wear(page, desk.url, "epidemiologist")
    person = {
        "id": str(uuid4()),
        "name": "示例甲子",
        "area": "530102",
        "data_class": "suspected",
        "since": "2020-01-29",
    }
    post(page, "/people", {"people": [{**person, "basis": "infectious_disease"}]})
    number = f"W-{person['id'][:6]}"
    report = {"person": person["id"], "disease": "ncov-2020", "as_class": "suspected", "area": "530102"}
    case = post(page, "/cases", {**report, "number": number, "observed_at": "2020-01-30T00:30:00Z"})["case"]
    wear(page, desk.url, "county_duty_officer")
    a_hospital(page, f"Small {number}", False, {"isolation": 1})
    a_hospital(page, f"Large {number}", True, {"icu": 1})

    enter(page, desk.url, "beds?show=waiting")
    row = page.locator(f".grid tbody tr:has-text('{number}')")
    row.get_by_role("button", name="Give a bed").click()
    pick(page, "Give a bed", "Hospital", f"Small {number}")
    row.get_by_role("button", name="Admit").click()
    row.wait_for(state="detached")

    wear(page, desk.url, "epidemiologist")
    post(page, f"/cases/{case}/assess-severity", {"severity": "severe", "observed_at": "2020-01-30T00:50:00Z"})
    wear(page, desk.url, "county_duty_officer")
    enter(page, desk.url, "beds?show=waiting")
    assert "For a qualified hospital" in row.inner_text()
    row.get_by_role("button", name="Ask for a transfer").click()
    pick(page, "Ask for a transfer", "To", f"Large {number}")
    row.locator("form").get_by_role("button", name="Ask for a transfer").click()
    row.get_by_text("A transfer is going on").wait_for()

    enter(page, desk.url, "beds?show=transfers")
    row = page.locator(f".grid tbody tr:has-text('Large {number}')")
    for act, stage in (
        ("Approve and keep a bed", "Approved, a bed is kept"),
        ("Has departed", "On the way"),
    ):
        row.get_by_role("button", name=act).click()
        row.get_by_text(stage).wait_for()
    row.get_by_role("button", name="Was received").click()
    row.wait_for(state="detached")

    enter(page, desk.url, "beds")
    page.click(f".grid a:has-text('Large {number}')")
    settle(page)
    lies = page.locator(".grid tbody tr:has-text('Severe')")
    lies.get_by_role("button", name="Record leaving").click()
    lies.locator("form .ant-select").click()
    page.click(".ant-select-item-option:has-text('Left against advice')")
    lies.locator("form").get_by_role("button", name="Record leaving").click()
    page.wait_for_selector("text=Nobody is in bed here")
    page.wait_for_selector("text=Free beds (1)")
    assert desk.errors == []
