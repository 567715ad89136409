"""What is hard on a page: a slow line, a server that breaks while a form is sent, names that are long."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.choices import pick
from tests.browser.desk import Desk
from tests.browser.rooms import MOVE, SIDEWAYS, choose_purpose, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

LONG = {"zh": "买买提阿卜杜拉合曼诺夫亚历山德罗维奇" * 4, "en": "Abdurrahmanovich-Aleksandrowiczowna " * 2}
"""Cut to the sixty characters that a name may have."""
NAME = 60


@pytest.fixture
def rooms(desk: Desk) -> Desk:
    """The demonstration as the epidemiologist of a prefecture sees it."""
    wear(desk.page, desk.url, "epidemiologist")
    return desk


def _who(page: Page, name: str, document: str = "no document") -> None:
    """Somebody filled in on the way to a report card."""
    page.fill("#who_name", name)
    pick(page, page.locator(".paper .ant-select").first, document)


def test_a_slow_line_shows_that_it_is_loading_and_sends_once(rooms: Desk) -> None:
    page = rooms.page
    waiting: list[Route] = []
    sent: list[Route] = []
    page.route("**/api/v1/cases/list", lambda route: waiting.append(route))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{rooms.url}/?lang=en#cases")
    page.wait_for_selector("main .skeleton, main [aria-busy=true]")
    assert page.locator(".grid tbody tr").count() == 0
    page.unroute("**/api/v1/cases/list")
    for one in waiting:
        one.continue_()
    page.wait_for_selector(".grid tbody tr")

    page = enter(page, rooms.url, "cases/new")
    page.route("**/api/v1/people", lambda route: sent.append(route))
    _who(page, "Slow Line")
    go = page.get_by_role("button", name="Enter and go on")
    go.click()
    page.wait_for_selector("button.ant-btn-loading")
    page.keyboard.press("Enter")
    page.locator("#who_name").press("Enter")
    page.wait_for_selector("button.ant-btn-loading")
    assert len(sent) == 1
    sent[0].continue_()
    page.wait_for_selector("#new-card")
    assert len(sent) == 1
    assert rooms.errors == []


def test_a_server_that_breaks_while_a_form_is_sent_loses_nothing_typed(rooms: Desk) -> None:
    page = enter(rooms.page, rooms.url, "cases/new")
    page.route("**/api/v1/people", lambda route: route.fulfill(status=500, body="broken"))
    _who(page, "Broken Server")
    page.get_by_role("button", name="Enter and go on").click()
    page.wait_for_selector("main [role=alert]")
    assert page.input_value("#who_name") == "Broken Server"
    page.unroute("**/api/v1/people")
    page.get_by_role("button", name="Enter and go on").click()
    page.wait_for_selector("#new-card:focus")
    assert page.locator("section:has(#new-who) strong").inner_text() == "Broken Server"
    assert [one for one in rooms.errors if "500" not in one] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_name_of_sixty_characters_fits(rooms: Desk, lang: str, axe: Callable[[Page], list[str]]) -> None:
    name = LONG[lang][:NAME].strip()
    page = enter(rooms.page, rooms.url, "cases/new", lang, 320)
    _who(page, name, {"zh": "没有证件", "en": "no document"}[lang])
    page.locator("form button[type=submit]").click()
    page.wait_for_selector("#new-card")
    assert page.evaluate(SIDEWAYS) <= 0
    page.evaluate(MOVE, "people")
    choose_purpose(page)
    page.click(f".grid tbody th a:has-text('{name}')")
    page.wait_for_selector(f".facts dd:has-text('{name}')")
    settle(page)
    assert page.evaluate(SIDEWAYS) <= 0
    assert axe(page) == []
    page.go_back()
    page.wait_for_selector(f".grid tbody th:has-text('{name}')")
    assert page.evaluate(SIDEWAYS) <= 0
    assert rooms.errors == []
