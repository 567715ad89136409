"""Fixtures: an embedded PostgreSQL, and the system's where there is one; Django set up on it; emptied between tests."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from lianfang.sealing import current

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.record.settings")
django.setup()


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


def point_django(database: Database) -> None:
    """Leads this thread's Django to a database, as the application."""
    from django.db import connection

    databases.use(database)
    current.prepare()
    databases.leave(connection)
    connection.settings_dict.update(databases.django_settings())


def empty(database: Database) -> None:
    """Empties every table but the migrations, as the owner."""
    with psycopg.connect(database.owner_url) as owner:
        names = owner.execute(
            "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' "
            "AND tablename NOT IN ('django_migrations', 'django_content_type', 'fact_head')"
        ).fetchall()
        # Few rows are deleted faster than files are made anew by TRUNCATE.
        owner.execute("SET CONSTRAINTS ALL DEFERRED")
        owner.execute("; ".join(f"DELETE FROM {name}" for (name,) in names))
        owner.execute(
            "UPDATE fact_head SET seq = 0, chain = decode(repeat('00', 32), 'hex'), received_at = '1970-01-01 00:00+00'"
        )


@pytest.fixture(scope="session", params=SERVERS)
def server(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database for many tests, on each kind of server in turn."""
    folder = folder_for_servers()
    database = open_trial(request.param, folder / "home")
    try:
        point_django(database)
        databases.migrate(database)
        yield database
    finally:
        from django.db import connection

        databases.leave(connection)
        database.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database(server: Database) -> Iterator[Database]:
    """An empty, migrated database; Django works on it as the application."""
    point_django(server)
    empty(server)
    yield server
    from django.db import connection

    databases.leave(connection)
