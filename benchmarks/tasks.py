"""Today's list of tasks of a county, gathered anew from its registers for every question.

A county of 500,000 people with 20,000 contacts under observation, each with a worker, two checks a day and a week
behind it, and 10,000 arrivals, half of them key persons. The registers are filled by COPY. The limit is PostgreSQL
reading the rows that the list is made of, in the same run.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import orjson
import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

CONTACTS, ARRIVALS, WORKERS, TIMES = 20_000, 10_000, 200, 5
COUNTY = "530102"
NOW = datetime(2020, 2, 10, 6, tzinfo=UTC)  # two in the afternoon
LAST_EXPOSED = date(2020, 2, 2)
_NAMES = UUID("6d2f7c0e-2a77-5f0e-9f4e-0d5c5a1b7e11")


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
        import_module("lianfang.app.rsgi")  # memory is looked after as where it is served
        databases.migrate(database)
        _fill(database)
        return _asking(database)
    finally:
        from django.db import connection

        databases.leave(connection)
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _asking(database: Database) -> list[dict[str, Any]]:
    from lianfang.access.viewer import Viewer
    from lianfang.capabilities.tasks import queries

    officer = Viewer("officer-1", "desk", "county_duty_officer", COUNTY, COUNTY, COUNTY + "\U0010ffff")
    town = f"{COUNTY}001"
    worker = Viewer("worker-1", "phone", "grid_worker", town, town, town + "\U0010ffff")
    everything = queries.Wanted()
    whole = queries.summary(officer, everything, now=NOW).whole
    assert whole.total >= 2 * CONTACTS, whole
    limit, _ = _median(lambda: _rows(database))
    asked: list[tuple[str, Callable[[], object]]] = [
        ("first page of today's tasks", lambda: queries.page(officer, everything, now=NOW)),
        ("today's tasks counted by rule, area and worker", lambda: queries.summary(officer, everything, now=NOW)),
        ("a worker's own list, the town's contacts a hundredth", lambda: queries.page(worker, everything, now=NOW)),
    ]
    found = []
    for claim, ask in asked:
        took, busy = _median(ask)
        found.append(
            {
                "claim": f"{claim}, {CONTACTS:,} contacts, {whole.total:,} tasks",
                "ours": f"{took:.2f} s ({busy:.2f} s of the processor)",
                "peer": f"PostgreSQL reading the rows {limit:.2f} s",
                "ratio": limit / took,
                "target": "≤ 2 s",
                "met": took <= 2,
            }
        )
    return found


def _rows(database: Database) -> None:
    with psycopg.connect(database.owner_url) as owner:
        for query in (
            "SELECT * FROM contacts_contact",
            "SELECT * FROM contacts_check WHERE day >= '2020-02-09'",
            "SELECT * FROM checkpoints_arrival",
            "SELECT * FROM tasks_task",
        ):
            owner.execute(query).fetchall()


def _median(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and those that this process was at work: the others wait for PostgreSQL and for whatever
    else the machine does."""
    act()
    times, busy = [], []
    for _ in range(TIMES):
        began, worked = time.perf_counter(), time.process_time()
        act()
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
    return statistics.median(times), statistics.median(busy)


def _fill(database: Database) -> None:
    with psycopg.connect(database.owner_url) as owner:
        _copy(owner, "contacts_contact", map(_contact, range(CONTACTS)))
        _copy(owner, "contacts_check", (row for n in range(CONTACTS) for row in _checks(n)))
        _copy(owner, "checkpoints_arrival", map(_arrival, range(ARRIVALS)))
        _copy(owner, "tasks_task", map(_assignment, range(CONTACTS)))
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")


def _copy(owner: psycopg.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    rows = iter(rows)
    first = next(rows)
    columns = ", ".join(f'"{name}"' for name in first)
    with owner.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        copy.write_row(list(first.values()))
        for row in rows:
            copy.write_row(list(row.values()))


def _id(what: str, n: int) -> UUID:
    return uuid5(_NAMES, f"{what}|{n}")


def _area(n: int) -> str:
    return f"{COUNTY}{n % 100 + 1:03d}{n % 7 + 1:03d}"


def _contact(n: int) -> dict[str, Any]:
    told = datetime.combine(LAST_EXPOSED, datetime.min.time(), UTC) + timedelta(hours=30, seconds=n)
    due = LAST_EXPOSED + timedelta(days=14)
    return {
        "subject": _id("contact", n), "area": _area(n), "author": "epi-1", "disease": "ncov-2020",
        "edition": "ncov-2020-d5", "person": _id("person", n), "status": "observing", "observed": True,
        "registered_at": told, "traced_at": told, "informed_at": told, "first_exposed": LAST_EXPOSED,
        "last_exposed": LAST_EXPOSED, "due": due, "due_by_rule": due, "exposures": 1, "settings": "{family}",
        "conveyances": "{}", "faults": "[]", "disputed": False,
    }  # fmt: skip


def _checks(n: int) -> Iterable[dict[str, Any]]:
    """Two a day of the week behind, and of today's morning for half of them."""
    for step in range(15 if n % 2 else 14):
        day = date(2020, 2, 3) + timedelta(days=step // 2)
        at = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=1 if step % 2 == 0 else 8)
        yield {
            "fact_id": _id("check", n * 20 + step), "subject": _id("contact", n), "area": _area(n),
            "told_in": _area(n), "author": f"worker-{n % WORKERS}", "at": at, "day": day,
            "half": "am" if step % 2 == 0 else "pm", "outcome": "seen_well", "temp_c": 36.5, "symptoms": "{}",
            "by": "worker",
        }  # fmt: skip


def _arrival(n: int) -> dict[str, Any]:
    from lianfang.capabilities.checkpoints.rules import watched_until
    from lianfang.capabilities.checkpoints.state import Arrival

    arrived, key = datetime(2020, 2, 8, tzinfo=UTC) + timedelta(seconds=n), n % 2 == 0
    one = Arrival("epi-1", _id("traveller", n), "train", "K1", arrived, None, _area(n), key, None, _id("listing", n))
    return {
        "subject": _id("arrival", n), "area": _area(n), "author": "epi-1", "faults": "[]", "disputed": False,
        "person": one.person, "conveyance": "train", "number": "K1", "arrived": arrived, "key_person": key,
        "listing": one.listing, "by_unit": "", "hand_over_due": arrived + timedelta(hours=24),
        "watched_until": watched_until(one), "measures": "[]", "supplies": "[]",
    }  # fmt: skip


def _assignment(n: int) -> dict[str, Any]:
    from lianfang.capabilities.tasks.facts import task_id

    contact = _id("contact", n)
    return {
        "subject": task_id("contact.check", contact), "area": _area(n), "author": "officer-1", "of": contact,
        "rule": "contact.check", "slot": "", "assignee": f"worker-{n % WORKERS}", "assigned_at": NOW,
        "tried": orjson.dumps([]).decode(), "done_by": "", "faults": "[]", "disputed": False,
    }  # fmt: skip
