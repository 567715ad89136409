"""What administrators do is on record, with what they do or not at all, and auditors see it."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from lianfang.access.matrix import roles
from lianfang.accounts import acts, service
from lianfang.accounts.models import Account, Appointment, Device
from lianfang.app.database import Database
from lianfang.facts import audit, log
from lianfang.facts.log import Outcome, Status
from tests.accounts.people import Browser, appointed, first_administrator


def listed(auditor: Browser, **query: Any) -> list[dict[str, Any]]:
    answer = auditor.ask("GET", "accounts/acts?" + "&".join(f"{key}={value}" for key, value in query.items()))
    assert answer.status_code == 200, answer.content
    return list(answer.json()["acts"])


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    records = [record for record in caplog.records if hasattr(record, "told")]
    assert all((one.levelno >= logging.WARNING) == (one.__dict__["told"]["outcome"] != "ok") for one in records)
    return [(one.__dict__["told"]["event"], one.__dict__["told"]["outcome"]) for one in records]


def test_one_administrator_cannot_become_a_doctor_unseen(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("lianfang.security").addHandler(caplog.handler)
    first = first_administrator()
    auditor = appointed(first, "auditor", "auditor", "530000")
    yunnan = appointed(first, "yunnan", "administrator", "530000")
    caplog.clear()
    shadow = appointed(yunnan, "shadow", "epidemiologist", "530102")
    assert told(caplog)[:3] == [("account.made", "ok"), ("appointment.made", "alert"), ("account.link", "ok")]
    link, appointment, made = listed(auditor)[:3]
    assert [one["act"] for one in (made, appointment, link)] == [
        "account.made", "account.appointed", "account.link_made",
    ]  # fmt: skip
    assert {one["author"] for one in (made, appointment, link)} == {yunnan.state()["account"]}
    assert {one["author_name"] for one in (made, appointment, link)} == {"Yunnan"}
    assert {one["target"] for one in (made, appointment, link)} == {shadow.state()["account"]}
    assert (appointment["role"], appointment["role_en"], appointment["area"], appointment["area_zh"]) == (
        "epidemiologist", roles()["epidemiologist"].en, "530102", "五华区",
    )  # fmt: skip
    assert [one["watch"] for one in (made, appointment, link)] == [False, True, False]
    assert audit.verify().whole


@pytest.mark.parametrize(
    ("role", "watched"),
    [
        ("clinic_doctor", True), ("county_duty_officer", True), ("administrator", True),
        ("logistics_officer", False), ("auditor", False),
    ],
)  # fmt: skip
def test_who_makes_an_account_and_trusts_it_is_watched_and_two_are_not(
    database: Database, role: str, watched: bool
) -> None:
    first = first_administrator()
    auditor = appointed(first, "auditor", "auditor", "530000")
    yunnan = appointed(first, "yunnan", "administrator", "530000")
    made = yunnan.ask("POST", "accounts", {"username": "other", "display_name": "Other"}).json()
    for who, seen in ((yunnan, watched), (first, False)):
        answer = who.ask("POST", f"accounts/{made['id']}/appointments", {"role": role, "area": "530102"})
        assert answer.status_code == 200
        assert listed(auditor, limit=1)[0]["watch"] is seen


def test_taking_a_second_factor_away_is_watched(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("lianfang.security").addHandler(caplog.handler)
    first = first_administrator()
    auditor = appointed(first, "auditor", "auditor", "100000")
    doctor = appointed(first, "doctor", "clinic_doctor", "530102").state()["account"]
    for lost in (False, True):
        caplog.clear()
        assert first.ask("POST", f"accounts/{doctor}/link", {"second_factor": lost}).status_code == 200
        assert told(caplog) == [("account.link", "alert" if lost else "ok")]
        assert (listed(auditor)[0]["act"], listed(auditor)[0]["watch"]) == ("account.link_made", lost)


def test_every_act_is_on_record_once(database: Database) -> None:
    first = first_administrator()
    auditor = appointed(first, "auditor", "auditor", "100000")
    before = log.head().seq
    made = first.ask("POST", "accounts", {"username": "other", "display_name": "Other", "area": "530000"}).json()
    hat = first.ask("POST", f"accounts/{made['id']}/appointments", {"role": "inspector", "area": "530102"}).json()
    for active in (False, False, True, True):
        first.ask("PATCH", f"accounts/{made['id']}", {"active": active})
    assert first.ask("DELETE", f"appointments/{hat['id']}").status_code == 204
    assert first.ask("DELETE", f"appointments/{hat['id']}").status_code == 404
    sent = {"title": "Kiosk", "role": "checkpoint_staff", "area": "530102", "post": "p-1"}
    device = first.ask("POST", "devices", sent).json()["device"]
    for _ in range(2):
        assert first.ask("POST", f"devices/{device}/revoke", {}).status_code == 200
    expected = [
        ("account.made", "530000", ""), ("account.appointed", "530102", "inspector"),
        ("account.disabled", "530000", ""), ("account.enabled", "530000", ""),
        ("account.appointment_ended", "530102", "inspector"), ("device.made", "530102", "checkpoint_staff"),
        ("device.revoked", "530102", ""),
    ]  # fmt: skip
    assert [(e.fact.kind, e.fact.area) for e in log.read(before)] == [one[:2] for one in expected]
    shown = listed(auditor, limit=len(expected))
    assert [(one["act"], one["area"], one["role"]) for one in reversed(shown)] == expected
    assert {one["target_name"] for one in shown} == {"Other", "Kiosk"}


def test_the_first_administrator_is_on_record(database: Database) -> None:
    auditor = appointed(first_administrator(), "auditor", "auditor", "100000")
    appointment, made = listed(auditor)[-2:]
    assert [(one["act"], one["author"], one["author_name"]) for one in (made, appointment)] == [
        ("account.made", "first-link", ""), ("account.appointed", "first-link", ""),
    ]  # fmt: skip
    assert appointment["role"] == "administrator" and made["target_name"] == "First One"


def test_an_auditor_sees_the_acts_of_the_own_divisions_page_by_page(database: Database) -> None:
    first = first_administrator()
    yunnan = appointed(first, "yunnan", "auditor", "530000")
    guangdong = appointed(first, "guangdong", "auditor", "440000")
    appointed(first, "kunming", "inspector", "530102")
    assert {one["area"] for one in listed(yunnan)} == {"530000", "530102"}
    assert [one["area"] for one in listed(guangdong)] == ["440000"]
    whole, pages, query = [one["seq"] for one in listed(yunnan)], [], {"limit": 1}
    while True:
        answer = yunnan.ask("GET", "accounts/acts?" + "&".join(f"{k}={v}" for k, v in query.items())).json()
        pages += [one["seq"] for one in answer["acts"]]
        if answer["next"] is None:
            break
        query["before"] = answer["next"]
    assert pages == whole and len(whole) > 1
    assert first.ask("GET", "accounts/acts").status_code == 403


def test_what_cannot_be_put_on_record_is_not_done(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first = first_administrator()
    id = appointed(first, "doctor", "clinic_doctor", "530102").state()["account"]
    hat, accounts = Appointment.objects.get(account=id).id, Account.objects.count()
    refused = [Outcome(0, None, Status.SET_ASIDE, None, "for trial")]
    monkeypatch.setattr(acts.log, "append", lambda *args, **named: refused)
    first.raise_request_exception = False
    for method, path, body in (
        ("POST", "accounts", {"username": "other", "display_name": "Other"}),
        ("PATCH", f"accounts/{id}", {"active": False}),
        ("POST", f"accounts/{id}/link", {}),
        ("POST", f"accounts/{id}/appointments", {"role": "auditor", "area": "530000"}),
        ("DELETE", f"appointments/{hat}", None),
        ("POST", "devices", {"title": "K", "role": "checkpoint_staff", "area": "530102", "post": "p-1"}),
    ):
        assert first.ask(method, path, body).status_code == 500, path
    assert Account.objects.count() == accounts and not Device.objects.exists()
    assert Account.objects.get(id=id).is_active
    assert [one.until for one in Appointment.objects.filter(account=id)] == [None]
    assert not service.OneTime.objects.filter(target=id, used_at=None).exists()
