"""The room of households: from the map to who is missing, rounds, a community's day, teams and reference counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, settle, unusable, wear

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


TOWN, SITE, DRAWN = "530103001", "530103001003", "530103001009"
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


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(
    households: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    assert unusable(households, [f"coverage?{view}" for view in VIEWS], lang, width, axe) == []


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
    page.locator(".grid tbody th button").first.click()
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


def test_a_grid_is_drawn_given_out_and_handed_over_and_tells_who_has_had_it(
    households: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(households.page, households.url, f"coverage?show=grids&area={DRAWN}")
    page.get_by_role("button", name="Register a grid").click()
    page.fill("#grid_name", "河畔网格")
    page.locator("form#grid button[type=submit]").click()
    page.wait_for_selector("#grid-title:has-text('河畔网格')")
    for form, to in (("assign", "grid worker"), ("hand_over", "demo-epidemiologist")):
        page.get_by_role("button", name="Assign" if form == "assign" else "Hand over", exact=True).first.click()
        choose(page, f"{form}_to", to)
        page.locator(f"form#{form} button[type=submit]").click()
        page.wait_for_selector(f"form#{form}", state="detached")
    page.wait_for_selector(".grid tbody tr >> nth=1")
    had = [one.inner_text() for one in page.locator(".grid tbody th").all()]
    assert had == ["示例流调员", "拓东街道一社区网格员"]
    assert page.evaluate(SIDEWAYS) == 0 and axe(page) == []
    assert households.errors == []


def choose(page: Page, field: str, option: str) -> None:
    """Somebody by name or, where nobody is called so, a code that is typed."""
    page.click(f"#{field}")
    page.fill(f"#{field}", option)
    page.wait_for_selector(f".ant-select-item-option-active:has-text('{option}'):visible")
    page.keyboard.press("Enter")


def test_a_household_is_registered_corrected_and_found_vacant(
    households: Desk, axe: Callable[[Page], list[str]]
) -> None:
    page = enter(households.page, households.url, f"coverage?show=grids&area={SITE}")
    page.locator(".grid tbody th button").first.click()
    page.get_by_role("button", name="Register a household").click()
    page.fill("#household_building", "12栋")
    page.fill("#household_door", "909")
    page.locator("form#household button[type=submit]").click()
    page.wait_for_selector("#home-title:has-text('12栋 909')")
    page.get_by_role("button", name="Correct the registration").click()
    page.fill("#household_door", "908")
    page.fill("#household_expected", "0")
    page.locator("form#household button[type=submit]").click()
    page.wait_for_selector("#home-title:has-text('12栋 908')")
    page.get_by_role("button", name="Record as vacant").click()
    page.click("#vacant_how")
    page.locator(".ant-select-item-option", has_text="the meters show it").click()
    assert axe(page) == []
    page.locator("form#vacant button[type=submit]").click()
    page.wait_for_selector(".grid td:has-text('vacant')")
    assert households.errors == []


def test_who_has_left_lives_there_no_longer_and_then_a_home_can_be_vacant(households: Desk) -> None:
    page = enter(households.page, households.url, f"coverage?area={TOWN}&state=unvisited")
    page.locator(".grid tbody tr", has_text="1 members").first.locator("th button").click()
    page.wait_for_selector("#home-people")
    page.get_by_role("button", name="Record as vacant").click()
    page.wait_for_selector("text=1 people are on the register here")
    page.get_by_role("button", name="has left").click()
    page.locator(".ant-popconfirm-buttons .ant-btn-primary").click()
    page.wait_for_selector("td[data-label='Lives here']:has-text('has left')")
    page.wait_for_selector("form#vacant")
    assert households.errors == []
