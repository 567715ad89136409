"""Files of saved outputs of R packages."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
ABSENT = {"", "NA", "NaN"}


def matrix(path: Path) -> Numbers:
    """A table of numbers under one line of titles."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[number(cell) for cell in row] for row in rows])


def vectors(path: Path) -> Iterator[Numbers]:
    """Lists of different lengths, written as R writes them: c(1.5, NA)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for found in re.findall(r"c\(([^)]*)\)", file.read()):
            yield np.array([number(cell.strip()) for cell in found.split(",")])


def column(path: Path, title: str) -> Numbers:
    """A column of numbers; TRUE is 1 and FALSE is 0."""
    with path.open(encoding="utf-8", newline="") as file:
        return np.array([number(row[title]) for row in csv.DictReader(file)])


def number(cell: str) -> float:
    return {"TRUE": 1.0, "FALSE": 0.0}[cell] if cell in ("TRUE", "FALSE") else np.nan if cell in ABSENT else float(cell)
