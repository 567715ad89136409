from __future__ import annotations

from collections.abc import Iterator

import pytest

from lianfang.app.database import Database
from tests.checkpoints.desk import Desk
from tests.record.trial.obligations import TOLD


@pytest.fixture
def desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield Desk(monkeypatch)
    TOLD.clear()
