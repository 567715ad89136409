"""Somebody at a desk who asks routes, at a time of the test's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.models import Account, Appointment
from lianfang.facts import log
from lianfang.identity import service as vault
from tests import law
from tests.access.made import signed_in, viewer

NOW = datetime(2020, 1, 28, 2, tzinfo=UTC)
"""Ten in the morning of 28 January 2020 in China."""
COUNTY, GRID, OTHER = "530102", "530102001003", "530302"
OFFICER = viewer("county_duty_officer")
WORKER = viewer("grid_worker", author="worker-1")


class Desk:
    """Asks routes as somebody, at a time that moves on when it is told to; after every write the registers are held
    against the record."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.client = NOW, Client(headers={"host": "localhost", "Accept-Language": "en"})
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def post(self, path: str, body: Any, who: Viewer = OFFICER) -> Any:
        with signed_in(who):
            answer = self.client.post(f"/api/v1{path}", orjson.dumps(body), content_type="application/json")
        law.acted()
        return answer

    def ok(self, path: str, body: Any, who: Viewer = OFFICER) -> Any:
        answer = self.post(path, body, who)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def wrong(self, path: str, body: Any, who: Viewer = OFFICER) -> list[tuple[str, str]]:
        """The fields and the reasons of what is refused."""
        answer = self.post(path, body, who)
        assert answer.status_code == 422, answer.content
        return [(one["field"], one["reason"]) for one in answer.json()["errors"]]

    def read(self, path: str, who: Viewer = OFFICER) -> Any:
        with signed_in(who):
            answer = self.client.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def tasks(self, who: Viewer = OFFICER, query: str = "") -> list[tuple[str, str, str]]:
        """Rule, slot and state of every task of the day."""
        return [(t["rule"], t["slot"], t["state"]) for t in self.read(f"/tasks?limit=500{query}", who)["tasks"]]


def person(n: int = 1, area: str = COUNTY, data_class: str = "returnee") -> str:
    """Somebody who was entered."""
    who, id = viewer("epidemiologist", area), log.new_id()
    sent = {"id": str(id), "name": f"王{chr(0x4E00 + n)}", "area": area, "data_class": data_class}
    sent |= {"since": "2020-01-28", "phones": [f"138{n:08d}"], "documents": []}
    receipt = vault.enter(who, [(1, sent)], now=NOW)
    assert receipt.entered == 1, receipt
    return str(id)


def employed(role: str, area: str = COUNTY, name: str = "") -> str:
    """The code of an account that is appointed."""
    account = Account.objects.create(
        username=name or f"{role}.{area}", display_name=name or role, area=area, created_at=NOW, password="x"
    )
    Appointment.objects.create(account=account, role=role, area=area, since=NOW.replace(year=2019), by="a")
    return str(account.id)


def row(who: str, **changes: Any) -> dict[str, Any]:
    """One row of a manifest."""
    told = {
        "person": who, "conveyance": "flight", "number": "TR188", "arrived": "2020-01-28T09:00:00+08:00",
        "came_from": "420100", "destination": GRID,
    }  # fmt: skip
    return {**told, **changes}


def arrived(desk: Desk, n: int = 1, **changes: Any) -> str:
    """The id of an arrival that was listed."""
    told = desk.ok("/arrivals/import", {"arrivals": [row(person(n), **changes)]})
    assert told["errors"] == []
    return str(UUID(told["listed"]["1"]))
