"""The database: the embedded one in a data folder, or any server by ``LIANFANG_DATABASE_URL``; its roles and checks."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from lianfang.app import postgres
from lianfang.app.errors import DatabaseError
from lianfang.sealing import current

HOME = "LIANFANG_HOME"
"""The data folder; without it ``$XDG_DATA_HOME/lianfang`` or ``~/.local/share/lianfang``."""
URL = "LIANFANG_DATABASE_URL"
"""A server of the operator's, as the role that owns the database and may create a role."""
APP_URL = "LIANFANG_DATABASE_APP_URL"
"""As whom the application works there, where the role of ``URL`` may not create a role for it."""
KEYS = "LIANFANG_KEYS"
"""The key store's file, to be kept apart from backups of the data; without it ``keys/keys.db`` in the data folder."""
MASTER_FILE = "LIANFANG_MASTER_KEY_FILE"
"""The file of the master key; without it ``secrets/master.key`` in the data folder."""
ERASURES = "LIANFANG_ERASURES"
"""The ledger of erasures, never put back from a copy; without it ``erasures.log`` in the data folder."""
PAGE = "LIANFANG_URL"
"""The address at which people reach Lianfang: it says whether cookies need TLS, and which host names are answered."""
SECRET = "LIANFANG_SECRET_KEY"
"""Django's key; set from the key store for this process and those that it starts."""
IN_USE = "LIANFANG_DATABASE_IN_USE"
"""The application's URL of the database that is open: from ``use`` to the settings, and to processes started later."""
PUBLIC = "LIANFANG_PUBLIC_IN_USE"
"""The folder of the public site in the data folder that is open, set likewise."""
FILES = "LIANFANG_DATABASE_FILES"
"""Likewise the folder of an embedded database's files, whose disk must not run full."""

NAME, OWNER, APP = "lianfang", "lianfang_owner", "lianfang_app"
NEVER_BY_ITSELF = 2**31  # times that a statement is sent before it is prepared unasked
MIGRATION_LOCK = 0x6C69616E
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")

# What the application may do with the tables of the record; with any other table it may read and write rows.
RIGHTS = {
    "fact": "SELECT, INSERT",
    "fact_set_aside": "SELECT, INSERT",
    "fact_checkpoint": "SELECT, INSERT",
    "fact_head": "SELECT, UPDATE",
    "django_migrations": "SELECT",
}


@dataclass(frozen=True)
class Database:
    """An open database. ``owner_url`` may change the tables; ``app_url`` may not change a fact."""

    app_url: str
    owner_url: str
    home: Path | None = None
    server: postgres.Server | None = None

    @property
    def embedded(self) -> bool:
        return self.server is not None

    def close(self) -> None:
        """Stops the embedded server if this process started it."""
        if self.server:
            postgres.close(self.server)


def default_home() -> Path:
    """The data folder where none is named."""
    if named := os.environ.get(HOME):
        return Path(named).expanduser().absolute()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "lianfang"


def open_database(home: Path | None = None) -> Database:
    """Opens the database that the environment names, or else the embedded one of ``home``; its roles exist afterwards.
    Call it from the main thread. Raises DatabaseError."""
    if url := os.environ.get(URL):
        return open_url(url)
    home = (home or default_home()).absolute()
    server = postgres.start(home)
    try:
        return _open_embedded(home, server)
    except BaseException:
        postgres.close(server)
        raise


def stop(home: Path | None = None) -> bool:
    """Stops the embedded database of a data folder; False where none runs."""
    return postgres.stop((home or default_home()).absolute())


def use(database: Database) -> None:
    """Makes this process, and those that it starts, work on ``database`` as the application. Before Django's setup."""
    os.environ[IN_USE] = database.app_url
    files = postgres.data_folder(database.home) if database.home else None
    os.environ[FILES] = str(files or "")
    home = database.home or default_home()
    os.environ[PUBLIC] = str(home / "public")
    keys = Path(os.environ.get(KEYS) or home / "keys" / "keys.db")
    master = Path(os.environ.get(MASTER_FILE) or home / "secrets" / "master.key")
    current.use(keys, master, Path(os.environ.get(ERASURES) or home / "erasures.log"))


def django_settings(url: str | None = None) -> dict[str, Any]:
    """The entry of Django's ``DATABASES`` for a URL, by default the application's.

    Without one the entry is complete but leads nowhere: settings load, and what needs no database works.
    """
    url = url or os.environ.get(IN_USE)
    parts: dict[str, Any] = dict(conninfo_to_dict(url)) if url else {}
    named = {key.upper(): parts.pop(key, "") for key in ("user", "password", "host", "port")}
    return {
        "ENGINE": "lianfang.app.engine",
        "NAME": parts.pop("dbname", NAME),
        **named,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "FILES": os.environ.get(FILES, ""),
        # Statements that ask for it are prepared, and no others: Django's default prepares none.
        "OPTIONS": {**parts, "prepare_threshold": NEVER_BY_ITSELF},
    }


def has_key_store(database: Database) -> bool:
    """Whether the database belongs to a key store already."""
    with psycopg.connect(database.owner_url) as owner:
        if owner.execute("SELECT to_regclass('identity_store')").fetchone()[0] is None:  # type: ignore[index]
            return False
        return owner.execute("SELECT 1 FROM identity_store").fetchone() is not None


@contextmanager
def as_owner(database: Database) -> Iterator[None]:
    """Within it, this thread's Django connection is the owner's: for migrations and rebuilds."""
    from django.db import connection

    before = dict(connection.settings_dict)
    leave(connection)
    connection.settings_dict.update(django_settings(database.owner_url))
    try:
        yield
    finally:
        leave(connection)
        connection.settings_dict.update(before)


def migrate(database: Database) -> None:
    """Brings the tables to this program's level and sets the application's rights; safe for several at once."""
    from django.core.management import call_command
    from django.db import connection

    from lianfang.facts import bulk

    with psycopg.connect(database.owner_url, autocommit=True) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        with as_owner(database):
            missing, unknown = _levels(connection)
            if unknown:
                raise DatabaseError(_newer(unknown))
            if missing:
                call_command("migrate", verbosity=0, interactive=False)
        _grant(owner, str(conninfo_to_dict(database.app_url)["user"]))
        bulk.catch_up()


def check_start(database: Database) -> None:
    """Refuses to work where facts could be lost or are not what was appended, or with another installation's keys.

    Raises DatabaseError or SealingError, with the repair.
    """
    from django.db import connection

    from lianfang.facts import audit
    from lianfang.identity import service as identity

    with connection.cursor() as cursor:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            cursor.execute("SELECT setting, sourcefile FROM pg_settings WHERE name = %s", [name])
            setting, source = cursor.fetchone()
            if setting == "off":
                where = f" in {source}" if source else " on the server"
                raise DatabaseError(
                    f"PostgreSQL runs with {name} = off, so that a power cut loses facts: set {name} = on{where} "
                    "and restart it"
                )
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class c WHERE c.relname = 'fact' "
            "AND pg_has_role(rolname, c.relowner, 'USAGE')) FROM pg_roles WHERE rolname = current_user"
        )
        if cursor.fetchone()[0]:
            raise DatabaseError(
                f"the role of {APP_URL} may do what the owner may, so that neither facts nor areas are guarded: name a "
                "role there that owns nothing and is no superuser"
            )
    missing, unknown = _levels(connection)
    if unknown:
        raise DatabaseError(_newer(unknown))
    if missing:
        raise DatabaseError(
            f"the tables are older than this program (missing {', '.join(missing)}): start it with migrations, "
            "as ./run does"
        )
    identity.check_store()
    broken = audit.tail()
    if broken:
        raise DatabaseError(
            f"the chain of facts is broken at its end ({broken}): run lianfang audit, and restore the last backup "
            "whose chain verifies"
        )


def _open_embedded(home: Path, server: postgres.Server) -> Database:
    """The database and its roles within the embedded server, made where they are missing."""
    place: dict[str, Any] = {"host": str(server.sockets), "port": postgres.PORT}
    admin = make_conninfo(**place, user=postgres.ADMIN, password=server.admin_password, dbname="postgres")
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])  # another start may be at it
        passwords = {}
        for role, name in ((OWNER, "owner"), (APP, "app")):
            exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            passwords[role] = postgres.secret(home, name, make=True)
            if not exists:
                _make_role(connection, role, passwords[role])
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER))
            )
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(NAME)))
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(NAME), sql.Identifier(APP))
            )

    def url(role: str) -> str:
        return make_conninfo(**place, user=role, password=passwords[role], dbname=NAME)

    return Database(url(APP), url(OWNER), home, server)


def open_url(owner_url: str) -> Database:
    """A server of the operator's, with the application's role made in it."""
    try:
        with psycopg.connect(owner_url, autocommit=True, connect_timeout=5) as connection:
            if given := os.environ.get(APP_URL):
                return Database(given, owner_url)
            connection.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])  # another start may be at it
            role = f"{connection.info.dbname}_app"[:63]
            # From the owner's password, so that every machine that is given the same URL finds the same one.
            seed = (connection.info.password or connection.info.user).encode()
            password = base64.urlsafe_b64encode(hmac.digest(seed, role.encode(), hashlib.sha256)).decode().rstrip("=")
            _make_role(connection, role, password)
            app_url = make_conninfo(owner_url, user=role, password=password)
            connection.execute(
                sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                    sql.Identifier(connection.info.dbname), sql.Identifier(role)
                )
            )
            return Database(app_url, owner_url)
    except psycopg.errors.InsufficientPrivilege:
        raise DatabaseError(
            f"the role of {URL} may not create the application's role: give it CREATEROLE, or make a role yourself "
            f"and name it in {APP_URL}"
        ) from None
    except psycopg.ProgrammingError as error:
        raise DatabaseError(f"{URL} is no address of a PostgreSQL database: {_first_line(error)}") from None
    except psycopg.OperationalError as error:
        raise DatabaseError(f"the server of {URL} does not answer or refuses: {_first_line(error)}") from None


def _make_role(connection: psycopg.Connection, role: str, password: str) -> None:
    """A role that may log in and nothing else; sets the password of one that exists."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    form = "ALTER ROLE {} LOGIN PASSWORD {}" if exists else "CREATE ROLE {} LOGIN PASSWORD {}"
    connection.execute(sql.SQL(form).format(sql.Identifier(role), sql.Literal(password)))


def _grant(owner: psycopg.Connection, app: str) -> None:
    """Gives the application's role what it needs: rows of every table, and of the record only what ``RIGHTS`` says."""
    role = sql.Identifier(app)
    with owner.transaction():
        for form in (
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
        ):
            owner.execute(sql.SQL(form).format(role))
        for table, rights in RIGHTS.items():
            owner.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(table), role))
            owner.execute(sql.SQL("GRANT " + rights + " ON {} TO {}").format(sql.Identifier(table), role))


def _levels(connection: Any) -> tuple[list[str], list[str]]:
    """Migrations that this program has and the database lacks, and the other way round."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection, ignore_no_migrations=True)
    missing = [f"{app} {name}" for app, name in loader.graph.nodes if (app, name) not in loader.applied_migrations]
    unknown = [
        f"{app} {name}"
        for app, name in loader.applied_migrations
        if app in loader.migrated_apps and (app, name) not in loader.disk_migrations
    ]
    return sorted(missing), sorted(unknown)


def _newer(unknown: list[str]) -> str:
    made = ", ".join(unknown)
    return f"the tables are newer than this program ({made}): install the Lianfang that made them, or a later one"


def leave(connection: Any) -> None:
    """Closes a Django connection, so that the next use opens it by its settings of then."""
    connection.close()


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0]
