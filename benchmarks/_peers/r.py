"""Peers in R: where R and the package are installed they run here, else the time that was saved stands, and says so."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike


def seconds(package: str, script: str, tables: dict[str, ArrayLike], saved: float) -> tuple[str, float]:
    """The name to print and the seconds of a script, which reads ``NAME.csv`` of each table (series by row, no titles)
    in its folder and prints its seconds as the last word. Debian has the packages as r-cran-NAME."""
    rscript = shutil.which("Rscript")
    known = rscript and subprocess.run(
        [rscript, "-e", f'cat(as.character(packageVersion("{package}")))'], capture_output=True, text=True, check=False
    )
    if not known or known.returncode:
        return f"{package} (saved time)", saved
    with tempfile.TemporaryDirectory(prefix="lianfang-r-") as folder:
        for name, table in tables.items():
            np.savetxt(Path(folder) / f"{name}.csv", np.asarray(table), delimiter=",", fmt="%.17g")
        text = f"suppressMessages(library({package}))\n{script}"
        done = subprocess.run([str(rscript), "-e", text], capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        raise SystemExit(f"{package} failed: {done.stderr.strip()[-500:]}")
    return f"{package} {known.stdout}", float(done.stdout.split()[-1])
