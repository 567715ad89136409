"""Lists are worked on beside the server, one after the other."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app


@app.task(queue="lists", lock="lists", pass_context=False)
def work(listed: str) -> None:
    """Runs a list, or takes it back, as its state says."""
    from lianfang.exchange import run

    run.work(UUID(listed))
