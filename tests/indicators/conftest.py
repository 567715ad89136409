"""The demonstration's record, asked as any viewer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.app import database as databases
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.spans import span
from tests.access.made import signed_in
from tests.database import point_django


class Record:
    """A record that is not written to. ``now`` is a minute after its last fact."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._client = Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=True)

    def get(self, who: Viewer, path: str, status: int = 200, **query: Any) -> Any:
        with signed_in(who):
            answer = self._client.get(f"/api/v1/{path}", query)
        assert answer.status_code == status, answer.content
        return answer.json()


def viewer(role: str, area: str) -> Viewer:
    return Viewer("cdc-1", "desk-1", role, area, *span(Gazetteer.load(), area))


@pytest.fixture(scope="module")
def _demonstration(own_home: Path) -> Iterator[databases.Database]:
    database = databases.open_database(own_home / "demo")
    yield database
    database.close()


@pytest.fixture
def record(_demonstration: databases.Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    point_django(_demonstration)
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(received_at) FROM fact")
        now = cursor.fetchone()[0] + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: now)
    yield Record(now)
    databases.leave(connection)
