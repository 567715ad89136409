"""Whose the embedded server is: it goes with its owner, and what a dead one left is cleared away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from lianfang.app import database as databases
from lianfang.app import postgres
from tests.record.processes import HOLD, gone, hold, release, start_elsewhere, told


def test_the_server_goes_when_its_owner_is_killed(made: Path) -> None:
    owner = hold(made)
    server = told(owner)
    assert server and not gone(server, 0)
    sockets = Path((made / "database" / "postmaster.pid").read_text().splitlines()[4])
    owner.kill()
    owner.wait()
    assert gone(server)
    databases.open_database(made).close()
    assert not sockets.exists()


def test_a_child_that_lives_on_keeps_no_lock(made: Path) -> None:
    program = HOLD.replace(
        "sys.stdin.readline()",
        """
import os
child = os.fork()
print(child, flush=True) if child else time.sleep(600)
time.sleep(600)
""",
    )
    owner = subprocess.Popen([sys.executable, "-c", program, str(made), ""], stdout=subprocess.PIPE, text=True)
    server, child = told(owner), told(owner)
    owner.kill()
    owner.wait()
    assert gone(server) and not gone(child, 0.1)
    databases.open_database(made).close()
    os.kill(child, signal.SIGKILL)


def test_the_same_process_joins_its_own_server(made: Path) -> None:
    first, second = databases.open_database(made), databases.open_database(made)
    assert first.server and second.server and second.server.process is None
    second.close()
    assert start_elsewhere(made) == (0, ""), "and a third joins too"
    with psycopg.connect(first.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    first.close()


def test_an_orphan_is_stopped_at_the_next_start(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    owner = hold(made, "orphan")
    server = told(owner)
    owner.kill()
    owner.wait()
    assert not gone(server, 1)
    database = databases.open_database(made)
    assert gone(server, 0.1) and "had left running" in capfd.readouterr().err
    with psycopg.connect(database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    database.close()


def test_stop_ends_whatever_runs(made: Path) -> None:
    assert databases.stop(made) is databases.stop(made.parent / "absent") is False
    owner = hold(made, "orphan")
    server = told(owner)
    owner.kill()
    owner.wait()
    assert databases.stop(made) is True
    assert gone(server, 0.1)
    assert databases.stop(made) is False


def test_two_starts_at_once_share_one_server(home: Path) -> None:
    both = [hold(home), hold(home)]
    servers = [told(process) for process in both]
    assert sorted(map(bool, servers)) == [False, True], "one of them started it, the other joined"
    database = databases.open_database(home)
    with psycopg.connect(database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    database.close()
    release(both[servers.index(0)])
    assert not gone(max(servers), 0.2), "one that joined leaves it running"
    release(both[servers.index(max(servers))])
    assert gone(max(servers), 1)


@pytest.mark.parametrize("whose", ["a process that is gone", "another program's"])
def test_a_stale_lock_is_removed(made: Path, whose: str) -> None:
    pid = os.getpid()
    if whose == "a process that is gone":
        ended = subprocess.Popen(["true"])
        ended.wait()
        pid = ended.pid
    stale = made / "database" / "postmaster.pid"
    stale.write_text(f"{pid}\n{made / 'database'}\n1579968000\n5432\n/nowhere\n\n  1234  5678\nready   \n")
    shutil.copystat(made / "database" / "PG_VERSION", stale)
    database = databases.open_database(made)
    with psycopg.connect(database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    database.close()


def test_a_first_start_that_was_cut_off_is_begun_anew(home: Path) -> None:
    (home / "database.new" / "base").mkdir(parents=True)
    (home / "database.new" / "PG_VERSION").write_text("18\n")
    databases.open_database(home).close()
    assert not (home / "database.new").exists()


def test_a_killed_server_recovers(made: Path) -> None:
    server = postgres.start(made)
    assert server.process
    os.killpg(server.process.pid, signal.SIGKILL)
    postgres.close(server)
    databases.open_database(made).close()
