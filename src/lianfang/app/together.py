"""Requests that append facts, worked on together: see docs/decisions/0009-appending-together.md.

One thread takes in all that has come: it reads their sessions by one statement and runs each request through the
application, which leaves what is to be appended. Another appends that as one transaction while the first goes on. Two
threads that always have something to do cost a third of what many do that wait for each other.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from types import SimpleNamespace
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import close_old_connections
from django.http import HttpResponse, parse_cookie
from django.middleware.gzip import GZipMiddleware

from lianfang.accounts import sessions
from lianfang.app import doors
from lianfang.app.live.api import Watching
from lianfang.facts import log
from lianfang.facts.api import LATER, Appending
from lianfang.facts.lock import give_way
from lianfang.facts.sent import Sent

logger = logging.getLogger(__name__)

Headers = list[tuple[str, str]]

PATH: Final = "/api/v1/facts"
LARGEST: Final = 1024 * 1024
"""Bytes of a body that goes together with others; who sends more would keep them waiting."""
_PACK: Final = GZipMiddleware(lambda request: HttpResponse())


class Answer(NamedTuple):
    """What the application answered; ``body`` is an ``Appending`` where it is still to be appended, and ``Watching``
    where it opens a line."""

    status: int
    headers: Headers
    body: bytes | Appending | Watching


class One:
    """A request on its way. ``told`` gets its answer, or None where it must be answered by itself."""

    def __init__(self, environ: dict[str, Any], loop: asyncio.AbstractEventLoop) -> None:
        self.environ, self.loop = environ, loop
        self.told: asyncio.Future[Answer | None] = loop.create_future()
        self.size = int(environ["CONTENT_LENGTH"])
        self.answer: Answer | None = None


class Limits(NamedTuple):
    """How much is worked on before what comes of it is handed on; a single request always is."""

    requests: int
    size: int
    """Bytes of their bodies."""


TAKEN: Final = Limits(32, LARGEST // 4)
APPENDED: Final = Limits(256, 2 * LARGEST)


class Together:
    """``run`` is the application: it answers a request as WSGI has it, and does not raise."""

    def __init__(self, run: Callable[[dict[str, Any]], Answer]) -> None:
        self._run = run
        self._taking = _Stage("take", self._take, TAKEN)
        self._appending = _Stage("append", self._append, APPENDED)

    def fits(self, environ: dict[str, Any], length: int) -> bool:
        """Whether a request, with so many bytes of body that were to be read, appends facts, not too many."""
        return (
            environ["PATH_INFO"] == PATH
            and environ["REQUEST_METHOD"] == "POST"
            and 0 < length <= LARGEST
            and doors.UNREAD not in environ
        )

    async def answer(self, environ: dict[str, Any]) -> Answer | None:
        """The answer to a request that fits; None where nothing of it was done and it must be answered by itself."""
        one = One(environ, asyncio.get_running_loop())
        environ[LATER] = True
        self._taking.add([one])
        return await one.told

    def _take(self, group: Sequence[One]) -> None:
        names = [_session_of(one.environ) for one in group]
        found = _found({name for name in names if name})
        for one, name in zip(group, names, strict=True):
            give_way()
            if name and found is not None:
                with sessions.ahead(name, found.get(name)):
                    one.answer = self._run(one.environ)
            else:
                one.answer = self._run(one.environ)
        holding = [one for one in group if one.answer and isinstance(one.answer.body, Appending)]
        _make_ahead(holding)
        self._appending.add(holding)
        _tell([one for one in group if one not in holding])

    def _append(self, group: list[One]) -> None:
        close_old_connections()
        try:
            told = log.append_together(_sent(group), late=lambda: _sent(self._appending.more(group)))
        except Exception as error:
            logger.warning("what was to be appended together is tried one by one: %s", type(error).__name__)
            for one in group:
                one.answer = None
        else:
            for one, outcomes in zip(group, told, strict=True):
                assert one.answer is not None
                one.answer = _finished(one.answer, outcomes, one.environ)
        _tell(group)


class _Stage:
    """One thread that is handed what waits, in the order in which it came."""

    def __init__(self, name: str, work: Callable[[list[One]], None], most: Limits) -> None:
        self._work, self._most = work, most
        self._thread = ThreadPoolExecutor(1, name)
        self._lock = Lock()
        self._waiting: deque[One] = deque()
        self._works = False

    def add(self, ones: Sequence[One]) -> None:
        with self._lock:
            self._waiting.extend(ones)
            if self._works or not self._waiting:
                return
            self._works = True
        self._thread.submit(self._go)

    def _go(self) -> None:
        while group := self._next():
            try:
                self._work(group)
            except Exception:
                logger.exception("a group of requests broke")
                for one in group:
                    one.answer = None
                _tell(group)

    def _next(self) -> list[One]:
        """What is worked on next: the first, and what fits beside it."""
        group: list[One] = []
        with self._lock:
            self._fill(group)
            self._works = bool(group)
        return group

    def more(self, group: list[One]) -> list[One]:
        """What has come since a group was handed on, and fits beside it: it is of the group from then on."""
        with self._lock:
            return self._fill(group)

    def _fill(self, group: list[One]) -> list[One]:
        before, size = len(group), sum(one.size for one in group)
        while self._waiting and len(group) < self._most.requests:
            size += self._waiting[0].size
            if group and size > self._most.size:
                break
            group.append(self._waiting.popleft())
        return group[before:]


def _make_ahead(group: Sequence[One]) -> None:
    """Has registers make what they can; without it, all is made when it is the group's turn."""
    give_way()
    try:
        log.make_ahead(_sent(group))
    except Exception as error:
        logger.warning("nothing was made ahead: %s", type(error).__name__)


def _sent(group: Sequence[One]) -> list[Sent]:
    return [one.answer.body.sent for one in group if one.answer and isinstance(one.answer.body, Appending)]


def _session_of(environ: dict[str, Any]) -> str | None:
    """What stands for the session that a request has the key of."""
    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    return sessions.digest(key) if key else None


def _found(names: set[str]) -> dict[str, sessions.Values] | None:
    """What is stored of sessions; None where it cannot be read: then each request finds out, and says so."""
    close_old_connections()
    try:
        return sessions.find_all(names) if names else {}
    except Exception as error:
        logger.warning("no sessions were read: %s", type(error).__name__)
        return None


def _finished(answer: Answer, outcomes: list[log.Outcome], environ: dict[str, Any]) -> Answer:
    """The answer with what became of each fact, packed where the sender unpacks."""
    held = answer.body
    assert isinstance(held, Appending)
    held.tell(outcomes)
    _PACK.process_response(SimpleNamespace(META=environ), held)
    held["Content-Length"] = str(len(held.content))
    headers = [(name, value) for name, value in answer.headers if name not in held]
    return Answer(answer.status, [*headers, *held.items()], held.content)


def _tell(group: Sequence[One]) -> None:
    """Hands answers to whom they are for; a request without one can be run again."""
    for one in group:
        if one.answer is None:
            one.environ.pop(LATER, None)
            one.environ["wsgi.input"].seek(0)
    if group:
        group[0].loop.call_soon_threadsafe(_set, group)


def _set(group: Sequence[One]) -> None:
    for one in group:
        if not one.told.done():
            one.told.set_result(one.answer)
