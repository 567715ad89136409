"""Takes the pictures of the documents from a running demonstration: ``python docs/screenshots.py http://127.0.0.1:8420``.

``--all DIR`` also takes every room in each language at 1280 and 390 pixels, whole pages, to be looked at.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
VIEW = "?area=530000&as_of=2020-01-28T12:00:00%2B08:00"
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
WIDTHS = ((1280, 860), (390, 844))
DOWN_TO_THE_MAP = {"en": 1440, "zh": 1295}  # pixels
FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # fmt: skip
SETTLED_MS = 2500  # the map fades in and the chart is drawn
ROOMS = {
    "me": "duty_officer",
    "people": "county_duty_officer",
    "people/find": "epidemiologist",
    "people/new": "epidemiologist",
    "people/import": "epidemiologist",
    "people/merge": "epidemiologist",
    "looks": "auditor",
    "retention": "auditor",
    "accounts": "administrator",
    "devices": "administrator",
    "mine": "duty_officer",
}
WEAR = """async role => {
  const session = await (await fetch('/api/v1/session')).json()
  const { id } = session.appointments.find((a) => a.role === role)
  const headers = { 'Content-Type': 'application/json' }
  await fetch('/api/v1/session/appointment', { method: 'POST', headers, body: JSON.stringify({ id }) })
}"""


def opened(browser: Browser, url: str, lang: str, width: int, height: int, room: str = "") -> Page:
    """The page in one language and width: the figures, or a room as the role for it sees it."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=LANGUAGES[lang], timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    if room:
        page.goto(f"{url.rstrip('/')}/?lang={lang}#me")
        page.evaluate(WEAR, ROOMS[room])
    page.goto(f"{url.rstrip('/')}/{VIEW}&lang={lang}#{room}", wait_until="networkidle")
    if room:
        page.reload(wait_until="networkidle")
    if page.locator(".purpose").count():
        page.click(".purpose .ant-select")
        page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLED_MS)
    return page


def take(page: Page, file: Path, *, whole: bool) -> None:
    """One picture; the page is closed with it."""
    page.screenshot(path=file, full_page=whole)
    page.context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="address of the demonstration")
    parser.add_argument("--all", metavar="DIR", type=Path, help="also whole pages at two widths, into DIR")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        parser.error("there is no Chromium: CHROMIUM names one")
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for lang in LANGUAGES:
            whole = opened(browser, options.url, lang, 1280, DOWN_TO_THE_MAP[lang])
            take(whole, IMAGES / f"desk-{lang}.png", whole=False)
            take(opened(browser, options.url, lang, 1280, 640, "people"), IMAGES / f"people-{lang}.png", whole=False)
            for width, height in WIDTHS if options.all else ():
                options.all.mkdir(parents=True, exist_ok=True)
                for room in ("", *ROOMS):
                    file = options.all / f"{room.replace('/', '-') or 'desk'}-{lang}-{width}.png"
                    take(opened(browser, options.url, lang, width, height, room), file, whole=True)
        browser.close()


if __name__ == "__main__":
    main()
