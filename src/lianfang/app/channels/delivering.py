"""The watch over notices that are to leave, beside whatever else the process does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import close_old_connections, connection

from lianfang.accounts import clock
from lianfang.app.channels import sending
from lianfang.app.channels.file import Channel

logger = logging.getLogger(__name__)

EVERY_S: Final = 10.0
KEY: Final = 0x6C66_6465_6C69
"""Of the lock that lets one machine at a time send."""
Send = Callable[[Channel, str, str], bool]


def keep_delivering() -> None:
    """Begins the watch, in a thread that ends with the process, where the operator has named channels."""
    if settings.CHANNELS:
        threading.Thread(target=_watch, name="delivery", daemon=True).start()


def _watch() -> None:
    waiting = threading.Event()
    while True:
        close_old_connections()
        try:
            deliver(settings.CHANNELS, clock.now)
        except Exception:
            logger.exception("notices could not be sent")
        finally:
            close_old_connections()
        if waiting.wait(EVERY_S):
            return


def deliver(channels: Sequence[Channel], now: Callable[[], datetime], send: Send = sending.send) -> int:
    """Tells the channels of what is due, and records what came of each. Returns how many were told; none where another
    machine is at it. One that ends between telling and recording tells again."""
    from lianfang.capabilities.command.service import delivering

    by_code = {one.code: one for one in channels}
    with _alone() as mine:
        if not mine:
            return 0
        found = delivering.waiting(channels, now())
        for one in found:
            taken = send(by_code[one.sending.channel], *one.message(settings.PAGE.geturl()))
            delivering.record(one, taken=taken, now=now())
    return len(found)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other machine sends meanwhile. The lock is the session's: no transaction waits for a service."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [KEY])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])
