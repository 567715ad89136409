"""A data folder for a test, and a database in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from lianfang.app import database as databases
from lianfang.app import postgres
from lianfang.app.database import Database
from tests.database import SERVERS, folder_for_servers, make_home, open_migrated


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


@pytest.fixture
def made(home: Path) -> Path:
    """A data folder with a database at this program's level, in which nothing runs."""
    make_home(home)
    return home


@pytest.fixture(params=SERVERS)
def opened(request: pytest.FixtureRequest, home: Path) -> Iterator[Database]:
    database = open_migrated(request.param, home)
    yield database
    databases.leave(connection)
    database.close()
