"""Whatever is sent to the routes of signing in, none of them fails."""

from __future__ import annotations

import json
from typing import Any

from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.accounts import limits
from lianfang.app.database import Database
from tests.accounts.people import AUTH, Browser, first_administrator

NAMES = (
    "username", "password", "code", "token", "credential", "name", "id", "authenticators", "provider", "account",
    "current_password", "new_password", "callback_url", "process", "device", "challenge", "signature", "public_key",
)  # fmt: skip
WAYS = ("GET", "POST", "PUT", "PATCH", "DELETE")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
bodies = st.one_of(
    st.dictionaries(st.sampled_from(NAMES), json_values, max_size=6).map(json.dumps),
    json_values.map(json.dumps),
    st.text(max_size=30),
)
routes = st.sampled_from(
    ["session", "session/appointment", "session/welcome", "session/welcome/look", "session/own", "session/device"]
    + ["session/device/challenge", "devices", "devices/enrol", "accounts"]
    + [str(one.pattern) for one in get_resolver("lianfang.accounts.urls").url_patterns if "<" not in str(one.pattern)]
)


def test_no_route_of_signing_in_fails_whatever_is_sent(database: Database, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "take", lambda who, name: None)
    people = [Browser(), first_administrator()]

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(who=st.sampled_from([0, 1]), way=st.sampled_from(WAYS), route=routes, body=bodies)
    def never_fails(who: int, way: str, route: str, body: str) -> None:
        if way == "DELETE" and route.endswith("session"):
            return  # signing out
        path = route if not route.startswith("browser") else f"{AUTH.partition('/')[0]}/{route}"
        answer = people[who].generic(way, f"/api/v1/{path}", body, "application/json")
        assert answer.status_code < 500 or answer.status_code == 502, (way, route, body)

    never_fails()
    assert people[1].state()["role"] == "administrator"
