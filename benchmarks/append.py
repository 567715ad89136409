"""Appending to the record by its HTTP API, and verifying its chain, each beside the limit of the same run.

The server is the application's own, with its gate and middleware, two workers, row-level security, and a database of
its own with fsync on. The senders are 200 devices, each signed in by itself, a connection each, some of which send at
once; they share the server's machine. The limit is one COPY of the very rows that were appended, into a table with the
same indexes: no HTTP, no validation, no hashing, one commit.

The first loads are of a kind that no register folds. The mix is what a drill's devices send, with all registers that
follow: visits to households on the register, encounters at posts, cases and those whom they exposed. Then some of it is
late, one fact in twenty, which is of the round before, in turn with none of it late: an index grows with its table and
costs more, so that what comes second would pay for what came first.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson
import psycopg

from lianfang.app import database as databases
from lianfang.app.database import Database
from lianfang.sealing import current

SETTINGS = "benchmarks._append.settings"
WORKERS = 2
AREA = "530000"  # where the devices are at work
DEVICES = 200
ROOT = Path(__file__).resolve().parents[1]


HOMES, ROUNDS = 60_000, 30
MIX_S, MIX_AT_ONCE, MIX_SIZE, MIX_TARGET, MIX_P99_MS = 60, 6, 500, 15_000, 300
LATE, LATE_SHARE, TURN_S = 0.05, 0.8, 15
TURNS = (0.0, LATE, LATE, 0.0)
"""How much is late in each: the tables of both have grown alike."""
Requests = list[tuple[bytes, bytes]]
"""The cookie of a device and what it sends."""


class Load(NamedTuple):
    """So many requests of so many facts each, so many of them at once."""

    claim: str
    at_once: int
    size: int
    requests: int
    target: int  # facts/s
    slowest_ms: int | None = None  # of 99 requests in a hundred


LOADS = (
    Load("batches of 500 over HTTP", 8, 500, 160, 15_000, 300),
    Load("batches of 50 over HTTP", 16, 50, 800, 10_000),
    Load("single facts of 200 devices over HTTP", 200, 1, 12_000, 3_000),
)


def run() -> list[dict[str, Any]]:
    """The rows of the table; every load runs into a table of the same kind, emptied before."""
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        current.prepare()
        import django

        django.setup()
        databases.migrate(database)
        cookies = signed_in("checkpoint_staff", AREA, DEVICES)
        rows = []
        for load in LOADS:
            rows.append(_appending(database, load, cookies))
        rows.append(_verifying(database))
        return [*rows, *_mixed(database)]
    finally:
        current.forget()
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


def signed_in(role: str, area: str, devices: int) -> list[bytes]:
    """The cookie of each device's session."""
    from django.conf import settings
    from django.db import connection

    from lianfang.accounts import clock
    from lianfang.accounts.models import Device
    from lianfang.accounts.sessions import DEVICE, SessionStore

    now = clock.now()
    made = {"role": role, "area": area, "made_at": now, "made_by": "bench", "enrolled_at": now}
    cookies = []
    for n in range(devices):
        device = Device.objects.create(title=f"Benchmark {n}", post=f"gate-{n}", **made)
        session = SessionStore()
        session[DEVICE] = str(device.id)
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}".encode())
    databases.leave(connection)
    return cookies


def _appending(database: Database, load: Load, cookies: list[bytes]) -> dict[str, Any]:
    _empty(database)
    chance = random.Random(1)

    def requests(many: int) -> Requests:
        return [(cookies[n % load.at_once], _batch(chance, load.size)) for n in range(many)]

    with server() as port:
        asyncio.run(_send(port, requests(2 * load.at_once), load.at_once, load.size))
        took, times = asyncio.run(_send(port, requests(load.requests), load.at_once, load.size))
    limit, rate = _copy_rate(database), load.size * len(times) / took
    return _row(f"append, {load.claim}", rate, times, load.size, limit, load.target, load.slowest_ms)


def _mixed(database: Database) -> list[dict[str, Any]]:
    """The mix of a drill for a minute; and with some of it late, as a share of what goes in turn with it."""
    from benchmarks import _mix

    _empty(database)
    counts = {kind: round(DEVICES * share) for kind, share in _mix.SHARES.items()}
    cookies = {kind: signed_in(_mix.ROLES[kind], AREA, count) for kind, count in counts.items()}
    mix = _mix.Mix(HOMES, ROUNDS)
    _mix.appended(mix)
    with server() as port:
        _sent_mix(port, _requests(mix, cookies, 4 * MIX_AT_ONCE), MIX_S)
        took, times = _sent_mix(port, _requests(mix, cookies, _enough(MIX_S)), MIX_S)
        claim = f"append, the mix of a drill over HTTP, {MIX_AT_ONCE} at once, all registers"
        rate = MIX_SIZE * len(times) / took
        rows = [_row(claim, rate, times, MIX_SIZE, _copy_rate(database), MIX_TARGET, MIX_P99_MS)]
        waiting = {late: _requests(mix, cookies, _enough(2 * TURN_S), late=late) for late in (0.0, LATE)}
        turns = [(late, *_sent_mix(port, waiting[late], TURN_S)) for late in TURNS]
    on_time, late = (_together(turns, share) for share in (0.0, LATE))
    claim = f"append, the mix of a drill over HTTP, 5 % of it days late in turn with none of it, {MIX_AT_ONCE} at once"
    rows.append(_row(claim, late[0], late[1], MIX_SIZE, _copy_rate(database), LATE_SHARE * on_time[0]))
    _check_registers()
    return rows


def _enough(seconds: int) -> int:
    """Requests for as long, at a quarter more than the target."""
    return seconds * MIX_TARGET * 5 // 4 // MIX_SIZE


def _sent_mix(port: int, requests: Requests, seconds: int) -> tuple[float, list[float]]:
    return asyncio.run(_send(port, requests, MIX_AT_ONCE, MIX_SIZE, seconds=seconds))


def _together(turns: list[tuple[float, float, list[float]]], share: float) -> tuple[float, list[float]]:
    """The rate of the turns of which a share was late, and the times of all their requests."""
    its = [(took, times) for late, took, times in turns if late == share]
    times = [one for _, some in its for one in some]
    return MIX_SIZE * len(times) / sum(took for took, _ in its), times


def _check_registers() -> None:
    """A register that was stopped has cost nothing: then nothing was measured."""
    from django.db import connection

    from lianfang.facts import fold

    assert not fold.stopped(), fold.stopped()
    databases.leave(connection)


def _requests(mix: Any, cookies: dict[str, list[bytes]], many: int, *, late: float = 0.0) -> Requests:
    from benchmarks._mix import drawn

    chance = random.Random(4)
    return [(chance.choice(cookies[kind]), mix.batch(kind, MIX_SIZE, late=late)) for kind in drawn(chance, many)][::-1]


def _row(
    claim: str, rate: float, times: list[float], size: int, limit: float, target: float, slowest_ms: int | None = None
) -> dict[str, Any]:
    times.sort()
    p50, p99 = (times[int(len(times) * q)] * 1000 for q in (0.5, 0.99))
    in_time = slowest_ms is None or p99 <= slowest_ms
    facts = size * len(times)
    return {
        "claim": f"{claim}, signed in, chain and fsync",
        "ours": f"{rate:,.0f} facts/s ({facts:,} in {facts / rate:.1f} s; p50 {p50:.0f}, p99 {p99:.0f} ms)",
        "peer": f"bare COPY of the rows {limit:,.0f}/s",
        "ratio": rate / limit,
        "target": f"≥ {target:,.0f} facts/s" + (f", p99 ≤ {slowest_ms} ms" if slowest_ms else ""),
        "met": rate >= target and in_time,
    }


def _verifying(database: Database) -> dict[str, Any]:
    """The audit of what the loads before have left, beside SHA-256 of the same bytes."""
    from django.db import connections

    from lianfang.facts import audit, log

    _fill(100_000)
    began = time.perf_counter()
    report = audit.verify()
    took = time.perf_counter() - began
    assert report.whole, report.findings
    parts = [(row.salt + row.body, row.chain + row.digest) for row in log.stored()]
    began = time.perf_counter()
    for whole, link in parts:
        hashlib.sha256(whole).digest()
        hashlib.sha256(link).digest()
    limit = len(parts) / (time.perf_counter() - began)
    databases.leave(connections["default"])
    rate = report.checked / took
    return {
        "claim": "verify the chain, digests and columns",
        "ours": f"{rate:,.0f} facts/s ({report.checked:,} in {took:.1f} s)",
        "peer": f"SHA-256 of the same bytes {limit:,.0f}/s",
        "ratio": rate / limit,
        "target": "≥ 50,000 facts/s",
        "met": rate >= 50_000,
    }


def _fill(most: int) -> None:
    """Brings the log to at least ``most`` facts, without HTTP."""
    from lianfang.facts import log

    chance = random.Random(3)
    for _ in range(log.head().seq, most, 1000):
        log.append_json(_batch(chance, 1000), principal=log.Principal("bench", "bench"))


def _batch(chance: random.Random, size: int) -> bytes:
    """The JSON of a batch, as a device sends it."""
    now = int(time.time() * 1000)
    facts = []
    for n in range(size):
        stamp = f"{now + n:012x}"
        facts.append(
            {
                "id": f"{stamp[:8]}-{stamp[8:]}-7{chance.getrandbits(12):03x}-9{chance.getrandbits(12):03x}-"
                f"{chance.getrandbits(48):012x}",
                "kind": "bench.visited",
                "version": 1,
                "subject": f"{chance.getrandbits(32):08x}-1111-7111-9111-{chance.getrandbits(48):012x}",
                "area": f"5301{chance.randrange(20):02d}{chance.randrange(20):03d}",
                "observed_at": f"2020-01-28T{chance.randrange(24):02d}:{chance.randrange(60):02d}:00+08:00",
                "clock_offset": 0.25,
                "device": f"phone-{chance.randrange(200)}",
                "device_seq": n,
                "data": {
                    "round": 2,
                    "persons": chance.randrange(8),
                    "temp_max_c": 36.0 + chance.randrange(20) / 10,
                    "finding": "nothing",
                    "from_epidemic_area": 0,
                    "returned_on": "2020-01-23",
                },
            }
        )
    return orjson.dumps(facts)


async def _send(
    port: int, requests: Requests, at_once: int, size: int, *, seconds: float = 3_600
) -> tuple[float, list[float]]:
    """Sends requests of ``size`` facts, the last first, ``at_once`` of them at any time, over a line for each device in
    turn, until none is left or the time is over; the seconds it took, and each request's."""
    loop = asyncio.get_running_loop()
    sending = _Sending(requests, size, at_once, time.perf_counter() + seconds)
    for _ in range(max(DEVICES, at_once)):
        await loop.create_connection(lambda: _Line(sending), "127.0.0.1", port)
    began = time.perf_counter()
    sending.go()
    await sending.done
    took = time.perf_counter() - began
    for line in sending.free:
        line.close()
    return took, sending.times


class _Sending:
    """What is still to be sent, and the lines that are free. ``done`` when nothing is under way any more."""

    def __init__(self, requests: Requests, size: int, at_once: int, until: float) -> None:
        self.requests, self.size, self.until = requests, size, until
        self.free: deque[_Line] = deque()
        self.places, self.under_way = at_once, 0
        self.times: list[float] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def go(self) -> None:
        while self.free and self.under_way < self.places and self.requests and time.perf_counter() < self.until:
            self.under_way += 1
            self.free.popleft().send(*self.requests.pop())
        if not self.under_way and not self.done.done():
            self.done.set_result(None)

    def told(self, line: _Line, answer: bytes, took: float) -> None:
        self.times.append(took)
        self.under_way -= 1
        self.free.append(line)
        if b" 200 " not in answer[:15] or answer.count(b'"seq"') != self.size:
            self.broke(RuntimeError(f"{answer[:300]!r}"))
        else:
            self.go()

    def broke(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


class _Line(asyncio.Protocol):
    """A device's connection."""

    def __init__(self, sending: _Sending) -> None:
        self._sending = sending
        self._held, self._began = b"", 0.0

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        self._sending.free.append(self)

    def send(self, cookie: bytes, body: bytes) -> None:
        self._began = time.perf_counter()
        head = (
            b"POST /api/v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Cookie: %b\r\nContent-Length: %d\r\n\r\n" % (cookie, len(body))
        )
        self._transport.write(head + body)

    def data_received(self, data: bytes) -> None:
        self._held += data
        end = self._held.find(b"\r\n\r\n") + 4
        if end < 4:
            return
        length = int(self._held[:end].lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        if len(self._held) < end + length:
            return
        answer, self._held = self._held[: end + length], self._held[end + length :]
        self._sending.told(self, answer, time.perf_counter() - self._began)

    def close(self) -> None:
        self._transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._sending.broke(error or RuntimeError("the server closed the line"))


@contextmanager
def server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--backpressure", "512", "--no-ws", "--no-log"]
    process = subprocess.Popen([*command, "lianfang.app.rsgi:application"], cwd=ROOT)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        time.sleep(1)  # for the second worker
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _empty(database: Database) -> None:
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("TRUNCATE fact")
        owner.execute("UPDATE fact_head SET seq = 0, chain = decode(repeat('00', 32), 'hex')")
        owner.execute("DELETE FROM fact_register")


def _copy_rate(database: Database) -> float:
    """Rows a second of one COPY of the facts, in binary, into a table like theirs."""
    with psycopg.connect(database.owner_url) as owner, owner.cursor() as cursor:
        with cursor.copy("COPY fact TO STDOUT (FORMAT BINARY)") as copy:
            rows = b"".join(bytes(part) for part in copy)
        cursor.execute("CREATE TABLE bare (LIKE fact INCLUDING ALL)")
        owner.commit()
        began = time.perf_counter()
        with cursor.copy("COPY bare FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(rows)
        owner.commit()
        took = time.perf_counter() - began
        count = cursor.execute("SELECT count(*) FROM bare").fetchone()[0]
        cursor.execute("DROP TABLE bare")
        return count / took
