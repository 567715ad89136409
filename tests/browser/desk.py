"""The page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page, Request

WEB = Path(__file__).resolve().parents[2] / "web"
# A map drawn without a graphics card, beside other work on two cores.
DRAWN_MS = 45_000
YUNNAN, INNER_MONGOLIA = "530000", "150000"


class Desk:
    """The page in a browser, and what it said and asked for on the way."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        # The software renderer of a machine without a graphics card says that reading pixels is slow.
        if message.type in {"error", "warning"} and "GPU stall" not in message.text:
            where = message.location.get("url", "").removeprefix(self.url)
            self.errors.append(f"{message.text} {where}".rstrip())

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.url + "/", "data:", "blob:")):
            self.elsewhere.append(request.url)

    def open(self, area: str = YUNNAN, lang: str = "zh", width: int = 1280, **view: str) -> Page:
        """The view of an area, with its map and its notice there."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(f"{self.url}/?{urlencode({'area': area, 'lang': lang, **view})}")
        self.page.wait_for_selector(".map[aria-busy=false]", timeout=DRAWN_MS)
        self.page.wait_for_selector("article.notice")
        return self.page

    def origin(self, of: str) -> Page:
        """The origin of the number that the selector finds, with its history there."""
        self.page.click(of)
        self.page.wait_for_selector(".origin .history li")
        return self.page

    def read_example(self) -> Page:
        """The example of the box, read."""
        self.page.click("section.read .actions button >> nth=0")
        self.page.wait_for_selector("section.read .record")
        return self.page
