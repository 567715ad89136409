"""Whoever was erased stays erased, whatever copy is put back: of the database, of the key store, of the data folder."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from psycopg.conninfo import conninfo_to_dict

from lianfang.access.rows import seeing_all
from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from lianfang.facts import audit, log, rebuild
from lianfang.identity import erasure, glass, looks, report, retention, vault
from lianfang.identity.facts import Act, Erased, Outcome, Reason
from lianfang.identity.models import Subject, Text
from lianfang.sealing import current
from lianfang.sealing.current import keystore
from tests.database import folder_for_servers, make_home, open_trial, point_django
from tests.identity.life import NAME, NOON, NUMBER, PHONE, held, person, receive_notices, viewer
from tests.identity.test_life_retention import composed

SECRET = "欧阳测试在五华区有一个不愿说的病"
CANARIES = (NAME, NUMBER, PHONE, SECRET, "测试路1号")
TOMORROW = NOON + timedelta(days=1)


class Home:
    """A data folder with its database, which can be stopped and put back from copies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_home(folder)
        self.open()

    def open(self) -> None:
        self.database = open_trial("embedded", self.folder)
        point_django(self.database)

    def close(self) -> None:
        from django.db import connection

        databases.leave(connection)
        self.database.close()

    def restore(self, backup: Path) -> None:
        """Puts a dump back."""
        from django.db import connection

        databases.leave(connection)
        program("pg_restore", self.database, "--clean", "--if-exists", "--single-transaction", backup)


@pytest.fixture
def home() -> Iterator[Home]:
    folder = folder_for_servers()
    its = Home(folder / "home")
    yield its
    its.close()
    current.forget()
    shutil.rmtree(folder, ignore_errors=True)


def program(name: str, database: Database, *options: str | Path) -> bytes:
    """Runs one of the wheel's programs on a database, as its owner; returns what it wrote."""
    place = conninfo_to_dict(database.owner_url)
    environment = {
        **os.environ,
        "PGHOST": str(place["host"]),
        "PGPORT": str(place["port"]),
        "PGUSER": str(place["user"]),
        "PGPASSWORD": str(place["password"]),
    }
    command = [postgres.binaries() / name, "--dbname", str(place["dbname"]), *options]
    return subprocess.run(command, env=environment, check=True, capture_output=True).stdout


def forms(canary: str) -> Iterator[bytes]:
    """The bytes that a text could have been written as."""
    for encoding in ("utf-8", "utf-16-le", "gb18030"):
        plain = canary.encode(encoding)
        yield from (plain, plain.hex().encode(), plain.hex().upper().encode())


def found(home: Home) -> list[str]:
    """Where a canary stands: in a file of the data folder, or in a dump of the database."""
    wanted = [form for canary in CANARIES for form in forms(canary)]
    places = []
    for path in home.folder.rglob("*"):
        if path.is_file() and any(form in (content := path.read_bytes()) for form in wanted):
            places.append(f"{path}: {[w for w in wanted if w in content]}")
    dump = program("pg_dump", home.database)
    return places + [f"the dump: {form!r}" for form in wanted if form in dump]


def a_life() -> tuple[UUID, UUID, list[UUID]]:
    """One person with everything that can be held of one, and a neighbour who stays."""
    receive_notices()
    id, neighbour = person(), person(name="留下的邻居", number="", phone="")
    met = [person(kind="encounter", of=id, data_class="checkpoint") for _ in range(2)]
    with seeing_all():
        key = keystore().get([id])[id]
        text = log.new_id()
        Text.objects.create(
            id=text,
            subject=id,
            area="530102",
            text_class="note",
            author="worker-1",
            at=NOON,
            sealed=vault.seal_text(key, text, SECRET),
        )
    looks.record(viewer("duty_officer"), [id], ["name"], Act.DISPLAY, "contact_tracing", f"核实：{SECRET}", now=NOON)
    (broken,) = report.broken(viewer("auditor"))
    glass.review(viewer("auditor"), broken.fact, Outcome.JUSTIFIED, now=NOON)
    return id, neighbour, met


def readable() -> set[UUID]:
    with seeing_all():
        return {one.row.id for one in vault.open_subjects(Subject.objects.all()).opened}


def test_bar_7_erased_yesterday_and_the_backup_of_the_day_before_put_back(home: Home, tmp_path: Path) -> None:
    id, neighbour, met = a_life()
    bulletins = composed()
    backup, older, keys = tmp_path / "backup", tmp_path / "keys.db", keystore().path
    program("pg_dump", home.database, "--format=custom", "--file", backup)
    current.forget()
    shutil.copy(keys, older)
    assert readable() == {id, neighbour, *met}

    assert erasure.erase(viewer("county_duty_officer"), id, Reason.ORDER, "order", now=TOMORROW) == (1, 2)
    assert not found(home)
    assert audit.verify().whole and composed() == bulletins

    # The backup brings the rows back; without their keys nobody can read them.
    home.restore(backup)
    assert held() == {id, neighbour, *met}
    assert readable() == {neighbour}

    assert erasure.replay(TOMORROW) == (1, 2)
    assert held() == {neighbour}
    assert not found(home)
    report = audit.verify()
    assert report.whole, report
    assert composed() == bulletins
    (again,) = (entry.fact for entry in log.read(kinds={Erased.kind}))
    assert (again.subject, again.data) == (id, Erased(reason=Reason.REPLAY, basis="order", persons=1))
    rebuild.assert_incremental_equals_refold()

    # And an older copy of the key store beside it: its ledger erases the keys anew.
    current.forget()
    for end in ("", "-wal", "-shm"):
        keys.with_name(keys.name + end).unlink(missing_ok=True)
    shutil.copy(older, keys)
    assert not keystore().get([id, *met])
    assert keystore().get([neighbour])
    home.restore(backup)
    assert erasure.replay(TOMORROW) == (1, 2)
    assert held() == readable() == {neighbour}
    assert not found(home)


def test_a_replay_erases_no_more_than_was_erased(home: Home, tmp_path: Path) -> None:
    """Who was held no longer goes again; an encounter of the same person that is held still stays."""
    id = person(data_class="delivery", ends=date(2020, 1, 30))
    met = person(kind="encounter", of=id, data_class="checkpoint")
    backup = tmp_path / "backup"
    program("pg_dump", home.database, "--format=custom", "--file", backup)
    retention.retain(NOON + timedelta(days=20))
    assert held() == {met}
    home.restore(backup)
    assert erasure.replay(NOON + timedelta(days=20)) == (1, 0)
    assert held() == readable() == {met}
    with seeing_all():
        assert Subject.objects.get(id=met).person is None


def test_bar_7_a_cold_copy_of_the_data_folder_put_back(home: Home, tmp_path: Path) -> None:
    id, neighbour, _ = a_life()
    bulletins = composed()
    data = postgres.data_folder(home.folder)
    assert data is not None
    home.close()
    shutil.copytree(data, tmp_path / "data", symlinks=True)
    home.open()
    erasure.erase(viewer("county_duty_officer"), id, Reason.ORDER, "order", now=TOMORROW)

    home.close()
    owner = data.stat()
    shutil.rmtree(data)
    shutil.copytree(tmp_path / "data", data, symlinks=True)
    for path in (data, *data.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
    data.chmod(0o700)
    home.open()
    databases.check_start(home.database)
    assert readable() == {neighbour}
    assert erasure.replay(TOMORROW) == (1, 2)
    assert held() == {neighbour}
    assert not found(home)
    assert audit.verify().whole and composed() == bulletins
