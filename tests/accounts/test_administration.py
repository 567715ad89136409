"""Who manages whose account, and that nobody raises himself."""

from __future__ import annotations

import json
import logging
from uuid import uuid4

import pytest

from lianfang.access.matrix import roles
from lianfang.accounts.models import Account, Appointment
from lianfang.app.database import Database
from tests.accounts.people import PASSWORD, Browser, appointed, first_administrator


def test_an_administrator_manages_the_own_area_and_nothing_else(database: Database) -> None:
    first = first_administrator()
    yunnan = appointed(first, "yunnan", "administrator", "530000")
    guangdong = appointed(first, "guangdong", "administrator", "440000")
    made = yunnan.ask("POST", "accounts", {"username": "kunming", "display_name": "K", "area": "530100"}).json()
    appointment = yunnan.ask(
        "POST", f"accounts/{made['id']}/appointments", {"role": "county_duty_officer", "area": "530102"}
    ).json()
    assert [account["username"] for account in yunnan.ask("GET", "accounts").json()] == ["kunming"]
    assert guangdong.ask("GET", "accounts").json() == []
    for method, path, body in (
        ("PATCH", "accounts/{}", {"active": False}),
        ("POST", "accounts/{}/link", {}),
        ("POST", "accounts/{}/appointments", {"role": "auditor", "area": "440000"}),
    ):
        told = [guangdong.ask(method, path.format(id), body) for id in (made["id"], uuid4())]
        assert [answer.status_code for answer in told] == [404, 404], path
        assert told[0].json()["detail"] == told[1].json()["detail"]
    assert guangdong.ask("DELETE", f"appointments/{appointment['id']}").status_code == 404
    assert Account.objects.get(username="kunming").is_active
    assert Appointment.objects.get(id=appointment["id"]).until is None


def test_an_administrator_cannot_raise_himself(database: Database) -> None:
    first = first_administrator()
    yunnan = appointed(first, "yunnan", "administrator", "530000")
    own = yunnan.state()["account"]
    for role, area in (("administrator", "100000"), ("epidemiologist", "530102")):
        assert yunnan.ask("POST", f"accounts/{own}/appointments", {"role": role, "area": area}).status_code == 404
    assert yunnan.ask("POST", f"accounts/{own}/link", {}).status_code == 404
    assert yunnan.ask("PATCH", f"accounts/{own}", {"display_name": "Me"}).status_code == 404
    assert Appointment.objects.filter(account=own).count() == 1


def test_nobody_gives_more_than_the_own_area(database: Database) -> None:
    yunnan = appointed(first_administrator(), "yunnan", "administrator", "530000")
    other = yunnan.ask("POST", "accounts", {"username": "other", "display_name": "Other"}).json()
    for area in ("100000", "440000", "", "530"):
        answer = yunnan.ask("POST", f"accounts/{other['id']}/appointments", {"role": "auditor", "area": area})
        assert answer.status_code == 422 and answer.json()["errors"][0]["loc"] == ["body", "area"]
    made = yunnan.ask("POST", "accounts", {"username": "more", "display_name": "More", "area": "440000"})
    assert made.status_code == 422


def test_a_county_does_not_take_over_one_who_works_for_the_province_too(database: Database) -> None:
    first = first_administrator()
    officer = appointed(first, "officer", "duty_officer", "530000")
    Account.objects.filter(username="officer").update(area="530102")
    county = appointed(first, "county", "administrator", "530102")
    id = officer.state()["account"]
    assert county.ask("POST", f"accounts/{id}/link", {"second_factor": True}).status_code == 404
    assert county.ask("PATCH", f"accounts/{id}", {"active": False}).status_code == 404


@pytest.mark.parametrize("role", ["public", "resident", "operator", "superuser", ""])
def test_only_roles_that_are_appointed_are_given(database: Database, role: str) -> None:
    first = first_administrator()
    made = first.ask("POST", "accounts", {"username": "other", "display_name": "Other"}).json()
    answer = first.ask("POST", f"accounts/{made['id']}/appointments", {"role": role, "area": "530000"})
    assert answer.status_code == 422 and answer.json()["errors"][0]["loc"] == ["body", "role"]


def test_every_role_that_is_appointed_can_be_worn(database: Database) -> None:
    first = first_administrator()
    for role in (id for id, one in roles().items() if one.appointed):
        browser = appointed(first, role.replace("_", "-"), role, "530102")
        assert browser.state()["role"] == role


@pytest.mark.parametrize("who", ["clinic_doctor", "auditor", "duty_officer"])
def test_no_other_role_makes_accounts(database: Database, who: str) -> None:
    browser = appointed(first_administrator(), "other", who, "530102")
    for method, path in (("GET", "accounts"), ("POST", "accounts"), ("GET", "devices"), ("POST", "devices")):
        assert browser.ask(method, path, {}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "ab"}, "username"),
        ({"username": "a b c"}, "username"),
        ({"username": "FIRST"}, "username"),
        ({"display_name": "  "}, "display_name"),
        ({"display_name": "line\nbreak\x00"}, "display_name"),
    ],
)
def test_a_bad_field_is_named_and_why(database: Database, changes: dict[str, str], field: str) -> None:
    first = first_administrator()
    for lang, ascii_only in (("en", True), ("zh-CN", False)):
        first.defaults["HTTP_ACCEPT_LANGUAGE"] = lang
        answer = first.ask("POST", "accounts", {"username": "good", "display_name": "Good", **changes})
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["loc"] == ["body", field] and error["msg"].isascii() == ascii_only
    assert Account.objects.count() == 1


def test_one_name_taken_twice_at_once_is_one_account(database: Database) -> None:
    first = first_administrator()
    sent = {"username": "same", "display_name": "Same"}
    told = [first.ask("POST", "accounts", sent).status_code for _ in range(2)]
    assert told == [200, 422]


def test_an_end_in_the_past_is_refused(database: Database) -> None:
    first = first_administrator()
    made = first.ask("POST", "accounts", {"username": "other", "display_name": "Other"}).json()
    sent = {"role": "auditor", "area": "530000", "until": "2020-01-28T12:00:00+08:00"}
    answer = first.ask("POST", f"accounts/{made['id']}/appointments", sent)
    assert answer.status_code == 422 and answer.json()["errors"][0]["loc"] == ["body", "until"]


def test_what_is_done_to_accounts_is_in_the_security_log_without_names(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("lianfang.security").addHandler(caplog.handler)
    first = first_administrator()
    doctor = appointed(first, "zhang.wei", "clinic_doctor", "530102")
    id = doctor.state()["account"]
    first.ask("PATCH", f"accounts/{id}", {"active": False})
    Browser().password("zhang.wei", "a wrong password")
    told = [record.__dict__["told"] for record in caplog.records if hasattr(record, "told")]
    events = {(one["event"], one["outcome"]) for one in told}
    assert events >= {
        ("first_link.made", "ok"), ("welcome", "ok"), ("second_factor.set", "ok"), ("account.made", "ok"),
        ("appointment.made", "alert"), ("account.link", "ok"), ("account.changed", "ok"), ("sign_in", "ok"),
        ("sign_in", "refused"),
    }  # fmt: skip
    written = json.dumps(told, default=str)
    assert "zhang.wei" not in written.lower() and PASSWORD not in written and doctor.secret not in written
    assert all(one.get("actor") for one in told if one["event"].startswith("account"))
