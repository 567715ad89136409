"""The daily run: estimates, and findings of oversight, made once a day is over by the record's clock, beside whatever
else the process does."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from typing import Final

from django.db import close_old_connections

from lianfang.accounts import clock

logger = logging.getLogger(__name__)

EVERY_S: Final = 60.0


def keep_daily() -> None:
    """Begins to wait for the end of each day, in a thread that ends with the process. Several machines may each do so:
    what one has kept of a day, another does not make."""
    threading.Thread(target=_wait, name="daily", daemon=True).start()


def _wait() -> None:
    waiting = threading.Event()
    while not waiting.wait(EVERY_S):
        make(clock.now())


def make(now: datetime) -> None:
    """Makes the estimates of the last whole day, where nobody has, and raises what the rules of oversight find of it.
    What goes wrong is logged, and tried again."""
    for what, run in (("estimates", _estimate), ("findings", _detect)):
        close_old_connections()
        try:
            run(now)
        except Exception:
            logger.exception("the %s of the day could not be made", what)
        finally:
            close_old_connections()


def _estimate(now: datetime) -> None:
    from lianfang.capabilities.warning.service import daily, signals

    if daily.due(now):
        daily.run(now)
        signals.watch_all()


def _detect(now: datetime) -> None:
    from lianfang.capabilities.oversight.service import detecting

    if detecting.due(now):
        detecting.daily(now)
