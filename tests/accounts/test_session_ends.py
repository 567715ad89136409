"""When a session ends, by a clock that is set by hand; and that nothing a request says of itself counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lianfang.accounts import onetime
from lianfang.accounts.models import Appointment, Session
from lianfang.accounts.policies import span
from lianfang.app.database import Database
from tests.accounts.conftest import Clock
from tests.accounts.people import Browser, appointed, first_administrator

SECOND = timedelta(seconds=1)


def test_bar_31_a_session_ends_after_being_idle(database: Database, clock: Clock) -> None:
    first = first_administrator()
    idle = span("account", "idle")
    for _ in range(3):
        clock.now += idle - SECOND
        assert first.state()["role"] == "administrator"
    clock.now += idle
    assert first.state()["signed_in_as"] is None
    assert not Session.objects.exists()


def test_bar_31_what_a_page_asks_by_itself_keeps_no_session(database: Database, clock: Clock) -> None:
    first = first_administrator()
    for _ in range(3):
        clock.pass_(minutes=9)
        assert first.ask("GET", "session", **{"X-Unattended": "1"}).json()["role"] == "administrator"
    clock.now += span("account", "idle") - timedelta(minutes=27)
    assert first.state()["signed_in_as"] is None


def test_bar_31_a_session_ends_after_its_longest_time_however_busy(database: Database, clock: Clock) -> None:
    first = first_administrator()
    end = clock.now + span("account", "absolute")
    while clock.now < end - timedelta(minutes=20):
        clock.pass_(minutes=20)
        assert first.state()["role"] == "administrator"
    hat = first.state()["appointments"][0]["id"]
    assert first.ask("POST", "session/appointment", {"id": hat}).status_code == 200  # another key, the same beginning
    clock.now = end - SECOND
    assert first.state()["role"] == "administrator"
    clock.now = end
    assert first.state()["signed_in_as"] is None


def test_bar_31_disabling_an_account_ends_its_sessions_at_once(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    assert doctor.state()["role"] == "clinic_doctor"
    id = doctor.state()["account"]
    assert first.ask("PATCH", f"accounts/{id}", {"active": False}).json()["active"] is False
    assert doctor.state()["signed_in_as"] is None
    assert doctor.ask("GET", "facts").status_code == 401


def test_bar_31_the_end_of_an_appointment_ends_the_session_that_wears_it(database: Database, clock: Clock) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    Appointment.objects.filter(account=doctor.state()["account"]).update(until=clock.now + timedelta(minutes=10))
    clock.pass_(minutes=9)
    assert doctor.state()["role"] == "clinic_doctor"
    clock.pass_(minutes=1)
    assert doctor.state()["signed_in_as"] is None


def test_bar_31_ending_an_appointment_ends_the_session_that_wears_it(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    hat = doctor.state()["appointment"]
    assert first.ask("DELETE", f"appointments/{hat}").status_code == 204
    assert doctor.state()["signed_in_as"] is None
    doctor.password("doctor")
    # The code of this half minute was shown already; the one before counts still.
    doctor.code(doctor.secret)
    state = doctor.state()
    assert state["signed_in_as"] == "Doctor" and state["appointments"] == [] and state["role"] == "public"
    assert doctor.ask("POST", "session/appointment", {"id": hat}).status_code == 404


def test_signing_out_ends_the_session_on_the_server(database: Database) -> None:
    first = first_administrator()
    stolen = Browser()
    stolen.cookies["__Host-lianfang"] = first.cookies["__Host-lianfang"].value
    assert stolen.state()["role"] == "administrator"
    assert first.ask("DELETE", "session").json()["signed_in_as"] is None
    assert first.cookies["__Host-lianfang"].value == ""
    assert stolen.state()["signed_in_as"] is None
    assert not Session.objects.exists()


def test_one_sees_where_one_is_signed_in_and_ends_the_others(database: Database) -> None:
    one = first_administrator()
    two, stranger = Browser("10.0.0.2"), Browser("10.0.0.3")
    two.password("first")
    two.code(one.secret)
    places = one.ask("GET", "session/places").json()
    assert [place["this"] for place in places] == [False, True] or [place["this"] for place in places] == [True, False]
    assert {place["role"] for place in places} == {"administrator"}
    assert stranger.ask("GET", "session/places").status_code == 401
    assert one.ask("DELETE", "session/places").json() == {"ended": 1}
    assert one.state()["role"] == "administrator" and two.state()["signed_in_as"] is None


def test_an_administrator_signs_another_out(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    id = doctor.state()["account"]
    assert first.ask("POST", f"accounts/{id}/sign-out").json() == {"ended": 1}
    assert doctor.state()["signed_in_as"] is None
    assert first.ask("POST", f"accounts/{first.state()['account']}/sign-out").status_code == 404


def test_a_half_finished_sign_in_ends_within_minutes(database: Database, clock: Clock) -> None:
    secret = first_administrator().secret
    browser = Browser()
    browser.password("first")
    clock.now += span("pending", "absolute")
    assert browser.code(secret).status_code == 401
    assert browser.state()["signed_in_as"] is None


def test_one_with_two_hats_chooses_and_wears_one(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    id = doctor.state()["account"]
    first.ask("POST", f"accounts/{id}/appointments", {"role": "epidemiologist", "area": "530100"})
    doctor.ask("DELETE", "session")
    doctor.password("doctor")
    doctor.code(doctor.secret)
    state = doctor.state()
    assert state["appointment"] is None and state["role"] == "public"
    assert doctor.ask("GET", "facts").status_code == 401
    hats = {hat["role"]: hat["id"] for hat in state["appointments"]}
    for role, area in (("epidemiologist", "530100"), ("clinic_doctor", "530102")):
        state = doctor.ask("POST", "session/appointment", {"id": hats[role]}).json()
        assert (state["role"], state["area"]) == (role, area) == (doctor.state()["role"], doctor.state()["area"])


def test_nobody_wears_another_ones_hat(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    other = first.state()["appointment"]
    missing = "00000000-0000-4000-8000-000000000000"
    told = [doctor.ask("POST", "session/appointment", {"id": id}) for id in (other, missing)]
    assert [answer.status_code for answer in told] == [404, 404]
    assert told[0].json()["detail"] == told[1].json()["detail"]
    assert doctor.state()["role"] == "clinic_doctor"


FORGED = ("role", "area", "appointment", "viewer", "author", "account", "device", "subject", "second_factor")


@pytest.mark.parametrize("where", ["header", "cookie", "query", "body"])
def test_a_forged_role_in_a_request_changes_nothing(database: Database, where: str) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    before = {name: value for name, value in doctor.state().items() if name != "server_time"}
    claims = dict.fromkeys(FORGED, "administrator") | {"account": before["account"], "area": "100000"}
    headers = {f"X-{name.replace('_', '-')}": claim for name, claim in claims.items()} if where == "header" else {}
    if where == "cookie":
        for name, claim in claims.items():
            doctor.cookies[name] = claim
    query = "?" + "&".join(f"{name}={claim}" for name, claim in claims.items()) if where == "query" else ""
    body = claims if where == "body" else None
    assert doctor.ask("GET", f"accounts{query}", body, **headers).status_code == 403
    hat = {"id": before["appointment"], **(body or {})}
    assert doctor.ask("POST", f"session/appointment{query}", hat, **headers).status_code == 200
    after = {name: value for name, value in doctor.state().items() if name != "server_time"}
    assert after == before


def test_an_own_page_ends_soon_and_is_nothing_else(database: Database, clock: Clock) -> None:
    first = first_administrator()
    person = first.state()["account"]
    code = onetime.make(onetime.Purpose.OWN_PAGE, person).secret
    typed = code.lower().replace("-", " ")
    browser = Browser("10.0.0.9")
    state = browser.ask("POST", "session/own", {"code": typed}).json()
    assert state["role"] == "resident" and state["account"] is None and state["signed_in_as"] is None
    assert Browser("10.0.0.8").ask("POST", "session/own", {"code": code}).status_code == 400
    assert browser.ask("GET", "accounts").status_code == 403
    clock.now += span("own_page", "idle")
    assert browser.state()["role"] == "public"
