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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIRST_S, SECOND_S, MEMORY_MB = 180, 5, 1024
GIVE_UP_S = 120


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


def start(home: Path) -> tuple[float, float]:
    """Seconds until the page answers, and MB of all processes then (0 where the system does not tell)."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = {**os.environ, "LIANFANG_HOME": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen(
        [ROOT / "run", "demo", "--no-browser", "--port", str(port)],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        await_page(f"http://127.0.0.1:{port}/", process)
        took = time.perf_counter() - began
        used = memory_mb(str(home))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    return took, used


def await_page(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + GIVE_UP_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise SystemExit(f"the demonstration did not come up at {url}")


def memory_mb(mark: str) -> float:
    """Proportional memory of all processes whose environment or command line holds ``mark`` (Linux)."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() not in (process / "environ").read_bytes() + (process / "cmdline").read_bytes():
                continue
            lines = (process / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
