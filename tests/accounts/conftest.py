"""The clock of the accounts, set by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from lianfang.accounts import clock as real
from lianfang.accounts.passwords import Argon2id


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def pass_(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes a password dear to guess is not waited for."""
    monkeypatch.setattr(Argon2id, "memory_cost", 64)
    monkeypatch.setattr(Argon2id, "time_cost", 1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(real, "now", lambda: made.now)
    return made
