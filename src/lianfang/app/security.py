"""How logs are written: security events as JSON, one a line; anything else without what a person typed."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import logging.handlers
import os
import secrets
import threading
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest

from lianfang.access.security import log
from lianfang.app.errors import Unusable

__all__ = ["Lines", "PlainLines", "SecurityFile", "begin", "end", "log", "request_id"]

SECURITY_LOG: Final = "LIANFANG_SECURITY_LOG"
"""A file for the security log; without it the log goes to the standard error stream."""
OWN: Final = "lianfang"
"""Loggers below this one write codes only; the message of any other is left out, for it may quote what was sent."""

MOST_A_MINUTE: Final = 300
"""Lines of one event without an actor, in one process."""

_request: ContextVar[HttpRequest | None] = ContextVar("request", default=None)
_ids: ContextVar[str] = ContextVar("request_id", default="")


def begin(request: HttpRequest) -> str:
    """Gives the request an id, which its answer and its lines in the logs carry."""
    _request.set(request)
    _ids.set(secrets.token_hex(8))
    return _ids.get()


def end() -> None:
    """The thread's next request is another."""
    _request.set(None)
    _ids.set("")


def request_id() -> str:
    """The id of the request that this thread answers; empty outside of one."""
    return _ids.get()


class Lines(logging.Formatter):
    """A security event as one JSON object: UTC, event, outcome, actor, request, route, and the event's own codes."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = getattr(record, "told", None) or {"event": "unnamed", "outcome": "ok"}
        return _line({"at": _utc(record), **told, **_where()})


class PlainLines(logging.Formatter):
    """Any other line of a log as JSON. Of an error: its type and its place in the code, not what it says."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": _utc(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "line": f"{_short(record.pathname)}:{record.lineno}",
            **_where(),
        }
        if record.name == OWN or record.name.startswith(OWN + "."):
            told["message"] = record.getMessage()
        elif record.args and isinstance(record.msg, str):
            told["message"] = record.msg  # what it was to be filled with may be somebody's name
        if record.exc_info and record.exc_info[1] is not None:
            told["error"] = _chain(record.exc_info[1])
        return _line(told)


class Flood(logging.Filter):
    """Of what strangers cause, so many lines of each event a minute: nobody fills the disk from outside. The first line
    of a later minute says how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[int, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        told: dict[str, Any] = getattr(record, "told", None) or {}
        if told.get("actor"):
            return True
        event, minute = str(told.get("event", "")), int(record.created // 60)
        with self._lock:
            then, count = self._seen.get(event, (minute, 0))
            if then != minute:
                if count > MOST_A_MINUTE:
                    told["left_out"] = count - MOST_A_MINUTE
                count = 0
            self._seen[event] = (minute, count + 1)
        return count < MOST_A_MINUTE


class SecurityFile(logging.handlers.WatchedFileHandler):
    """The file of the security log, readable for its owner only; it may be moved away while it is written."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename, encoding="utf-8", delay=True)

    def open(self) -> None:
        """Makes the file where there is none. Raises OSError."""
        self._open().close()

    def _open(self) -> Any:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return os.fdopen(
            os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a", encoding="utf-8"
        )


def handler() -> dict[str, Any]:
    """The handler of the security log, for Django's ``LOGGING``. Raises Unusable where its file cannot be written."""
    if name := os.environ.get(SECURITY_LOG):
        try:
            SecurityFile(name).open()
        except OSError as error:
            raise Unusable(f"{SECURITY_LOG}: {name} cannot be written: {error.strerror}") from None
        where = {"class": "lianfang.app.security.SecurityFile", "filename": name}
    else:
        where = {"class": "logging.StreamHandler"}
    return {**where, "formatter": "security", "filters": ["flood"]}


def _line(told: dict[str, Any]) -> str:
    """Escapes all but ASCII: no character of a value ends the line or moves a terminal's cursor."""
    return json.dumps(told, ensure_ascii=True, default=str)


def _utc(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _where() -> dict[str, str]:
    """The request that is answered: its id, its route as the URL table has it, and a code of where it came from."""
    request = _request.get()
    if request is None:
        return {}
    match = request.resolver_match
    route = match.route if match else "(none)"
    return {
        "request": _ids.get(),
        "route": f"{request.method if request.method in _METHODS else '?'} /{route}",
        "source": _source(request),
    }


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def _source(request: HttpRequest) -> str:
    """A code of where a request comes from, the same for the same address while the installation keeps its secret."""
    from lianfang.accounts.limits import address  # logging is set up before the applications are

    key = b"source of a request" + str(settings.SECRET_KEY).encode()
    return hmac.digest(key, address(request).encode(), hashlib.sha256).hex()[:12]


def _chain(error: BaseException) -> list[dict[str, Any]]:
    """An error and what caused it: types, SQLSTATE, and lines of code."""
    found: list[dict[str, Any]] = []
    seen: BaseException | None = error
    while seen is not None and len(found) < 5:
        frames = traceback.extract_tb(seen.__traceback__)[-12:]
        one: dict[str, Any] = {
            "type": f"{type(seen).__module__}.{type(seen).__qualname__}",
            "frames": [f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames],
        }
        if state := getattr(seen, "sqlstate", None):
            one["sqlstate"] = str(state)
        found.append(one)
        seen = seen.__cause__ or seen.__context__
    return found


def _short(filename: str) -> str:
    """A file's name from its package on."""
    parts = Path(filename).parts
    for root in ("site-packages", "src"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    return "/".join(parts[-2:])
