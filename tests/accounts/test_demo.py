"""The demonstration: nobody signs in, one chooses among its hats."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from lianfang.access.matrix import roles
from lianfang.accounts import demo, onetime
from lianfang.accounts.signin import area_range
from lianfang.app.database import Database
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
    worn = {role for role, _ in demo.appointments().values()}
    assert worn == {id for id, role in roles().items() if role.appointed}
    assert all(area_range(area)[1] for _, area in demo.appointments().values())


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
