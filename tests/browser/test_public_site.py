"""The public site in a browser that runs no script: read by everybody, narrow and wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.rooms import SIDEWAYS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.mark.parametrize(("lang", "width"), [("zh", 390), ("en", 1280)])
def test_the_site_is_read_by_everybody(
    browser: Browser, desk: Desk, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    answer = page.goto(f"{desk.url}/public/{lang}/index.html")
    assert answer is not None and answer.status == 200
    for name in ("index", "feedback"):
        page.goto(f"{desk.url}/public/{lang}/{name}.html")
        assert page.evaluate(SIDEWAYS) <= 0 and axe(page) == [], name
    context.close()
    silent = browser.new_context(java_script_enabled=False)
    page = silent.new_page()
    page.goto(f"{desk.url}/public/{lang}/index.html")
    page.click("nav.sections a >> nth=3")
    assert page.locator("h1").inner_text() == {"zh": "发热门诊", "en": "Fever clinics"}[lang]
    silent.close()
