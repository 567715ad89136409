"""What putting a look on record costs, and what follows from it: the report of one person, the night's erasures.

The limit of a look is the append of one bare fact, which nothing folds, in the same run. Erasing has the
bare deletion of as many rows, as the owner, without keys, ledger or facts.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

LOOKS, LISTED = 300, 50
OTHERS = 2_000  # looks at others, of fifty people each, among which the report finds one person's
HELD_DAYS = 75  # since that person was entered: a contact's observation and the term after it
PEOPLE = 20_000  # erased in one night
NOW = datetime(2020, 2, 4, 8, tzinfo=UTC)
_FILL = """
INSERT INTO identity_look (mark, seq) SELECT gen_random_uuid(), 1000000 + n / 50 FROM generate_series(1, %s) AS n"""


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
        return [*_looking(database), _erasing(database)]
    finally:
        from django.db import connection

        databases.leave(connection)
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _looking(database: Database) -> list[dict[str, Any]]:
    from lianfang.access.viewer import Viewer
    from lianfang.facts import log
    from lianfang.identity import looks, report

    viewer = Viewer("epi-1", "desk", "epidemiologist", "530100", "530100", "530200")
    people = _entered(LISTED, datetime.now(UTC) - timedelta(days=HELD_DAYS))

    def look() -> None:
        looks.record(viewer, people, ["name", "phone"], "display", "contact_tracing")

    def bare() -> None:
        fact = looks.fact_of(viewer, _bare(), now=None)
        log.append([fact], principal=viewer.principal)

    ours, limit = _times(look), _times(bare)
    with psycopg.connect(database.owner_url) as owner:
        owner.execute(_FILL, [OTHERS * LISTED])
        owner.execute("ANALYZE identity_look")
    found = _times(lambda: report.looks_of(viewer, people[:1]), 20)
    assert len(report.looks_of(viewer, people[:1]).looks) == report.MOST
    return [
        {
            "claim": f"putting a look at {LISTED} people on record, median",
            "ours": f"{ours * 1e3:.1f} ms",
            "peer": f"{limit * 1e3:.1f} ms, one bare fact",
            "ratio": round(ours / limit, 2),
            "target": "≤ 5×",
            "met": ours <= 5 * limit,
        },
        {
            "claim": f"the report of one held for {HELD_DAYS} days: {LOOKS} looks among {OTHERS * LISTED:,}, median",
            "ours": f"{found * 1e3:.1f} ms",
            "peer": "none",
            "ratio": None,
            "target": "≤ 1 s",
            "met": found <= 1,
        },
    ]


def _erasing(database: Database) -> dict[str, Any]:
    from lianfang.identity import retention

    def removed(table: str, column: str) -> Callable[[psycopg.Connection], object]:
        return lambda owner: owner.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM gone)")

    _entered(PEOPLE)
    began = time.perf_counter()
    with psycopg.connect(database.owner_url) as owner:
        owner.execute("CREATE TEMP TABLE gone AS SELECT id FROM identity_subject")
        removed("identity_holding", "subject")(owner)
        removed("identity_tag", "subject")(owner)
        removed("identity_subject", "id")(owner)
    limit = PEOPLE / (time.perf_counter() - began)
    _entered(PEOPLE)
    began = time.perf_counter()
    done = retention.retain(NOW + timedelta(days=60), confirmed=True)
    ours = PEOPLE / (time.perf_counter() - began)
    assert done.persons == PEOPLE, done
    return {
        "claim": f"people erased a second in the night's work ({PEOPLE:,})",
        "ours": f"{ours:,.0f}/s",
        "peer": f"{limit:,.0f}/s, bare deletion of the rows",
        "ratio": round(ours / limit, 3),
        "target": "≥ 1,000/s",
        "met": ours >= 1_000,
    }


def _entered(count: int, now: datetime = NOW) -> list[UUID]:
    """People entered anew at a time, each held for a passage on 4 February 2020."""
    from lianfang.access.matrix import operator
    from lianfang.identity import service

    ids = [uuid4() for _ in range(count)]
    told = {"area": "530102", "data_class": "checkpoint", "since": date(2020, 2, 4), "name": "某某"}
    rows = ({**told, "id": id, "phones": [f"139{n:08}"]} for n, id in enumerate(ids))
    for start in range(0, count, service.CHUNK):
        part = [next(rows) for _ in range(min(service.CHUNK, count - start))]
        service.enter(operator(), enumerate(part, 1), now=now)
    return ids


def _bare() -> Any:
    """The fields of a fact that no register folds."""
    from benchmarks._append.facts import Finding, Visited

    return Visited(round=1, persons=3, temp_max_c=36.5, finding=Finding.NOTHING, from_epidemic_area=0)


def _times(act: Callable[[], object], times: int = LOOKS) -> float:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return statistics.median(found)
