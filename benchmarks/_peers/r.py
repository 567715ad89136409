"""Peers in R: where R and the package are installed they run here, else the time that was saved stands, and says so."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike


def seconds(package: str, script: str, tables: Mapping[str, ArrayLike], saved: float) -> tuple[str, float]:
    """The name to print and the seconds of a script, as ``told`` has it, that prints its seconds as the last word."""
    found = told(package, script, tables)
    return (f"{package} (saved time)", saved) if found is None else (found[0], float(found[1].split()[-1]))


def told(package: str, script: str, tables: Mapping[str, ArrayLike]) -> tuple[str, str] | None:
    """The name to print and what a script prints, which reads ``NAME.csv`` of each table (series by row, no titles) in
    its folder; None where R or the package is not installed. Debian has the packages as r-cran-NAME."""
    rscript = shutil.which("Rscript")
    known = rscript and subprocess.run(
        [rscript, "-e", f'cat(as.character(packageVersion("{package}")))'], capture_output=True, text=True, check=False
    )
    if not known or known.returncode:
        return None
    with tempfile.TemporaryDirectory(prefix="lianfang-r-") as folder:
        for name, table in tables.items():
            np.savetxt(Path(folder) / f"{name}.csv", np.asarray(table), delimiter=",", fmt="%.17g")
        text = f"suppressMessages(library({package}))\n{script}"
        done = subprocess.run([str(rscript), "-e", text], capture_output=True, text=True, check=False, cwd=folder)
    if done.returncode:
        raise SystemExit(f"{package} failed: {done.stderr.strip()[-500:]}")
    return f"{package} {known.stdout}", done.stdout
