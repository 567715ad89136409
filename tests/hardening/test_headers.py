"""Bar 33: headers and cookies of every route, found in the table of URLs; and bar 42's page for an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import get_resolver

from lianfang.app import doors
from lianfang.app.database import Database
from tests.hardening.routes import METHODS, filled, routes

YEAR_S = 31_536_000
MAY_BE_KEPT = {"/api/v1/areas/530000/boundaries"}
"""Answers that a browser may keep for a while: drawings of a map, the same for everybody."""
CANARY = "王小明"


@pytest.fixture(params=["nobody", "signed in"])
def client(request: pytest.FixtureRequest, database: Database) -> Iterator[Client]:
    """Nobody; and the demonstration's officer, whom every route of the officer's lets in."""
    with override_settings(DEMO=request.param == "signed in"):
        yield Client(headers={"host": "localhost"}, raise_request_exception=False)


def everywhere(client: Client) -> Iterator[tuple[str, str, Any]]:
    """Each method at each route with an empty body, and at what is no route."""
    for path in (
        *(route.path for route in routes()),
        "/nothing",
        "/api/v1/nothing",
        "/static/desk/nothing.js",
        "/field/nothing.js",
        "/care/nothing.js",
    ):
        for method in METHODS:
            yield method, path, client.generic(method, path, b"", "application/json")


def policy_of(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, _, values in parts}


def test_bar_33_every_answer_has_the_headers(client: Client) -> None:
    seen = set()
    for method, path, answer in everywhere(client):
        where = f"{method} {path} {answer.status_code}"
        assert answer.status_code < 500, where
        assert answer["X-Content-Type-Options"] == "nosniff", where
        assert answer["Referrer-Policy"] == "same-origin", where
        assert answer["X-Frame-Options"] == "DENY", where
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", where
        camera = "camera=(self)" if path.startswith("/field/") else "camera=()"  # phones read codes at doors
        assert camera in answer["Permissions-Policy"], where
        place = "geolocation=(self)" if path.startswith("/care/") else "geolocation=()"  # stays in the browser
        assert place in answer["Permissions-Policy"], where
        assert re.fullmatch(r"[0-9a-f]{16}", answer["X-Request-ID"]), where
        assert answer["X-Request-ID"] not in seen, where
        seen.add(answer["X-Request-ID"])
        policy = policy_of(answer)
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'", where
        assert "unsafe" not in policy.get("script-src", ""), where
        assert path in MAY_BE_KEPT or "no-store" in answer["Cache-Control"], where
        assert not {"Server", "X-Powered-By", "Access-Control-Allow-Origin"} & set(answer.headers), where
    assert len(seen) >= 5 * 20


def test_bar_33_strict_transport_where_lianfang_is_reached_by_https(client: Client) -> None:
    secure = override_settings(
        ENCRYPTED=True, PAGE=urlsplit("https://lianfang.example"), ALLOWED_HOSTS=["lianfang.example"]
    )
    plain = client.get("/")
    assert "Strict-Transport-Security" not in plain
    with secure:
        client = Client(headers={"host": "lianfang.example"}, raise_request_exception=False)
        for method, path, answer in everywhere(client):
            found = re.fullmatch(r"max-age=(\d+); includeSubDomains", answer["Strict-Transport-Security"])
            assert found and int(found[1]) >= YEAR_S, f"{method} {path}"


def test_bar_33_every_cookie_is_locked(client: Client) -> None:
    """Whatever is asked: each cookie that is set is bound to this host, hidden from scripts and from other sites."""
    sent = 0
    asked = [answer for _, _, answer in everywhere(client)]
    asked.append(
        client.post("/api/v1/auth/browser/v1/auth/login", {"username": "a", "password": "b" * 12}, "application/json")
    )
    asked.append(client.post("/api/v1/session/appointment", {"id": "x"}, "application/json"))
    for answer in asked:
        for name, cookie in answer.cookies.items():
            sent += 1
            assert name.startswith("__Host-"), name
            assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"], name
            assert cookie["samesite"] in ("Lax", "Strict"), name
            assert len(name) + len(cookie.value) < 4096
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-") and settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")


def test_bar_33_an_answer_of_the_api_does_nothing_as_a_page(client: Client) -> None:
    policy = policy_of(client.get("/api/v1/session"))
    assert "sandbox" in policy and "script-src" not in policy
    page = policy_of(client.get("/"))
    assert page["script-src"] == page["form-action"] == page["connect-src"] == "'self'"
    assert page["object-src"] == "'none'"


@pytest.mark.parametrize("agent", ["text/html", "application/json", "*/*"])
def test_bar_42_an_error_of_ours_is_told_by_its_number_alone(
    database: Database, monkeypatch: pytest.MonkeyPatch, agent: str
) -> None:
    """In a route of the API, in the page's, and in a door: never a trace, a name or a path of a file."""

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(f"SELECT * FROM person WHERE name = '{CANARY}'")

    client = Client(headers={"host": "localhost", "accept": agent}, raise_request_exception=False)
    monkeypatch.setattr("lianfang.app.urls.settings", type("Broken", (), {"DESK": property(fail)})())
    page = client.get("/")
    monkeypatch.undo()
    with override_settings(DEMO=True):
        monkeypatch.setattr("lianfang.places.queries.area", fail)
        route = client.get("/api/v1/areas/530000")
        monkeypatch.setattr("lianfang.accounts.demo.viewer", fail)
        door = client.get("/api/v1/session")
    for answer in (page, route, door):
        assert answer.status_code == 500
        said = answer.content.decode()
        assert answer["X-Request-ID"] in said
        assert not re.search(rf"Traceback|RuntimeError|SELECT|{CANARY}|\.py|site-packages|/work|lianfang\.", said), said
    assert page["Content-Type"].startswith("text/html") and "联防在此出错" in page.content.decode()
    assert route["Content-Type"] == door["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN,zh;q=0.9,en;q=0.8", "没有这个地址"), ("en", "no such address")]
)
def test_bar_42_errors_are_told_in_both_languages(database: Database, language: str, words: str) -> None:
    client = Client(headers={"host": "localhost", "accept-language": language})
    problem, page = client.get("/api/v1/nothing"), client.get("/nothing")
    assert problem.status_code == page.status_code == 404
    assert words in problem.json()["detail"]
    assert "没有这个地址" in page.content.decode() and "no such address" in page.content.decode()
    assert "nothing" not in page.content.decode()


def test_bar_43_nothing_runs_in_debug() -> None:
    assert settings.DEBUG is False
    assert not {"django.contrib.admin", "django.contrib.staticfiles", "debug_toolbar"} & set(settings.INSTALLED_APPS)
    assert all(not str(p.pattern).startswith("__") for p in get_resolver().url_patterns)
    assert settings.SESSION_ENGINE == "lianfang.accounts.sessions"  # JSON, sealed; nothing is unpickled
    assert settings.FILE_UPLOAD_HANDLERS == [] and settings.DATA_UPLOAD_MAX_NUMBER_FILES == 0


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_other_methods_are_refused(database: Database, method: str) -> None:
    client = Client(headers={"host": "localhost"})
    for path in ("/", "/api/v1/session", "/nothing"):
        assert client.generic(method, path).status_code == 501, path


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_in_a_header_is_not_heard(database: Database, name: str) -> None:
    client = Client(headers={"host": "localhost", name: "DELETE"})
    assert client.get("/api/v1/session").status_code == 200
    assert client.post("/?_method=DELETE", b"", "application/json").status_code == 405


def test_bodies_that_no_route_takes(database: Database) -> None:
    """Too large, of another type, packed, without a length, of a length that is no number: refused unread."""
    client = Client(headers={"host": "localhost"})
    for route in routes():
        fits = doors.body_of(route.path)
        for sent, status in (
            ({"CONTENT_LENGTH": str(fits.most + 1), "CONTENT_TYPE": fits.types[0]}, 413),
            ({"CONTENT_LENGTH": "2", "CONTENT_TYPE": "multipart/form-data; boundary=x"}, 415),
            ({"CONTENT_LENGTH": "2", "CONTENT_TYPE": "text/plain"}, 415),
            ({"CONTENT_LENGTH": "2", "CONTENT_TYPE": fits.types[0], "HTTP_CONTENT_ENCODING": "gzip"}, 415),
            ({"CONTENT_LENGTH": "-1", "CONTENT_TYPE": fits.types[0]}, 400),
            ({"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, 411),
        ):
            answer = client.generic("POST", route.path, **sent)
            assert answer.status_code == status, f"{route.path} {sent} {answer.status_code}"


def test_a_query_has_an_end(database: Database) -> None:
    client = Client(headers={"host": "localhost"})
    assert client.get("/api/v1/session?" + "a" * doors.LONGEST_QUERY).status_code == 200
    assert client.get("/api/v1/session?" + "a" * (doors.LONGEST_QUERY + 1)).status_code == 414
    assert client.get("/api/v1/session?" + "&a=b" * 1_000).status_code < 500


def test_a_deeply_nested_body_is_refused(database: Database) -> None:
    with override_settings(DEMO=True):
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        for path in ("/api/v1/facts", "/api/v1/bulletins/read"):
            answer = client.post(path, b"[" * 100_000, "application/json")
            assert 400 <= answer.status_code < 500, (path, answer.status_code)


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "127.0.0.1.nip.io"]
)
def test_another_host_is_refused(database: Database, host: str) -> None:
    """A page whose name leads to this machine reads nothing; and no answer carries the name back."""
    for path in ("/", "/api/v1/session"):
        answer = Client(headers={"host": host}).get(path)
        assert answer.status_code == 400 and host not in answer.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_is_refused(database: Database, sent: dict[str, str]) -> None:
    with override_settings(DEMO=True):
        client = Client(headers={"host": "localhost", **sent})
        for route in routes():
            if not route.path.startswith("/api/") or doors.COMING_BACK.fullmatch(route.path):
                continue
            for method in METHODS:
                answer = client.generic(method, route.path, b"", "application/json")
                assert answer.status_code == 403, f"{method} {route.path}"


def test_only_the_way_back_from_a_sign_in_service_may_come_from_another_site(database: Database) -> None:
    """By opening a page, not by a script."""
    path = filled("api/v1/auth/oidc/<slug:provider_id>/callback")
    site = {"host": "localhost", "sec-fetch-site": "cross-site"}
    assert Client(headers={**site, "sec-fetch-mode": "navigate"}).get(path).status_code != 403
    assert Client(headers={**site, "sec-fetch-mode": "cors"}).get(path).status_code == 403
    assert Client(headers={**site, "sec-fetch-mode": "navigate"}).post(path).status_code == 403


def test_behind_a_proxy_the_pages_own_address_counts(database: Database) -> None:
    with override_settings(ENCRYPTED=True, PAGE=urlsplit("https://Lianfang.Example:443"), ALLOWED_HOSTS=["*"]):
        own = Client(headers={"host": "lianfang.example", "origin": "https://lianfang.example"})
        assert own.get("/api/v1/session").status_code == 200
    page = urlsplit("https://lianfang.example:8443")
    with override_settings(ENCRYPTED=True, PAGE=page, ALLOWED_HOSTS=["lianfang.example"]):
        own = Client(headers={"host": "lianfang.example", "origin": "https://lianfang.example:8443"})
        other = Client(headers={"host": "lianfang.example", "origin": "http://lianfang.example:8443"})
        assert own.get("/api/v1/session").status_code == 200
        assert other.get("/api/v1/session").status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-User",
        "Remote-User",
        "X-Original-URL",
        "X-Rewrite-URL",
        "Forwarded",
    ],
)
def test_headers_of_a_proxy_that_is_not_there_change_nothing(database: Database, name: str) -> None:
    plain = Client(headers={"host": "localhost"}).get("/api/v1/session")
    sent = Client(headers={"host": "localhost", name: "administrator"}).get("/api/v1/session")
    steady = {key: value for key, value in plain.json().items() if key != "server_time"}
    assert {key: value for key, value in sent.json().items() if key != "server_time"} == steady
