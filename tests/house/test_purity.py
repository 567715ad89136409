"""No pure module calls a clock or throws dice: dates, seeds and ids are arguments."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src" / "lianfang"
PURE = (
    "epi/**/*.py",
    "profiles/**/*.py",
    "facts/fact.py",
    "facts/facts.py",
    "facts/fields.py",
    "facts/history.py",
    "facts/personal.py",
    "accounts/facts.py",
    "identity/facts.py",
    "places/gazetteer.py",
    "places/naming.py",
    "places/packaged.py",
    "places/runs.py",
    "places/spans.py",
    "places/topology.py",
    "places/zones.py",
    "capabilities/*/facts.py",
    "capabilities/*/facts/**/*.py",
    "capabilities/*/state.py",
    "capabilities/*/state/**/*.py",
    "capabilities/*/rules.py",
    "capabilities/*/rules/**/*.py",
)
FORBIDDEN_CALLS = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "os.urandom",
    "uuid.uuid1",
    "uuid.uuid4",
    "uuid.uuid6",
    "uuid.uuid7",
    "uuid1",
    "uuid4",
    "uuid6",
    "uuid7",
    "urandom",
}
FORBIDDEN_MODULES = {"random", "secrets", "time"}


def pure_modules() -> list[Path]:
    return sorted({path for pattern in PURE for path in SRC.glob(pattern)})


def impurities(source: str) -> list[tuple[int, str]]:
    """Line and name of each use of a clock or of dice in a module's source."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, a.name) for a in node.names if a.name.split(".")[0] in FORBIDDEN_MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in FORBIDDEN_MODULES:
            found.append((node.lineno, f"from {node.module}"))
        elif isinstance(node, ast.Attribute | ast.Name):
            name = ".".join(ast.unparse(node).split(".")[-2:])
            if name in FORBIDDEN_CALLS:
                found.append((node.lineno, name))
    return found


def test_there_are_pure_modules() -> None:
    names = {path.relative_to(SRC).as_posix() for path in pure_modules()}
    assert {"facts/fact.py", "places/gazetteer.py", "capabilities/bulletins/facts/__init__.py"} <= names
    assert any(name.startswith("capabilities/bulletins/rules/") for name in names)


@pytest.mark.parametrize("path", pure_modules(), ids=lambda path: path.relative_to(SRC).as_posix())
def test_no_clock_and_no_dice(path: Path) -> None:
    assert impurities(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "from datetime import datetime as d, datetime\nx = datetime.now",
        "from datetime import date\ndate.today()",
        "import random",
        "import time as clock",
        "from secrets import token_hex",
        "from uuid import uuid4\nuuid4()",
        "import os\nos.urandom(8)",
    ],
)
def test_the_search_finds_clocks_and_dice(source: str) -> None:
    assert impurities(source)


def test_the_search_leaves_arguments_alone() -> None:
    assert impurities("def f(now, date):\n    return now + date.day\n\nuuid5(NS, 'x')\n") == []
