"""A real installation for a test: made by ``lianfang init``, served by ``lianfang serve``, with people who sign in."""

from __future__ import annotations

import base64
import hmac
import json
import re
import socket
import struct
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple

from lianfang.app import database
from tests import ready
from tests.demo import COMMAND, clean_environment

START_S = 180
PASSWORD = "correct-horse-battery-staple-9"
LOG = "served.log"
LINK = "first-link"
"""The file with the token that ``lianfang init`` has printed."""
STEP_S = 30  # of a one-time password


class Answer(NamedTuple):
    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass
class Browser:
    """Asks as a page does, and keeps its cookies whatever they say of encryption."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """``path`` below ``/api/v1/``; bytes are sent as they are, anything else as JSON."""
        sent = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", data=sent, method=method)
        if sent is not None:
            request.add_header("Content-Type", "application/json")
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if self.cookies:
            request.add_header("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return self._kept(answer.status, answer.read(), answer.headers)
        except urllib.error.HTTPError as error:
            return self._kept(error.code, error.read(), error.headers)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("POST", path, {} if body is None else body, headers)

    def _kept(self, status: int, raw: bytes, headers: Any) -> Answer:
        for line in headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        body = json.loads(raw) if raw[:1] in (b"{", b"[") else raw.decode("utf-8", "replace")
        return Answer(status, body, {name.lower(): value for name, value in headers.items()})


@dataclass
class Officer:
    """One who has an account: how she signs in, and her browser."""

    username: str
    browser: Browser
    secret: str = ""
    account: str = ""

    def sign_in(self) -> Browser:
        """A new browser, signed in with password and second factor."""
        browser = Browser(self.browser.url)
        said = browser.post("auth/browser/v1/auth/login", {"username": self.username, "password": PASSWORD})
        assert said.status == 401, said
        said = browser.post("auth/browser/v1/auth/2fa/authenticate", {"code": fresh_code(self.secret)})
        assert said.status == 200, said
        self.browser = browser
        return browser


class Served(NamedTuple):
    """A running installation: address without a slash at the end, data folder, process, its log, its administrator."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path
    administrator: Officer

    def officer(self, username: str, role: str, area: str) -> Officer:
        """A new officer with one appointment, signed in."""
        admin = self.administrator.browser
        made = admin.post("accounts", {"username": username, "display_name": f"Officer {username}", "area": area})
        assert made.status == 200, made
        account = made.body["id"]
        given = admin.post(f"accounts/{account}/appointments", {"role": role, "area": area})
        assert given.status == 200, given
        link = admin.post(f"accounts/{account}/link", {})
        assert link.status == 200, link
        token = link.body["url"].partition("#welcome=")[2]
        return welcome(self.url, token, username, account)


_used: set[tuple[str, int]] = set()
_spare: dict[str, list[str]] = {}
"""The recovery codes of who has a secret: they sign in too, once each."""


def code_of(secret: str, at: float | None = None) -> str:
    """The one-time password of a secret (RFC 6238: SHA-1, six digits, thirty seconds)."""
    counter = int((time.time() if at is None else at) // STEP_S)
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def fresh_code(secret: str) -> str:
    """A code that was not used yet: each works once, those of the steps before and after this one too. Where all three
    are used, a recovery code, so that nobody waits for the next step."""
    while True:
        now = int(time.time() // STEP_S)
        for step in (now, now + 1, now - 1):
            if (secret, step) not in _used:
                _used.add((secret, step))
                return code_of(secret, step * STEP_S)
        if _spare.get(secret):
            return _spare[secret].pop()
        time.sleep(0.2)


def welcome(url: str, token: str, username: str, account: str = "") -> Officer:
    """Opens a one-time link: sets the password and the second factor."""
    browser = Browser(url)
    said = browser.post(
        "session/welcome",
        {"token": token, "username": username, "display_name": f"Officer {username}", "password": PASSWORD},
    )
    assert said.status == 200, said
    found = browser.get("auth/browser/v1/account/authenticators/totp")
    secret = found.body["meta"]["secret"]
    said = browser.post("auth/browser/v1/account/authenticators/totp", {"code": fresh_code(secret)})
    assert said.status == 200, said
    kept = browser.get("auth/browser/v1/account/authenticators/recovery-codes")
    assert kept.status == 200, kept
    _spare[secret] = kept.body["data"]["unused_codes"]
    session = browser.get("session").body
    return Officer(username, browser, secret, account or session["account"])


def make(home: Path) -> None:
    """Fills a data folder with what ``lianfang init`` leaves there, and with the token that it printed."""
    ready.copy("installed", _initialise, home)


@contextmanager
def installed(folder: Path, environment: Mapping[str, str]) -> Iterator[Served]:
    """An installation in ``folder``, served until the block ends; its output is ``served.log`` there."""
    home, url = folder / "home", f"http://127.0.0.1:{_free_port()}"
    make(home)
    token = (home / LINK).read_text()
    (home / LINK).unlink()
    try:
        with started(folder, url, environment) as process:
            yield Served(url, home, process, folder / LOG, welcome(url, token, "first-admin"))
    finally:
        database.stop(home)


@contextmanager
def started(folder: Path, url: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The server of an installation that was made, until the block ends."""
    home, log = folder / "home", folder / LOG
    with log.open("ab") as output:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", url.rpartition(":")[2]],
            env={**environment, "LIANFANG_HOME": str(home), "LIANFANG_URL": url},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(url, process, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _initialise(home: Path) -> None:
    made = subprocess.run(
        [*COMMAND, "init"], env=clean_environment(home), capture_output=True, text=True, check=False, timeout=START_S
    )
    assert made.returncode == 0, made.stderr
    token = re.search(r"#welcome=(\S+)", made.stdout)
    assert token, made.stdout
    (home / LINK).write_text(token[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(errors="replace")[-2000:]
        try:
            if Browser(url).get("session").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"no answer at {url}:\n{log.read_text(errors='replace')[-2000:]}")
