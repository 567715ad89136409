"""The public site: how long a province with 120 days of notices takes to write, and how many pages a second one core
gives out, by Lianfang's server and by Python's own for files.

Pages a second are requests by seconds of processor time of the server's processes: the client has another core, and
what else the machine does is not counted. The pages are all those of one language, over connections that stay open.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

WRITE_S, PAGES_S, DAYS, AREA = 10.0, 5_000, 120, "530000"
REQUESTS, LINES = 20_000, 16
ROOT: Final = Path(__file__).resolve().parents[1]


def run() -> list[dict[str, Any]]:
    """Written in one process, served by two others in turn."""
    with tempfile.TemporaryDirectory(prefix="lianfang-site-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        took, pages, largest = _written(folder)
        port = _free()
        here = [sys.executable, "-m", "granian", "--interface", "rsgi", "--port", str(port), "--no-ws"]
        command = [*here, "benchmarks._site_app:application"]
        ours = _served(command, port, "/public/", pages, {"SITE_FOLDER": str(folder / "public")})
        peer_port = _free()
        peer = _served(
            [sys.executable, "-m", "http.server", str(peer_port), "--protocol", "HTTP/1.1", "-d",
             str(folder / "public" / "current")], peer_port, "/", pages, {},
        )  # fmt: skip
    return [
        {"claim": f"public site of a province, {DAYS} days, {len(pages)} pages a language, written",
         "ours": f"{took:.1f} s", "peer": "", "ratio": WRITE_S / took, "target": "≤ 10 s", "met": took <= WRITE_S},
        {"claim": "largest page of it", "ours": f"{largest / 1024:.0f} kB", "peer": "", "ratio": 150 * 1024 / largest,
         "target": "≤ 150 kB", "met": largest <= 150 * 1024},
        {"claim": "pages of it given out by one core", "ours": f"{ours:,.0f}/s", "peer": f"http.server {peer:,.0f}/s",
         "ratio": ours / peer, "target": "≥ 5,000/s", "met": ours >= PAGES_S},
    ]  # fmt: skip


def _written(folder: Path) -> tuple[float, list[str], int]:
    """Seconds to write the site, its pages of one language, and the size of the largest."""
    from lianfang.app import database as databases

    database = databases.open_database(folder / "home")
    try:
        databases.use(database)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.app.settings")
        import django
        from django.db import connections

        django.setup()
        databases.migrate(database)
        from lianfang.app.publication.site import write
        from tests.publication import made

        made.issued(AREA, DAYS)
        out = folder / "public" / "current"
        out.parent.mkdir()
        began = time.perf_counter()
        write(out, now=made.FIRST + timedelta(days=DAYS + 1), url="https://lianfang.example.org/")
        took = time.perf_counter() - began
        for alias in connections:
            databases.leave(connections[alias])
    finally:
        database.close()
    found = sorted(out.glob("zh/**/*.html"))
    size = max(one.stat().st_size for one in out.glob("**/*.html")) + (out / "style.css").stat().st_size
    return took, [str(one.relative_to(out)) for one in found], size


def _served(command: Sequence[str], port: int, prefix: str, pages: Sequence[str], more: dict[str, str]) -> float:
    """Pages a second of processor time."""
    with _process(command, port, more) as cpu_s:
        asyncio.run(_asked(port, prefix, pages, len(pages)))  # held by now, where a server holds
        before = cpu_s()
        asyncio.run(_asked(port, prefix, pages, REQUESTS))
        return REQUESTS / (cpu_s() - before)


async def _asked(port: int, prefix: str, pages: Sequence[str], requests: int) -> None:
    left = iter(range(requests))

    async def line() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in left:
            path = f"{prefix}{pages[number % len(pages)]}"
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), (path, head)
            length = next(part for part in head.lower().split(b"\r\n") if part.startswith(b"content-length"))
            await reader.readexactly(int(length.partition(b":")[2]))
        writer.close()

    await asyncio.gather(*(line() for _ in range(LINES)))


@contextmanager
def _process(command: Sequence[str], port: int, more: dict[str, str]) -> Iterator[Callable[[], float]]:
    """A server until the block ends; what it gives tells the processor time of it and its workers."""
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **more}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=2).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"{command[2]} did not start") from None
                time.sleep(0.1)
        yield lambda: sum(map(_cpu_s, _tree(process.pid)))
    finally:
        process.terminate()
        process.wait(30)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        try:
            found += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
        except OSError:
            continue
    return found


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
