"""Takes the pictures of the documents from a running demonstration: ``python docs/screenshots.py http://127.0.0.1:8420``.

``--all DIR`` also takes each language at 1280 and 390 pixels, whole pages, to be looked at.
"""

from __future__ import annotations

import argparse
import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
VIEW = "?area=530000&as_of=2020-01-28T12:00:00%2B08:00"
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
DOWN_TO_THE_MAP = {"en": 1400, "zh": 1255}  # pixels
FLAGS = ["--no-sandbox", "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # fmt: skip
SETTLED_MS = 2500  # the map fades in and the chart is drawn


def take(browser: Browser, url: str, lang: str, width: int, height: int, file: Path, *, whole: bool) -> None:
    """One picture of the page in one language and width."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale=LANGUAGES[lang], timezone_id="Asia/Shanghai"
    )
    page = context.new_page()
    page.goto(f"{url.rstrip('/')}/{VIEW}&lang={lang}", wait_until="networkidle")
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=file, full_page=whole)
    context.close()


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
            take(browser, options.url, lang, 1280, DOWN_TO_THE_MAP[lang], IMAGES / f"desk-{lang}.png", whole=False)
            for width, height in ((1280, 860), (390, 844)) if options.all else ():
                options.all.mkdir(parents=True, exist_ok=True)
                take(browser, options.url, lang, width, height, options.all / f"desk-{lang}-{width}.png", whole=True)
        browser.close()


if __name__ == "__main__":
    main()
