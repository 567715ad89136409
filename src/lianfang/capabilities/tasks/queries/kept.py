"""What was gathered last, for as long as the record says the same.

Tasks follow from facts, so as long as no fact has come the same question has the same answer. A served Lianfang keeps
the last answers: the first page, the list, its sums and what is typed ask for the same gathering within seconds. A job
or a command keeps none.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Final

from lianfang.capabilities.tasks.rules import Task
from lianfang.facts import log
from lianfang.facts.fact import Head

MOST_TASKS: Final = 200_000
"""Of all answers that are kept: some hundred megabytes."""
LONGEST_S: Final = 300
"""Whose a post is goes by its shifts, which begin and end without a fact: by hours, so that minutes do not count."""


class Kept:
    """The last answers, by who asked for what. Threads that ask for the same at once gather it once."""

    def __init__(self, most: int = MOST_TASKS, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._found: OrderedDict[Hashable, tuple[Head, float, list[Task]]] = OrderedDict()
        self._asking: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, asked: Hashable, gather: Callable[[], list[Task]]) -> list[Task]:
        """The answer to ``asked``, gathered anew where a fact has come since. Nobody changes the list."""
        head = log.head()  # before it is gathered: what comes meanwhile makes it out of date
        with self._lock:
            asking = self._asking.setdefault(asked, Lock())
        with asking:
            held = self._found.get(asked)
            if held and held[0] == head and self._clock() - held[1] < LONGEST_S:
                return held[2]
            found = gather()
            self._keep(asked, head, found)
            return found

    def _keep(self, asked: Hashable, head: Head, found: list[Task]) -> None:
        with self._lock:
            self._found.pop(asked, None)
            self._found[asked] = head, self._clock(), found
            while len(self._found) > 1 and sum(len(tasks) for *_, tasks in self._found.values()) > self._most:
                oldest, _ = self._found.popitem(last=False)
                self._asking.pop(oldest, None)


_kept: list[Kept] = []


def keep() -> None:
    """From now on this process keeps what it has gathered: called by what serves."""
    _kept[:] = [Kept()]


def kept(asked: Hashable, gather: Callable[[], list[Task]]) -> list[Task]:
    """What ``gather`` gives, or has given; it is asked each time in a process that keeps nothing."""
    return _kept[0].get(asked, gather) if _kept else gather()
