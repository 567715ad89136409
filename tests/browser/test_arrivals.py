"""Arrivals: flights with their seats, those who wait, calls for help, and the hand-over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import choose_purpose, enter, unusable, wear

if TYPE_CHECKING:
    from playwright.sync_api import Page

STRAND = """async () => {
  const post = async (path, body) => {
    const headers = { 'Content-Type': 'application/json' }
    return (await fetch(`/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const found = await post('cases/list', { where: { number: { any_of: ['KM-001'] } }, columns: ['person'] })
  const [{ person }] = found.cases
  await post('stranded', { person, place: 'Hanoi', area: '530102' })
  return person
}"""


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_rooms_can_be_used_by_everybody(desk: Desk, lang: str, width: int, axe: Callable[[Page], list[str]]) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    shows = ("list", "flights", "stranded", "help")
    assert unusable(desk, [f"arrivals?show={show}" for show in shows], lang, width, axe) == []


def test_nobody_arrived_is_told_as_zero(desk: Desk) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    page = enter(desk.page, desk.url, "arrivals?show=list")
    page.wait_for_selector(".stages dd")
    assert set(page.locator(".stages dd").all_inner_texts()) == {"0"}
    page.wait_for_selector("h2:has-text('There are no such arrivals')")


def test_who_is_stranded_is_named_for_a_purpose(desk: Desk) -> None:
    wear(desk.page, desk.url, "county_duty_officer")
    person = desk.page.evaluate(STRAND)
    page = enter(desk.page, desk.url, "arrivals?show=stranded")
    who = page.locator(".grid tbody th").filter(has_text=person[-6:])
    who.wait_for()
    page.get_by_role("button", name="Show names").click()
    choose_purpose(page)
    who.wait_for(state="detached")
    assert page.locator(".grid tbody th").first.inner_text().strip() not in ("", "hidden")
    assert desk.errors == []
