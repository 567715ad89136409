"""Signing in with a real browser: its cookies over the loopback address, and its own security keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.accounts.people import AUTH
from tests.served import PASSWORD, Served, fresh_code

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ASK = """async ([method, path, body]) => {
    const headers = body === null ? {} : {'Content-Type': 'application/json'}
    const sent = body === null ? null : JSON.stringify(body)
    const answer = await fetch('/api/v1/' + path, {method, headers, body: sent})
    return {status: answer.status, body: await answer.json()}
}"""
REGISTER = """async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
    const made = await navigator.credentials.create({publicKey})
    return made.toJSON()
}"""
USE = """async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    const given = await navigator.credentials.get({publicKey})
    return given.toJSON()
}"""
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def free(browser: Browser) -> Iterator[Page]:
    """A page whose policy lets the test's own script ask, in a context of its own."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def ask(page: Page, method: str, path: str, body: Any = None) -> Any:
    return page.evaluate(ASK, [method, path, body])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_chromium_keeps_the_cookie_of_this_host_over_plain_loopback(served: Served, free: Page, host: str) -> None:
    officer = served.officer(f"cookie.{host.replace('.', '-')}", "clinic_doctor", "530102")
    free.goto(served.url.replace("127.0.0.1", host) + "/api/v1/session")
    assert (
        ask(free, "POST", f"{AUTH}/auth/login", {"username": officer.username, "password": PASSWORD})["status"] == 401
    )
    assert ask(free, "POST", f"{AUTH}/auth/2fa/authenticate", {"code": fresh_code(officer.secret)})["status"] == 200
    assert ask(free, "GET", "session")["body"]["role"] == "clinic_doctor"
    (cookie,) = free.context.cookies()
    assert cookie["name"] == "__Host-lianfang" and cookie["secure"] and cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax" and cookie["path"] == "/" and cookie["expires"] == -1
    assert ask(free, "DELETE", "session")["body"]["role"] == "public"
    assert free.context.cookies() == []


def test_chromium_signs_in_with_a_security_key(served: Served, free: Page) -> None:
    officer = served.officer("has.a.key", "clinic_doctor", "530102")
    free.goto(served.url.replace("127.0.0.1", "localhost") + "/api/v1/session")
    devtools = free.context.new_cdp_session(free)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    ask(free, "POST", f"{AUTH}/auth/login", {"username": officer.username, "password": PASSWORD})
    ask(free, "POST", f"{AUTH}/auth/2fa/authenticate", {"code": fresh_code(officer.secret)})
    options = ask(free, "GET", f"{AUTH}/account/authenticators/webauthn")["body"]["data"]["creation_options"]
    made = free.evaluate(REGISTER, options["publicKey"])
    added = ask(free, "POST", f"{AUTH}/account/authenticators/webauthn", {"name": "key", "credential": made})
    assert added["status"] == 200, added
    ask(free, "DELETE", "session")
    ask(free, "POST", f"{AUTH}/auth/login", {"username": officer.username, "password": PASSWORD})
    options = ask(free, "GET", f"{AUTH}/auth/webauthn/authenticate")["body"]["data"]["request_options"]
    given = free.evaluate(USE, options["publicKey"])
    signed = ask(free, "POST", f"{AUTH}/auth/webauthn/authenticate", {"credential": given})
    assert signed["status"] == 200, signed
    assert ask(free, "GET", "session")["body"]["role"] == "clinic_doctor"
