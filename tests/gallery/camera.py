"""Takes pictures in a browser and tells what is wrong on what it took."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS, wear

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request, Route

WIDTHS = (1280, 390)
LANGUAGES = ("zh", "en")
Looks = tuple[tuple[str, int], ...]
EVERY = tuple((lang, width) for lang in LANGUAGES for width in WIDTHS)
TWO = (("zh", 1280), ("en", 390))
"""Where most fits and where least fits."""
HIGH_PX, MOST_HIGH_PX = 900, 3000
WAIT_MS, STEP_MS = 120_000, 50
FADES_MS = 400
"""What came in last fades in, and a map is drawn anew for another width."""
LINE = "/api/v1/live"
BUTTONS = {"zh": "中文", "en": "English"}
DRAWN = """() => !document.querySelector('main .skeleton, main [aria-busy=true], main .ant-spin-spinning')
  && document.querySelector('main h1, main h2, dialog[open]') && document.fonts.status === 'loaded'
  && document.getAnimations().every((one) => one.playState !== 'running')"""
RIGHT = "Failed to load resource"
"""What a browser says of each answer that is an error: right where one was made on purpose."""


@dataclass(frozen=True)
class Picture:
    """One picture that was taken, and what was found on it."""

    role: str
    room: str
    state: str
    lang: str
    width: int
    file: str
    found: tuple[str, ...] = ()


@dataclass
class Camera:
    """One role's browser, and where its pictures go."""

    browser: Browser
    url: str
    role: str
    out: Path
    axe: Callable[[Page], list[str]]
    dark: bool = False
    cookies: dict[str, str] = field(default_factory=dict)
    """Of somebody who is signed in; without them the role is taken in the demonstration."""

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            viewport={"width": WIDTHS[0], "height": HIGH_PX},
            reduced_motion="reduce",
            color_scheme="dark" if self.dark else "light",
            timezone_id="Asia/Shanghai",
        )
        self.context.set_default_timeout(WAIT_MS)
        self.desk = Desk(self.context.new_page(), self.url)
        self.page = self.desk.page
        self._asked: set[Request] = set()
        self.page.on("request", lambda one: None if LINE in one.url else self._asked.add(one))
        self.page.on("requestfinished", lambda one: self._asked.discard(one))
        self.page.on("requestfailed", lambda one: self._asked.discard(one))
        if self.cookies:
            self.context.add_cookies(
                [{"name": name, "value": value, "url": self.url} for name, value in self.cookies.items()]
            )
        elif self.role:
            wear(self.page, self.url, self.role)

    def close(self) -> None:
        self.context.close()

    def open(
        self,
        room: str,
        lang: str = "zh",
        size: tuple[int, int] = (WIDTHS[0], HIGH_PX),
        *,
        settled: bool = True,
        asked: str = "",
    ) -> Page:
        """A room, loaded anew; with the view that is ``asked`` for, as it stands in an address."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.page.goto("about:blank")
        self._asked.clear()
        self.page.goto(f"{self.url}/?lang={lang}{asked and f'&{asked}'}#{room}")
        if settled:
            self.settle()
        return self.page

    def settle(self) -> None:
        """Waits until everything that was asked for is there."""
        self._drawn()
        if self.page.locator(".purpose").count() and not self.page.locator(".purpose [class*=has-value]").count():
            self.page.click(".purpose .ant-select")
            self.page.click(".ant-select-item-option >> nth=0")
            self._drawn()

    def _drawn(self) -> None:
        """Waits until all answers are there and drawn; the line that tells of news is never over."""
        end = time.monotonic() + WAIT_MS / 1000
        while True:
            self.page.wait_for_function(DRAWN)
            if not self._asked:
                self.page.wait_for_timeout(FADES_MS)
                return
            if time.monotonic() > end:
                raise TimeoutError(f"no answer to {next(iter(self._asked)).url}")
            self.page.wait_for_timeout(STEP_MS)

    def take(self, room: str, state: str = "", looks: Looks = EVERY) -> Iterator[Picture]:
        """What is open, in each language and width, without loading it anew: so that what is open stays open."""
        for lang, width in looks:
            self.page.set_viewport_size({"width": width, "height": HIGH_PX})
            if not (self.page.evaluate("document.documentElement.lang") or "").startswith(lang):
                self.page.click(f"header .lang >> text={BUTTONS[lang]}")
            if state not in MADE:
                self.settle()
            yield self._taken(room, state, lang, width)

    def _taken(self, room: str, state: str, lang: str, width: int) -> Picture:
        name = "-".join(
            part for part in (self.role, room, state, "dark" if self.dark else "", lang, str(width)) if part
        )
        file = self.out / f"{re.sub(r'[^a-z0-9_-]+', '-', name.lower())}.jpg"
        found = self._found()
        high = min(int(self.page.evaluate("document.documentElement.scrollHeight")), MOST_HIGH_PX)
        self.page.screenshot(
            path=file, type="jpeg", quality=70, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": high}
        )
        shown = " ".join(part for part in (state, "dark" if self.dark else "") if part)
        return Picture(self.role, room, shown, lang, width, file.name, tuple(found))

    def _found(self) -> list[str]:
        sideways = self.page.evaluate(SIDEWAYS)
        found = [f"scrolls {sideways} px sideways"] if sideways > 0 else []
        found += self.axe(self.page)
        found += [f"console: {error}" for error in self.desk.errors if RIGHT not in error]
        self.desk.errors.clear()
        return found

    @contextmanager
    def answering(self, state: str) -> Iterator[None]:
        """The interface as it is in a state, but for the session."""
        self.page.route(ASKED, MADE[state])
        try:
            yield
        finally:
            self.page.goto("about:blank")
            self.page.unroute_all(behavior="ignoreErrors")


ASKED = re.compile(r"/api/v1/(?!session)")


def _broken(route: Route) -> None:
    route.fulfill(status=500, content_type="application/problem+json", body='{"title": "broken", "status": 500}')


MADE: dict[str, Callable[[Route], None]] = {
    "loading": lambda route: None,
    "error": _broken,
    "offline": lambda route: route.abort(),
}
"""How a state is made: what comes of each question."""
