"""Signing in as a person does it: link, password, second factor, role; and what is said when it fails."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.browser.desk import Desk
from tests.browser.pages import PAGES
from tests.browser.rooms import SIDEWAYS, enter, password, second_step, sign_in
from tests.served import PASSWORD, Officer, Served, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

NUMBER = "11010519491231002X"  # the example of GB 11643-1999
WORDS = {
    "en": {"kept": "I have kept them", "wrong": "The code is wrong", "clock": "server’s clock", "use": "Use this role"},
    "zh": {"kept": "我已经保存好了", "wrong": "验证码不对", "clock": "服务器时间", "use": "用这个角色"},
}


@pytest.fixture(scope="module")
def officer(served: Served) -> Officer:
    """One with an authenticator app and one role."""
    return served.officer("browser-one", "epidemiologist", "530100")


def _invited(served: Served, username: str) -> str:
    """The link of a new account with two roles."""
    admin = served.administrator.browser
    made = admin.post("accounts", {"username": username, "display_name": "Two Hats", "area": "530100"}).body
    for role in ("grid_worker", "clinic_doctor"):
        assert admin.post(f"accounts/{made['id']}/appointments", {"role": role, "area": "530102"}).status == 200
    return str(admin.post(f"accounts/{made['id']}/link", {}).body["url"])


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_from_the_link_to_the_role(
    served: Served, page: Page, axe: Callable[[Page], list[str]], lang: str, width: int
) -> None:
    said = WORDS[lang]
    token = _invited(served, f"invited-{lang}").partition("#")[2]
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{served.url}/?lang={lang}#{token}")
    page.wait_for_selector("input[autocomplete=new-password]")
    assert page.url.endswith("#welcome")  # the token is gone from the address
    assert axe(page) == []
    for field in page.locator("input[autocomplete=new-password]").all():
        field.fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".totp svg")
    assert axe(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    secret = page.inner_text(".secret").replace(" ", "")
    page.fill(".totp input", "000000")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"[role=alert]:has-text('{said['wrong']}')")
    assert said["clock"] in page.inner_text("[role=alert]")
    page.fill(".totp input", code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_selector(".codes li")
    assert page.locator(".codes li").count() >= 8
    page.get_by_role("button", name=said["kept"]).click()
    page.wait_for_selector(".hats li")
    assert page.locator(".hats li").count() == 2
    assert axe(page) == []
    page.locator(".hats li", has_text=re.compile("grid worker|网格员")).get_by_role("button").click()
    page.wait_for_selector(".who a:has-text('·')")
    assert re.search("grid worker|网格员", page.inner_text(".who"))


def test_wrong_password_and_wrong_code_are_told_and_lock_nobody(served: Served, page: Page, officer: Officer) -> None:
    enter(page, served.url, "sign-in")
    password(page, officer, "not-the-password-1")
    page.wait_for_selector("[role=alert]:has-text('user name or the password is wrong')")
    assert page.input_value("input[autocomplete=username]") == officer.username
    password(page, officer)
    page.wait_for_selector("input[autocomplete=one-time-code]")
    page.fill("input[autocomplete=one-time-code]", "123456")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('The code is wrong')")
    second_step(page, officer)
    page.wait_for_selector(".who strong")


def test_a_clock_that_is_off_is_named(served: Served, page: Page, officer: Officer) -> None:
    page.clock.install(time="2031-01-01T00:00:00Z")
    page.goto(f"{served.url}/?lang=en#sign-in")
    password(page, officer)
    page.wait_for_selector("input[autocomplete=one-time-code]")
    page.fill("input[autocomplete=one-time-code]", "123456")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('seconds apart')")


def test_a_security_key_signs_in(served: Served, page: Page) -> None:
    url = served.url.replace("127.0.0.1", "localhost")
    officer = served.officer("browser-key", "auditor", "530000")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "hasUserVerification": True}})
    sign_in(page, url, officer)
    page.goto(url + "/?lang=en#me")
    page.get_by_role("button", name="Add key").click()
    page.locator(".add-key").get_by_role("button", name="Add key").click()
    page.wait_for_selector(".keys li:has-text('My key')")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_selector("input[autocomplete=username]")
    password(page, officer)
    page.get_by_role("button", name="Use a security key or passkey").click()
    page.wait_for_selector(".who strong:has-text('Officer browser-key')")


def test_a_session_that_ended_keeps_what_was_typed(served: Served, page: Page, officer: Officer) -> None:
    sign_in(page, served.url, officer)
    page.goto(served.url + "/?lang=en#people/new")
    page.fill("#name", "Typed Before")
    page.fill("#documents_0_number", NUMBER)
    page.fill("#phone", "13800138000")
    page.click("#data_class")
    page.click(".ant-select-item-option >> nth=0")
    page.context.clear_cookies()
    page.get_by_role("button", name="Enter", exact=True).click()
    page.wait_for_selector(".again h1:has-text('Your session has ended')")
    assert page.locator("#name").is_hidden()
    password(page, officer)
    second_step(page, officer)
    page.wait_for_selector("#name")
    assert page.input_value("#name") == "Typed Before"
    assert page.input_value("#phone") == "13800138000"


def test_a_wall_signs_in_anew_by_itself_until_it_is_revoked(served: Served, page: Page) -> None:
    admin = served.administrator.browser
    until = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    asked = {"title": "Hall", "role": "wall", "area": "530100", "post": "hall-1", "until": until}
    made = admin.post("devices", asked).body
    page.goto(made["url"].replace("/#", "/?lang=en#"))
    page.get_by_role("button", name="Enrol").click()
    page.wait_for_selector(".wall-bar time")
    assert not page.locator("header .bar").is_visible()
    page.context.clear_cookies()  # as when the browser was started anew
    page.reload()
    page.wait_for_selector(".wall-bar time")
    assert admin.post(f"devices/{made['device']}/revoke").status == 200
    page.reload()
    page.wait_for_selector("h1:has-text('This wall is let in no more')")
    page.get_by_role("button", name="Use it as a wall no more").click()
    page.wait_for_selector("input[autocomplete=username]")


def test_the_public_sees_the_sign_in_alone(served: Served, page: Page) -> None:
    desk = Desk(page, served.url)
    enter(page, served.url, "")
    assert page.inner_text("main h1") == "Sign in"
    assert page.locator(".rooms nav a").all_inner_texts() == ["My data"]
    assert not desk.errors
    assert not desk.elsewhere


def test_a_used_link_says_so(served: Served, page: Page) -> None:
    page.goto(served.url + "/?lang=en#welcome=not-a-link-of-ours")
    page.wait_for_selector("[role=alert]")
    assert page.locator("input[autocomplete=new-password]").count() == 0
