"""Grids, households, rounds and visits for trials of screening; the law of the registers after each act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.accounts.models import Device
from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import grid_id, household_id, round_id
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from tests import law
from tests.access.made import FOREIGN, OWN, signed_in, viewer

NOW = datetime(2020, 1, 28, 1, tzinfo=UTC)
"""Nine in the morning."""
COMMUNITY, OTHER = f"{OWN}001002", f"{OWN}001003"
"""Two communities of a town of the county."""
POST = "team-1"
CHIEF = viewer("county_duty_officer", author="chief")
STRANGER = viewer("county_duty_officer", FOREIGN, author="stranger")
INSPECTOR = viewer("inspector", author="inspector")
PROVINCE = viewer("duty_officer", "530000", author="province")


def worker(author: str, post: str = POST) -> Viewer:
    """A worker's phone of a team, over the town."""
    own = viewer("grid_worker", author=author)
    return Viewer(author, author, "grid_worker", own.area, own.area_from, own.area_to, post=post)


WORKER, COLLEAGUE = worker("worker"), worker("colleague", "team-2")


class Clock:
    """The clock of the routes, which stands until it is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def on(self, hours: float) -> datetime:
        self.now += timedelta(hours=hours)
        return self.now


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def desk(database: object, at: Clock) -> Desk:
    for post in (POST, "team-2"):
        Device.objects.create(
            title=post, role="grid_worker", area=OWN, post=post, made_at=NOW, made_by="admin", enrolled_at=NOW,
            public_key=b"k",
        )  # fmt: skip
    return Desk(at)


class Desk:
    """Requests of screening. After each that writes, the registers must be what a refold gives (see ``law``)."""

    def __init__(self, at: Clock) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})
        self.at = at

    def post(self, path: str, body: Any = None, who: Viewer = CHIEF) -> Any:
        with signed_in(who):
            answer = self.client.post(f"/api/v1{path}", orjson.dumps(body or {}), content_type="application/json")
        law.acted()
        return answer

    def get(self, path: str, who: Viewer = CHIEF, **query: Any) -> Any:
        with signed_in(who):
            return self.client.get(f"/api/v1{path}", query)

    def done(self, path: str, body: Any = None, who: Viewer = CHIEF) -> Any:
        answer = self.post(path, body, who)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def told(self, path: str, who: Viewer = CHIEF, **query: Any) -> Any:
        answer = self.get(path, who, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def refused(self, path: str, body: Any = None, who: Viewer = CHIEF) -> list[tuple[str, str]]:
        """Field and reason of each thing that is wrong."""
        answer = self.post(path, body, who)
        assert answer.status_code == 422, answer.content
        return [(one["field"], one["reason"]) for one in answer.json()["errors"]]

    # what a trial begins with

    def grid(self, name: str = "g1", community: str = COMMUNITY, to: str = POST, site: str = "community") -> UUID:
        made = self.done("/grids", {"community": community, "name": name, "site": site})
        assert made["id"] == str(grid_id(community, name))
        if to:
            self.done("/grids/assign", {"grids": [made["id"]], "to": to})
        return UUID(made["id"])

    def household(self, grid: UUID, door: str, community: str = COMMUNITY, **more: Any) -> UUID:
        body = {"community": community, "grid": str(grid), "building": "7栋", "unit": "2单元", "door": door, **more}
        made = self.done("/households", body)
        assert made["id"] == str(household_id(community, "7栋", "2单元", door))
        return UUID(made["id"])

    def round(self, number: int = 1, area: str = OWN) -> UUID:
        due = self.at.now + timedelta(days=3)
        made = self.done("/rounds", {"area": area, "number": number, "due": due.isoformat()})
        assert made["id"] == str(round_id(area, number))
        return UUID(made["id"])

    def home(self, grid: UUID, door: str, people: int = 2) -> tuple[UUID, list[UUID]]:
        """A household with so many members."""
        id = self.household(grid, door)
        persons = [uuid4() for _ in range(people)]
        self.sent(*(fact(kinds.MemberJoined(person=one), id, self.at.now) for one in persons))
        return id, persons

    def sent(self, *facts: Fact, who: Viewer = WORKER) -> Any:
        """What a phone sends."""
        body = [one.model_dump(mode="json", exclude={"author", "device"}) for one in facts]
        receipt = self.done("/facts", body, who)
        assert receipt["set_aside"] == [], receipt
        return receipt

    def visit(self, household: UUID, round: UUID, *members: dict[str, Any], who: Viewer = WORKER, **more: Any) -> Fact:
        one = fact(visit(round, *members, **more), household, self.at.now)
        self.sent(one, who=who)
        return one

    def ledger(self, area: str = OWN, who: Viewer = CHIEF, **query: Any) -> Any:
        return self.told("/coverage", who, area=area, **query)["whole"]


def fact(
    data: FactData, subject: UUID, at: datetime, area: str = COMMUNITY, id: UUID | None = None,
    corrects: UUID | None = None,
) -> Fact:  # fmt: skip
    return Fact.of(data, id=id or log.new_id(), subject=subject, area=area, observed_at=at, corrects=corrects)


def visit(round: UUID, *members: dict[str, Any], outcome: str = "met", **more: Any) -> kinds.Visited:
    """A visit as a phone records it; who is met is well unless it is said otherwise."""
    return kinds.Visited(round=round, outcome=outcome, members=members, **{"evidence": "qr", "form": 1, **more})


def well(person: UUID) -> dict[str, Any]:
    return {"person": person, "result": "well", "temp_c": 36.5}


def unwell(person: UUID) -> dict[str, Any]:
    return {"person": person, "result": "unwell", "temp_c": 38.4, "symptoms": ["fever"]}
