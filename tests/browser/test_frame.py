"""The frame of the desk: the first screen of each role, the menu in a line and in a drawer, everything by typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, settle, until, wear
from tests.browser.test_desk_page import HAN, LATIN_WORD, NAMES, WORDS
from tests.browser.test_rooms import SAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Page

TOO_HIGH_PX = 56
LOW = "high => document.querySelector('.rooms').getBoundingClientRect().height < high"
"""A line of the menu, and less than two."""


def _is_well(page: Page, axe: Callable[[Page], list[str]], lang: str) -> None:
    page.wait_for_timeout(300)  # what came in last fades in; half-faded text has no contrast
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    foreign = HAN if lang == "en" else LATIN_WORD
    # Key caps and what somebody has typed are the same in every language.
    left = [text for text in page.evaluate(WORDS) if foreign.search(NAMES.sub("", SAMPLES.sub("", text)))]
    assert [text for text in left if text not in {"Ctrl K", "上下键选择，回车打开，Esc 关闭"}] == []


def _look_for(page: Page, typed: str, option: str) -> None:
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.palette[open]")
    page.keyboard.type(typed)
    page.wait_for_selector(f"dialog.palette [role=option]:has-text('{option}')")


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        ("grid_worker", "Today"),
        ("laboratory", "Today"),
        ("duty_officer", "Situation in"),
        ("administrator", "Accounts"),
        ("auditor", "Looks"),
    ],
)
def test_a_role_begins_on_its_first_screen(desk: Desk, role: str, heading: str) -> None:
    wear(desk.page, desk.url, role)
    page = enter(desk.page, desk.url, "")
    page.wait_for_selector(f"h1:has-text('{heading}')")


def test_the_day_is_read_and_everything_is_reached_by_typing(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "", "zh")
    page.wait_for_selector("h1:has-text('今天')")
    page.wait_for_selector(".state-of li:nth-child(8) strong:not(:has-text('…'))")
    until(page, LOW, TOO_HIGH_PX)
    assert "12:00" in page.inner_text(".next")
    assert page.locator(".rhythm li.late").count() == 1
    assert page.locator(".work tbody tr").count() == 8
    _is_well(page, axe, "zh")

    _look_for(page, "bl", "病例")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.palette", state="detached")
    settle(page)
    assert page.url.endswith("#cases")
    _look_for(page, "panlong", "盘龙区")
    page.click("dialog.palette [role=group][aria-label='地区'] [role=option] >> nth=0")
    page.wait_for_url("**/*area=530103")
    _look_for(page, "KM-001", "KM-001")
    _is_well(page, axe, "zh")
    page.click("dialog.palette [role=option]:has-text('KM-001')")
    page.wait_for_url("**/*#cases/*-*")
    settle(page)
    page.focus(".finder")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog.palette [role=group][aria-label='最近打开'] [role=option]:has-text('病例 …')")
    kept = page.evaluate("sessionStorage.getItem('lianfang.recent')")
    assert "530103" in kept
    assert "KM-001" not in kept, "ids alone are kept in the window"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.palette", state="detached")
    assert page.evaluate("document.activeElement.className") == "finder"
    assert not desk.errors


def test_a_person_is_looked_for_only_when_one_says_so_and_for_a_purpose(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page, asked = enter(desk.page, desk.url, "today", "en"), list[str]()
    page.on("request", lambda sent: asked.append(f"{sent.url} {sent.post_data or ''}"))
    _look_for(page, "13800000001", "Find a person")
    assert not any("/people/" in one for one in asked), "typing looks at nobody"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_selector(".palette-person select:focus")
    assert axe(page) == []
    page.select_option(".palette-person form select", index=1)
    page.click(".palette-person button[type=submit]")
    page.wait_for_selector(".palette-person :has-text('This look is on record.')")
    (sent,) = (one for one in asked if "/people/find" in one)
    assert "13800000001" not in sent.partition(" ")[0]
    page.set_viewport_size({"width": 320, "height": 700})
    until(page, f"() => {SIDEWAYS} <= 0")
    assert not desk.errors


def test_the_menu_opens_by_the_keyboard_and_is_a_drawer_on_a_phone(
    desk: Desk, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "today", "en")
    group = page.get_by_role("button", name="Cases and contacts")
    group.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".doors:not([hidden]) a:has-text('Contacts')")
    _is_well(page, axe, "en")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.wait_for_selector(".doors:not([hidden])", state="detached")
    until(page, "() => document.activeElement.textContent === 'Cases and contacts'")

    page.set_viewport_size({"width": 390, "height": 844})
    until(page, LOW, TOO_HIGH_PX)
    _is_well(page, axe, "en")
    page.click(".drawer-open")
    page.wait_for_selector("dialog.drawer")
    assert axe(page) == []
    page.click("dialog.drawer a:has-text('Contacts')")
    page.wait_for_selector("dialog.drawer", state="detached")
    settle(page)
    assert page.url.endswith("#contacts")
    assert not desk.errors
