"""Batches that arrive together and share a commit: one of their callers leads, the others wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lianfang.facts.sent import Sent

if TYPE_CHECKING:
    from lianfang.facts.log import Outcome

LARGEST_GROUP = 5_000  # facts of one group commit
LARGEST_GROUP_BYTES = 8 * 1024 * 1024  # of its batches but the first

Late = Callable[[], Sequence[Sent]]
"""Asked when it is a process's turn to write: further batches that are to go along."""


class Request:
    """One caller's batches on their way through a group commit. ``turn`` is let go when they are done, or it leads.
    ``late`` gives those that came to the caller meanwhile."""

    def __init__(self, batches: Sequence[Sent], late: Late = tuple) -> None:
        self.batches, self.late = batches, late
        self.facts = sum(len(sent.ready) for sent in batches)
        self.size = sum(sent.size for sent in batches)
        self.turn = threading.Lock()
        self.turn.acquire()
        self.leads = False
        self.outcomes: list[list[Outcome]] | None = None
        self.error: Exception | None = None


class Queue:
    """The batches that wait for a commit. One of the callers leads: it commits all that wait, then hands over."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[Request] = deque()
        self._led = False

    def join(self, request: Request) -> None:
        """Returns when the request is done or is to lead."""
        with self._lock:
            if not self._led:
                self._led = request.leads = True
                return
            self._waiting.append(request)
        request.turn.acquire()

    def group(self, own: Request) -> list[Request]:
        """The leader's batches and those that wait behind them, up to the size of a group."""
        group, facts, size = [own], own.facts, 0
        with self._lock:
            while self._waiting:
                following = self._waiting[0]
                facts, size = facts + following.facts, size + following.size
                if facts > LARGEST_GROUP or size > LARGEST_GROUP_BYTES:
                    break
                group.append(self._waiting.popleft())
        return group

    def hand_over(self, group: Sequence[Request]) -> None:
        """Wakes the next leader, then the callers of a group that is done."""
        with self._lock:
            self._led = bool(self._waiting)
            if self._led:
                following = self._waiting.popleft()
                following.leads = True
                following.turn.release()
        for request in group:
            request.turn.release()
