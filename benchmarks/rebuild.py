"""All registers rebuilt from a million facts, as a drill's devices send them, beside reading the same facts alone.

The limit is PostgreSQL handing out the stored bytes of every fact in order. What is compared is what the rebuild itself
compares: each row that appending has left with the one that a refold gives.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

FACTS, HOMES, SIZE = 1_000_000, 60_000, 500
MOST_S = 60.0


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks._append.settings"
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        current.prepare()
        import django

        django.setup()
        databases.migrate(database)
        appended = _fill()
        return [_rebuilt(database, appended)]
    finally:
        from django.db import connection

        databases.leave(connection)
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _fill() -> float:
    """Appends the facts without HTTP; how many a second."""
    import random

    from benchmarks import _mix
    from lianfang.facts import garbage, log

    garbage.search_rarely()  # as a server does
    mix, chance = _mix.Mix(HOMES, 1 + FACTS // HOMES), random.Random(5)
    _mix.appended(mix)
    before = log.head().seq
    left = (FACTS - before) // SIZE
    began = time.perf_counter()
    for kind in _mix.drawn(chance, left):
        log.append_json(mix.batch(kind, SIZE), principal=log.Principal("bench", "bench"))
    return (log.head().seq - before) / (time.perf_counter() - began)


def _rebuilt(database: Database, appended: float) -> dict[str, Any]:
    from lianfang.facts import log, rebuild

    began = time.perf_counter()
    with psycopg.connect(database.owner_url) as owner:
        facts = sum(1 for _ in owner.cursor(name="all").execute("SELECT seq, body FROM fact ORDER BY seq"))
    limit = time.perf_counter() - began
    with databases.as_owner(database):
        began, worked = time.perf_counter(), time.process_time()
        results = rebuild.rebuild()
        took, busy = time.perf_counter() - began, time.process_time() - worked
    assert facts == log.head().seq
    differing = sum(one.differing for one in results)
    told = f"{took:.1f} s ({busy:.1f} s of it in Python; {facts / took:,.0f} facts/s; appended at {appended:,.0f}/s)"
    return {
        "claim": f"rebuild all {len(results)} registers from {facts:,} facts, row for row equal",
        "ours": f"{told}; {differing} rows differ",
        "peer": f"PostgreSQL handing out the facts {limit:.1f} s",
        "ratio": limit / took,
        "target": f"≤ {MOST_S:g} s, no row differs",
        "met": took <= MOST_S and not differing,
    }
