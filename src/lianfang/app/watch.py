"""The watch over what comes in: the rules of signals, asked again and again beside whatever else the process does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import close_old_connections

from lianfang.accounts import clock, drills

logger = logging.getLogger(__name__)

EVERY_S: Final = 20.0
"""A signal is there within a minute of the fact that makes it."""


def keep_watch() -> None:
    """Begins the watch, in a thread that ends with the process. Several machines may each keep one: what one has
    raised, another does not."""
    threading.Thread(target=_watch, name="watch", daemon=True).start()


def _watch() -> None:
    waiting = threading.Event()
    from lianfang.capabilities.warning.service import signals

    look(signals.catch_up)
    while not waiting.wait(EVERY_S):
        look(signals.watch)


def look(asked: Callable[[datetime], object]) -> None:
    """Asks the rules once. What goes wrong is logged, and tried again the next time."""
    close_old_connections()
    try:
        if settings.DRILL:
            drills.keep_time(settings.DRILL)
        asked(clock.now())
    except Exception:
        logger.exception("the rules of signals could not be asked")
    finally:
        close_old_connections()
