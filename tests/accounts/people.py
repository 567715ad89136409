"""People made for trials, and how they sign in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import struct
import time
from typing import Any

from django.test import Client

from lianfang.accounts import service

AUTH = "auth/browser/v1"
PASSWORD = "seven grey herons on ice"


class Browser(Client):
    """A browser at one address, which asks for English."""

    def __init__(self, address: str = "10.0.0.1", lang: str = "en") -> None:
        super().__init__(headers={"host": "localhost", "accept-language": lang}, REMOTE_ADDR=address)
        self.secret = ""

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """An answer below ``/api/v1/``."""
        sent = "" if body is None else json.dumps(body)
        return self.generic(method, f"/api/v1/{path}", sent, "application/json", headers=headers)

    def state(self) -> Any:
        return self.ask("GET", "session").json()

    def password(self, username: str, password: str = PASSWORD) -> Any:
        return self.ask("POST", f"{AUTH}/auth/login", {"username": username, "password": password})

    def code(self, secret: str, at: float | None = None) -> Any:
        return self.ask("POST", f"{AUTH}/auth/2fa/authenticate", {"code": totp(secret, at)})

    def set_app(self) -> str:
        """Sets up an authenticator app; its secret."""
        self.secret = str(self.ask("GET", f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"])
        for _ in range(2):  # the half minute may end while the code is on its way
            code = totp(self.secret, later(-30))
            answer = self.ask("POST", f"{AUTH}/account/authenticators/totp", {"code": code})
            if answer.status_code == 200:
                return self.secret
        raise AssertionError(answer.content)


def later(seconds: float) -> float:
    return time.time() + seconds


def totp(secret: str, at: float | None = None) -> str:
    """The code that an app shows at a moment (RFC 6238)."""
    counter = struct.pack(">Q", int((time.time() if at is None else at) // 30))
    found = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    start = found[-1] & 15
    return f"{(struct.unpack('>I', found[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def first_administrator(browser: Browser | None = None) -> Browser:
    """Signed in, with a second factor, as administrator of the country."""
    browser = browser or Browser()
    token = service.first_link()
    welcomed = {"token": token, "username": "first", "display_name": "First One", "password": PASSWORD}
    answer = browser.ask("POST", "session/welcome", welcomed)
    assert answer.status_code == 200, answer.content
    browser.set_app()
    return browser


def appointed(admin: Browser, username: str, role: str, area: str, browser: Browser | None = None) -> Browser:
    """A new account with one appointment, signed in with a second factor."""
    browser = browser or Browser()
    made = admin.ask("POST", "accounts", {"username": username, "display_name": username.title()}).json()
    admin.ask("POST", f"accounts/{made['id']}/appointments", {"role": role, "area": area})
    url = admin.ask("POST", f"accounts/{made['id']}/link", {}).json()["url"]
    token = url.partition("#welcome=")[2]
    answer = browser.ask("POST", "session/welcome", {"token": token, "password": PASSWORD})
    assert answer.status_code == 200, answer.content
    browser.set_app()
    return browser
