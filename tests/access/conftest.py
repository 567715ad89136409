"""Tells at the end of the run how many combinations of role, route, place and class were tried."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.counted import TRIED
from tests.record.trial.obligations import TOLD


@pytest.fixture(autouse=True)
def nothing_left_to_do() -> Iterator[None]:
    """What a world has to be done ends with its test."""
    yield
    TOLD.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, number in sorted(TRIED.items()):
        terminalreporter.write_line(f"{what}: {number} combinations tried")
