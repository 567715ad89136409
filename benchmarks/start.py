"""The demonstration's start, as somebody who types the command sees it, and the memory that it takes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FIRST_S, SECOND_S, MEMORY_MB = 180, 5, 1024
GIVE_UP_S = 120
LOOKED_AT = ("api/v1/session", "api/v1/areas", "api/v1/areas/530000/situation", "api/v1/areas/530000/boundaries")


def run() -> list[dict[str, Any]]:
    """A start with an empty data folder, a second one with what the first left behind, memory after the second."""
    with tempfile.TemporaryDirectory(prefix="lianfang-start-") as folder:
        Path(folder).chmod(0o711)
        first, _ = start(Path(folder) / "home")
        second, used = start(Path(folder) / "home")
    return [
        row("start with an empty data folder, installed before", f"{first:.1f} s", FIRST_S / first, "≤ 180 s"),
        row("second start to page up", f"{second:.1f} s", SECOND_S / second, "≤ 5 s"),
        row("memory of server, worker and database", f"{used:.0f} MB", MEMORY_MB / used, "≤ 1 GB"),
    ]


def row(claim: str, ours: str, ratio: float, target: str) -> dict[str, Any]:
    """A row whose limit is the target itself; the ratio is how far within it we are."""
    return {"claim": claim, "ours": ours, "peer": "", "ratio": ratio, "target": target, "met": ratio >= 1}


class Started(NamedTuple):
    """A demonstration: its page (with a slash at the end), its process, and the seconds until the page answered."""

    url: str
    process: int
    took: float


def start(home: Path) -> tuple[float, float]:
    """Seconds until the page answers, and MB of all processes once the page has asked for what it shows."""
    with demonstration(home) as started:
        for asked in LOOKED_AT:
            urllib.request.urlopen(started.url + asked, timeout=30).read()
        return started.took, memory_mb(started.process)


@contextmanager
def demonstration(home: Path) -> Iterator[Started]:
    """One that runs until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {**os.environ, "LIANFANG_HOME": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [ROOT / "run", "demo", "--no-browser", "--no-drill", "--port", str(port)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}/"
        await_page(url, process)
        yield Started(url, process.pid, time.perf_counter() - began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def await_page(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + GIVE_UP_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise SystemExit(f"the demonstration did not come up at {url}")


def memory_mb(first: int) -> float:
    """Proportional memory of a process and all below it, in MB (Linux)."""
    below: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        below.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    waiting, total = [first], 0
    while waiting:
        process = waiting.pop()
        waiting += below.get(process, [])
        try:
            lines = (Path("/proc") / str(process) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
