"""All registers rebuilt from a million facts, as a drill's devices send them, beside reading the same facts alone; and,
reckoned from a part and all of them, from ten million.

The limit is PostgreSQL handing out the stored bytes of every fact in order. What is compared is what the rebuild itself
compares: each row that appending has left with the one that a refold gives.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

FACTS, PART, LARGE = 1_000_000, 400_000, 10_000_000
HOMES, SIZE = 60_000, 500
MOST_S, LARGE_MOST_MIN = 60.0, 12.0


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
        made = _made()
        next(made)
        part = _rebuilt(database)
        appended = next(made)
        return _rows(part, _rebuilt(database), appended)
    finally:
        from django.db import connection

        databases.leave(connection)
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


class _Rebuilt(NamedTuple):
    """A rebuild: of how many facts, its seconds and those of processors in Python, rows that differ, registers; and the
    seconds in which PostgreSQL hands out the facts alone."""

    facts: int
    took: float
    busy: float
    differing: int
    registers: int
    limit: float


def _made() -> Iterator[float]:
    """Appends facts without HTTP, a part of them first; how many a second."""
    import random

    from benchmarks import _mix
    from lianfang.facts import garbage, log

    garbage.search_rarely()  # as a server does
    mix, chance = _mix.Mix(HOMES, 1 + FACTS // HOMES), random.Random(5)
    _mix.appended(mix)
    for upto in (PART, FACTS):
        before = log.head().seq
        began = time.perf_counter()
        for kind in _mix.drawn(chance, (upto - before) // SIZE):
            log.append_json(mix.batch(kind, SIZE), principal=log.Principal("bench", "bench"))
        yield (log.head().seq - before) / (time.perf_counter() - began)


def _rebuilt(database: Database) -> _Rebuilt:
    from lianfang.facts import log, rebuild

    began = time.perf_counter()
    with psycopg.connect(database.owner_url) as owner:
        facts = sum(1 for _ in owner.cursor(name="all").execute("SELECT seq, body FROM fact ORDER BY seq"))
    limit = time.perf_counter() - began
    with databases.as_owner(database):
        began, worked = time.perf_counter(), _worked()
        results = rebuild.rebuild()
        took, busy = time.perf_counter() - began, _worked() - worked
    assert facts == log.head().seq
    return _Rebuilt(facts, took, busy, sum(one.differing for one in results), len(results), limit)


def _worked() -> float:
    """Seconds of processor time of this process and of those that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _rows(part: _Rebuilt, whole: _Rebuilt, appended: float) -> list[dict[str, Any]]:
    told = f"{whole.took:.1f} s ({whole.busy:.1f} s of processors in Python; {whole.facts / whole.took:,.0f} facts/s; "
    each = (whole.took - part.took) / (whole.facts - part.facts)
    reckoned = whole.took + each * (LARGE - whole.facts)
    return [
        {
            "claim": f"rebuild all {whole.registers} registers from {whole.facts:,} facts, row for row equal",
            "ours": f"{told}appended at {appended:,.0f}/s); {whole.differing} rows differ",
            "peer": f"PostgreSQL handing out the facts {whole.limit:.1f} s",
            "ratio": whole.limit / whole.took,
            "target": f"≤ {MOST_S:g} s, no row differs",
            "met": whole.took <= MOST_S and not whole.differing,
        },
        {
            "claim": f"rebuild from {LARGE:,} facts, reckoned from {part.facts:,} and {whole.facts:,}",
            "ours": f"{reckoned / 60:.1f} min ({part.took:.1f} s and {whole.took:.1f} s measured)",
            "peer": f"PostgreSQL handing out the facts {whole.limit * LARGE / whole.facts / 60:.1f} min",
            "ratio": whole.limit * LARGE / whole.facts / reckoned,
            "target": f"≤ {LARGE_MOST_MIN:g} min",
            "met": reckoned <= 60 * LARGE_MOST_MIN,
        },
    ]
