"""How often one may try, and that no stranger shuts another out."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import RequestFactory, override_settings

from lianfang.access.viewer import Viewer
from lianfang.accounts import limits
from lianfang.accounts.models import Limit
from lianfang.app.database import Database
from lianfang.facts import log
from lianfang.facts.fact import Entry
from tests.accounts.conftest import Clock
from tests.accounts.people import AUTH, PASSWORD, Browser, appointed, first_administrator
from tests.record.made import in_parallel

STRANGER, ELSEWHERE = "203.0.113.7", "198.51.100.4"


def test_bar_32_a_hundred_wrong_passwords_are_stopped_and_the_owner_still_gets_in(
    database: Database, clock: Clock
) -> None:
    secret = first_administrator().secret
    stranger = Browser(STRANGER)
    told = [stranger.password("first", f"wrong words {n}") for n in range(100)]
    assert {answer.status_code for answer in told[10:]} == {429}
    assert int(told[-1]["Retry-After"]) > 0 and told[-1]["Content-Type"] == "application/problem+json"
    assert stranger.password("first", PASSWORD).status_code == 429, "nor is the right one told from there"
    owner = Browser(ELSEWHERE)
    assert owner.password("first").status_code == 401
    assert owner.code(secret).status_code == 200
    assert owner.state()["role"] == "administrator"


def test_bar_32_many_names_from_one_address_are_stopped_too(database: Database, clock: Clock) -> None:
    stranger = Browser(STRANGER)
    told = [stranger.password(f"name{n}", "some wrong words").status_code for n in range(100)]
    assert told.count(429) >= 100 - limits.rate("sign_in_address").most
    assert Browser(ELSEWHERE).password("name1", "some wrong words").status_code == 400


def test_an_office_behind_one_address_signs_in_unhindered(database: Database) -> None:
    first_administrator()
    for _ in range(80):
        assert Browser(STRANGER).password("first").status_code == 401  # the second factor is next


def test_a_limit_passes(database: Database, clock: Clock) -> None:
    first_administrator()
    stranger = Browser(STRANGER)
    while (answer := stranger.password("first", "wrong")).status_code == 400:
        pass
    clock.pass_(seconds=int(answer["Retry-After"]))
    assert stranger.password("first", "wrong").status_code == 400
    assert stranger.password("first", "wrong").status_code == 429


def test_codes_are_limited_by_the_account_once_the_password_was_right(database: Database, clock: Clock) -> None:
    secret = first_administrator().secret
    told = []
    for n in range(15):
        browser = Browser(f"203.0.113.{n}")
        browser.password("first")
        told.append(browser.ask("POST", f"{AUTH}/auth/2fa/authenticate", {"code": "000000"}).status_code)
    assert told == [400] * 10 + [429] * 5
    assert browser.code(secret).status_code == 429


@pytest.mark.parametrize(("name", "tries"), [("search", 1_000), ("export", 20)])
def test_bar_32_searches_and_exports_are_limited_by_who_asks(
    database: Database, clock: Clock, name: str, tries: int
) -> None:
    one, other = (Viewer(author, "desk", "clinic_doctor", "530102", "530102", "530103") for author in ("one", "other"))
    done = 0
    for _ in range(tries):
        try:
            limits.take(one, name)
            done += 1
        except limits.TooMany as error:
            assert 0 < error.retry_after <= 3600
    assert done == limits.rate(name).most < tries
    limits.take(other, name)


def test_bar_32_the_glass_is_broken_so_often_and_no_more(database: Database, clock: Clock) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "epidemiologist", "530102")
    person = {"id": str(uuid4()), "name": "欧阳测试", "area": "530102", "data_class": "screening", "basis": "consent"}
    entered = doctor.ask("POST", "people", {"people": [{**person, "since": "2020-01-27"}]})
    assert entered.json()["entered"] == 1, entered.content
    duty = appointed(first, "duty", "duty_officer", "530000")
    sent = {"purpose": duty.state()["purposes"][0], "break_glass": {"reason": "taken ill in the street"}}

    def broken() -> list[Entry]:
        return list(log.read(kinds=["identity.glass_broken"]))

    for n in range(limits.rate("break_glass").most):
        assert duty.ask("POST", f"people/{person['id']}/card", sent).status_code == 200, n
    told, before = duty.ask("POST", f"people/{person['id']}/card", sent), len(broken())
    assert told.status_code == 429 and int(told["Retry-After"]) > 0 and "欧阳" not in told.content.decode()
    assert len(broken()) == before == limits.rate("break_glass").most
    clock.pass_(minutes=7)
    assert duty.ask("POST", f"people/{person['id']}/card", sent).status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("session/own", {"code": "AAAA-AAAA-AAAA"}, "own_code"),
        ("session/welcome", {"token": "x", "password": PASSWORD}, "welcome"),
        ("session/welcome/look", {"token": "x"}, "welcome"),
        ("devices/enrol", {"code": "A", "public_key": {"kty": "EC", "crv": "P-256", "x": "A", "y": "A"}}, "enrol"),
        ("session/device/challenge", {"device": "00000000-0000-4000-8000-000000000000"}, "device"),
    ],
)
def test_guessing_is_limited_by_where_it_comes_from(
    database: Database, clock: Clock, path: str, body: object, name: str
) -> None:
    stranger = Browser(STRANGER)
    most = limits.rate(name).most
    told = [stranger.ask("POST", path, body) for _ in range(most + 1)]
    assert 429 not in [answer.status_code for answer in told[:-1]]
    assert told[-1].status_code == 429 and int(told[-1]["Retry-After"]) > 0
    assert Browser(ELSEWHERE).ask("POST", path, body).status_code != 429


def test_fifty_at_once_do_not_pass_where_ten_may(database: Database, clock: Clock) -> None:
    told = in_parallel(50, lambda _: limits.take("somebody", "export"))
    assert sum(isinstance(one, limits.TooMany) for one in told) == 50 - limits.rate("export").most


def test_the_counters_tell_no_address_and_no_name(database: Database) -> None:
    first_administrator()
    Browser(STRANGER).password("first", "wrong")
    keys = list(Limit.objects.values_list("key", flat=True))
    assert keys and all(len(key) == 64 and set(key) <= set("0123456789abcdef") for key in keys)


@pytest.mark.parametrize(
    ("sent", "passed_on", "proxies", "found"),
    [
        ("10.0.0.1", "", 0, "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6", 0, "10.0.0.1"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.7", 1, "203.0.113.7"),
        ("10.0.0.1", "6.6.6.6, 203.0.113.7, 10.0.0.2", 2, "203.0.113.7"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("nonsense", "", 0, "unknown"),
    ],
)
def test_an_address_is_believed_from_the_operators_proxies_only(
    sent: str, passed_on: str, proxies: int, found: str
) -> None:
    headers = {"X-Forwarded-For": passed_on} if passed_on else {}
    with override_settings(PROXIES=proxies):
        assert limits.address(RequestFactory(headers=headers, REMOTE_ADDR=sent).get("/")) == found
