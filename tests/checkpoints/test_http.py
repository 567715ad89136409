"""Arrivals, flights, people who want to come home and calls for help, by their routes; tasks follow at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.app.database import Database
from lianfang.facts import rebuild
from tests.access.made import signed_in, viewer

NOW = datetime(2020, 1, 28, 2, tzinfo=UTC)
"""Ten in the morning of 28 January 2020 in China."""
COUNTY, TOWN, GRID = "530102", "530102001", "530102001003"
OFFICER = viewer("county_duty_officer")
PROVINCE = viewer("duty_officer", "530000", author="province-1")


class Desk:
    """Asks routes as somebody, at a time that moves on when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.client = NOW, Client(headers={"host": "localhost", "Accept-Language": "en"})
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def post(self, path: str, body: Any, who: Viewer = OFFICER) -> Any:
        with signed_in(who):
            answer = self.client.post(f"/api/v1{path}", orjson.dumps(body), content_type="application/json")
        rebuild.assert_incremental_equals_refold()
        return answer

    def get(self, path: str, who: Viewer = OFFICER) -> Any:
        with signed_in(who):
            return self.client.get(f"/api/v1{path}")

    def ok(self, path: str, body: Any, who: Viewer = OFFICER) -> Any:
        answer = self.post(path, body, who)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def read(self, path: str, who: Viewer = OFFICER) -> Any:
        answer = self.get(path, who)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield Desk(monkeypatch)


def row(**changes: Any) -> dict[str, Any]:
    told = {
        "person": str(uuid4()),
        "conveyance": "flight",
        "number": "TR188",
        "arrived": "2020-01-28T09:00:00+08:00",
        "came_from": "420100",
        "destination": GRID,
    }
    return {**told, **changes}


def test_an_arrival_makes_one_hand_over_task_that_its_destination_closes(desk: Desk) -> None:
    told = desk.ok("/arrivals/import", {"arrivals": [row(key_person=False)]})
    id = told["listed"]["1"]
    assert (told["skipped"], told["errors"]) == ({}, [])
    tasks = desk.read("/tasks")
    assert [(t["rule"], t["of"], t["area"], t["state"]) for t in tasks["tasks"]] == [
        ("arrival.hand_over", id, GRID, "open")
    ]
    assert tasks["tasks"][0]["due"] == "2020-01-29T01:00:00Z"
    desk.now += timedelta(hours=1)
    desk.ok(f"/arrivals/{id}/acknowledge", {"by_unit": "unit-1"}, viewer("grid_worker"))
    (done,) = desk.read("/tasks")["tasks"]
    assert (done["state"], done["done_at"]) == ("done", "2020-01-28T03:00:00Z")
    assert desk.read("/arrivals/counts")["in_time"] == 1
