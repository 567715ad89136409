"""Reproduction numbers beside those that EpiEstim gives for the same series."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lianfang.epi.reproduction import serial
from lianfang.epi.reproduction.cori import cori
from lianfang.epi.reproduction.wallinga_teunis import wallinga_teunis
from tests.epi.reference import column, matrix, vectors

pytestmark = pytest.mark.shared
TITLES = {
    "Quantile.0.025(R)": 0.025,
    "Quantile.0.05(R)": 0.05,
    "Quantile.0.25(R)": 0.25,
    "Median(R)": 0.5,
    "Quantile.0.75(R)": 0.75,
    "Quantile.0.95(R)": 0.95,
    "Quantile.0.975(R)": 0.975,
}


@pytest.fixture
def cases(shared: Path) -> np.ndarray:
    return matrix(shared / "reference" / "rt_340x120_incidence.csv.gz")


def test_cori_of_340_series(shared: Path, cases: np.ndarray) -> None:
    found = cori(cases, serial.discrete(4.7, 2.9, 120), serial.sliding(120, 7))
    for name, ours in (("mean", found.mean), ("lo", found.quantiles[..., 0]), ("hi", found.quantiles[..., 2])):
        theirs = matrix(shared / "reference" / f"epiestim_cori_{name}.csv.gz")
        assert ours.shape == theirs.shape and abs(ours - theirs).max() < 1e-9


def test_wallinga_teunis_of_20_series(shared: Path, cases: np.ndarray) -> None:
    found = wallinga_teunis(cases[:20], serial.discrete(4.7, 2.9, 120), serial.sliding(120, 7))
    theirs = list(vectors(shared / "reference" / "epiestim_wt_mean_20.csv.gz"))
    assert len(theirs) == 20
    for ours, other in zip(found.mean, theirs, strict=True):
        told = ours[np.isfinite(ours)]
        assert told.shape == other.shape and abs(told - other).max() < 1e-9


@pytest.mark.parametrize("name", ["henan", "neimenggu", "yunnan", "Flu2009_nonparam", "Flu2009_parametric_2.6_1.5"])
def test_cori_of_one_series(shared: Path, name: str) -> None:
    folder = shared / "data" / "h_reference"
    province = not name.startswith("Flu")
    counts = column(folder / (f"INPUT_incidence_{name}.csv" if province else "epiestim_Flu2009_incidence.csv"), "I")
    if name == "Flu2009_nonparam":
        weights = serial.given(column(folder / "epiestim_Flu2009_si_distr.csv", "p"))
    else:
        weights = serial.discrete(*((5.1, 5.3) if province else (2.6, 1.5)), len(counts))
    found = cori(counts, weights, serial.sliding(len(counts), 7), quantiles=list(TITLES.values()))
    path = folder / f"EXPECTED_epiestim_{name}_R{'_si5.1_5.3' if province else ''}.csv"
    told = {"t_start": found.start, "t_end": found.end, "Mean(R)": found.mean[0], "Std(R)": found.sd[0]}
    for title, ours in {**told, **{title: found.quantiles[0, :, at] for at, title in enumerate(TITLES)}}.items():
        theirs = column(path, title)
        assert len(ours) == len(theirs) and abs(ours - theirs).max() < 1e-9, title
