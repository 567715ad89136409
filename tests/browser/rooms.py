"""The rooms behind the figures, in a browser."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from tests.browser.desk import DRAWN_MS, Desk
from tests.served import PASSWORD, Officer, fresh_code

if TYPE_CHECKING:
    from playwright.sync_api import Page

WEAR = """async role => {
  const session = await (await fetch('/api/v1/session')).json()
  const { id } = session.appointments.find((a) => a.role === role)
  const headers = { 'Content-Type': 'application/json' }
  await fetch('/api/v1/session/appointment', { method: 'POST', headers, body: JSON.stringify({ id }) })
}"""
EMPTY = "<link rel=icon href='data:,'>"
"""A page that asks for nothing: without a word of an icon a browser may look for one."""
MOVE = """room => new Promise((moved) => {
  location.hash = room
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(moved)))
})"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def enter(page: Page, url: str, room: str, lang: str = "en", width: int = 1280) -> Page:
    """A room, loaded anew, with nothing more on its way."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("about:blank")  # the same address with another room would not be loaded anew
    page.goto(f"{url}/?lang={lang}#{room}")
    settle(page)
    return page


def unusable(desk: Desk, rooms: Iterable[str], lang: str, width: int, axe: Callable[[Page], list[str]]) -> list[str]:
    """What keeps somebody from using rooms, one after the other as links lead there: a line each."""
    page, found = desk.page, list[str]()
    for at, room in enumerate(rooms):
        if at:
            page.evaluate(MOVE, room)
            settle(page)
        else:
            enter(page, desk.url, room, lang, width)
        sideways = ["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else []
        found += [f"{room}: {what}" for what in (*sideways, *axe(page))]
    return found + desk.errors


def until(page: Page, promised: str, arg: Any = None) -> None:
    """Waits until what a script promises is so; ``wait_for_function`` takes the promise itself for an answer."""
    end = time.monotonic() + DRAWN_MS / 1000
    while not page.evaluate(promised, arg):
        assert time.monotonic() < end, f"never so: {promised}"
        page.wait_for_timeout(200)


def settle(page: Page) -> None:
    """Waits until nothing is being loaded."""
    page.wait_for_selector("main h1, main h2")
    page.wait_for_selector(".skeleton", state="detached")


def wear(page: Page, url: str, role: str) -> None:
    """Takes one of the demonstration's roles, from an empty page of its address: the desk itself takes longer."""
    if not page.url.startswith(url):
        page.route(f"{url}/empty", lambda route: route.fulfill(body=EMPTY, content_type="text/html"))
        page.goto(f"{url}/empty")
        page.unroute(f"{url}/empty")  # a page with routes keeps no cache
    page.evaluate(WEAR, role)


def choose_purpose(page: Page) -> None:
    """The first purpose that the role has."""
    page.wait_for_selector(".purpose")
    if page.locator(".purpose .ant-select-content-has-value, .purpose .ant-select-selection-item").count():
        return
    page.click(".purpose .ant-select")
    page.click(".ant-select-item-option >> nth=0")
    settle(page)


def password(page: Page, officer: Officer, typed: str = PASSWORD) -> None:
    """The first step of signing in."""
    page.fill("input[autocomplete=username]", officer.username)
    page.fill("input[autocomplete=current-password]", typed)
    page.keyboard.press("Enter")


def second_step(page: Page, officer: Officer) -> None:
    """The second step, with the six digits."""
    page.wait_for_selector("input[autocomplete=one-time-code]")
    page.fill("input[autocomplete=one-time-code]", fresh_code(officer.secret))
    page.keyboard.press("Enter")


def sign_in(page: Page, url: str, officer: Officer, lang: str = "en") -> None:
    """From the sign-in to wherever the officer's role begins."""
    page.goto(f"{url}/?lang={lang}#sign-in")
    password(page, officer)
    second_step(page, officer)
    page.wait_for_selector(".who strong")
    page.wait_for_selector(".sign-in", state="detached")
