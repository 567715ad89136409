"""Posts, vehicles and encounters for trials of gates, by way of the routes; the law of the registers after each act."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import orjson
import pytest
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from tests import law
from tests.access.made import FOREIGN, signed_in, viewer
from tests.access.made import OWN as WUHUA

CST = timezone(timedelta(hours=8))
NOW = datetime(2020, 1, 28, 10, tzinfo=CST)
OFFICER = viewer("county_duty_officer", author="officer")
STAFF = viewer("checkpoint_staff", author="staff")
OTHER_STAFF = viewer("checkpoint_staff", author="other-staff")
CENTRE = viewer("epidemiologist", author="centre")
DOCTOR = viewer("clinic_doctor", author="doctor")
INSPECTOR = viewer("inspector", author="inspector")
STRANGER = viewer("county_duty_officer", FOREIGN, author="stranger")
"""A duty officer of another county."""


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class Clock:
    """The clock of the routes, which stands until it is set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def on(self, hours: float) -> datetime:
        self.now += timedelta(hours=hours)
        return self.now


class Desk:
    """Requests of gates. After each that writes, the registers must be what a refold gives (see ``law``)."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})

    def post(self, path: str, body: Any = None, who: Viewer = OFFICER) -> Any:
        with signed_in(who):
            answer = self.client.post(f"/api/v1{path}", orjson.dumps(body or {}), content_type="application/json")
        law.acted()
        return answer

    def get(self, path: str, who: Viewer = OFFICER, **query: Any) -> Any:
        with signed_in(who):
            return self.client.get(f"/api/v1{path}", query)

    def done(self, path: str, body: Any = None, who: Viewer = OFFICER) -> Any:
        answer = self.post(path, body, who)
        assert answer.status_code in (200, 204), answer.content
        return answer.json() if answer.content else None

    def seen(self, path: str, who: Viewer = OFFICER, **query: Any) -> Any:
        answer = self.get(path, who, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def refused(self, path: str, body: Any = None, who: Viewer = OFFICER) -> list[tuple[str, str]]:
        """Field and reason of each thing that is wrong."""
        answer = self.post(path, body, who)
        assert answer.status_code == 422, answer.content
        return [(one["field"], one["reason"]) for one in answer.json()["errors"]]


@pytest.fixture
def desk(database: Any) -> Desk:
    return Desk()


def a_post(desk: Desk, **other: Any) -> str:
    """A point on a road that was set up, with the trial's staff on duty around the clock of the day."""
    body = {
        "name": "黑林铺卡点", "place_type": "road_gate", "town": WUHUA, "lead": "黑林铺街道办事处", **other,
    }  # fmt: skip
    post = str(desk.done("/posts", body)["id"])
    desk.done(f"/posts/{post}/shifts", {"begins": NOW, "ends": NOW + timedelta(hours=8), "staff": ["staff"]})
    return post


def meet(desk: Desk, post: str, who: Viewer = STAFF, **answers: Any) -> Any:
    """Somebody who was met."""
    body = {"came_from": "420100", "going_to": WUHUA, "fever": False, "temp_c": 36.6, **answers}
    return desk.done(f"/posts/{post}/encounters", body, who)
