"""Other processes that open a data folder."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from lianfang.app import database, postgres
if sys.argv[2] == "orphan":
    postgres.parent.ending = lambda number: None
opened = database.open_database(Path(sys.argv[1]))
print(opened.server.process.pid if opened.server.process else 0, flush=True)
sys.stdin.readline()
opened.close()
"""


def hold(home: Path, how: str = "") -> subprocess.Popen[str]:
    """Another process that opens a data folder and keeps it until it is spoken to."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home), how], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def told(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


def release(*processes: subprocess.Popen[str]) -> None:
    for process in processes:
        process.communicate("\n", timeout=60)


def gone(pid: int, within_s: float = 20) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def start_elsewhere(home: Path, before: str = "") -> tuple[int, str]:
    """Starts in another process, after something was done to it; its exit status and what it said."""
    program = f"""
import os, resource, sys
sys.path[:] = {sys.path!r}
from pathlib import Path
from lianfang.app import database
from lianfang.app.errors import DatabaseError
{before}
try:
    database.open_database(Path({str(home)!r})).close()
except DatabaseError as error:
    sys.exit(str(error))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip()
