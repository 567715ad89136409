"""The public site as the application serves it: files from memory, without a thread, a session or the database."""

from __future__ import annotations

import gzip
import hashlib
import os
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from lianfang.app import doors

PREFIX: Final = "/public/"
LINK: Final = "current"
TYPES: Final = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json",
    ".csv": "text/csv; charset=utf-8", ".atom": "application/atom+xml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
CACHE: Final = "public, max-age=60"
MOST_HELD: Final = 128 * 2**20
"""Bytes of files in memory; beyond it they are read anew."""

Headers = list[tuple[str, str]]


class Held(NamedTuple):
    """A file with its headers, as it is and as a browser that takes gzip gets it."""

    etag: str
    headers: Headers
    body: bytes
    packed_headers: Headers
    packed: bytes


class Files:
    """The files below a folder's link. When the link is switched, all that is held is forgotten."""

    def __init__(self, folder: Path) -> None:
        self._link = folder / LINK
        self._target = ""
        self._held: dict[str, Held] = {}
        self._size = 0

    def fits(self, path: str) -> bool:
        """Whether an address is one of the public site's."""
        return path.startswith(PREFIX) or path == PREFIX[:-1]

    def answer(self, scope: Any) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a request."""
        if scope.method not in ("GET", "HEAD"):
            return 405, [*_headers(), ("Allow", "GET, HEAD")], b""
        if scope.path == PREFIX[:-1]:
            return 308, [*_headers(), ("Location", PREFIX)], b""
        held = self._file(scope.path[len(PREFIX) :])
        if held is None:
            missing = self._missing(scope.path)
            return 404, *((missing.headers, missing.body) if missing else (_headers(), b"404"))
        asked = scope.headers
        packs = "gzip" in (asked.get("accept-encoding") or "")
        if held.etag in (asked.get("if-none-match") or ""):
            return 304, held.packed_headers if packs else held.headers, b""
        headers, body = (held.packed_headers, held.packed) if packs else (held.headers, held.body)
        return 200, headers, b"" if scope.method == "HEAD" else body

    def _missing(self, path: str) -> Held | None:
        lang = path[len(PREFIX) :].partition("/")[0]
        return self._file(f"{lang}/404.html") or self._file("en/404.html")

    def _file(self, name: str) -> Held | None:
        try:
            target = os.readlink(self._link)
        except OSError:  # nothing was written yet
            return None
        if target != self._target:
            self._target, self._held, self._size = target, {}, 0
        held = self._held.get(name)
        return held or self._read(name, self._link.parent / target)

    def _read(self, name: str, folder: Path) -> Held | None:
        path = folder / (unquote(name) + ("index.html" if name == "" or name.endswith("/") else ""))
        kind = TYPES.get(path.suffix)
        if kind is None or ".." in path.parts or "\0" in str(path) or not path.is_file():
            return None
        held = _hold(path.read_bytes(), kind)
        if self._size + len(held.body) + len(held.packed) <= MOST_HELD:
            self._held[name] = held
            self._size += len(held.body) + len(held.packed)
        return held


def _hold(body: bytes, kind: str) -> Held:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = [
        *_headers(),
        ("Content-Type", kind),
        ("ETag", etag),
        ("Cache-Control", CACHE),
        ("Vary", "Accept-Encoding"),
    ]
    packed = gzip.compress(body, 6, mtime=0)
    return Held(etag, headers, body, [*headers, ("Content-Encoding", "gzip")], packed)


def _headers() -> Headers:
    """Those of every answer; the policy of the public site is narrower than the page's."""
    own = {"Content-Security-Policy": POLICY}
    return [(name, own.get(name, value)) for name, value in doors.headers(PREFIX)]
