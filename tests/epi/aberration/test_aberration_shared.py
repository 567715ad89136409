"""Bounds and alarms beside those of the R package surveillance for the same series."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears
from lianfang.epi.aberration.found import Found
from tests.epi.reference import column, matrix

pytestmark = pytest.mark.shared


def same(found: Found, upper: np.ndarray, alarm: np.ndarray) -> None:
    assert found.upper.shape == upper.shape and (np.isnan(found.upper) == np.isnan(upper)).all()
    assert np.nanmax(abs(found.upper - upper)) < 1e-9
    assert (found.alarm == np.nan_to_num(alarm)).all()


@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
def test_ears_of_500_series(shared: Path, method: str) -> None:
    counts, saved = matrix(shared / "reference" / "daily_500x365.csv.gz"), shared / "reference"
    same(ears(counts, method), *(matrix(saved / f"ears_{method}_{what}.csv.gz") for what in ("upper", "alarm")))


def test_cusum_of_500_series(shared: Path) -> None:
    saved = shared / "reference"
    found = cusum(matrix(saved / "daily_500x365.csv.gz"), first=99)
    same(found, matrix(saved / "cusum_upper.csv.gz"), matrix(saved / "cusum_alarm.csv.gz"))


@pytest.mark.parametrize(
    ("name", "method", "saved"),
    [
        ("salmonella.agona", "C1", "salmonella_agona_earsC1"),
        ("salmonella.agona", "C2", "salmonella_agona_earsC2"),
        ("salmonella.agona", "C3", "salmonella_agona_earsC3"),
        ("k1", "C2", "k1_earsC2"),
        ("m1", "C2", "m1_earsC2"),
    ],
)
def test_ears_of_one_series(shared: Path, name: str, method: str, saved: str) -> None:
    folder = shared / "data" / "h_reference"
    path = folder / f"EXPECTED_{saved}.csv"
    found = ears(column(folder / f"surveillance_{name}.csv", "ob"), method, alpha=0.001)
    told = np.isin(found.at + 1, column(path, "t"))
    assert told.sum() == len(column(path, "t"))
    assert abs(found.upper[0, told] - column(path, "ub")).max() < 1e-9
    assert (found.alarm[0, told] == column(path, "alarm")).all()


@pytest.mark.parametrize("name", ["k1", "m1"])
def test_cusum_of_one_series(shared: Path, name: str) -> None:
    folder = shared / "data" / "h_reference"
    path = folder / f"EXPECTED_{name}_cusum_k1.04_h2.26.csv"
    found = cusum(column(folder / f"surveillance_{name}.csv", "ob"), first=99)
    assert (found.at + 1 == column(path, "t")).all() and (found.alarm[0] == column(path, "alarm")).all()
