"""Each world begins with nothing to do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.record.trial.obligations import TOLD


@pytest.fixture(autouse=True)
def nothing_left_to_do() -> Iterator[None]:
    """What a world has to be done ends with its test."""
    yield
    TOLD.clear()
