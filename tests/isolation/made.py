"""Orders, stations and needs for trials of isolation, by way of the routes; the law of the registers after each act."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.test import Client

from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.capabilities.contacts.facts import Exposed, Exposure
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity import service as vault
from tests import law
from tests.access.made import FOREIGN, signed_in, viewer
from tests.access.made import OWN as WUHUA

NOW = datetime(2020, 1, 24, 2, tzinfo=UTC)
LAST_EXPOSURE = date(2020, 1, 20)
END = datetime(2020, 2, 3, 16, tzinfo=UTC)
"""24:00 of 3 February in China: 14 days after the last exposure."""
DUTIES = {"lead": "a-lead", "clinician": "a-doctor", "disinfection": "a-clean", "logistics": "a-store"}
KEEPER = viewer("epidemiologist", author="keeper")
"""An epidemiologist of Wuhua."""
STAFF = viewer("station_staff", author="staff")
DOCTOR = viewer("clinic_doctor", author="doctor")
OFFICER = viewer("county_duty_officer", author="officer")
COUNSELLOR = viewer("counsellor", author="counsellor")
STRANGER = viewer("epidemiologist", FOREIGN, author="stranger")
"""An epidemiologist of another county."""


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
    """Requests of isolation. After each that writes, the registers must be what a refold gives (see ``law``)."""

    def __init__(self) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"})

    def post(self, path: str, body: Any = None, who: Viewer = KEEPER) -> Any:
        with signed_in(who):
            answer = self.client.post(f"/api/v1{path}", orjson.dumps(body or {}), content_type="application/json")
        law.acted()
        return answer

    def get(self, path: str, who: Viewer = KEEPER, **query: Any) -> Any:
        with signed_in(who):
            return self.client.get(f"/api/v1{path}", query)

    def done(self, path: str, body: Any = None, who: Viewer = KEEPER) -> Any:
        answer = self.post(path, body, who)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def refused(self, path: str, body: Any = None, who: Viewer = KEEPER) -> list[tuple[str, str]]:
        """Field and reason of each thing that is wrong."""
        answer = self.post(path, body, who)
        assert answer.status_code == 422, answer.content
        return [(one["field"], one["reason"]) for one in answer.json()["errors"]]

    def card(self, order: str, who: Viewer = KEEPER, **query: Any) -> Any:
        answer = self.get(f"/isolation/orders/{order}", who, **query)
        assert answer.status_code == 200, answer.content
        return answer.json()


def a_person(area: str = WUHUA) -> UUID:
    """Somebody whom the vault holds."""
    id = uuid4()
    keeper = viewer("epidemiologist", area, author="keeper")
    sent = {"id": id, "name": "某某", "area": area, "data_class": "contact"}
    receipt = vault.enter(keeper, [(1, sent)], now=NOW)
    assert receipt.entered == 1, receipt
    return id


def contact(person: UUID, *, last: date = LAST_EXPOSURE, of: UUID | None = None) -> UUID:
    """A contact on record, the medical reason of an order; or a further exposure ``of`` one."""
    id = of or uuid4()
    data = Exposed(
        disease="ncov-2020", edition="ncov-2020-v2", person=person,
        exposure=Exposure(source=uuid4(), last=last, setting="household", closeness=("live_together",)),
    )  # fmt: skip
    fact = Fact.of(data, id=log.new_id(), subject=id, area=WUHUA, observed_at=NOW - timedelta(hours=1 if of else 2))
    (outcome,) = log.append([fact], principal=KEEPER.principal)
    assert outcome.status == "appended", outcome
    return id


def an_order(whom: UUID, **other: Any) -> dict[str, Any]:
    """An order of central observation as sent."""
    body = {
        "person": whom, "area": WUHUA, "order_class": "close_contact", "of": other.pop("of", None) or contact(whom),
        "disease": "ncov-2020", "edition": "ncov-2020-v2", "basis": "infectious_disease", "mode": "central",
        "start": NOW, "end": END,
    }  # fmt: skip
    return {**body, **other}


def a_station(desk: Desk, capacity: int = 10, **other: Any) -> str:
    """A station that was opened."""
    body = {"name": "留验站", "town": WUHUA, "capacity": capacity, **DUTIES, **other}
    return str(desk.done("/stations", body)["id"])


@pytest.fixture
def desk(database: Any) -> Desk:
    return Desk()
