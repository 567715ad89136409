"""What signing in costs each request."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from lianfang.accounts import sessions
from lianfang.accounts.models import Session
from lianfang.accounts.signin import SignIn
from lianfang.app.database import Database
from tests.accounts.people import Browser, appointed, first_administrator


def test_without_a_database_one_is_told_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(name: str) -> None:
        raise OperationalError("no connection")

    monkeypatch.setattr(sessions, "find", down)
    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "some-key-of-a-session"
    answer = browser.ask("GET", "session")
    assert answer.status_code == 503 and "Try again in a moment" in answer.json()["detail"]


def test_a_request_without_a_session_asks_the_database_nothing_and_one_with_it_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[str] = []

    def counted(name: str, find: Callable[[str], Session | None] = sessions.find) -> Session | None:
        found.append(name)
        return find(name)

    monkeypatch.setattr(sessions, "find", counted)
    doctor = appointed(first_administrator(), "doctor", "clinic_doctor", "530102")
    asked = SessionMiddleware(SignIn(lambda request: HttpResponse()))
    signed_in, stranger = RequestFactory().get("/"), RequestFactory().get("/")
    signed_in.COOKIES[settings.SESSION_COOKIE_NAME] = doctor.cookies[settings.SESSION_COOKIE_NAME].value
    asked(signed_in)  # its area is read once in half a minute
    for request, expected in ((stranger, 0), (signed_in, 1)):
        found.clear()
        with CaptureQueriesContext(connection) as others:
            asked(request)
        assert len(found) == expected and len(others) == 0
    assert signed_in.viewer.role == "clinic_doctor"
