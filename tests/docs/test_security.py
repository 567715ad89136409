"""The security checklist has every requirement of OWASP ASVS 5.0.0, levels 1 and 2, and names tests that exist."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

from tests.docs.test_documents import ROOT, text_of

# The numbers of the requirements of levels 1 and 2, section by section.
REQUIRED = """
1.1: 1-2 / 1.2: 1-9 / 1.3: 1-11 / 1.4: 1-3 / 1.5: 1-2
2.1: 1-3 / 2.2: 1-3 / 2.3: 1-4 / 2.4: 1
3.2: 1-2 / 3.3: 1-4 / 3.4: 1-6 / 3.5: 1-5 / 3.7: 1-2
4.1: 1-3 / 4.2: 1 / 4.3: 1-2 / 4.4: 1-4
5.1: 1 / 5.2: 1-3 / 5.3: 1-2 / 5.4: 1-3
6.1: 1-3 / 6.2: 1-12 / 6.3: 1-4 / 6.4: 1-4 / 6.5: 1-5 / 6.6: 1-3 / 6.8: 1-4
7.1: 1-3 / 7.2: 1-4 / 7.3: 1-2 / 7.4: 1-5 / 7.5: 1-2 / 7.6: 1-2
8.1: 1-2 / 8.2: 1-3 / 8.3: 1 / 8.4: 1
9.1: 1-3 / 9.2: 1-4
10.1: 1-2 / 10.2: 1-2 / 10.3: 1-4 / 10.4: 1-11 / 10.5: 1-5 / 10.6: 1-2 / 10.7: 1-3
11.1: 1-2 / 11.2: 1-3 / 11.3: 1-3 / 11.4: 1-4 / 11.5: 1 / 11.6: 1
12.1: 1-3 / 12.2: 1-2 / 12.3: 1-4
13.1: 1 / 13.2: 1-5 / 13.3: 1-2 / 13.4: 1-5
14.1: 1-2 / 14.2: 1-4 / 14.3: 1-3
15.1: 1-3 / 15.2: 1-3 / 15.3: 1-7
16.1: 1 / 16.2: 1-5 / 16.3: 1-4 / 16.4: 1-3 / 16.5: 1-3
17.1: 1 / 17.2: 1-4 / 17.3: 1-2
"""
STATES = {"met", "partly", "not met", "n/a", "operator"}
ROW = re.compile(r"^\| v5\.0\.0-([\d.]+) \| ([^|]+) \| \*\*([^*]+)\*\*: ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def required() -> list[str]:
    found = []
    for part in re.split(r"[/\n]", REQUIRED.strip()):
        section, _, numbers = part.strip().partition(": ")
        first, _, last = numbers.partition("-")
        found += [f"{section}.{n}" for n in range(int(first), int(last or first) + 1)]
    return found


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_requirement_is_there_once() -> None:
    assert len(required()) == 253
    assert [row[0] for row in ROW.findall(text_of("docs/security.md"))] == required()
    assert text_of("docs/security.md").count("| v5.0.0-") == 253


def test_every_row_says_how_and_by_what_it_is_shown() -> None:
    for id, asks, state, here, shown in ROW.findall(text_of("docs/security.md")):
        assert state in STATES and asks.strip() and here.strip(), id
        assert state != "met" or shown.strip() not in ("", "–"), id


def test_every_test_that_is_named_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text_of("docs/security.md"))
    assert len(named) > 100
    absent = [(file, name) for file, name in named if not (ROOT / file).is_file() or name not in functions(file)]
    assert absent == []


def test_the_sums_are_right() -> None:
    text = text_of("docs/security.md")
    counted = Counter(row[2] for row in ROW.findall(text))
    told = {state: int(n) for state, n in re.findall(r"^\| ([a-z/ ]+) \| (\d+) \|$", text, re.MULTILINE)}
    assert told == {**counted, "all": 253}


def test_every_limit_of_a_body_is_as_served() -> None:
    from lianfang.app import doors

    text = text_of("docs/security.md")
    for beginning, fits in doors.BODIES.items():
        size = doors.size(fits.most)
        name = beginning.removeprefix("/api/v1").rstrip("/")
        assert re.search(rf"^\| .*`POST {re.escape(name)}[/…]*`.* \| {size} \|", text, re.MULTILINE), (name, size)


def test_the_folder_of_each_part_that_is_named_is_there() -> None:
    for path in re.findall(r"`((?:accounts|identity|tests|app)/[\w/.-]+\.(?:toml|py))`", text_of("docs/security.md")):
        assert any((folder / path).is_file() for folder in (ROOT, Path(ROOT) / "src" / "lianfang")), path
