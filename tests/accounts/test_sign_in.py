"""Signing in: password, second factor, links; what is refused, and how it is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from lianfang.accounts import onetime, service
from lianfang.accounts.models import Account, OneTime, Session
from lianfang.app.database import Database
from tests.accounts.conftest import Clock
from tests.accounts.people import AUTH, PASSWORD, Browser, appointed, first_administrator, later, totp
from tests.record.made import in_parallel

COOKIE = "__Host-lianfang"


def test_bar_31_there_is_no_default_account_and_nobody_can_sign_up(database: Database) -> None:
    assert not Account.objects.exists()
    assert not service.has_administrator()
    for path in ("auth/signup", "auth/password/request", "auth/code/request", "auth/provider/signup", "account/email"):
        answer = Browser().ask("POST", f"{AUTH}/{path}", {"username": "me", "password": PASSWORD, "email": "a@b.cn"})
        assert answer.status_code in (401, 403, 404), path
    assert not Account.objects.exists()


def test_bar_31_an_account_may_do_nothing_before_its_second_factor_is_set(database: Database) -> None:
    browser = Browser()
    token = service.first_link()
    browser.ask(
        "POST",
        "session/welcome",
        {"token": token, "username": "first", "display_name": "First", "password": PASSWORD},
    )
    state = browser.state()
    assert state["signed_in_as"] == "First" and state["second_factor"] == "needed"
    assert state["role"] == "public" and state["appointments"] == []
    assert {action.partition(".")[0] for action in state["actions"]} <= {
        "care", "feedback", "measures", "page", "schema", "permissions", "session", "places", "terms",
    }  # fmt: skip
    assert browser.ask("GET", "accounts").status_code == 401
    assert browser.ask("GET", "facts").status_code == 401
    browser.set_app()
    assert browser.state()["second_factor"] == "set"
    assert browser.ask("GET", "accounts").status_code == 200


def test_bar_31_one_signed_in_before_a_second_factor_was_set_is_signed_out_by_it(database: Database) -> None:
    first = first_administrator()
    made = first.ask("POST", "accounts", {"username": "late", "display_name": "Late"}).json()
    url = first.ask("POST", f"accounts/{made['id']}/link", {}).json()["url"]
    thief, owner = Browser("10.9.9.9"), Browser()
    thief.ask("POST", "session/welcome", {"token": url.partition("=")[2], "password": PASSWORD})
    owner.password("late")
    assert thief.state()["second_factor"] == "needed"
    owner.set_app()
    assert owner.state()["second_factor"] == "set"
    assert thief.state()["signed_in_as"] is None


def test_a_second_factor_is_asked_for_at_each_sign_in(database: Database) -> None:
    secret = first_administrator().secret
    browser = Browser()
    answer = browser.password("first")
    assert answer.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True, "types": ["recovery_codes", "totp"]} in answer.json()["data"][
        "flows"
    ]
    assert browser.state()["signed_in_as"] is None
    assert browser.code(secret).status_code == 200
    assert browser.state()["role"] == "administrator"


def test_a_code_works_once_also_within_its_whole_time(database: Database, clock: Clock) -> None:
    secret = first_administrator().secret
    one, two = Browser(), Browser("10.0.0.2")
    code = totp(secret)
    for browser in (one, two):
        browser.password("first")
    assert one.ask("POST", f"{AUTH}/auth/2fa/authenticate", {"code": code}).status_code == 200
    clock.pass_(seconds=45)
    assert two.ask("POST", f"{AUTH}/auth/2fa/authenticate", {"code": code}).status_code == 400
    assert two.state()["signed_in_as"] is None


@pytest.mark.parametrize("off_s", [-3600, 3600])
def test_a_phone_whose_clock_is_an_hour_off_is_told_so(database: Database, off_s: int) -> None:
    secret = first_administrator().secret
    browser = Browser()
    browser.password("first")
    answer = browser.code(secret, later(off_s))
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["code"] == "incorrect_code" and "check the phone's clock: it is" in error["message"]
    assert browser.state()["server_time"]
    assert browser.code(secret).status_code == 200


def test_a_wrong_code_is_told_in_chinese_too(database: Database) -> None:
    secret = first_administrator().secret
    browser = Browser(lang="zh-CN")
    browser.password("first")
    assert "请检查手机时间" in browser.code(secret, later(3600)).json()["errors"][0]["message"]


def test_a_recovery_code_works_once(database: Database) -> None:
    first = first_administrator()
    codes = first.ask("POST", f"{AUTH}/account/authenticators/recovery-codes", {}).json()["data"]["unused_codes"]
    for expected in (200, 400):
        browser = Browser()
        browser.password("first")
        answer = browser.ask("POST", f"{AUTH}/auth/2fa/authenticate", {"code": codes[0]})
        assert answer.status_code == expected


def test_the_session_gets_another_key_when_one_signs_in_and_when_one_changes_hats(database: Database) -> None:
    first = first_administrator()
    secret = first.secret
    browser = Browser()
    browser.cookies[COOKIE] = "planted-by-somebody-else-0123456"
    keys = [browser.cookies[COOKIE].value]
    browser.password("first")
    keys.append(browser.cookies[COOKIE].value)
    browser.code(secret)
    keys.append(browser.cookies[COOKIE].value)
    hat = browser.state()["appointments"][0]["id"]
    assert browser.ask("POST", "session/appointment", {"id": hat}).status_code == 200
    keys.append(browser.cookies[COOKIE].value)
    assert len(set(keys)) == 4
    for old in keys[:-1]:
        stale = Browser()
        stale.cookies[COOKIE] = old
        assert stale.state()["signed_in_as"] is None


def test_the_cookie_is_for_this_host_alone(database: Database) -> None:
    cookie = first_administrator().cookies[COOKIE]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert cookie["path"] == "/" and not cookie["domain"] and not cookie["max-age"]


def test_passwords_are_kept_with_argon2id(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    first_administrator()
    assert Account.objects.get().password.startswith("argon2$argon2id$v=19$m=47104,t=2,p=1$")


@pytest.mark.parametrize("password", ["elevenchars", "password1234", "passwordpassword", "first.one.2026"])
def test_bar_31_a_common_short_or_telling_password_is_refused(database: Database, password: str) -> None:
    token = service.first_link()
    asked = {"token": token, "username": "first.one", "display_name": "First One", "password": password}
    for lang in ("en", "zh"):
        answer = Browser(lang=lang).ask("POST", "session/welcome", asked)
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["loc"] == ["body", "password"] and error["msg"].isascii() == (lang == "en")
    assert not Account.objects.exists()
    assert OneTime.objects.get().used_at is None


def test_a_wrong_name_and_a_wrong_password_and_a_disabled_account_are_told_alike(database: Database) -> None:
    first = first_administrator()
    made = first.ask("POST", "accounts", {"username": "gone", "display_name": "Gone"}).json()
    url = first.ask("POST", f"accounts/{made['id']}/link", {}).json()["url"]
    Browser().ask("POST", "session/welcome", {"token": url.partition("=")[2], "password": PASSWORD})
    first.ask("PATCH", f"accounts/{made['id']}", {"active": False})
    told = [
        (answer.status_code, answer.content)
        for answer in (
            Browser().password("nobody"),
            Browser().password("first", "not the right words"),
            Browser().password("gone"),
        )
    ]
    assert told[0] == told[1] == told[2] and told[0][0] == 400


def test_a_link_works_once_and_for_its_time(database: Database, clock: Clock) -> None:
    token = service.first_link()
    asked = {"token": token, "username": "first", "display_name": "First", "password": PASSWORD}
    clock.pass_(hours=25)
    assert Browser().ask("POST", "session/welcome", asked).status_code == 400
    again = service.first_link()
    asked["token"] = again
    look = Browser().ask("POST", "session/welcome/look", {"token": again}).json()
    assert look["purpose"] == "first_admin" and look["username"] is None
    assert Browser().ask("POST", "session/welcome", asked).status_code == 200
    for changed in (asked, {**asked, "username": "second"}):
        assert Browser().ask("POST", "session/welcome", changed).status_code == 400
    assert Account.objects.count() == 1
    assert service.first_link() is None


def test_an_older_link_stops_working_when_a_newer_is_made(database: Database) -> None:
    older, newer = service.first_link(), service.first_link()
    assert older and newer
    with pytest.raises(onetime.Spent):
        service.meant(older)
    assert service.meant(newer)[0].purpose == "first_admin"


def test_a_reset_asks_for_the_second_factor_unless_it_was_lost(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    id = doctor.state()["account"]
    for lost, expected in ((False, None), (True, "Doctor")):
        url = first.ask("POST", f"accounts/{id}/link", {"second_factor": lost}).json()["url"]
        browser = Browser()
        new = f"another grey heron {lost}"
        state = browser.ask("POST", "session/welcome", {"token": url.partition("=")[2], "password": new}).json()
        assert state["signed_in_as"] == expected
        assert doctor.state()["signed_in_as"] is None
    assert state["second_factor"] == "needed"
    assert not Authenticator.objects.filter(user=id).exists()


def test_who_takes_the_last_second_factor_away_may_only_set_another_up(database: Database) -> None:
    one = first_administrator()
    two = Browser("10.0.0.2")
    two.password("first")
    two.code(one.secret)
    assert one.ask("DELETE", f"{AUTH}/account/authenticators/totp").status_code == 200
    assert two.state()["signed_in_as"] is None
    state = one.state()
    assert state["signed_in_as"] == "First One" and state["second_factor"] == "needed" and state["role"] == "public"
    assert one.ask("GET", "accounts").status_code == 401
    one.set_app()
    assert one.state()["role"] == "administrator"


def test_changing_the_password_ends_the_other_sessions(database: Database) -> None:
    one = first_administrator()
    two = Browser()
    two.password("first")
    two.code(one.secret)
    wrong = one.ask("POST", f"{AUTH}/account/password/change", {"current_password": "x", "new_password": "y" * 20})
    assert wrong.status_code == 400
    changed = {"current_password": PASSWORD, "new_password": "eleven blue herons at sea"}
    assert one.ask("POST", f"{AUTH}/account/password/change", changed).status_code == 200
    assert one.state()["signed_in_as"] == "First One"
    assert two.state()["signed_in_as"] is None


def test_of_twenty_who_follow_one_link_at_once_one_is_let_in(database: Database) -> None:
    secret = onetime.make(onetime.Purpose.ENROL).secret
    told = in_parallel(20, lambda _: onetime.use(secret, onetime.Purpose.ENROL))
    assert sum(isinstance(one, onetime.Spent) for one in told) == 19


def _bytes_of_tables() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        content = []
        for table in tables:
            cursor.execute(f'SELECT row_to_json(t)::text FROM "{table}" t')
            content += [text for (text,) in cursor.fetchall()]
    return "\n".join(content)


def test_a_copy_of_the_database_signs_nobody_in(database: Database) -> None:
    """Neither the keys of sessions, nor the secrets of apps, nor links and codes are in it."""
    first = first_administrator()
    made = first.ask("POST", "accounts", {"username": "later", "display_name": "Later"}).json()
    url = first.ask("POST", f"accounts/{made['id']}/link", {}).json()["url"]
    device = {"title": "K", "role": "checkpoint_staff", "area": "530102", "post": "k"}
    code = first.ask("POST", "devices", device).json()["code"]
    half = Browser()
    half.ask("POST", "session/welcome", {"token": url.partition("=")[2], "password": PASSWORD})
    unset = half.ask("GET", f"{AUTH}/account/authenticators/totp").json()["meta"]["secret"]
    stored = _bytes_of_tables()
    secrets: list[Any] = [first.cookies[COOKIE].value, first.secret, unset, url.partition("=")[2], code, PASSWORD]
    assert [secret for secret in secrets if secret in stored or secret.encode().hex() in stored] == []


def test_a_session_that_was_altered_or_moved_in_the_table_is_none(database: Database) -> None:
    one = first_administrator()
    two = Browser("10.0.0.2")
    two.ask("POST", "session/own", {"code": onetime.make(onetime.Purpose.OWN_PAGE, Account.objects.get().id).secret})
    mine, other = Session.objects.get(account__isnull=False), Session.objects.get(account__isnull=True)
    Session.objects.filter(digest=other.digest).update(data=mine.data, account=mine.account)
    assert two.state()["signed_in_as"] is None
    Session.objects.filter(digest=mine.digest).update(data=bytes(mine.data)[:-1] + b"x")
    assert one.state()["signed_in_as"] is None


def test_what_is_old_is_forgotten(database: Database, clock: Clock) -> None:
    first_administrator()
    service.first_link()
    clock.pass_(days=40)
    service.forget_old(clock.now)
    assert not Session.objects.exists() and not OneTime.objects.exists()
    assert clock.now - timedelta(days=40)
