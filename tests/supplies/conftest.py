"""Fixtures of the trials of supplies."""

from __future__ import annotations

from typing import Any

import pytest

from tests.isolation.made import Desk, at

__all__ = ["at", "desk"]


@pytest.fixture
def desk(database: Any) -> Desk:
    return Desk()
