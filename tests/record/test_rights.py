"""Who may do what: the application cannot change a fact, and another user of the machine cannot come in."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import psycopg
import pytest

from lianfang.app.database import Database
from lianfang.facts import log
from tests.record.made import WHO, visited

FORBIDDEN = [
    "UPDATE fact SET area = '110000'",
    "UPDATE fact SET seq = seq",
    "DELETE FROM fact",
    "TRUNCATE fact",
    "DROP TABLE fact",
    "ALTER TABLE fact ADD COLUMN x int",
    "ALTER TABLE fact OWNER TO CURRENT_USER",
    "CREATE TRIGGER t BEFORE INSERT ON fact EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE r AS ON INSERT TO fact DO INSTEAD NOTHING",
    "UPDATE fact_set_aside SET reason = ''",
    "DELETE FROM fact_set_aside",
    "DELETE FROM fact_head",
    "INSERT INTO fact_head (one, seq, chain, received_at) VALUES (false, 0, '', now())",
    "DELETE FROM fact_checkpoint",
    "DELETE FROM django_migrations",
    "CREATE TABLE mine (x int)",
    "CREATE SCHEMA mine",
    "COPY fact TO '/dev/null'",
    "CREATE ROLE other",
    "SET session_replication_role = replica",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_bar_11_the_application_changes_no_fact(database: Database, statement: str) -> None:
    log.append([visited()], principal=WHO)
    with psycopg.connect(database.app_url) as app, pytest.raises(psycopg.Error) as refused:
        app.execute(statement)
    assert isinstance(refused.value, psycopg.errors.InsufficientPrivilege), refused.value
    assert log.head().seq == len(list(log.read())) == 1


def test_the_roles_are_no_more_than_they_need(database: Database) -> None:
    with psycopg.connect(database.owner_url) as owner, psycopg.connect(database.app_url) as app:
        for connection in (owner, app):
            powers = connection.execute(
                "SELECT rolsuper, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            assert powers == (False,) * 4
        assert owner.info.user != app.info.user
        members = app.execute("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole").fetchone()
        assert members == (0,)


def attempt(database: Database, user: int) -> str:
    """What another user of the machine gets with the right password, and of the files."""
    program = f"""
import os, psycopg, sys
sys.path[:] = {sys.path!r}
os.setgroups([]); os.setgid({user}); os.setuid({user})
try:
    psycopg.connect({database.app_url!r}, connect_timeout=3)
    print("came in")
except psycopg.OperationalError as error:
    print("refused" if "Permission denied" in str(error) else error)
for path in ({str(database.home / "secrets")!r}, {str(database.server.sockets)!r}, {str(database.home / "database")!r}):
    try:
        os.listdir(path)
        print("read", path)
    except PermissionError:
        print("closed")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_another_user_of_the_machine_is_refused(database: Database) -> None:
    assert database.home and database.server
    folders = [database.server.sockets, database.home / "secrets", database.home / "database"]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700] * 3
    for path in (database.home / "secrets").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sockets = [path for path in database.server.sockets.iterdir() if path.is_socket()]
    assert [stat.S_IMODE(path.stat().st_mode) for path in sockets] == [0o700]
    if os.geteuid() == 0:  # only root can become somebody else; the modes above hold for everybody
        assert attempt(database, 65534).split() == ["refused", "closed", "closed", "closed"]


def test_a_wrong_password_is_refused(database: Database) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(database.app_url, password="wrong")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(database.app_url, password="")


def test_nothing_listens_on_the_network_and_pages_have_checksums(database: Database) -> None:
    with psycopg.connect(database.app_url) as app:
        shown = [app.execute(f"SHOW {name}").fetchone() for name in ("listen_addresses", "data_checksums", "fsync")]
    assert shown == [("",), ("on",), ("on",)]
    assert database.home
    hba = (database.home / "database" / "pg_hba.conf").read_text()
    assert [line for line in hba.splitlines() if line and not line.startswith("#")] == ["local all all scram-sha-256"]
