"""``lianfang epi nowcast``, ``epi delays`` and ``epi deconvolve``: what they print, and what they say of what they
cannot use."""

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
from lianfang.epi.delays.fit import fit
from lianfang.epi.delays.laws import by_mean_sd
from lianfang.epi.nowcast.cases import nowcast
from lianfang.epi.nowcast.deconvolved import deconvolve
from tests.epi.nowcast.triangles import LAWS, made

BEGIN = date(2020, 1, 1)
TITLES = "series,reference_date,report_date,cases"
Answer = tuple[int, list[dict[str, str]], str]


@pytest.fixture
def epi(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """A command over lines of a file: exit status, rows that are printed, what is said beside."""

    def run(command: str, titles: str, lines: Sequence[Sequence[Any]], *options: str) -> Answer:
        path = tmp_path / "in.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([titles.split(","), *lines])
        status = main(["epi", command, str(path), "--lang", "en", *options])
        told = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(told.out))), told.err

    return run


def at(days: int) -> date:
    return BEGIN + timedelta(days=days)


def reports(name: str, triangle: np.ndarray) -> list[list[Any]]:
    """Rows of a triangle, without those of no case."""
    return [[name, at(t), at(t + d), int(cases)] for (t, d), cases in np.ndenumerate(triangle) if cases > 0]


def test_a_nowcast_is_that_of_the_library(epi: Callable[..., Answer]) -> None:
    triangles, _ = made(LAWS["steady"], 2, 1)
    lines = reports("b", triangles[0]) + reports("a", triangles[1])[::-1]
    status, rows, said = epi("nowcast", TITLES, lines, "--max-delay", "20", "--as-of", str(at(59)))
    assert (status, said) == (0, "")
    found = nowcast(triangles)
    for name, place in (("b", 0), ("a", 1)):
        mine = [row for row in rows if row["series"] == name]
        assert [row["reference_date"] for row in mine] == [str(at(t)) for t in range(60)]
        for title, values in (("reported", found.reported[place]), ("q0.5", found.quantiles[place, :, 3])):
            assert [float(row[title]) for row in mine] == list(values)


def test_reports_after_the_day_asked_for_are_left_out(epi: Callable[..., Answer]) -> None:
    triangles, _ = made(LAWS["steady"], 1, 1)
    lines = reports("", triangles[0])
    _, rows, _ = epi("nowcast", TITLES, lines, "--as-of", str(at(50)), "--max-delay", "20")
    seen = [line for line in lines if line[2] <= at(50)]
    assert len(rows) == 51 and sum(float(row["reported"]) for row in rows) == sum(line[3] for line in seen)


def test_a_series_that_cannot_be_used_stops_no_other(epi: Callable[..., Answer]) -> None:
    triangles, _ = made(LAWS["steady"], 1, 1)
    lines = [
        *reports("good", triangles[0]),
        ["negative", at(0), at(1), -1],
        ["early", at(3), at(1), 1],
        *[["twice", at(0), at(1), 1]] * 2,
        ["late", at(58), at(59), 1],
    ]
    status, rows, said = epi("nowcast", TITLES, lines)
    assert status == 1 and {row["series"] for row in rows} == {"good"}
    for told in (
        "cases: -1 is no count",
        f"report_date: {at(1)} is before {at(3)}",
        "report_date: the same as in row",
        "series 'twice' has a row that cannot be used",
        "series 'late' is too short",
    ):
        assert told in said, (told, said)


def test_delays_are_those_of_the_library(epi: Callable[..., Answer]) -> None:
    dice = np.random.default_rng(1)
    onset = dice.integers(0, 40, 300)
    report = onset + np.floor(dice.gamma(2.5, 2.0, 300)).astype(int)
    lines = [[at(int(a)), at(int(b))] for a, b in zip(onset, report, strict=True)]
    status, rows, said = epi(
        "delays", "Onset,Report", [*lines, ["", at(3)], [at(5), at(2)]], "--from", "onset", "--to", "report",
        "--as-of", str(at(40)),
    )  # fmt: skip
    assert status == 1 and said.count("\n") == 1 and f"report: {at(2)} is before {at(5)}" in said
    assert {row["law"] for row in rows} == {"gamma", "lognormal", "weibull"}
    assert [float(row["aic"]) for row in rows] == sorted(float(row["aic"]) for row in rows)
    held = report <= 40
    found = fit(onset[held], report[held], "gamma", as_of=40)
    mine = next(row for row in rows if row["law"] == "gamma")
    assert int(mine["n"]) == held.sum()
    assert [float(mine[f"mean{end}"]) for end in ("", "_lower", "_upper")] == pytest.approx(found.mean, rel=1e-6)


def test_too_few_delays_are_refused_with_their_number(epi: Callable[..., Answer]) -> None:
    status, rows, said = epi("delays", "a,b", [[at(1), at(4)]], "--from", "a", "--to", "b")
    assert (status, rows) == (2, []) and "10 delays that differ are needed; here are 1" in said


def test_infections_are_those_of_the_library(epi: Callable[..., Answer], tmp_path: Path) -> None:
    counts = np.random.default_rng(1).poisson(20 * np.exp(-(((np.arange(40) - 20) / 8) ** 2)))
    lines = [[name, at(day), count] for name in ("b", "zero") for day, count in enumerate(counts * (name == "b"))]
    given = ["--delay-mean", "5.5", "--delay-sd", "2.4"]
    status, rows, said = epi("deconvolve", "series,date,cases", lines, *given)
    found = deconvolve(counts, by_mean_sd(5.5, 2.4, 60))
    told = np.flatnonzero(~np.isnan(found.mean[0]))
    assert status == 1 and "series 'zero' has no case" in said and len(rows) == told.size
    assert [row["date"] for row in rows] == [str(at(int(day) - found.first)) for day in told]
    assert [float(row["mean"]) for row in rows] == found.mean[0, told].tolist()
    assert [float(row["q0.95"]) for row in rows] == found.quantiles[0, told, 5].tolist()
    law = tmp_path / "law.csv"
    law.write_text("day,p\n0,0\n1,0\n2,1\n", encoding="utf-8")
    status, rows, _ = epi("deconvolve", "series,date,cases", lines[:40], "--delay-distr", str(law))
    assert (status, rows[0]["date"]) == (0, str(at(-2)))
    assert [float(row["mean"]) for row in rows] == pytest.approx(counts.tolist(), abs=1e-9)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ([], "--delay-mean and --delay-sd"),
        (["--delay-mean", "5"], "--delay-mean and --delay-sd"),
        (["--delay-mean", "5", "--delay-sd", "0"], "above 0"),
        (["--delay-mean", "5", "--delay-sd", "2", "--draws", "0"], "draws: 1 to"),
    ],
)
def test_a_delay_that_is_none_is_told(epi: Callable[..., Answer], options: list[str], reason: str) -> None:
    status, rows, said = epi("deconvolve", "date,cases", [[at(1), 4]], *options)
    assert (status, rows) == (2, []) and reason in said
