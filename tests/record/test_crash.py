"""Kills mid-write on each database: what was acknowledged is there, nothing is half there, all of it is whole."""

from __future__ import annotations

import os
import random
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection

from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from lianfang.facts import audit, log
from lianfang.facts.fact import Fact
from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.database import SERVERS, folder_for_servers, open_migrated, open_trial, point_django
from tests.record.made import WHO, visited
from tests.record.trial.facts import Visited

KILLS = {False: 16, True: 50}  # of each database, without and with --long; every other one is of its server
WRITERS = 3  # threads
LONGEST_S = 0.06  # of writing before a kill


def batch_of(size: int) -> list[Fact]:
    """A batch that tells, by its household, whether all of it is there."""
    household = uuid4()
    return [visited(subject=household, data=Visited(temp_c=36.5, persons=size)) for _ in range(size)]


def write_on(acknowledge: int, stop: threading.Event, seed: int) -> None:
    """Appends batch after batch; before each its household and size go into the pipe, after it an acknowledgement."""
    chance = random.Random(seed)
    try:
        while not stop.is_set():
            batch = batch_of(chance.randint(1, 40))
            log.append(batch, principal=WHO)
            os.write(acknowledge, batch[0].subject.bytes)
    except (psycopg.Error, OSError):
        return  # the database was killed
    except Exception as error:
        if not isinstance(error.__cause__, psycopg.Error):
            raise
    finally:
        connection.close()


def write_until_killed(acknowledge: int, seed: int) -> None:
    """The writing process: some threads that append."""
    stop = threading.Event()
    threads = [threading.Thread(target=write_on, args=(acknowledge, stop, seed + n)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def acknowledged(pipe: int) -> list[UUID]:
    """The households that were acknowledged until the pipe's other end was closed."""
    told = b""
    while part := os.read(pipe, 65536):
        told += part
    return [UUID(bytes=told[at : at + 16]) for at in range(0, len(told) - 15, 16)]


def kill_the_writer(chance: random.Random) -> list[UUID]:
    databases.leave(connection)  # a connection does not outlive a fork
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            write_until_killed(writing, chance.getrandbits(32))
        finally:
            os._exit(1)
    os.close(writing)
    first = os.read(reading, 16)  # it is at it
    time.sleep(chance.uniform(0, LONGEST_S))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = [UUID(bytes=first), *acknowledged(reading)] if len(first) == 16 else []
    os.close(reading)
    return told


def kill_the_database(chance: random.Random, database: Database) -> list[UUID]:
    assert database.server and database.server.process
    reading, writing = os.pipe()
    stop = threading.Event()
    seed = chance.getrandbits(32)
    threads = [threading.Thread(target=write_on, args=(writing, stop, seed + n)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    first = os.read(reading, 16)
    time.sleep(chance.uniform(0, LONGEST_S))
    os.killpg(database.server.process.pid, signal.SIGKILL)
    stop.set()
    for thread in threads:
        thread.join()
    os.close(writing)
    told = [UUID(bytes=first), *acknowledged(reading)]
    os.close(reading)
    return told


@pytest.fixture(params=SERVERS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home() -> Iterator[Path]:
    folder = folder_for_servers()
    try:
        yield folder / "home"
        databases.leave(connection)
        postgres.stop(folder / "home")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_bar_01_no_acknowledged_fact_is_lost_and_none_half_written(
    request: pytest.FixtureRequest, kind: str, home: Path
) -> None:
    chance = random.Random(1)
    database = open_migrated(kind, home)
    promised: list[UUID] = []
    checked = 0
    for kill in range(KILLS[request.config.getoption("--long")]):
        if kill % 2:
            promised += kill_the_writer(chance)
        else:
            promised += kill_the_database(chance, database)
            databases.leave(connection)
            assert database.server
            postgres.close(database.server)
            database = open_trial(kind, home)
            point_django(database)
        databases.check_start(database)
        checked = whole_from(checked, promised)
        promised.clear()
    assert audit.verify().whole
    assert_incremental_equals_refold()
    databases.leave(connection)
    database.close()


def whole_from(after: int, promised: list[UUID]) -> int:
    """Checks the facts after ``after``: each household has all its facts; those promised are there."""
    sizes: dict[UUID, int] = {}
    found: Counter[UUID] = Counter()
    for entry in log.read(after):
        assert isinstance(entry.fact.data, Visited)
        sizes[entry.fact.subject] = entry.fact.data.persons
        found[entry.fact.subject] += 1
    assert found == sizes, "a batch is there whole or not at all"
    assert set(promised) <= set(found), "what was acknowledged is there"
    return log.head().seq
