"""The room of households: grids and visits made by requests, the round board, who is missing, daily reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

AREA, COMMUNITY = "530112", "530112001001"
MAKE = """async ({ area, community }) => {
  const ask = async (path, body) => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch('/api/v1' + path, { method: body ? 'POST' : 'GET', headers, body: JSON.stringify(body) })
    const said = await answer.json()
    if (!answer.ok) throw new Error(path + ' ' + answer.status + ' ' + JSON.stringify(said))
    return said
  }
  const rows = ['101', '102', '201'].map((door) => ({ community, grid: '第一网格', building: '7栋', door }))
  await ask('/households/import', { rows })
  const { grids } = await ask('/grids?area=' + community)
  await ask('/grids/assign', { grids: grids.map((one) => one.id), to: 'demo-epidemiologist' })
}"""


@pytest.fixture
def households(desk: Desk) -> Desk:
    wear(desk.page, desk.url, "epidemiologist")
    desk.page.evaluate(MAKE, {"area": AREA, "community": COMMUNITY})
    return desk


@pytest.mark.parametrize("show", ["ledger", "rounds", "grids", "daily"])
@pytest.mark.parametrize(("lang", "width"), [("zh", 390), ("en", 1280)])
def test_rooms_can_be_used_by_everybody(
    households: Desk, show: str, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(households.page, households.url, f"coverage?show={show}&area={COMMUNITY}", lang, width)
    assert page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    assert households.errors == []


def test_a_round_is_opened_does_not_close_and_leads_to_whom_it_misses(households: Desk) -> None:
    page = enter(households.page, households.url, f"coverage?show=rounds&area={AREA}")
    if page.get_by_role("button", name="Close the round").count() == 0:  # another trial has opened it
        page.get_by_role("button", name="Open a round").click()
        page.fill("#round_due", "2020-02-05T18:00")
        page.keyboard.press("Tab")
        page.locator("form#round button[type=submit]").click()
        page.wait_for_selector("text=is open.")
    page.get_by_role("button", name="Close the round").first.click()
    page.wait_for_selector("text=households have no outcome")
    page = enter(page, households.url, f"coverage?show=ledger&area={COMMUNITY}")
    page.locator(".alarms button", has_text="Missing").click()
    settle(page)
    page.wait_for_selector(".grid th:has-text('7栋 101')")
    assert page.locator(".grid tbody tr").count() == 3
    assert [one for one in households.errors if "422" not in one] == []  # the refusal that was asked for
