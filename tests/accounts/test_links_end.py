"""Links end with what they were made for, also where somebody follows one at that very moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from lianfang.accounts import service
from lianfang.accounts.models import Account, OneTime, Session
from lianfang.app.database import Database
from tests.accounts.people import PASSWORD, Browser, appointed, first_administrator

OTHER = "nine black storks at dawn"


def link_of(admin: Browser, id: str) -> str:
    return str(admin.ask("POST", f"accounts/{id}/link", {}).json()["url"].partition("#welcome=")[2])


def follow(token: str, password: str = OTHER) -> int:
    return int(Browser().ask("POST", "session/welcome", {"token": token, "password": password}).status_code)


def disable(admin: Browser, id: str) -> None:
    assert admin.ask("PATCH", f"accounts/{id}", {"active": False}).status_code == 200


def disable_and_enable(admin: Browser, id: str) -> None:
    disable(admin, id)
    assert admin.ask("PATCH", f"accounts/{id}", {"active": True}).json()["active"] is True


def sign_out(admin: Browser, id: str) -> None:
    assert admin.ask("POST", f"accounts/{id}/sign-out").status_code == 200


def make_another(admin: Browser, id: str) -> None:
    link_of(admin, id)


ENDINGS = (disable, disable_and_enable, sign_out, make_another)


@pytest.mark.parametrize("end", ENDINGS)
def test_a_link_ends(database: Database, end: Callable[[Browser, str], None]) -> None:
    first = first_administrator()
    id = first.ask("POST", "accounts", {"username": "other", "display_name": "Other"}).json()["id"]
    token = link_of(first, id)
    end(first, id)
    assert follow(token) == 400
    assert Account.objects.get(id=id).password == ""


@pytest.mark.parametrize("end", ENDINGS)
def test_a_link_that_ends_while_it_is_followed_is_not_followed(
    database: Database, monkeypatch: pytest.MonkeyPatch, end: Callable[[Browser, str], None]
) -> None:
    """Between looking at the link and keeping the password, which takes as long as a password is dear to guess."""
    first = first_administrator()
    id = appointed(first, "doctor", "clinic_doctor", "530102").state()["account"]
    token, kept = link_of(first, id), Account.objects.get(id=id).password
    check = service._check_password

    def meanwhile(*args: Any) -> None:
        check(*args)
        end(first, id)

    monkeypatch.setattr(service, "_check_password", meanwhile)
    assert follow(token) == 400
    account = Account.objects.get(id=id)
    assert account.is_active is (end is not disable)
    assert account.password == kept
    assert Session.objects.filter(account=id).exists() is (end is make_another)


def test_a_link_of_an_invitation_ends_with_a_reset(database: Database) -> None:
    """An account that was given its password by one link is not opened by an older one of another purpose."""
    first = first_administrator()
    id = first.ask("POST", "accounts", {"username": "other", "display_name": "Other"}).json()["id"]
    invited = link_of(first, id)
    Account.objects.filter(id=id).update(password="set elsewhere")
    reset = link_of(first, id)
    assert (follow(invited), follow(reset)) == (400, 200)


def test_following_a_link_ends_the_others(database: Database) -> None:
    first = first_administrator()
    doctor = appointed(first, "doctor", "clinic_doctor", "530102")
    id = doctor.state()["account"]
    token = link_of(first, id)
    service.onetime.make(service.Purpose.INVITE, Account.objects.get(id=id).id)
    assert follow(token) == 200
    assert not OneTime.objects.filter(target=id, used_at=None).exists()


def test_renaming_at_the_same_moment_enables_nobody(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    first = first_administrator()
    id = appointed(first, "doctor", "clinic_doctor", "530102").state()["account"]
    read = service._display_name

    def meanwhile(text: str) -> str:
        Account.objects.filter(id=id).update(is_active=False)
        return read(text)

    monkeypatch.setattr(service, "_display_name", meanwhile)
    assert first.ask("PATCH", f"accounts/{id}", {"display_name": "Doctor Who"}).json()["active"] is False
    account = Account.objects.get(id=id)
    assert (account.is_active, account.display_name) == (False, "Doctor Who")


def test_changing_the_password_at_the_same_moment_enables_nobody(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    doctor = appointed(first_administrator(), "doctor", "clinic_doctor", "530102")
    id = doctor.state()["account"]
    hash_it = Account.set_password

    def meanwhile(self: Account, password: str) -> None:
        Account.objects.filter(id=id).update(is_active=False)
        hash_it(self, password)

    monkeypatch.setattr(Account, "set_password", meanwhile)
    sent = {"current_password": PASSWORD, "new_password": OTHER}
    doctor.ask("POST", "auth/browser/v1/account/password/change", sent)
    account = Account.objects.get(id=id)
    assert account.check_password(OTHER) and not account.is_active
