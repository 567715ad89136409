"""What was read last, for as long as the record says the same.

What is shown follows from facts, so as long as no fact has come the same question has the same answer. A served
Lianfang keeps the last answers: those who look at one area ask for the same within seconds. A job or a command keeps
none.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from lianfang.facts import log
from lianfang.facts.fact import Head

T = TypeVar("T")


class Kept(Generic[T]):
    """The last answers, by who asked for what. Threads that ask for the same at once read it once.

    ``most``: of all that is kept, as ``weigh`` weighs it. ``longest_s``: how long an answer stands of itself, for time
    passes without a fact. Until ``begin`` nothing is kept.
    """

    def __init__(
        self, most: int, longest_s: float, weigh: Callable[[T], int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._longest_s, self._weigh, self._clock = most, longest_s, weigh, clock
        self._found: OrderedDict[Hashable, tuple[Head, float, T]] = OrderedDict()
        self._asking: dict[Hashable, Lock] = {}
        self._lock = Lock()
        self._keeps = False

    def begin(self) -> None:
        """From now on this process keeps what it has read: called by what serves."""
        self._keeps = True

    def get(self, asked: Hashable, read: Callable[[], T]) -> T:
        """The answer to ``asked``, read anew where a fact has come since. Nobody changes it."""
        if not self._keeps:
            return read()
        head = log.head()  # before it is read: what comes meanwhile makes it out of date
        with self._lock:
            asking = self._asking.setdefault(asked, Lock())
        with asking:
            held = self._found.get(asked)
            if held and held[0] == head and self._clock() - held[1] < self._longest_s:
                return held[2]
            found = read()
            self._keep(asked, head, found)
            return found

    def _keep(self, asked: Hashable, head: Head, found: T) -> None:
        with self._lock:
            self._found.pop(asked, None)
            self._found[asked] = head, self._clock(), found
            while len(self._found) > 1 and sum(self._weigh(its) for *_, its in self._found.values()) > self._most:
                oldest, _ = self._found.popitem(last=False)
                self._asking.pop(oldest, None)
