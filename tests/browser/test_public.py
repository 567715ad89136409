"""The open page: nobody signs in, what one chooses stays in the browser, and a number that is left is called."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.desk import DRAWN_MS, Desk
from tests.browser.rooms import SIDEWAYS, choose_purpose, enter, wear

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

EVERY = [(lang, width) for lang in ("zh", "en") for width in (320, 1280)]
AT = {"longitude": 102.7111, "latitude": 25.0555}
NEAR, FAR, SHUT = "近处医院发热门诊", "远处医院发热门诊", "夜间医院发热门诊"
PHONE = "13912345678"
SET_UP = """async posts => {
  const headers = { 'Content-Type': 'application/json' }
  for (const one of posts) {
    const body = JSON.stringify({ kind_of: 'clinic', lead: 'lead', telephone: '0871-65324888', ...one })
    await fetch('/api/v1/posts', { method: 'POST', headers, body })
  }
}"""


class Passer:
    """Somebody who opens the page in a browser of its own, and what it sent."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        self.sent: list[Request] = []
        page.on("console", lambda one: self.errors.append(one.text) if one.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda one: self.sent.append(one))

    def opened(self) -> Page:
        self.page.goto(f"{self.url}/care")
        self.page.wait_for_selector("#level-0")
        return self.page

    def at_wuhua(self) -> Page:
        page = self.page
        for at, code in enumerate(("530000", "530100", "530102")):
            page.select_option(f"#level-{at}", code)
            page.wait_for_selector(f"#level-{at + 1}")
        page.wait_for_selector(".clinics li")
        return page

    def names(self) -> list[str]:
        return self.page.locator(".clinics h3").all_inner_texts()


@pytest.fixture
def passers(browser: Browser, desk: Desk) -> Iterator[Callable[..., Passer]]:
    """Opens the page in a language and width, in a browser that knows where it is."""
    wear(desk.page, desk.url, "county_duty_officer")
    place = {"town": "530102001", "east_deg": AT["longitude"]}
    desk.page.evaluate(SET_UP, [
        {**place, "name": NEAR, "north_deg": AT["latitude"] + 0.01},
        {**place, "name": FAR, "north_deg": AT["latitude"] + 0.2, "town": "530102002"},
        {**place, "name": SHUT, "north_deg": AT["latitude"], "opens_min": 1200, "closes_min": 480},
    ])  # fmt: skip
    contexts = []

    def opened(lang: str = "en", width: int = 320, **other: Any) -> Passer:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN" if lang == "zh" else "en-GB",
            geolocation=AT, permissions=["geolocation"], **other,
        )  # fmt: skip
        contexts.append(context)
        context.set_default_timeout(DRAWN_MS)
        return Passer(context.new_page(), desk.url)

    yield opened
    for one in contexts:
        one.close()


@pytest.mark.parametrize(("lang", "width"), EVERY)
def test_the_page_can_be_used_by_everybody(
    passers: Callable[..., Passer], lang: str, width: int, axe: Callable[[Page], list[str]]
) -> None:
    passer = passers(lang, width)
    page = passer.opened()
    assert page.evaluate("document.documentElement.lang") == ("zh-CN" if lang == "zh" else "en")
    for stage in ("opened", "chosen", "wrong"):
        if stage == "chosen":
            passer.at_wuhua()
            page.check("#s-fever")
        if stage == "wrong":
            page.fill("#temp", "99")
            page.click("#send")
        assert page.evaluate(SIDEWAYS) <= 0, stage
        assert axe(page) == [], stage
    small = page.evaluate(
        "[...document.querySelectorAll('button, select, .symptoms label, .clinics a, #temp, #phone')]"
        ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
    )
    assert small == [] and passer.errors == []


def test_the_nearest_open_clinic_is_found_and_nothing_is_sent(passers: Callable[..., Passer]) -> None:
    passer = passers()
    page = passer.opened()
    page.check("#s-fever")
    page.fill("#temp", "38,4")
    assert "See a fever clinic" in page.inner_text(".advice")
    page.check("#s-dyspnoea")
    assert "Call 120 now" in page.inner_text(".advice")
    page.uncheck("#s-dyspnoea")
    passer.at_wuhua()
    page.select_option("#level-3", "530102002")
    page.wait_for_function("name => document.querySelector('.clinics h3')?.textContent === name", arg=FAR)
    page.click("#locate")
    page.wait_for_function("name => document.querySelector('.clinics h3')?.textContent === name", arg=NEAR)
    names = passer.names()
    assert names.index(NEAR) < names.index(FAR) < names.index(SHUT)
    first = page.locator(".clinics li").first
    assert "About 1.1 km" in first.inner_text() and "around the clock" in first.inner_text()
    assert first.locator("a").get_attribute("href") == "tel:087165324888"
    assert "Daily 20:00–08:00" in page.locator(".clinics li", has_text=SHUT).inner_text()
    assert {one.method for one in passer.sent} == {"GET"}
    told = " ".join(one.url.partition(passer.url)[2] for one in passer.sent)
    assert "fever" not in told and "38" not in told and "102.7" not in told and "25.05" not in told
    assert page.context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert passer.errors == []


def test_a_number_that_is_left_is_called_by_the_county(passers: Callable[..., Passer], desk: Desk) -> None:
    passer = passers()
    page = passer.opened()
    page.click("#send")
    lacking = page.inner_text("#problems")
    assert all(one in lacking for one in ("Choose what you feel", "Choose the county", "Give a telephone number"))
    page.check("#s-cough")
    passer.at_wuhua()
    page.fill("#phone", "nobody")
    page.click("#send")
    page.wait_for_function("() => document.querySelector('#problems').textContent.includes('digits')")
    page.click("#language")
    assert page.input_value("#phone") == "nobody" and page.is_checked("#s-cough")
    page.click("#language")
    page.fill("#phone", PHONE)
    page.click("#send")
    page.wait_for_selector("#sent")
    assert "2020-02-06" in page.inner_text("#sent") and page.context.cookies() == []
    wear(desk.page, desk.url, "epidemiologist")
    list_ = enter(desk.page, desk.url, "tasks?rule=care.call_back")
    row = list_.locator("section[aria-label=Tasks] .grid tbody tr").first
    row.wait_for()
    list_.wait_for_function("() => document.body.textContent.includes('speaks English')")
    assert "cough" in row.inner_text() and PHONE not in row.inner_text()
    list_.get_by_role("button", name="Show names").click()
    choose_purpose(list_)
    row.get_by_text(PHONE).wait_for()
    row.get_by_role("button", name="Done").click()
    list_.wait_for_function("phone => !document.body.textContent.includes(phone)", arg=PHONE)


def test_without_position_or_server_the_page_says_so(passers: Callable[..., Passer]) -> None:
    passer = passers()
    passer.page.context.clear_permissions()
    page = passer.opened()
    passer.at_wuhua()
    page.click("#locate")
    page.get_by_text("Your position was not found").wait_for()
    page.route("**/api/v1/care/calls", lambda route: route.fulfill(status=429, json={"errors": []}))
    page.check("#s-cough")
    page.fill("#phone", PHONE)
    page.click("#send")
    page.get_by_text("There are too many requests").wait_for()
    page.unroute("**/api/v1/care/calls")
    page.route("**/api/v1/**", lambda route: route.abort())
    page.click("#send")
    page.get_by_text("It was not sent").wait_for()
    assert page.input_value("#phone") == PHONE
    page.reload()
    page.get_by_text("The server cannot be reached").wait_for()
    page.unroute("**/api/v1/**")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("#level-0")


def test_the_page_is_small(passers: Callable[..., Passer]) -> None:
    passer = passers()
    page = passer.opened()
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.name.includes('/care/assets/'))"
        ".map(e => e.encodedBodySize)"
    )
    assert len(sizes) == 2 and sum(sizes) <= 30 * 1024
