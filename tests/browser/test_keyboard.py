"""A case reported and confirmed by the keyboard alone: what has the focus is always known, and always seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.browser.rooms import settle
from tests.served import PASSWORD, Served, fresh_code

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

AREA = "530112"
NUMBER = "KB-1"
TOO_MANY = 120
"""Steps of the focus after which what is looked for is not to be reached."""

# Whether the focus is somewhere, and whether it can be seen there or around it.
SEEN = """() => {
  const has = document.activeElement
  if (!has || has === document.body) return 'nothing has the focus'
  if (has.id === 'main' || has.tabIndex < 0) return ''
  for (let at = has; at && at !== document.body; at = at.parentElement) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
    if ((outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none') return ''
    if (at.matches('form, section, dialog, header, main')) break
  }
  return `the focus cannot be seen on ${has.outerHTML.slice(0, 160)}`
}"""
# Whether what has the focus is called so: by its label, its text, or what it says of itself.
CALLED = """name => {
  const has = document.activeElement
  const named = [has.getAttribute('aria-label'), ...[...(has.labels ?? [])].map((label) => label.innerText)]
  if (has.matches('a, button')) named.push(has.innerText)
  return named.some((text) => text?.trim() === name)
}"""


class Hands:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def to(self, name: str, key: str = "Tab") -> None:
        """Goes on to what is called so; every place on the way shows that it has the focus."""
        for _ in range(TOO_MANY):
            assert self.page.evaluate(SEEN) == ""
            if self.page.evaluate(CALLED, name):
                return
            self.press(key)
        raise AssertionError(f"{name} is not reached by {key}")

    def type(self, name: str, text: str) -> None:
        self.to(name)
        self.page.keyboard.type(text)

    def choose(self, name: str, option: str) -> None:
        """Opens a choice and goes down to an option."""
        self.to(name)
        self.press("ArrowDown")
        active = self.page.locator(
            ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active"
        )
        active.wait_for()
        for _ in range(TOO_MANY):
            if active.inner_text().startswith(option):
                break
            before = active.inner_text()
            self.press("ArrowDown")
            self.page.wait_for_function(
                "before => document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden) "
                ".ant-select-item-option-active')?.innerText !== before",
                arg=before,
            )
        self.press("Enter")

    def holds(self) -> None:
        """After an act the focus is somewhere."""
        self.page.wait_for_selector(":focus")

    def go(self, typed: str, option: str) -> None:
        """Over the palette."""
        self.press("Control+k")
        self.page.wait_for_selector("dialog.palette[open]")
        self.page.keyboard.type(typed)
        self.page.wait_for_selector(f"dialog.palette [role=option][aria-selected=true]:has-text('{option}')")
        self.press("Enter")
        self.page.wait_for_selector("dialog.palette", state="detached")
        settle(self.page)
        self.holds()


def test_a_case_is_reported_and_confirmed_without_a_mouse(
    served: Served, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    officer = served.officer("keyboard", "epidemiologist", AREA)
    hands = Hands(page)
    page.goto(f"{served.url}/?lang=en#sign-in")
    page.wait_for_selector("input[autocomplete=username]")
    _signed_in(hands, officer.username, officer.secret)
    _reported(hands)
    _confirmed(hands)
    assert axe(page) == []
    assert hands.errors == []


def _signed_in(hands: Hands, username: str, secret: str) -> None:
    hands.type("User name", username)
    hands.type("Password", PASSWORD)
    hands.press("Enter")
    hands.page.wait_for_selector("input[autocomplete=one-time-code]:focus")
    hands.page.keyboard.type(fresh_code(secret))
    hands.press("Enter")
    hands.page.wait_for_selector(".who strong")
    settle(hands.page)
    hands.errors.clear()  # the first step of signing in answers 401
    hands.holds()


def _reported(hands: Hands) -> None:
    page = hands.page
    hands.go("report", "Report")
    page.wait_for_selector("#who_name")
    hands.type("Name", "Keyboard Sample")
    hands.choose("Kind of document", "no document")
    hands.to("Enter and go on")
    hands.press("Enter")
    page.wait_for_selector("#new-card:focus")
    hands.choose("Edition", "")  # none is in force by itself so many years later
    hands.type("Number", NUMBER)
    hands.type("Onset: from", f"{datetime.now(UTC) - timedelta(days=2):%Y%m%d}")
    hands.to("Report")
    hands.press("Enter")
    page.wait_for_selector(f"h1:has-text('{NUMBER}')")
    settle(page)
    hands.holds()


def _confirmed(hands: Hands) -> None:
    page = hands.page
    hands.to("Classify")
    hands.press("Enter")
    page.wait_for_selector(".sub-form")
    hands.choose("To", "confirmed")
    hands.choose("Basis", "laboratory")
    hands.to("Record")
    hands.press("Enter")
    page.wait_for_selector(".case-heading .tag:has-text('confirmed')")
    page.wait_for_selector("button[aria-expanded=false]:focus")
