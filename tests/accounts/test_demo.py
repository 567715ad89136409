"""The demonstration: nobody signs in, one chooses among its hats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from lianfang.access.matrix import roles
from lianfang.accounts import clock, demo, onetime
from lianfang.accounts.signin import area_range
from lianfang.app.database import Database
from lianfang.app.serve import load_demo
from lianfang.facts import clock as record_clock
from lianfang.facts import log
from tests.accounts.people import Browser


@pytest.fixture(autouse=True)
def demonstration() -> Iterator[None]:
    with override_settings(DEMO=True):
        yield


def test_everybody_is_the_duty_officer_of_the_country(database: Database) -> None:
    state = Browser().state()
    assert (state["mode"], state["role"], state["area"]) == ("demo", "duty_officer", "100000")
    assert state["signed_in_as"] == "demo-duty-officer" and state["account"] is None
    assert Browser().ask("GET", "facts").status_code == 200


def test_there_is_a_hat_of_every_role_that_is_appointed_over_a_division_that_exists(database: Database) -> None:
    worn = {hat.role for hat in demo.hats()}
    assert worn == {id for id, role in roles().items() if role.appointed}
    assert all(area_range(hat.area)[1] for hat in demo.hats())


def test_one_wears_each_hat_in_turn(database: Database) -> None:
    browser = Browser()
    for hat in browser.state()["appointments"]:
        assert browser.ask("POST", "session/appointment", {"id": hat["id"]}).status_code == 200
        state = browser.state()
        assert (state["appointment"], state["role"], state["area"]) == (hat["id"], hat["role"], hat["area"])
        assert browser.ask("GET", "accounts").status_code == (200 if hat["role"] == "administrator" else 403)
    assert Browser().state()["role"] == "duty_officer"
    browser.ask("DELETE", "session")
    assert browser.state()["role"] == "duty_officer"


def test_a_hat_that_there_is_not_cannot_be_worn(database: Database) -> None:
    id = "00000000-0000-4000-8000-000000000000"
    assert Browser().ask("POST", "session/appointment", {"id": id}).status_code == 404


def test_a_persons_own_page_can_be_opened_too(database: Database) -> None:
    browser = Browser()
    person = browser.state()["appointments"][0]["id"]
    code = onetime.make(onetime.Purpose.OWN_PAGE, person).secret
    assert browser.ask("POST", "session/own", {"code": code}).json()["role"] == "resident"
    assert browser.state()["role"] == "resident"


def test_a_request_without_a_choice_asks_the_database_nothing(database: Database) -> None:
    browser = Browser()
    browser.ask("GET", "openapi.json")
    with CaptureQueriesContext(connection) as queries:
        browser.ask("GET", "openapi.json")
    assert len(queries) == 0


def test_what_is_known_at_the_demonstrations_time_is_what_it_holds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is stamped by the demonstration's own clock; its outbreak is received day by day."""
    monkeypatch.setattr(record_clock, "_ahead", timedelta())
    clock.stand_at(demo.morning())
    load_demo()
    received = [entry.received_at for entry in log.read()]
    assert received == sorted(received)
    assert all(entry.fact.observed_at <= entry.received_at for entry in log.read())
    assert len({time.date() for time in received}) > 5 and received[-1] <= clock.now()
    browser = Browser()
    now = browser.state()["server_time"]
    counts = [
        browser.ask("GET", f"cases/counts?area=100000&as_of={quote(now)}&known_at={quote(known)}").json()["stocks"]
        for known in (now, "2020-01-25T12:00:00+08:00", "2020-01-10T12:00:00+08:00")
    ]
    confirmed = [one["confirmed_cum"] for one in counts]
    assert confirmed[0] > confirmed[1] > confirmed[2] == 0
    head = log.head()
    load_demo()
    assert log.head() == head
