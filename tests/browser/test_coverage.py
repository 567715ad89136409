"""The room of households: from the map to who is missing, rounds, a community's day, teams and reference counts."""

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


TOWN, SITE = "530103001", "530103001003"
VIEWS = [
    "show=ledger&area=530100",
    f"show=ledger&area={TOWN}&state=unwell",
    f"show=rounds&area={TOWN}",
    f"show=grids&area={TOWN}",
    f"show=daily&area={SITE}&day=2020-01-29",
]
LABELS = """() => Object.fromEntries([...document.querySelectorAll('.map-label')]
  .map((one) => [one.children[0].textContent, one.children[1].textContent]).filter(([, share]) => share))"""


@pytest.fixture
def households(desk: Desk) -> Desk:
    wear(desk.page, desk.url, "epidemiologist")
    return desk


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("lang", "width"), [("zh", 390), ("en", 1280)])
def test_rooms_can_be_used_by_everybody(
    households: Desk, view: str, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(households.page, households.url, f"coverage?{view}", lang, width)
    assert page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    assert households.errors == []


def test_the_map_says_what_the_table_says_and_the_way_down_ends_at_a_door(
    households: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(households.page, households.url, "coverage", "zh")
    page.wait_for_selector(".map[aria-busy=false]")
    shares = {
        row.locator("th").inner_text().strip().removesuffix("区"): row.locator("td").nth(2).inner_text().split(".")[0]
        + "%"
        for row in page.locator(".grid tbody tr").all()
    }
    assert page.evaluate(LABELS) == shares and len(shares) == 3
    assert {"75–99% 超过四分之三", "没有登记住户"} <= {
        one.strip() for one in page.locator(".legend li").all_inner_texts()
    }
    for place in ("盘龙区", "拓东街道"):
        page.locator(".grid tbody th button", has_text=place).first.click()
        page.wait_for_selector(f".area-field:has-text('{place}')")
    assert "area=530103001" in page.url
    missing = page.locator(".grid tr:has-text('第一网格') td[data-label='缺漏'] button").first
    expected = missing.inner_text()
    missing.click()
    page.wait_for_selector(f"text=共 {expected} 户")
    page.reload()
    page.locator(".grid tbody th button").first.click()
    page.wait_for_selector("#home-people")
    assert "household=" in page.url and page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    assert households.errors == []


def test_a_round_is_opened_does_not_close_and_leads_to_whom_it_misses(households: Desk) -> None:
    households.page.evaluate(MAKE, {"area": AREA, "community": COMMUNITY})
    page = enter(households.page, households.url, f"coverage?show=rounds&area={AREA}")
    page.get_by_role("button", name="Open a round").click()
    page.fill("#round_due", "2020-02-05T18:00")
    page.keyboard.press("Tab")
    page.locator("form#round button[type=submit]").click()
    page.wait_for_selector("text=is open.")
    page.locator(".grid tr:has-text('Xishan')").get_by_role("button", name="Close the round").click()
    page.wait_for_selector("text=households have no outcome")
    page = enter(page, households.url, f"coverage?show=ledger&area={COMMUNITY}")
    page.locator(".alarms button", has_text="Missing").click()
    settle(page)
    page.wait_for_selector(".grid th:has-text('7栋 101')")
    assert page.locator(".grid tbody tr").count() == 3
    assert [one for one in households.errors if "422" not in one] == []  # the refusal that was asked for


def test_a_day_closes_when_something_was_arranged_for_everybody(households: Desk) -> None:
    page = enter(households.page, households.url, f"coverage?show=daily&area={SITE}&day=2020-01-29")
    page.wait_for_selector(".grid td:has-text('not reported')")
    page.get_by_role("button", name="Report the day").click()
    page.wait_for_selector("text=Arrange something first, or say why not")
    page.locator(".waiting .ant-select").click()
    page.locator(".ant-select-item-option", has_text="isolated at home").click()
    page.locator(".waiting button[type=submit]").click()
    page.wait_for_selector(".waiting", state="detached")
    page.get_by_role("button", name="Report the day").click()
    page.wait_for_selector(".grid td:has-text('late')")
    assert "home 1" in page.locator(".figures-row").first.inner_text()
    assert households.errors == []


def test_a_team_comes_and_goes_and_the_register_is_held_against_another_count(households: Desk) -> None:
    page = enter(households.page, households.url, f"coverage?show=grids&area={SITE}")
    page.get_by_role("button", name="Attach a team").click()
    page.fill("#team_team", "volunteers-9")
    page.fill("#team_workers", "3")
    page.locator("form#team button[type=submit]").click()
    page.get_by_role("button", name="Detach volunteers-9 from this grid").click()
    page.wait_for_selector("text=volunteers-9", state="detached")
    page = enter(page, households.url, f"coverage?area={SITE}")
    page.get_by_role("button", name="State a reference count").click()
    page.fill("#reference_households", "20")
    page.fill("#reference_source", "示例物业名册")
    page.locator("form#reference button[type=submit]").click()
    page.wait_for_selector(".figures-row:has-text('On the register, of the reference 70%')")
    assert households.errors == []
