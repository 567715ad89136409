"""A drill made to files and loaded by the bulk door, by the commands that everybody has.

Made is a prefecture of a million people for sixty days; loaded is one of a tenth of them, twice, of the same files, so
that the heads of two chains can be held against each other. The limit of making is to read and write the same bytes;
loading is held against what the record is to take over HTTP.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

AREA, DAYS, SEED = "530100", 60, 1
PEOPLE, LOADED = 1_000_000, 100_000
LEAST_FACTS, MOST_S, LEAST_RATE = 5_000_000, 120.0, 15_000


def run() -> list[dict[str, Any]]:
    """The rows of the table."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-bench-"))
    folder.chmod(0o711)
    try:
        _make(folder / "warm", 2_000)  # compiles what the simulation is made of, which is kept
        made = _made(folder / "large")
        _make(folder / "small", LOADED)
        return [made, _loading(folder)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _made(to: Path) -> dict[str, Any]:
    took = _make(to, PEOPLE)
    facts = _counts(to)["facts"]
    began = time.perf_counter()
    size = 0
    with (to.parent / "copy").open("wb") as copy:
        for path in sorted(to.rglob("*.jsonl")):
            size += copy.write(path.read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
    limit = time.perf_counter() - began
    (to.parent / "copy").unlink()
    shutil.rmtree(to)
    return {
        "claim": f"drill: {PEOPLE:,} people, {DAYS} days, simulated and written to files",
        "ours": f"{took:.0f} s ({facts:,} facts, {size / 1e9:.1f} GB; {facts / took:,.0f} facts/s)",
        "peer": f"reading and writing the bytes {limit:.0f} s",
        "ratio": limit / took,
        "target": f"≤ {MOST_S:g} s, ≥ {LEAST_FACTS:,} facts",
        "met": took <= MOST_S and facts >= LEAST_FACTS,
    }


def _loading(folder: Path) -> dict[str, Any]:
    facts, took, heads = _counts(folder / "small")["facts"], [], []
    for name in ("first", "second"):
        home = folder / name
        began = time.perf_counter()
        _run("load", str(folder / "small"), "--name", "bench", "--home", str(home))
        took.append(time.perf_counter() - began)
        heads.append(json.loads((home / "drills" / "bench" / "drill.json").read_bytes())["head"])
    rate = facts / min(took)
    return {
        "claim": f"drill: {LOADED:,} people, {DAYS} days, loaded twice by the bulk door, the same head",
        "ours": f"{rate:,.0f} facts/s ({facts:,} and all people in {min(took):.0f} s); heads "
        + ("the same" if heads[0] == heads[1] else f"differ: {heads}"),
        "peer": f"the target over HTTP {LEAST_RATE:,} facts/s",
        "ratio": rate / LEAST_RATE,
        "target": f"≥ {LEAST_RATE:,} facts/s, one head",
        "met": rate >= LEAST_RATE and heads[0] == heads[1],
    }


def _make(to: Path, people: int) -> float:
    began = time.perf_counter()
    _run("--area", AREA, "--population", str(people), "--days", str(DAYS), "--seed", str(SEED), "--out", str(to))
    return time.perf_counter() - began


def _run(*words: str) -> None:
    subprocess.run(
        [str(Path(sys.executable).parent / "lianfang"), "drill", *words], check=True, stdout=subprocess.DEVNULL
    )


def _counts(folder: Path) -> dict[str, int]:
    counts: dict[str, int] = json.loads((folder / "drill.json").read_bytes())["counts"]
    return counts
