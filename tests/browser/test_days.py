"""Each role's day on the demonstration: where it begins, the screens it works on, and what is done on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import MOVE, SIDEWAYS, enter, settle, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROWS = ".grid tbody tr"


class Day(NamedTuple):
    """The heading of the first screen in both languages, and the screens: what each of them is there for."""

    zh: str
    en: str
    screens: dict[str, str]


TODAY = ("今天", "Today")
DAYS = {
    "grid_worker": Day(*TODAY, {"today": ".rhythm li", "tasks": ROWS, "coverage": ROWS}),
    "clinic_doctor": Day(*TODAY, {"today": ".rhythm li", "cases": ROWS, "samples": "main h2"}),
    "epidemiologist": Day(*TODAY, {"cases": ROWS, "contacts": ".board-line", "transmission": ROWS}),
    "duty_officer": Day("态势", "Situation", {"situation": ".area-list tbody tr", "warning": ROWS, "plans": "main h2"}),
    "checkpoint_staff": Day(*TODAY, {"today": ".rhythm li", "gates": ROWS, "gates?show=holds": ROWS}),
    "county_duty_officer": Day(*TODAY, {"situation": ".area-list tbody tr", "warning": ROWS, "isolation": ROWS}),
    "station_staff": Day(*TODAY, {"today": ".rhythm li", "stations": ROWS, "needs": "main h2"}),
    "laboratory": Day(*TODAY, {"today": ".rhythm li", "samples": "main h2"}),
    "inspector": Day(*TODAY, {"gates": ROWS, "coverage": ROWS, "stations": ROWS}),
    "counsellor": Day(*TODAY, {"today": ".rhythm li", "needs": "main h2", "tasks": "main h1"}),
    "administrator": Day("账号", "Accounts", {"accounts": "main h2", "devices": "main h1", "retention": "main h2"}),
    "auditor": Day("查看", "Looks", {"looks": "main h2", "retention": "main h2", "figures": "article.notice"}),
}
DAILY = ("grid_worker", "clinic_doctor", "epidemiologist", "duty_officer")
"""Whose day is walked in every run of the tests; that of the others in the long one."""

Axe = Callable[["Page"], list[str]]


def _well(page: Page, axe: Axe) -> list[str]:
    page.wait_for_timeout(300)  # what came in last fades in; half-faded text has no contrast
    return [*axe(page), *(["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else [])]


@pytest.mark.parametrize(
    "role", [role if role in DAILY else pytest.param(role, marks=pytest.mark.long) for role in DAYS]
)
def test_a_day_from_the_first_screen_over_its_own(desk: Desk, axe: Axe, role: str) -> None:
    day, found = DAYS[role], list[str]()
    wear(desk.page, desk.url, role)
    page = enter(desk.page, desk.url, "", "zh", 390)
    page.wait_for_selector(f"main h1:has-text('{day.zh}')")
    for screen, what in day.screens.items():
        page.evaluate(MOVE, screen)
        settle(page)
        page.wait_for_selector(what)
        found += [f"{screen}, zh, 390: {one}" for one in _well(page, axe)]
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("header .lang >> text=English")
    page.evaluate(MOVE, "")
    page.wait_for_selector(f"main h1:has-text('{day.en}')")
    settle(page)
    found += [f"first, en, 1280: {one}" for one in _well(page, axe)]
    assert found == []
    assert desk.errors == []


def _first(page: Page, room: str, button: str) -> None:
    """Presses the first button that is called so, in a room to which a link leads."""
    page.evaluate(MOVE, room)
    settle(page)
    page.get_by_role("button", name=button).first.click()


def test_the_epidemiologist_goes_from_the_days_list_to_the_case_and_the_rounds(desk: Desk) -> None:
    """What is due stands on the first screen and leads to where it is done."""
    wear(desk.page, desk.url, "epidemiologist")
    page = enter(desk.page, desk.url, "")
    page.wait_for_selector(".work tbody tr")
    late = page.locator(".work tbody tr")
    assert late.count() > 0
    page.locator(".work tbody th a, .work tbody td a").first.click()
    settle(page)
    assert page.evaluate("location.hash") not in ("", "#today")
    page.wait_for_selector("main h1")
    page.go_back()
    page.wait_for_selector("main h1:has-text('Today')")
    page.wait_for_selector(".work tbody tr")
    assert desk.errors == []
