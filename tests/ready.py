"""What takes seconds to make: made once in a run of the tests, and copied for each that needs it."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

FOLDER = "TESTS_READY"
"""Names the folder of the run, which its workers share."""


def begin() -> None:
    """Makes the folder of this run; the workers that are started from here find it by the environment."""
    folder = Path(tempfile.mkdtemp(prefix="lianfang-ready-"))
    folder.chmod(0o711)
    os.environ[FOLDER] = str(folder)


def end() -> None:
    shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def copy(name: str, make: Callable[[Path], None], to: Path) -> None:
    """Fills ``to`` with what ``make`` fills a new folder with; whoever asks first for a name has it made.

    Nothing may run in the folder when ``make`` returns.
    """
    original, new = Path(os.environ[FOLDER]) / name, Path(os.environ[FOLDER]) / f"{name}.new"
    with Path(os.environ[FOLDER], f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not original.exists():
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(mode=0o711)
            make(new)
            new.rename(original)
    to.mkdir(mode=0o711, parents=True, exist_ok=True)
    # with owners: the files of a database are those of the user that its server drops to
    subprocess.run(["cp", "-a", f"{original}/.", to], check=True)
