"""The night's work of a served installation: in a process that lives, dies and is started anew."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.served import Served

WITHIN_S = 180


def jobs_of(served: Served) -> list[int]:
    """The processes of jobs below the one that serves."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            parent = next(line for line in status.read_text().splitlines() if line.startswith("PPid:")).split()[1]
            command = status.with_name("cmdline").read_bytes()
        except (OSError, StopIteration):
            continue
        if int(parent) == served.process.pid and b"lianfang.app.jobs" in command:
            found.append(int(status.parent.name))
    return found


def wait_for_jobs(served: Served, *, other_than: int = 0) -> int:
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        living = [pid for pid in jobs_of(served) if pid != other_than]
        if living:
            return living[0]
        time.sleep(0.1)
    pytest.fail(f"no jobs: {served.log.read_text(errors='replace')[-2000:]}")


def test_jobs_live_come_back_and_erase_what_is_due(served: Served) -> None:
    first = wait_for_jobs(served)
    doctor = served.officer("jobs-station", "epidemiologist", "530302").browser
    due = {
        "name": "期满测试",
        "documents": [{"kind": "passport", "country": "UTO", "number": "DUE00001"}],
        "area": "530302",
        "data_class": "screening",
        "basis": "cyberspace_notice",
        "since": "2020-02-01",
    }
    entered = doctor.post("people", {"people": [due]})
    assert entered.status == 200 and entered.body["entered"] == 1, entered
    asked = {"document": "DUE00001", "purpose": "contact_tracing"}
    assert len(doctor.post("people/find", asked).body["people"]) == 1

    os.kill(first, signal.SIGKILL)
    second = wait_for_jobs(served, other_than=first)
    deadline = time.monotonic() + WITHIN_S
    while doctor.post("people/find", asked).body["people"] and time.monotonic() < deadline:
        time.sleep(0.5)
    assert doctor.post("people/find", asked).body["people"] == []
    assert '"jobs.died"' in served.log.read_text(encoding="utf-8")
    time.sleep(5)
    assert jobs_of(served) == [second]  # past its start, it waits for the night
