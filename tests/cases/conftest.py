"""The desk of trials of cases."""

from __future__ import annotations

import pytest

from lianfang.app.database import Database
from tests.cases.desk import Desk


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)
