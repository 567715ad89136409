"""Fixtures of the trials of supplies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lianfang.facts.rebuild import assert_incremental_equals_refold
from tests.isolation.made import Desk, at

__all__ = ["at", "desk"]


@pytest.fixture
def desk(database: Any) -> Iterator[Desk]:
    """A desk at whose end the registers must be what a refold gives."""
    yield Desk(law=False)
    assert_incremental_equals_refold()
