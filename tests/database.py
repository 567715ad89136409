"""Fixtures: an embedded PostgreSQL, and the system's where there is one; Django set up on it; emptied between tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from lianfang.facts.kinds import registry
from lianfang.sealing import current
from tests import law, ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.record.settings")
django.setup()
_ = registry().one  # made when it is first asked for: not within an example whose time is measured


def system_programs() -> Path | None:
    """The folder of the newest PostgreSQL server of this system, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


SERVERS = ["embedded", *(["system"] if system_programs() else [])]


def folder_for_servers() -> Path:
    """A folder for databases, to which a server that root has started has a way."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-test-"))
    folder.chmod(0o711)
    return folder


def open_trial(kind: str, home: Path) -> Database:
    """The embedded database of ``home``; or, with the system's programs, one that is opened by its URL."""
    if kind == "embedded":
        return databases.open_database(home)
    server = postgres.start(home, system_programs())
    place = {"host": str(server.sockets), "port": postgres.PORT}
    admin = make_conninfo(**place, user=postgres.ADMIN, password=server.admin_password, dbname="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'keeper'").fetchone():
            connection.execute("CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'trial'")
            connection.execute("CREATE DATABASE trial OWNER keeper")
    opened = databases.open_url(make_conninfo(**place, user="keeper", password="trial", dbname="trial"))
    return Database(opened.app_url, opened.owner_url, home, server)


def make_home(home: Path, kind: str = "embedded") -> None:
    """Fills a data folder with a database at this program's level; nothing runs in it."""
    ready.copy(f"migrated-{kind}", lambda folder: _migrate(kind, folder), home)


def open_migrated(kind: str, home: Path) -> Database:
    """The database of a new data folder at this program's level, Django on it."""
    make_home(home, kind)
    database = open_trial(kind, home)
    point_django(database)
    return database


def _migrate(kind: str, home: Path) -> None:
    from django.db import connection

    database = open_trial(kind, home)
    try:
        point_django(database)
        databases.migrate(database)
    finally:
        databases.leave(connection)
        database.close()


def hurry(database: Database) -> None:
    """Commits no longer wait for the disk, which no test asks of a database that it shares: none cuts its power."""
    assert database.server
    its = conninfo_to_dict(database.app_url)
    admin = make_conninfo(
        database.app_url, user=postgres.ADMIN, password=database.server.admin_password, dbname="postgres"
    )
    with psycopg.connect(admin, autocommit=True) as connection:
        name = sql.Identifier(str(its["dbname"]))
        connection.execute(sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(name))


def point_django(database: Database) -> None:
    """Leads this thread's Django to a database, as the application."""
    from django.db import connection

    databases.use(database)
    current.prepare()
    databases.leave(connection)
    connection.settings_dict.update(databases.django_settings())


def empty(database: Database) -> None:
    """Empties every table but the migrations, as the owner."""
    owner = _owner(database)
    names = owner.execute(
        "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
        "AND tablename NOT IN ('django_migrations', 'django_content_type', 'fact_head')"
    ).fetchall()
    with owner.transaction():
        # Few rows are deleted faster than files are made anew by TRUNCATE.
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        owner.execute("; ".join(f"DELETE FROM {name}" for (name,) in names))
        owner.execute(
            "UPDATE fact_head SET seq = 0, chain = decode(repeat('00', 32), 'hex'), received_at = '1970-01-01 00:00+00'"
        )


_kept: dict[str, psycopg.Connection] = {}


def _owner(database: Database) -> psycopg.Connection:
    """A connection of the owner's that is kept: a new one would have to learn every table anew."""
    kept = _kept.get(database.owner_url)
    if kept is None or kept.closed or kept.broken or not _answers(kept):
        for url in list(_kept):
            _kept.pop(url).close()
        kept = _kept[database.owner_url] = psycopg.connect(database.owner_url, autocommit=True)
    return kept


def _answers(kept: psycopg.Connection) -> bool:
    try:
        kept.execute("SELECT")
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def emptied(database: Database) -> Iterator[None]:
    """Within it the database is empty to begin with, and Django works on it as the application; at its end the law of
    the registers holds."""
    from django.db import connection

    point_django(database)
    empty(database)
    law.begin()
    yield
    try:
        law.end()
    finally:
        databases.leave(connection)


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database for many tests, on each kind of server in turn."""
    folder = folder_for_servers()
    database = open_migrated(request.param, folder / "home")
    hurry(database)
    try:
        yield database
    finally:
        from django.db import connection

        from tests.conftest import KEPT

        KEPT.close()  # where a browser's test was the last one, Django would refuse
        databases.leave(connection)
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: Database) -> Iterator[Database]:
    """An empty, migrated database; Django works on it as the application."""
    with emptied(server):
        yield server
