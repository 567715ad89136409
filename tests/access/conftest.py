"""Tells at the end of the run how many combinations of role, route, place and class were tried."""

from __future__ import annotations

import pytest

from tests.access.counted import TRIED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, number in sorted(TRIED.items()):
        terminalreporter.write_line(f"{what}: {number} combinations tried")
