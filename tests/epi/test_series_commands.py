"""``lianfang epi rt`` and ``lianfang epi detect``: what they print, and what they say of what they cannot use."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lianfang.app.cli import main
from lianfang.epi.aberration.cusum import cusum
from lianfang.epi.aberration.ears import ears
from lianfang.epi.aberration.farrington import Settings, farrington_flexible
from lianfang.epi.aberration.nb_cusum import nb_cusum
from lianfang.epi.reproduction import serial
from lianfang.epi.reproduction.cori import cori
from lianfang.epi.reproduction.wallinga_teunis import wallinga_teunis

CASES = [1, 4, 4, 23, 45, 30, 55, 38, 70, 60, 42, 81, 90, 75, 0, 40, 33, 21, 30, 12]
Answer = tuple[int, list[dict[str, str]], str]


@pytest.fixture
def epi(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """A command over lines of a file: exit status, rows that are printed, what is said beside."""

    def run(command: str, lines: Sequence[Sequence[Any]], *options: str, titles: str = "series,date,cases") -> Answer:
        path = tmp_path / "inc.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([titles.split(","), *lines])
        status = main(["epi", command, str(path), "--lang", "en", *options])
        told = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(told.out))), told.err

    return run


def series(name: str, counts: Sequence[Any], step: int = 1) -> list[list[Any]]:
    return [[name, date(2020, 1, 21) + timedelta(days=step * at), count] for at, count in enumerate(counts)]


def numbers(rows: list[dict[str, str]], title: str) -> list[float]:
    return [float(row[title] or "nan") for row in rows]


@pytest.mark.parametrize("method", ["cori", "wallinga-teunis"])
def test_rt_is_that_of_the_library(epi: Callable[..., Answer], method: str) -> None:
    lines = series("b", CASES) + series("a", CASES[::-1])[::-1] + series("c", CASES[:12])
    status, rows, said = epi("rt", lines, "--si-mean", "5.1", "--si-sd", "5.3", "--method", method, "--window", "5")
    assert (status, said) == (0, "")
    assert list(rows[0])[:8] == ["series", "t_start", "t_end", "mean", "sd", "lower", "median", "upper"]
    assert [row["series"] for row in rows] == ["a"] * 15 + ["b"] * 15 + ["c"] * 7
    ours = {"cori": cori, "wallinga-teunis": wallinga_teunis}[method]
    for name, counts in (("a", CASES[::-1]), ("b", CASES), ("c", CASES[:12])):
        found = ours(counts, serial.discrete(5.1, 5.3, len(counts)), serial.sliding(len(counts), 5))  # type: ignore[operator]
        mine = [row for row in rows if row["series"] == name]
        assert (mine[0]["t_start"], mine[0]["t_end"], mine[0]["date_end"]) == ("2", "6", "2020-01-26")
        for title, expected in (("mean", found.mean[0]), ("sd", found.sd[0]), ("upper", found.quantiles[0, :, 2])):
            assert numbers(mine, title) == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_rt_with_imported_cases_and_a_given_serial_interval(epi: Callable[..., Answer], tmp_path: Path) -> None:
    imported = [1, 2, 0, 3, *[0] * 16]
    path = tmp_path / "si.csv"
    path.write_text("day,p\n0,0\n1,0.2\n2,0.5\n3,0.3\n", encoding="utf-8")
    lines = [[*line, part or "NA"] for line, part in zip(series("x", CASES), imported, strict=True)]
    status, rows, _ = epi("rt", lines, "--si-distr", str(path), titles="series,date,cases,imported")
    found = cori(CASES, [0, 0.2, 0.5, 0.3], serial.sliding(20, 7), imported=imported)
    assert status == 0 and numbers(rows, "mean") == pytest.approx(found.mean[0], rel=1e-12)


UNSURE = ["--si-mean-sd", "1", "--si-mean-range", "3.8", "5.8", "--si-sd-sd", "0.5", "--si-sd-range", "1.9", "3.9"]


def test_rt_with_an_unsure_serial_interval_is_the_mixture(epi: Callable[..., Answer]) -> None:
    given = ["--si-mean", "4.8", "--si-sd", "2.9", *UNSURE, "--si-draws", "40", "--seed", "3"]
    status, rows, _ = epi("rt", [*series("x", CASES), *series("y", CASES[::-1])], *given)
    drawn = serial.uncertain((4.8, 1, 3.8, 5.8), (2.9, 0.5, 1.9, 3.9), 20, draws=40, seed=3)
    found = cori([CASES, CASES[::-1]], drawn, serial.sliding(20, 7))
    assert status == 0 and numbers(rows, "mean") == pytest.approx(found.mean.ravel(), rel=1e-12)
    assert numbers(rows, "upper") == pytest.approx(found.quantiles[..., 2].ravel(), rel=1e-9)
    sure = numbers(epi("rt", series("x", CASES), *given[:4])[1], "upper")
    assert numbers(rows, "upper")[0] > sure[0]


def test_a_series_that_cannot_be_used_stops_no_other(epi: Callable[..., Answer]) -> None:
    lines = [
        *series("good", CASES),
        *series("negative", [3, -1, 4]),
        *series("half", [3, 1.5, 4]),
        *series("none", [3, "NA", 4]),
        *(line for line in series("gap", CASES) if line[1] != date(2020, 1, 25)),
        *series("twice", CASES),
        *series("twice", CASES[:1]),
        *series("zero", [0] * 20),
        *series("short", [1, 2]),
        *[["month", "2020-13-01", 3]],
        *series("week", CASES, 7),
    ]
    status, rows, said = epi("rt", lines, "--si-mean", "5.1", "--si-sd", "5.3")
    assert status == 1 and {row["series"] for row in rows} == {"good"} and len(rows) == 13
    for told in (
        "row 23, cases: -1 is no count",
        "row 26, cases: 1.5 is no count",
        "row 29, cases: a number is missing",
        "series 'gap' has no row for 2020-01-25: write 0",
        "date: the same as in row 50",
        "series 'twice' has a row that cannot be used",
        "series 'zero' has no case",
        "series 'short' is too short",
        "2020-13-01 is no date",
        "series 'week' has no row for 2020-01-22",
    ):
        assert told in said, (told, said)


@pytest.mark.parametrize(
    ("method", "settings", "ours"),
    [
        ("ears-c1", {"alpha": 0.01}, lambda counts: ears(counts, "C1", alpha=0.01)),
        ("ears-c2", {"baseline": 5, "minSigma": 30}, lambda counts: ears(counts, "C2", baseline=5, minSigma=30)),
        ("ears-c3", {}, lambda counts: ears(counts, "C3")),
        ("cusum", {"k": 1, "h": 2, "range": 11}, lambda counts: cusum(counts, k=1, h=2, first=10)),
        (
            "nb-cusum",
            {"c.ARL": 3, "theta": 0.7, "range": 11},
            lambda counts: nb_cusum(counts, c_arl=3, theta=0.7, first=10),
        ),
    ],
)
@pytest.mark.parametrize("step", [1, 7])
def test_detection_is_that_of_the_library(
    epi: Callable[..., Answer], method: str, settings: dict[str, float], ours: Callable[[Any], Any], step: int
) -> None:
    given = [part for name, value in settings.items() for part in ("--param", f"{name}={value}")]
    status, rows, said = epi("detect", series("x", CASES, step), "--method", method, *given)
    found = ours(CASES)
    assert (status, said) == (0, "") and list(rows[0]) == ["series", "date", "observed", "expected", "upper", "alarm"]
    assert [row["date"] for row in rows] == [str(series("x", CASES, step)[at][1]) for at in found.at]
    assert numbers(rows, "observed") == [CASES[at] for at in found.at]
    assert numbers(rows, "upper") == pytest.approx(found.upper[0]) and np.isfinite(found.upper).all()
    assert numbers(rows, "alarm") == found.alarm[0].tolist()


def test_farrington_of_weeks(epi: Callable[..., Answer]) -> None:
    counts = [*np.random.default_rng(1).poisson(9, 4 * 52).tolist(), 30]
    given = {"b": 3, "noPeriods": 10, "pThresholdTrend": 1, "thresholdMethod": "nbPlugin", "alpha": 0.01}
    given |= {"pastWeeksNotIncluded": 26, "limit54": "0,1", "trend": "TRUE", "range": 200}
    params = [part for name, value in given.items() for part in ("--param", f"{name}={value}")]
    status, rows, said = epi("detect", series("x", counts, 7), "--method", "farrington-flexible", *params)
    settings = Settings(
        b=3, noPeriods=10, pThresholdTrend=1, thresholdMethod="nbPlugin", alpha=0.01, pastWeeksNotIncluded=26,
        limit54=(0, 1),
    )  # fmt: skip
    found = farrington_flexible(counts, settings, 199)
    assert (status, said, len(rows)) == (0, "", 10)
    assert numbers(rows, "upper") == found.upper[0].tolist() and numbers(rows, "alarm") == found.alarm[0].tolist()
    assert rows[-1]["alarm"] == "1" and float(rows[-1]["expected"]) == pytest.approx(9, rel=0.2)


def test_too_little_past(epi: Callable[..., Answer]) -> None:
    lines = series("long", CASES) + series("short", CASES[:7])
    status, rows, said = epi("detect", lines, "--method", "ears-c1")
    assert status == 1 and {row["series"] for row in rows} == {"long"} and "series 'short' is too short" in said


@pytest.mark.parametrize(
    ("command", "options", "reason"),
    [
        ("rt", [], "--si-mean and --si-sd"),
        ("rt", ["--si-mean", "5"], "--si-mean and --si-sd"),
        ("rt", ["--si-mean", "0.5", "--si-sd", "1"], "above 1 day"),
        ("rt", ["--si-mean", "5", "--si-sd", "1", "--window", "0"], "window"),
        ("rt", ["--si-mean", "5", "--si-sd", "2", "--si-mean-sd", "1"], "--si-sd-range"),
        ("rt", ["--si-mean", "5", "--si-sd", "2", *UNSURE, "--method", "wallinga-teunis"], "that is sure"),
        ("rt", ["--si-mean", "4.8", "--si-sd", "2", *UNSURE, "--si-draws", "0"], "--si-draws"),
        ("rt", ["--si-mean", "40", "--si-sd", "2", *UNSURE], "widen these"),
        ("detect", ["--method", "ears-c1", "--param", "b=3"], "baseline, minSigma, alpha"),
        ("detect", ["--method", "ears-c1", "--param", "alpha=x"], "cannot be"),
        ("detect", ["--method", "ears-c1", "--param", "alpha=2"], "alpha: between 0 and 1"),
        ("detect", ["--method", "cusum", "--param", "h=-1"], "h: "),
        ("detect", ["--method", "farrington-flexible", "--param", "trend=maybe"], "cannot be"),
        ("detect", ["--method", "farrington-flexible", "--param", "limit54=5"], "cannot be"),
        ("detect", ["--method", "farrington-flexible", "--param", "thresholdMethod=muan"], "delta, nbPlugin"),
        ("detect", ["--method", "cusum", "--param", "range=1"], "range: "),
    ],
)
def test_options_that_cannot_be(epi: Callable[..., Answer], command: str, options: list[str], reason: str) -> None:
    status, rows, said = epi(command, series("x", CASES), *options)
    assert status == 2 and not rows and reason in said


@pytest.mark.parametrize("text", ["day,p\n0,0\n1,0\n", "day,p\n0,0\n2,1\n", "day,p\n0,0\n1,x\n", "day,p\n0,1\n"])
def test_a_serial_interval_that_is_none(epi: Callable[..., Answer], tmp_path: Path, text: str) -> None:
    path = tmp_path / "si.csv"
    path.write_text(text, encoding="utf-8")
    status, rows, said = epi("rt", series("x", CASES), "--si-distr", str(path))
    assert status == 2 and not rows and "si.csv" in said
