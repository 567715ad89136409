"""Bounds and alarms beside those of the R package surveillance for the same series."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears
from lianfang.epi.aberration.farrington import Settings, farrington_flexible
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


FARRINGTON = Settings(
    b=4,
    noPeriods=10,
    pastWeeksNotIncluded=26,
    pThresholdTrend=1,
    thresholdMethod="nbPlugin",
    alpha=0.01,
    limit54=(0, 1),
)


@pytest.mark.parametrize(("series", "weeks"), [(60, 1), (30, 40), (1000, 1)])
def test_farrington_of_weekly_series(shared: Path, series: int, weeks: int) -> None:
    saved, size = shared / "reference", f"{series}x{weeks}"
    found = farrington_flexible(matrix(saved / "weekly_3000x260.csv.gz")[:series], FARRINGTON, 260 - weeks)
    for what, ours in (("upper", found.upper), ("alarm", found.alarm)):
        assert (matrix(saved / f"farrington_{what}_{size}.csv.gz").reshape(ours.shape) == ours).all()
    mean = matrix(saved / f"farrington_mu0Vector_{size}.csv.gz").reshape(found.expected.shape)
    assert abs(mean - found.expected).max() < 1e-9


def test_farrington_of_salmonella(shared: Path) -> None:
    folder = shared / "data" / "h_reference"
    path = folder / "EXPECTED_salmonella_agona_farringtonFlexible.csv"
    settings = Settings(b=3, pastWeeksNotIncluded=26, pThresholdTrend=1, thresholdMethod="nbPlugin", alpha=0.01)
    found = farrington_flexible(column(folder / "surveillance_salmonella.agona.csv", "ob"), settings, 260)
    same(found, column(path, "ub")[None], column(path, "alarm")[None])
