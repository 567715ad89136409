"""The public site in a browser that runs no script: read by everybody, narrow and wide, and told something back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

READ = ("index", "530000/index", "530000/archive", "measures", "check", "library", "claims", "feedback")
WORDS = {
    "zh": ("意见反馈", "提交反馈或查询答复", "下一步", "内容（", "提交", "编号", "查询", "已收到"),
    "en": ("Feedback", "Tell us, or read an answer", "Go on", "In your words", "Send", "Number", "Look", "Received"),
}


@pytest.fixture
def silent(browser: Browser, desk: Desk) -> Iterator[Callable[[int], Page]]:
    """Opens a page of a browser without scripts, once the site is written."""
    desk.page.goto(f"{desk.url}/care")
    until(desk.page, "async () => (await fetch('/public/zh/530000/index.html')).ok")
    contexts = []

    def opened(width: int) -> Page:
        contexts.append(browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900}))
        return contexts[-1].new_page()

    yield opened
    for one in contexts:
        one.close()


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_the_site_is_read_by_everybody(
    silent: Callable[[int], Page], desk: Desk, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    desk.page.set_viewport_size({"width": width, "height": 900})
    for name in READ:
        answer = desk.page.goto(f"{desk.url}/public/{lang}/{name}.html")
        assert answer is not None and answer.status == 200, name
        assert desk.page.evaluate(SIDEWAYS) <= 0 and axe(desk.page) == [], name
    page = silent(width)
    page.goto(f"{desk.url}/public/{lang}/index.html")
    clinics = {"zh": "发热门诊", "en": "Fever clinics"}[lang]
    page.locator("nav.sections").get_by_role("link", name=clinics, exact=True).click()
    page.wait_for_url(f"{desk.url}/public/{lang}/clinics.html")
    assert page.locator("h1").inner_text() == clinics


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_something_is_told_and_asked_about_without_a_script(
    silent: Callable[[int], Page], desk: Desk, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    menu, tell, on, field, send, number, look, received = WORDS[lang]
    page = silent(width)
    page.goto(f"{desk.url}/public/{lang}/index.html")
    page.get_by_role("link", name=menu, exact=True).click()
    page.get_by_role("link", name=tell).click()
    for code in ("530000", "530100", "530102"):
        page.select_option("#area", code)
        page.get_by_role("button", name=on).click()
    page.get_by_label(field).fill("请问今天可以咨询的时间是几点？")
    assert page.evaluate(SIDEWAYS) <= 0
    page.get_by_role("button", name=send, exact=True).click()
    ticket = page.locator(".ticket").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){2}", ticket)
    page.get_by_label(number, exact=True).fill(ticket)
    page.get_by_role("button", name=look, exact=True).click()
    page.locator("[role=status]", has_text=received).wait_for()
    assert ticket not in page.url and page.context.cookies() == []
    desk.page.goto(f"{desk.url}/care/feedback/?lang={lang}&area=530102")
    assert axe(desk.page) == [] and desk.errors == []


def test_the_notices_of_the_demonstration_hold(silent: Callable[[int], Page], desk: Desk) -> None:
    """Each is counted again to the same bytes, from the record as it was; one was revised, and says why."""
    with urlopen(f"{desk.url}/api/v1/issues?area=530000", timeout=60) as answer:
        issued = [one for one in json.load(answer) if one["stage"] in ("issued", "revised")]
    assert len(issued) >= 3 and {one["stage"] for one in issued} == {"issued", "revised"}
    for one in issued:
        with urlopen(f"{desk.url}/api/v1/issues/{one['draft']}/verify", timeout=60) as answer:
            assert json.load(answer)["holds"], one
    page = silent(1280)
    page.goto(f"{desk.url}/public/en/530000/archive.html")
    assert "补报密切接触者1人" in page.inner_text("main")
