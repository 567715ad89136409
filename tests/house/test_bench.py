"""The table of benchmarks: every benchmark is found, every row is whole, the columns stand under each other."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks
from benchmarks.__main__ import checked, names, surroundings, table, width

FOLDER = Path(benchmarks.__path__[0])
ROW = {"claim": "通报 read", "ours": "400/s", "peer": "", "ratio": None, "target": "≥ 300/s", "met": True}


def test_every_benchmark_is_found() -> None:
    with_run = {path.stem for path in FOLDER.glob("[a-z]*.py") if "def run(" in path.read_text(encoding="utf-8")}
    assert set(names()) == with_run


def test_the_columns_stand_under_each_other() -> None:
    rows = [ROW, {**ROW, "claim": "append", "ratio": 0.8123, "met": False}, {**ROW, "met": None}]
    lines = table(rows).splitlines()
    assert "peer or limit" in lines[0]
    assert "0.812×" in lines[3] and lines[3].endswith("NO")
    assert lines[4].endswith("not compared")
    starts = {width(line[: line.index("400/s")]) for line in lines[2:]}
    assert len(starts) == 1


def test_a_row_without_a_column_is_refused() -> None:
    with pytest.raises(SystemExit, match="lacks target"):
        checked("x", [{name: value for name, value in ROW.items() if name != "target"}])


def test_the_surroundings_are_told() -> None:
    about = surroundings()
    assert about["cores"] >= 1 and about["packages"]["pydantic"]
    json.dumps(about)


def test_an_unknown_name_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nonsense"],
        cwd=FOLDER.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and "there is no benchmark nonsense" in done.stderr
