"""Arrivals: flights with their seats, those who wait, calls for help, and the hand-over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.mark.parametrize("show", ["list", "flights", "stranded", "help"])
@pytest.mark.parametrize(("lang", "width"), [("zh", 390), ("en", 1280)])
def test_rooms_can_be_used_by_everybody(
    desk: Desk, show: str, lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, f"arrivals?show={show}", lang, width)
    assert page.evaluate(SIDEWAYS) == 0
    assert axe(page) == []
    assert desk.errors == []


def test_nobody_arrived_is_told_as_zero(desk: Desk) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "arrivals?show=list")
    page.wait_for_selector(".stages dd")
    assert set(page.locator(".stages dd").all_inner_texts()) == {"0"}
    page.wait_for_selector("h2:has-text('There are no such arrivals')")
