"""Two hundred phones come back to a network in the evening and send fifty forms each, all at once.

The server is the application's own, with two workers, row-level security, registers that follow in the same
transaction, and a database of its own with fsync on. Each phone is signed in by itself, has a connection of its own and
sends as the field app does, in batches, until an answer names each form. One answer in ten gets lost, and
its batch is sent again. A sub-district of 10,000 households is on the register; every form is the visit of another one.
Afterwards record, register and page of coverage are counted. The limit is one COPY of the same rows of record and
registers into tables with the same indexes.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import orjson
import psycopg

from benchmarks import append, screening
from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

PHONES, FORMS, FIRST, MOST, LOST = 200, 50, 50, 200, 0.1
MOST_S = 60
KIND = "visit.made"


class Sent(NamedTuple):
    """What came of sending: seconds in all, each request's seconds, and how many answers were lost."""

    took_s: float
    times_s: list[float]
    again: int


def run(phones: int = PHONES) -> list[dict[str, Any]]:
    """The row of the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = append.SETTINGS
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        current.prepare()
        import django

        django.setup()
        databases.migrate(database)
        screening.append(screening.register())
        work = _work(phones)
        cookies = append.signed_in("grid_worker", screening.TOWN, phones)
        with append.server() as port:
            sent = asyncio.run(_all(port, work, cookies))
        return [_row(database, phones, work, sent)]
    finally:
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def _work(phones: int) -> list[list[dict[str, Any]]]:
    """The forms of each phone, as it sends them."""
    forms = screening.visits(range(phones * FORMS))
    sent = [one.model_dump(mode="json", exclude={"author", "device"}) for one in forms]
    return [sent[n * FORMS : (n + 1) * FORMS] for n in range(phones)]


async def _all(port: int, work: list[list[dict[str, Any]]], cookies: list[bytes]) -> Sent:
    dice, times = random.Random(1), []
    again = 0

    async def phone(forms: list[dict[str, Any]], cookie: bytes) -> None:
        nonlocal again
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        waiting, size = list(forms), FIRST
        while waiting:
            batch = waiting[:size]
            began = time.perf_counter()
            named = await _posted(reader, writer, cookie, orjson.dumps(batch))
            times.append(time.perf_counter() - began)
            if dice.random() < LOST:
                again += 1
                continue
            waiting = [one for one in waiting if one["id"] not in named]
            size = min(2 * size, MOST)
        writer.close()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for forms, cookie in zip(work, cookies, strict=True):
            group.create_task(phone(forms, cookie))
    return Sent(time.perf_counter() - began, sorted(times), again)


async def _posted(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cookie: bytes, body: bytes
) -> frozenset[str]:
    """The ids that the answer to a batch names as held."""
    writer.write(
        b"POST /api/v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Cookie: %b\r\nContent-Length: %d\r\n\r\n" % (cookie, len(body))
    )
    writer.write(body)
    top = await reader.readuntil(b"\r\n\r\n")
    length = int(top.lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    answer = await reader.readexactly(length)
    if b" 200 " not in top[:15]:
        raise RuntimeError(f"{top[:60]!r} {answer[:300]!r}")
    told = orjson.loads(answer)
    if told["set_aside"]:
        raise RuntimeError(f"set aside: {told['set_aside'][:3]}")
    return frozenset(one["id"] for one in (*told["appended"], *told["skipped"]))


def _row(database: Database, phones: int, work: list[list[dict[str, Any]]], sent: Sent) -> dict[str, Any]:
    wanted = {UUID(one["id"]) for forms in work for one in forms}
    recorded, visited, done = _counted(database)
    whole = recorded == sorted(wanted) and visited == sorted(wanted) and done == len(wanted)
    limit = _copied(database)
    p50, p99 = (sent.times_s[int(len(sent.times_s) * q)] for q in (0.5, 0.99))
    return {
        "claim": f"{phones} phones send {FORMS} forms each at once, {sent.again} answers lost; nothing lost or twice",
        "ours": f"{sent.took_s:.1f} s ({len(recorded):,} of {len(wanted):,} on record, {len(visited):,} visits and "
        f"{done:,} households done on the registers; p50 {p50:.2f}, p99 {p99:.2f} s)",
        "peer": f"bare COPY of the rows {limit:.2f} s",
        "ratio": limit / sent.took_s,
        "target": f"≤ {MOST_S} s, every form once",
        "met": whole and sent.took_s <= MOST_S,
    }


def _counted(database: Database) -> tuple[list[UUID], list[UUID], int]:
    """The forms on the record, the visits on the register, and the households that the page of coverage calls done."""
    from lianfang.access.viewer import Viewer
    from lianfang.capabilities.screening.queries.coverage import coverage

    county = screening.TOWN[:6]
    officer = Viewer("officer-1", "desk", "county_duty_officer", county, county, county + "\U0010ffff")
    with psycopg.connect(database.owner_url) as owner:
        facts = owner.execute("SELECT id FROM fact WHERE kind = %s ORDER BY id", [KIND]).fetchall()
        visits = owner.execute("SELECT fact FROM screening_visit ORDER BY fact").fetchall()
    done = coverage(officer, screening.TOWN, screening.round_of()).whole.done
    from django.db import connection

    databases.leave(connection)
    return [id for (id,) in facts], [id for (id,) in visits], done


def _copied(database: Database) -> float:
    """Seconds of copying what the forms have left into tables like theirs."""
    tables = {
        "fact": f"SELECT * FROM fact WHERE kind = '{KIND}'",
        "screening_visit": "SELECT * FROM screening_visit",
        "screening_outcome": "SELECT * FROM screening_outcome",
    }
    took = 0.0
    with psycopg.connect(database.owner_url) as owner, owner.cursor() as cursor:
        for table, query in tables.items():
            with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT BINARY)") as copy:
                rows = b"".join(bytes(part) for part in copy)
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            owner.commit()
            began = time.perf_counter()
            with cursor.copy(f"COPY bare_{table} FROM STDIN (FORMAT BINARY)") as copy:
                copy.write(rows)
            owner.commit()
            took += time.perf_counter() - began
    return took
