"""What is compiled and kept: by one process for all that need it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = """
import sys
from lianfang.epi.compiled import compiled

@compiled
def inner(x):
    return x + 1

@compiled
def outer(x):
    return inner(x) * 2

print("ready", flush=True)
sys.stdin.read(1)
print(outer(20), sum(outer.stats.cache_misses.values()), sum(inner.stats.cache_misses.values()))
"""


def test_of_processes_that_need_it_at_once_one_compiles_it(tmp_path: Path) -> None:
    script = tmp_path / "several.py"
    script.write_text(SOURCE)
    several = [
        subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in several:
        assert one.stdout and one.stdout.readline() == "ready\n"
    for one in several:
        assert one.stdin and one.stdin.write("x")
        one.stdin.flush()
    told = sorted(one.communicate()[0].split() for one in several)
    assert told == [["42", "0", "0"], ["42", "1", "1"]]
