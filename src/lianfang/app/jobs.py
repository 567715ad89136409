"""What runs by the clock, beside the server: ``python -m lianfang.app.jobs``. Each job runs once for all machines."""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from datetime import UTC, datetime

import django
from procrastinate.contrib.django import app

from lianfang.app.channels.delivering import keep_delivering
from lianfang.app.daily import keep_daily
from lianfang.app.parent import end_with_parent
from lianfang.app.watch import keep_watch

# 02:00 of the system day, which is China's: procrastinate counts in UTC.
NIGHTLY = "0 18 * * *"


@app.periodic(cron=NIGHTLY)
@app.task(queueing_lock="nightly", lock="nightly")
def nightly(timestamp: int) -> None:
    """Erases what is held no longer than it may be, and what sessions and limits leave behind."""
    clean(datetime.fromtimestamp(timestamp, UTC))


def clean(now: datetime) -> None:
    """The night's work as of ``now``; doing it again changes nothing."""
    from lianfang.accounts import service as accounts
    from lianfang.exchange import store
    from lianfang.facts import aside
    from lianfang.identity import retention

    # Stopped, as by a clock that has leapt, it erases nothing; the security log tells that somebody must confirm it.
    with suppress(retention.Braked):
        retention.retain(now)
        aside.erase_due(now, retention.days("set_aside"))
    accounts.forget_old(now)
    store.forget_old(now)


def main() -> None:
    """Catches up with the nights that were missed, then works, and watches what comes in, until ended."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
    end_with_parent()
    django.setup()
    from lianfang.app.publication import site

    clean(datetime.now(UTC))
    keep_watch()
    keep_daily()
    keep_delivering()
    site.keep()
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        asyncio.run(_work(worker))


async def _work(worker: object) -> None:
    async with worker.open_async() as opened:  # type: ignore[attr-defined]  # procrastinate's App
        await opened.run_worker_async(concurrency=1, install_signal_handlers=True)


if __name__ == "__main__":
    main()
