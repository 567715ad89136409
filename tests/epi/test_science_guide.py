"""The guide to the science in Python: what it shows is what is computed, and nothing of it needs a server."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

from lianfang import epi

GUIDE = Path(__file__).parents[2] / "docs" / "science.md"


def test_the_guide_prints_what_it_says() -> None:
    found = doctest.testfile(str(GUIDE), module_relative=False)
    assert found.attempted > 15 and not found.failed


def test_every_name_is_there_and_documented_and_needs_no_django() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for name in epi.__all__:
        assert getattr(epi, name).__doc__ and f"epi.{name}" in guide
    script = (
        "import sys; from lianfang import epi; [getattr(epi, n) for n in epi.__all__]; print('django' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
    assert (
        "numpy"
        not in subprocess.run(
            [sys.executable, "-c", "import sys; from lianfang import epi; print(*sys.modules)"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
    )
