"""Every room loads alone and without errors, in both languages and at both widths, and nothing is left untranslated."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, choose_purpose, enter, settle, wear
from tests.browser.test_desk_page import HAN, LATIN_WORD, NAMES, WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOMS = [
    ("duty_officer", "me"),
    ("epidemiologist", "people"),
    ("epidemiologist", "people/find"),
    ("epidemiologist", "people/new"),
    ("epidemiologist", "people/import"),
    ("epidemiologist", "people/merge"),
    ("auditor", "looks"),
    ("auditor", "retention"),
    ("administrator", "accounts"),
    ("administrator", "devices"),
    ("duty_officer", "mine"),
    ("duty_officer", "welcome"),
    ("duty_officer", "enrol"),
]
# The demonstration's people and those of other tests keep their names in every language.
WORKER = ["Today", "Tasks", "Households", "Clinics and protection", "Orders", "Findings", "People"]
SAMPLES = re.compile(
    "示例[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]|示例住户[0-9]+|示例."
    "|Sample(?: [A-Z][a-z]+)*|SAMPLE|Person|Four|Glass|Draft|Imported|Wrong|XLSX|New Comer|Slow Line|Broken Server"
    "|Abdurrahmanovich-Aleksan[a-z]*|(?:买买提阿卜杜拉合曼诺夫亚历山德罗维奇)+[买提阿卜杜拉合曼诺夫亚历山德罗维奇]*"
)


def _open(desk: Desk, role: str, room: str, lang: str, width: int) -> Page:
    wear(desk.page, desk.url, role)
    page = enter(desk.page, desk.url, room, lang, width)
    if room in {"people", "people/find"}:
        choose_purpose(page)
        settle(page)
    return page


@pytest.mark.parametrize(("role", "room"), ROOMS)
def test_a_room_loads_alone_fits_and_speaks_one_language(
    desk: Desk, axe: Callable[[Page], list[str]], role: str, room: str
) -> None:
    page = _open(desk, role, room, "zh", 390)
    _is_well(page, axe, "zh")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("header .lang >> text=English")
    settle(page)
    _is_well(page, axe, "en")
    assert not desk.errors
    assert not desk.elsewhere


def _is_well(page: Page, axe: Callable[[Page], list[str]], lang: str) -> None:
    page.wait_for_timeout(300)  # what came in last fades in; half-faded text has no contrast
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[lang]
    assert page.evaluate(SIDEWAYS) <= 0
    assert axe(page) == []
    foreign = HAN if lang == "en" else LATIN_WORD
    left = [text for text in page.evaluate(WORDS) if foreign.search(NAMES.sub("", SAMPLES.sub("", text)))]
    assert left == []


def test_the_card_of_a_person_at_both_widths(desk: Desk, axe: Callable[[Page], list[str]]) -> None:
    page = _open(desk, "epidemiologist", "people", "zh", 390)
    page.click(".grid th a >> nth=0")
    page.wait_for_selector(".facts dd")
    for name in ("更正", "增加登记", "写备注"):
        page.get_by_role("button", name=name, exact=True).click()
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    assert axe(page) == []


def test_a_role_is_chosen_and_the_menu_follows(desk: Desk) -> None:
    page = enter(desk.page, desk.url, "me")
    page.get_by_role("button", name="Use this role: administrator").click()
    page.wait_for_selector(".who:has-text('administrator')")
    assert page.locator(".rooms nav a").all_inner_texts() == ["Retention", "Accounts", "Devices"]
    page.get_by_role("button", name="Use this role: grid worker").click()
    page.wait_for_selector(".who:has-text('grid worker')")
    assert page.locator(".rooms nav a").all_inner_texts() == WORKER
    page.click("header .lang >> text=中文")
    page.wait_for_selector("h1:has-text('我的角色')")
    assert page.url.endswith("#me")


def test_a_room_that_a_role_may_not_enter_says_so(desk: Desk) -> None:
    wear(desk.page, desk.url, "grid_worker")
    page = enter(desk.page, desk.url, "accounts")
    page.wait_for_selector("[role=alert]:has-text('Your role may not see this')")


def test_without_a_network_a_room_says_so_and_recovers(desk: Desk) -> None:
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "people/find")
    choose_purpose(page)
    page.fill("#document", "SAMPLE0003")
    page.context.set_offline(True)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_selector("[role=alert]:has-text('What you typed is still there')")
    page.context.set_offline(False)
    page.get_by_role("button", name="Find", exact=True).click()
    page.wait_for_selector(".found .grid tbody tr")


def test_the_figures_load_no_room(desk: Desk) -> None:
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    desk.open("530000", "en")
    assert not [url for url in asked if "/People" in url or "/Rooms" in url or "/form" in url]
