"""Single sign-on by OpenID Connect, with a provider made for trials."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings
from jwt.algorithms import ECAlgorithm

from lianfang.accounts import providers
from lianfang.accounts.models import Account
from lianfang.accounts.providers import ProvidersError
from lianfang.app.database import Database
from tests.accounts.people import AUTH, Browser, first_administrator

CALLBACK = "http://localhost/#sign-in"


class Provider:
    """Answers as an OpenID provider does; ``broken`` makes its pages nonsense."""

    def __init__(self) -> None:
        self.subject, self.broken, self.audience = "somebody-at-the-provider", "", "lianfang"
        self.published = self.signing = ec.generate_private_key(ec.SECP256R1())
        self.algorithm, self.issuer = "ES256", ""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(provider.description() if self.path.startswith("/.well-known") else provider.keys())

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._answer(provider.tokens())

            def _answer(self, body: Any) -> None:
                sent = provider.broken.encode() or json.dumps(body).encode()
                self.send_response(500 if provider.broken == "500" else 200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def tokens(self) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer or self.url,
            "aud": self.audience,
            "sub": self.subject,
            "iat": now,
            "exp": now + 60,
        }
        claims |= {"name": "Zhang Wei", "email": "zhang@example.cn"}
        key = {"ES256": self.signing, "HS256": "k" * 32, "none": None}[self.algorithm]
        token = jwt.encode(claims, key, self.algorithm, {"kid": "one"})
        return {"access_token": "a", "token_type": "Bearer", "id_token": token}

    def keys(self) -> dict[str, Any]:
        public = ECAlgorithm.to_jwk(self.published.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": "one", "alg": "ES256", "use": "sig"}]}

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    app = {
        "provider_id": "province",
        "name": "省统一认证",
        "client_id": "lianfang",
        "secret": "s",
        "settings": {"server_url": made.url, "oauth_pkce_enabled": True, "fetch_userinfo": False},
    }
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
        yield made
    made.stop()


def turned(browser: Browser, process: str = "login", **changes: str) -> Any:
    sent = {"provider": "province", "callback_url": CALLBACK, "process": process, **changes}
    return browser.post(f"/api/v1/{AUTH}/auth/provider/redirect", urlencode(sent), "application/x-www-form-urlencoded")


def come_back(browser: Browser, location: str, **changes: str) -> Any:
    query = parse_qs(urlsplit(location).query)
    assert query["code_challenge_method"] == ["S256"]
    sent = {"code": "c", "state": query["state"][0], **changes}
    return browser.get("/api/v1/auth/oidc/province/callback", sent, headers={"sec-fetch-site": "cross-site"})


def connected(browser: Browser) -> None:
    answer = come_back(browser, turned(browser, "connect").json()["location"])
    assert answer.status_code == 302 and "error" not in answer["Location"], answer["Location"]


def test_one_signs_in_by_a_provider_that_was_connected_and_still_shows_the_second_factor(
    database: Database, provider: Provider
) -> None:
    first = first_administrator()
    assert first.state()["oidc"] == [{"id": "province", "name": "省统一认证"}]
    connected(first)
    browser = Browser()
    answer = come_back(browser, turned(browser).json()["location"])
    assert answer.status_code == 302 and answer["Location"] == CALLBACK
    assert browser.state()["signed_in_as"] is None
    assert browser.code(first.secret).status_code == 200
    assert browser.state()["role"] == "administrator"
    assert Account.objects.get().display_name == "First One"


def test_a_stranger_at_the_provider_gets_no_account(database: Database, provider: Provider) -> None:
    connected(first_administrator())
    provider.subject = "a-stranger"
    browser = Browser()
    answer = come_back(browser, turned(browser).json()["location"])
    assert answer.status_code == 302 and "error=signup_closed" in answer["Location"]
    assert browser.state()["signed_in_as"] is None
    assert Account.objects.count() == 1


def test_a_provider_that_is_down_is_told_and_others_still_sign_in(
    database: Database, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    first = first_administrator()
    connected(first)
    waiting = Browser()
    sent = turned(waiting).json()["location"]
    provider.stop()
    for lang, words in (("en", "Sign in with the password"), ("zh", "请用密码登录")):
        answer = turned(Browser(lang=lang))
        assert answer.status_code == 502 and words in answer.json()["detail"]
    back = come_back(waiting, sent)
    assert back.status_code == 302 and back["Location"] == "/?error=unreachable&error_process=login#sign-in"
    assert not [record for record in caplog.records if record.exc_info]
    browser = Browser()
    browser.password("first")
    assert browser.code(first.secret).status_code == 200


@pytest.mark.parametrize("broken", ["500", "<html>", "{}", "[]", '"x"', "null"])
def test_a_provider_that_answers_nonsense_is_told(database: Database, provider: Provider, broken: str) -> None:
    browser = Browser()
    sent = turned(browser).json()["location"]
    provider.broken = broken
    assert turned(Browser()).status_code == 502
    back = come_back(browser, sent)
    assert back.status_code == 302 and "error=" in back["Location"]


def test_a_token_for_another_is_refused(database: Database, provider: Provider) -> None:
    connected(first_administrator())
    provider.audience = "another"
    browser = Browser()
    back = come_back(browser, turned(browser).json()["location"])
    assert back.status_code == 302 and "error=" in back["Location"]
    assert browser.state()["signed_in_as"] is None


@pytest.mark.parametrize("forged", ["another key", "HS256", "none", "another issuer"])
def test_a_token_that_the_provider_did_not_sign_is_refused(database: Database, provider: Provider, forged: str) -> None:
    connected(first_administrator())
    browser = Browser()
    location = turned(browser).json()["location"]
    if forged == "another key":
        provider.signing = ec.generate_private_key(ec.SECP256R1())
    elif forged == "another issuer":
        provider.issuer = "https://evil.example"
    else:
        provider.algorithm = forged
    back = come_back(browser, location)
    assert back.status_code == 302 and "error=" in back["Location"]
    assert browser.state()["signed_in_as"] is None


def test_a_state_of_another_browser_or_used_before_is_refused(database: Database, provider: Provider) -> None:
    first = first_administrator()
    connected(first)
    one, two = Browser(), Browser("10.0.0.2")
    location = turned(one).json()["location"]
    assert "error=" in come_back(two, location)["Location"]
    assert two.state()["signed_in_as"] is None
    come_back(one, location)
    assert "error=" in come_back(one, location)["Location"]


@pytest.mark.parametrize(
    "changes",
    [
        {"provider": "another"},
        {"callback_url": "https://evil.example/"},
        {"process": "signup"},
        {"callback_url": "//evil"},
    ],
)
def test_one_is_led_to_named_providers_and_back_here_only(
    database: Database, provider: Provider, changes: dict[str, str]
) -> None:
    answer = turned(Browser(), **changes)
    assert answer.status_code == 400 and "callback_url" in answer.json()["detail"]


GOOD = {"id": "province", "name": "省统一认证", "server_url": "https://sso.example", "client_id": "c", "secret": "s"}


def written(folder: Path, *rows: dict[str, Any]) -> Path:
    file = folder / "oidc.toml"
    lines = ["[[provider]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in row.items()) for row in rows]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_providers_are_read_from_a_file(tmp_path: Path) -> None:
    (found,) = providers.read(written(tmp_path, GOOD))
    assert found["provider_id"] == "province" and found["settings"]["server_url"] == "https://sso.example"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{**GOOD, "secret": ""}], "provider 1: secret is needed"),
        ([{**GOOD, "id": "A B"}], "provider 1: id has"),
        ([{**GOOD, "server_url": "http://sso.example"}], "provider 1: server_url begins with https://"),
        ([{**GOOD, "server_url": "http://localhost.evil.example"}], "provider 1: server_url begins with https://"),
        ([{**GOOD, "clientid": "x"}], "provider 1: clientid is not known"),
        ([GOOD, GOOD], "two providers have the same id"),
    ],
)
def test_a_bad_file_of_providers_says_where(tmp_path: Path, rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(ProvidersError, match=r"oidc\.toml") as error:
        providers.read(written(tmp_path, *rows))
    assert said in str(error.value)


def test_no_file_of_providers_and_no_toml_say_so(tmp_path: Path) -> None:
    with pytest.raises(ProvidersError, match="cannot be read"):
        providers.read(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_text("[[[", encoding="utf-8")
    with pytest.raises(ProvidersError, match="is no TOML"):
        providers.read(tmp_path / "bad.toml")
