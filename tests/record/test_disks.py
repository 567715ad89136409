"""Disks that are full and folders that cannot be written: told, and then mended."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import orjson
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from lianfang.app import database as databases
from lianfang.app.errors import DatabaseError
from lianfang.facts import audit, log
from tests.database import make_home, point_django
from tests.record.made import as_sent, visited
from tests.record.processes import start_elsewhere
from tests.record.trial.facts import Visited

ROOT = os.geteuid() == 0


def letters(bytes_: int) -> str:
    """Two letters a byte of chance: digits could look like somebody's number."""
    return os.urandom(bytes_).hex().translate(str.maketrans("0123456789", "ghijklmnop"))


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
    make_home(home)
    database = databases.open_database(home)

    def post(note: int) -> int:
        batch = [as_sent(visited(data=Visited(temp_c=36, persons=1, note=letters(note)))) for _ in range(50)]
        return int(client.post("/api/v1/facts", orjson.dumps(batch), content_type="application/json").status_code)

    try:
        point_django(database)
        statuses = [post(10_000) for _ in range(3)]
        free = os.statvfs(home)
        with (home / "filler").open("wb") as filler:  # but for so much, which records fill
            os.posix_fallocate(filler.fileno(), 0, max(1, free.f_bavail * free.f_frsize - 24_000_000))
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
