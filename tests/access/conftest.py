"""The world that routes are tried in; each begins with nothing to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lianfang.app.database import Database
from tests.access import world as worlds
from tests.access.world import World
from tests.database import emptied
from tests.record.trial.obligations import TOLD


@pytest.fixture(scope="module")
def world(server: Database) -> Iterator[World]:
    """One for all tests of a file: what is asked is taken back, but for keys of what was erased."""
    with emptied(server):
        yield worlds.make()
    TOLD.clear()
