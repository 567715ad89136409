"""What a real server answers to what no browser sends: files that are none, odd lengths, bodies that are too large."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from lianfang.app.gate import THREADS
from tests.served import Served

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "src" / "lianfang" / "app" / "static" / "desk"
NO_FILES = [
    "/.git/HEAD", "/.git/config", "/.env", "/.venv/stamp", "/.importlinter", "/requirements.lock", "/pyproject.toml",
    "/static/desk/.git/HEAD", "/static/desk/BUILT-FROM", "/static/desk/", "/static/desk/assets/", "/static/",
    "/static/desk/index.html", "/static/desk/../index.html", "/static/desk/..%2f..%2fsettings.py",
    "/static/desk/%2e%2e/%2e%2e/settings.py", "/static/desk/....//....//settings.py", "/static/desk/assets/..\\..\\x",
    "//etc/passwd", "/static/desk//etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/static/desk/assets/%00.js",
    "/secrets/master.key", "/keys/keys.db", "/admin/", "/debug/", "/__debug__/", "/metrics", "/server-status",
    "/api/v1/docs", "/api/docs", "/api/v1/openapi.json/../../../secrets/master.key", "/backup.zip", "/db.sqlite3",
]  # fmt: skip


class Raw(NamedTuple):
    status: int
    head: bytes
    body: bytes


def raw(served: Served, sent: bytes, wait_s: float = 5) -> Raw:
    """Sends bytes as they are; the first answer, or status 0 where the server hangs up without one."""
    address = urlsplit(served.url)
    received = b""
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=wait_s) as line:
        line.sendall(sent)
        try:
            while part := line.recv(65536):
                received += part
        except (TimeoutError, ConnectionResetError):
            pass
    if not received.startswith(b"HTTP/1."):
        return Raw(0, b"", received)
    head, _, body = received.partition(b"\r\n\r\n")
    return Raw(int(head.split()[1]), head, body)


def request(path: str, method: str = "GET", *headers: str, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def test_bar_43_only_the_pages_own_files_are_served(served: Served) -> None:
    """No version control, no listing, no way up, no map of the sources, nothing of the data folder."""
    for path in NO_FILES:
        answer = raw(served, request(path))
        assert answer.status in (400, 401, 403, 404), f"{path} {answer.status} {answer.body[:200]!r}"
        assert b"root:" not in answer.body and b"[core]" not in answer.body and b"SECRET_KEY" not in answer.body
    built = [file for file in DESK.rglob("*") if file.is_file()]
    assert [file.name for file in built if file.suffix == ".map"] == []
    for file in built:
        path = f"/static/desk/{file.relative_to(DESK).as_posix()}"
        status = raw(served, request(path)).status
        asked_for = file.suffix != ".gz" and (file.parent.name == "assets" or file.name == "look.js")
        assert (status == 200) == asked_for, (path, status)  # what is packed is sent in the place of what was asked for


def test_bar_33_the_pages_files_have_the_headers(served: Served) -> None:
    for file in sorted((DESK / "assets").iterdir()):
        head = raw(served, request(f"/static/desk/assets/{file.name}")).head.lower()
        for header in (
            b"x-content-type-options: nosniff",
            b"content-security-policy: default-src 'none'",
            b"referrer-policy: same-origin",
            b"cross-origin-resource-policy: same-origin",
            b"x-frame-options: deny",
        ):
            assert header in head, (file.name, header, head)
        assert b"access-control-allow-origin" not in head and b"set-cookie" not in head


def test_two_lengths_are_one_request_or_none(served: Served) -> None:
    """What two servers in a row could read as one request or as two: refused, or the connection ends."""
    hidden = b"GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    length = f"Content-Length: {len(hidden)}"
    odd = [
        request(
            "/api/v1/session", "POST", "Content-Length: 4", "Transfer-Encoding: chunked", body=b"0\r\n\r\n" + hidden
        ),
        request("/api/v1/session", "POST", "Transfer-Encoding: chunked", body=b"0\r\n\r\n" + hidden),
        request("/api/v1/session", "POST", "Transfer-Encoding: xchunked", length, body=hidden),
        request("/api/v1/session", "POST", "Content-Length: 0", length, body=hidden),
        request("/api/v1/session", "POST", "Content-Length: +4", body=b"{}  " + hidden),
        request("/api/v1/session", "POST", "Content-Length : 4", body=b"{}  " + hidden),
    ]
    for sent in odd:
        answer = raw(served, sent)
        assert answer.status in (0, 400, 403, 405, 411, 501), (sent, answer)
        assert (answer.head + answer.body).count(b"HTTP/1.1 ") <= 1, (sent, answer)


def test_a_body_that_is_too_large_is_refused_unread(served: Served) -> None:
    sent = request("/api/v1/facts", "POST", "Content-Type: application/json", f"Content-Length: {2**40}", body=b"[")
    answer = raw(served, sent)
    assert answer.status == 413 and b"problem+json" in answer.head


SLOW = request("/api/v1/session/welcome/look", "POST", "Content-Type: application/json", "Content-Length: 9", body=b"{")


def test_who_sends_slowly_does_not_keep_others_out(served: Served) -> None:
    """More connections than there are threads, each with one byte of its body: others are answered while they last, and
    each is told at last."""
    address = urlsplit(served.url)
    lines = []
    for _ in range(2 * THREADS):
        lines.append(socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=60))
        lines[-1].sendall(SLOW)
    assert raw(served, request("/api/v1/session"), wait_s=60).status == 200
    for line in lines:
        line.setblocking(False)
        with pytest.raises(BlockingIOError):  # it has had no answer yet
            line.recv(1)
        line.settimeout(60)
    for line in lines:
        with line:
            assert line.recv(65536).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_does_not_arrive_is_told(served: Served) -> None:
    answer = raw(served, SLOW, wait_s=60)
    assert answer.status == 408 and b"problem+json" in answer.head


@pytest.mark.parametrize("header", ["X-A: " + "a" * 1_000_000, "\r\n".join(f"X-{n}: a" for n in range(5_000))])
def test_a_head_has_an_end(served: Served, header: str) -> None:
    assert raw(served, request("/api/v1/session", "GET", header)).status in (0, 400, 431)


def test_a_packed_body_is_not_unpacked(served: Served) -> None:
    body = gzip.compress(b"0" * 10_000_000)
    sent = request(
        "/api/v1/facts", "POST", "Content-Type: application/json", "Content-Encoding: gzip",
        f"Content-Length: {len(body)}", body=body,
    )  # fmt: skip
    assert raw(served, sent).status == 415


def test_no_answer_tells_versions_of_what_is_inside(served: Served) -> None:
    for path in ("/", "/nothing", "/api/v1/nothing"):
        answer = raw(served, request(path))
        assert b"X-Powered-By" not in answer.head
        assert not any(word in answer.head.lower() for word in (b"django/", b"python/", b"granian/", b"whitenoise"))
