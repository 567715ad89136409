from __future__ import annotations

import pytest

from lianfang.app.database import Database
from tests.checkpoints.desk import Desk


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(monkeypatch)
