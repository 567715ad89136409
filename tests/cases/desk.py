"""A signed-in desk over HTTP whose clock can be set."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
import pytest
from django.test import Client

from lianfang.accounts import clock
from tests import law
from tests.access.made import signed_in
from tests.cases.made import DISEASE, START, WUHUA, entered, viewer


class Desk:
    """``now`` is what the server takes for the present."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, role: str = "epidemiologist", area: str = WUHUA) -> None:
        self.client = Client(headers={"host": "localhost", "Accept-Language": "en"}, raise_request_exception=True)
        self.who, self.now = viewer(role, area), START
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def asked(self, method: str, path: str, **sent: Any) -> Any:
        with signed_in(self.who):
            return getattr(self.client, method)(f"/api/v1/{path}", **sent)

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        answer = self.asked("post", path, data=orjson.dumps(body), content_type="application/json")
        assert answer.status_code == status, answer.content
        law.acted()
        return answer.json()

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        answer = self.asked("get", path, data=query)
        assert answer.status_code == status, answer.content
        return answer.json()

    def report(self, **fields: Any) -> UUID:
        """A suspected case of a new person."""
        card = {
            "person": str(entered()), "disease": DISEASE, "as_class": "suspected", "area": WUHUA,
            "about": {"onset": {"earliest": "2020-01-24", "latest": "2020-01-25"}}, **fields,
        }  # fmt: skip
        return UUID(self.post("cases", card)["case"])
