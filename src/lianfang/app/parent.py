"""Processes that end with the one that started them, even when that is killed (Linux; elsewhere nothing happens)."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PARENT = "LIANFANG_PARENT"
"""The process number of the one that serves: its workers end with it."""
PR_SET_PDEATHSIG = 1


def ending(number: signal.Signals) -> Callable[[], None] | None:
    """What a child calls before anything else, to be sent ``number`` when the thread that started it ends."""
    if sys.platform != "linux":
        return None
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def end_with_parent() -> None:
    """Makes this process, if it is a worker of the one that ``PARENT`` names, end with it."""
    if sys.platform == "linux" and os.environ.get(PARENT) == str(os.getppid()):
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
