"""The gate: takes each request in whole, its body in good time, and only then gives it a thread.

Granian speaks to it by RSGI. Who sends slowly holds a place in a loop and what has arrived, but no thread and no
connection to the database; see docs/decisions/0007-a-thread-for-whole-requests.md. Import it when Django is set up.
"""

from __future__ import annotations

import asyncio
import io
import logging
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

from granian.rsgi import HTTPProtocol, ProtocolClosed, Scope  # type: ignore[attr-defined]  # named so there

from lianfang.app import doors
from lianfang.app.database import PUBLIC
from lianfang.app.live.api import FULL, PATH, Watching
from lianfang.app.live.lines import Lines
from lianfang.app.publication.serving import Files
from lianfang.app.together import Answer, Together
from lianfang.facts.api import Appending

logger = logging.getLogger(__name__)

THREADS: Final = 24
"""Requests that are worked on at once; each thread keeps its connection to the database."""
MOST_LARGE: Final = 256 * doors.MIB
"""Bytes of bodies above one MiB that are on their way in at once."""
_ALWAYS: Final[dict[str, Any]] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


class Gate:
    """An RSGI application around a WSGI one. ``record`` is the database whose lines it keeps."""

    def __init__(self, application: Any, record: str) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(THREADS, "request")
        self._together = Together(self._answer)
        self._lines = Lines(record)
        self._public = Files(Path(os.environ[PUBLIC]))
        self._large = 0

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Lets no open line hold up the end: Granian waits for each. Its own handlers are the loop's, which hears of a
        signal by another way and is not disturbed by these."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(self._lines.end))

    async def __rsgi__(self, scope: Scope, proto: HTTPProtocol) -> None:
        if self._public.fits(scope.path):  # the same for all, and asked most by far: no thread works on it
            proto.response_bytes(*self._public.answer(scope))
            return
        environ = environ_of(scope)
        length = int(environ["CONTENT_LENGTH"]) if doors.expects(environ) else 0
        if environ["PATH_INFO"] == PATH:
            environ[FULL] = self._lines.full
        environ["wsgi.input"] = io.BytesIO(await self._body(environ, proto, length) if length else b"")
        answer = await self._together.answer(environ) if self._together.fits(environ, length) else None
        if answer is None:
            answer = await self._by_itself(environ)
        if isinstance(answer.body, Watching):
            said = dict(environ_of(scope))
            await self._lines.keep(answer.body, _open(answer.headers), proto, lambda: self._by_itself(dict(said)))
        else:
            proto.response_bytes(*answer)

    def _by_itself(self, environ: dict[str, Any]) -> asyncio.Future[Answer]:
        environ.setdefault("wsgi.input", io.BytesIO())
        return asyncio.get_running_loop().run_in_executor(self._threads, self._answer, environ)

    async def _body(self, environ: dict[str, Any], proto: HTTPProtocol, length: int) -> bytes:
        """The body; where it does not arrive, nothing, and ``environ`` says as which error to answer that."""
        large = length if length > doors.MIB else 0
        if large and self._large + large > MOST_LARGE:
            environ[doors.UNREAD] = 503
            return b""
        self._large += large
        try:
            async with asyncio.timeout(doors.PATIENCE_S + length / doors.SLOWEST_BYTES_PER_S):
                body = await proto()
        except TimeoutError:
            environ[doors.UNREAD] = 408
            return b""
        except ProtocolClosed:
            body = b""
        finally:
            self._large -= large
        if len(body) != length:
            environ[doors.UNREAD] = 400
        return body

    def _answer(self, environ: dict[str, Any]) -> Answer:
        """The whole answer. An error that gets through the application is logged, for Granian says nothing of it."""
        try:
            return self._run(environ)
        except Exception:
            logger.exception("a request broke the application")
            return Answer(500, [("Content-Type", "text/plain")], b"500")

    def _run(self, environ: dict[str, Any]) -> Answer:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        parts = self._application(environ, lambda status, headers, _=None: begun.append((status, headers)))
        try:
            body = parts if isinstance(parts, Appending | Watching) else b"".join(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()
        status, headers = begun[0]
        return Answer(int(status[:3]), headers, body)


def _open(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The headers of an answer whose length nobody knows."""
    return [(name, value) for name, value in headers if name != "Content-Length"]


def environ_of(scope: Scope) -> dict[str, Any]:
    """A request as WSGI has it (PEP 3333), without its body.

    A header whose name has an underscore is left out: as a variable it would pass for the one with a hyphen.
    """
    host, _, port = scope.server.rpartition(":")
    environ = {
        **_ALWAYS,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" in name or (name == "host" and scope.authority):
            continue
        variable = name.upper().replace("-", "_")
        if variable not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            variable = f"HTTP_{variable}"
        if variable in environ:
            value = f"{environ[variable]}{'; ' if variable == 'HTTP_COOKIE' else ','}{value}"
        environ[variable] = value
    return environ
