"""How many combinations of role, route and area were tried, told at the end of the run."""

from __future__ import annotations

from collections import Counter

import pytest

TRIED: Counter[str] = Counter()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for what, number in TRIED.items():
        terminalreporter.write_line(f"{what}: {number} combinations tried")
