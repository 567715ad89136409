"""How the desk looks: dark, on paper, on a big screen, on the narrowest one, and a list of any length."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.desk import DRAWN_MS, YUNNAN, Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

DARK, LIGHT = "rgb(15, 23, 28)", "rgb(242, 245, 246)"
NARROWEST_PX = 320
WAIT_MS = 45_000
SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
"""Text as far apart as WCAG 1.4.12 lets somebody set it."""
ROLES = ("epidemiologist", "duty_officer", "county_duty_officer", "administrator", "auditor", "grid_worker")
MANY = 300_000


def _fades(page: Page) -> None:
    page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(() => null)")


def _is_on(page: Page, ground: str) -> None:
    from playwright.sync_api import expect

    expect(page.locator("body")).to_have_css("background-color", ground, timeout=WAIT_MS)


def test_dark_is_kept_and_can_be_read(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "today", "zh")
    _is_on(page, LIGHT)
    page.locator("header .look").get_by_text("深色").click(force=True)
    _is_on(page, DARK)
    page.reload()
    # Before the desk is there, so that nothing flashes.
    assert page.evaluate("document.documentElement.dataset.look") == "dark"
    _is_on(page, DARK)
    for room in ("today", "cases", "tasks"):
        enter(page, desk.url, room, "zh")
        _fades(page)
        assert axe(page) == [], room
    page.locator("header .look").get_by_text("跟随系统").click(force=True)
    page.wait_for_selector("html[data-look=system]")
    page.emulate_media(color_scheme="dark")
    _is_on(page, DARK)
    page.emulate_media(color_scheme="light")
    _is_on(page, LIGHT)


def test_a_dark_page_is_printed_on_white_with_its_source(desk: Desk) -> None:
    from playwright.sync_api import expect

    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "cases", "zh")
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector(".grid tbody tr")
    page.emulate_media(media="print", color_scheme="dark")
    page.wait_for_selector("footer .printed")
    assert "/#cases" in page.inner_text("footer .printed")
    expect(page.locator(".card").first).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator(".grid th").first).to_have_css("color", "rgb(82, 99, 109)")
    assert not page.locator("header .bar, .rooms").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.grid thead')).display") == "table-header-group"
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF-")


def test_the_wall_needs_no_hand(desk: Desk) -> None:
    page = desk.page
    page.set_viewport_size({"width": 1920, "height": 1080})
    wear(page, desk.url, "duty_officer")
    page.goto("about:blank")
    page.goto(f"{desk.url}/?area={YUNNAN}&lang=zh&wall=1")
    page.wait_for_selector(".wall-bar time")
    page.wait_for_selector(".map[aria-busy=false]", timeout=DRAWN_MS)
    assert "云南" in page.inner_text(".wall-bar h1")
    assert page.inner_text(".wall-bar p").startswith("截至")
    assert not page.locator("header .bar, .rooms, footer").first.is_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    page.keyboard.press("Escape")
    page.wait_for_selector("header .bar")
    assert "wall=1" not in page.url


def _is_narrow(page: Page, room: str) -> list[str]:
    found = [f"{room}: scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else []
    style = page.add_style_tag(content=SPACED)
    if page.evaluate(SIDEWAYS) > 0 and not found:
        found = [f"{room}: scrolls sideways when its text is set further apart"]
    style.evaluate("(one) => one.remove()")
    return found


def test_the_narrowest_screen_is_not_scrolled_sideways(desk: Desk) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    found = list[str]()
    for room in ("today", "cases", "cases/new"):
        found += _is_narrow(enter(desk.page, desk.url, room, "en", NARROWEST_PX), room)
    assert found == []


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_no_room_is_scrolled_sideways_on_the_narrowest_screen(desk: Desk, role: str) -> None:
    wear(desk.page, desk.url, role)
    page = enter(desk.page, desk.url, "today", "en")
    page.wait_for_selector(".rooms nav a", state="attached")
    rooms = page.eval_on_selector_all(".rooms nav a", "all => all.map((a) => a.getAttribute('href').slice(1))")
    found = list[str]()
    for room in dict.fromkeys(["today", "me", *rooms]):
        found += _is_narrow(enter(page, desk.url, str(room), "en", NARROWEST_PX), str(room))
    assert found == []


def _long_list(route: Route, model: dict[str, Any]) -> None:
    """The first case again and again, as if there were very many."""
    asked = json.loads(route.request.post_data or "{}")
    if asked.get("waiting"):
        return route.fallback()
    if not model:
        model.update(route.fetch().json()["cases"][0])
    begin = int(asked.get("after") or 0)
    end = min(MANY, begin + int(asked.get("limit") or 50))
    cases = [
        {**model, "subject": f"{at:08x}-0000-4000-8000-000000000000", "number": f"N-{at}"} for at in range(begin, end)
    ]
    after = str(end) if end < MANY else None
    return route.fulfill(json={"cases": cases, "after": after, "total": MANY, "more": False, "people": {}})


def test_a_list_of_any_length_is_walked_by_keys(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = desk.page
    model: dict[str, Any] = {}
    page.route("**/api/v1/cases/list", lambda route: _long_list(route, model))
    enter(page, desk.url, "cases", "en")
    page.wait_for_selector(".long-grid tbody tr")
    assert page.get_attribute(".long-grid table", "aria-rowcount") == str(MANY + 1)
    page.focus(".long-grid tbody th a >> nth=0")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".long-grid tr[aria-rowindex='3']:focus-within")
    # Each time the end is where the list goes on.
    page.keyboard.press("End")
    page.wait_for_selector(".long-grid tr[aria-rowindex='51']:focus-within")
    page.wait_for_selector(".long-grid tr[aria-rowindex='52']")
    page.keyboard.press("End")
    page.wait_for_selector(".long-grid tr[aria-rowindex='251']:focus-within")
    assert page.locator(".long-grid tbody tr").count() < 120
    assert page.evaluate("document.activeElement.textContent").startswith("N-")
    page.keyboard.press("Home")
    page.wait_for_selector(".long-grid tr[aria-rowindex='2']:focus-within")
    assert axe(page) == []
    page.unroute("**/api/v1/cases/list")
    settle(page)
