"""The search for garbage while many facts are in memory: each search goes through all of them and finds nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

RARELY: Final = 100_000
"""Objects made and not let go between two searches; Python's own 700 took half the time of reading facts."""


def search_rarely() -> None:
    """From here on, in this process."""
    gc.set_threshold(RARELY)


def search_never() -> None:
    """From here on, in this process, but by ``search``: what is there now is there to stay."""
    gc.freeze()
    gc.disable()


def search() -> None:
    """Now."""
    gc.collect()


@contextmanager
def searched_rarely() -> Iterator[None]:
    """Within it, in this process."""
    before = gc.get_threshold()
    search_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
