"""The lines that are open: each viewer is told what changed, by one look at the record for all of them.

A line holds no thread and no connection to the database. One connection of the process hears that facts were appended
(``fact_head`` says so within the transaction) and asks which kinds came of which divisions, at most twice a second.
Every minute, and when its session is ended, a line's request is run through the whole application again: what refuses
it then ends the line.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Any, Final

import psycopg
from granian.rsgi import HTTPProtocol  # type: ignore[attr-defined]  # named so there

from lianfang.app.live.api import LINES, LINES_OF_A_SESSION, Watching
from lianfang.app.live.topics import Changed, Sight, changed_by

logger = logging.getLogger(__name__)

FACT: Final = "fact"
SESSION: Final = "session"
"""What the database tells: that facts came, and which session is no more."""
APART_S: Final = 0.5
"""What comes within it is told together."""
BEAT_S: Final = 15.0
CHECK_S: Final = 60.0
QUIET_S: Final = 30.0
"""So long nothing is heard before the record is looked at unasked: a line to the database may be dead."""
FIRST_S: Final = 5.0
"""A new line waits so long at most until the record's end is known."""
SLOWEST_S: Final = 30.0
MOST_LOOKED_AT: Final = 50_000
"""Facts of one look; of more, everybody is told that everything may have changed."""
BEAT: Final = ": \n\n"

_KINDS: Final = "SELECT DISTINCT kind, area FROM fact WHERE seq > %s AND seq <= %s"
# Handed over, it is at home in another division than the fact, which is of the one that had it.
_TO: Final = (
    "SELECT DISTINCT kind, convert_from(body, 'UTF8')::json -> 'data' ->> 'to' FROM fact "
    "WHERE kind IN ('case.handed_over', 'contact.handed_over') AND seq > %s AND seq <= %s"
)
Again = Callable[[], "asyncio.Future[Any]"]
"""Runs a line's request once more; gives the answer."""


class Line:
    """One viewer's: what is to be told next, and whether it is over."""

    def __init__(self, opened: Watching) -> None:
        self.sight: Sight = opened.sight
        self.hat, self.session = opened.hat, opened.session
        self.topics: set[str] = set()
        self.seq = 0
        self.over = False
        self.check_at = monotonic() + CHECK_S
        self.woken = asyncio.Event()

    def tell(self, seq: int, topics: Iterable[str]) -> None:
        """Notes what is to be told."""
        self.seq = seq
        self.topics.update(topics)
        if self.topics:
            self.woken.set()

    def check(self) -> None:
        """Has the line's request run again now."""
        self.check_at = 0.0
        self.woken.set()

    def end(self, *_: Any) -> None:
        """The viewer is gone, or the process is to end."""
        self.over = True
        self.woken.set()

    def taken(self) -> str:
        """What is to be sent now: an event, or a sign of life."""
        told = event({"seq": self.seq, "topics": sorted(self.topics)}) if self.topics else BEAT
        self.topics.clear()
        self.woken.clear()
        return told


class Lines:
    """The lines of this process. All but ``full`` is for its event loop alone."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lines: set[Line] = set()
        self._seq: int | None = None
        self._ready = asyncio.Event()
        self._over = False
        self._following: asyncio.Task[None] | None = None

    def full(self, session: str) -> int | None:
        """The status that refuses one more line of a session; a browser that has none yet is not told from others."""
        open_now = list(self._lines)
        if self._over or len(open_now) >= LINES:
            return 503
        if session and Counter(line.session for line in open_now)[session] >= LINES_OF_A_SESSION:
            return 429
        return None

    async def keep(self, opened: Watching, headers: list[tuple[str, str]], proto: HTTPProtocol, again: Again) -> None:
        """Keeps a viewer's line until one of the two ends it."""
        line = Line(opened)
        self._lines.add(line)
        gone = asyncio.ensure_future(proto.client_disconnect())
        gone.add_done_callback(line.end)
        try:
            self._follow()
            told = proto.response_stream(200, headers)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), FIRST_S)
            await told.send_str(event({"seq": self._seq or 0, "topics": []}))
            await self._tell(line, told, again)
        except Exception as error:  # a line that broke is its viewer's to open again
            logger.info("a line broke: %s", type(error).__name__)
        finally:
            self._lines.discard(line)
            gone.cancel()

    def end(self) -> None:
        """Ends every line, and takes no more: the process is to end."""
        self._over = True
        for line in self._lines:
            line.end()
        if self._following:
            self._following.cancel()

    async def _tell(self, line: Line, told: Any, again: Again) -> None:
        while not line.over:
            with suppress(TimeoutError):
                await asyncio.wait_for(line.woken.wait(), BEAT_S)
            if line.over:
                return
            if monotonic() >= line.check_at:
                line.check_at = monotonic() + CHECK_S
                if why := _ended(line, await again()):
                    await told.send_str(event({"why": why}, "end"))
                    return
            await told.send_str(line.taken())

    def _follow(self) -> None:
        if self._following is None or self._following.done():
            self._following = asyncio.get_running_loop().create_task(self._followed())

    async def _followed(self) -> None:
        """Hears of what is appended, as long as there is a line; a lost connection is made anew."""
        wait = 1.0
        while self._lines:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, autocommit=True) as record:
                    await record.execute(f"LISTEN {FACT}")
                    await record.execute(f"LISTEN {SESSION}")
                    wait = 1.0
                    while self._lines:
                        await self._look(record)
                        await asyncio.sleep(APART_S)
                        async for heard in record.notifies(timeout=QUIET_S, stop_after=1):
                            self._heard(heard)
            except (psycopg.Error, OSError) as error:
                logger.warning("nothing is heard of the record: %s", type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(2 * wait, SLOWEST_S)
        self._seq = None
        self._ready.clear()

    def _heard(self, heard: psycopg.Notify) -> None:
        for line in self._lines if heard.channel == SESSION else ():
            if line.session == heard.payload:
                line.check()

    async def _look(self, record: psycopg.AsyncConnection[Any]) -> None:
        """Tells each line what came since the look before."""
        found = await (await record.execute("SELECT seq FROM fact_head")).fetchone()
        head: int = found[0] if found else 0
        before, self._seq = self._seq, head
        self._ready.set()
        if before is None or before == head:
            return
        changed: Changed | None = None
        if before < head <= before + MOST_LOOKED_AT:
            rows = await (await record.execute(_KINDS, [before, head])).fetchall()
            if any(kind.endswith(".handed_over") for kind, _ in rows):
                rows += await (await record.execute(_TO, [before, head])).fetchall()
            changed = changed_by(rows)
        for line in self._lines:
            line.tell(head, line.sight.ranges if changed is None else line.sight.of(changed))


def _ended(line: Line, answer: Any) -> str | None:
    """Why a line is over, by what its request was answered now; None while it goes on. It goes on with the rights of
    now, and while there is no database."""
    if isinstance(answer.body, Watching):
        if answer.body.hat != line.hat:
            return "changed"
        line.sight = answer.body.sight
        return None
    return "signed_out" if answer.status in (401, 403) else None


def event(data: object, kind: str = "") -> str:
    """One event as it is sent."""
    named = f"event: {kind}\n" if kind else ""
    return f"{named}data: {json.dumps(data)}\n\n"
