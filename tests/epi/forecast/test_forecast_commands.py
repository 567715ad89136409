"""``lianfang epi forecast`` and ``lianfang epi score``: what they print, and what they say of what they cannot use."""

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
from lianfang.epi.forecast.ahead import forecast
from lianfang.epi.reproduction.serial import discrete
from lianfang.epi.scores.quantiles import LEVELS, wis

CASES = [3, 5, 4, 9, 12, 8, 15, 17, 22, 18, 25, 31, 28, 35, 30, 33, 29, 36, 31, 27, 30, 24, 26, 21, 19, 22, 16, 14]
FIRST = date(2020, 1, 21)
Answer = tuple[int, list[dict[str, str]], str]


@pytest.fixture
def epi(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """A command over files: exit status, rows that are printed, what is said beside."""

    def run(command: str, *files: str, options: Sequence[str] = ()) -> Answer:
        paths = []
        for place, text in enumerate(files):
            paths.append(tmp_path / f"{place}.csv")
            paths[-1].write_text(text, encoding="utf-8")
        status = main(["epi", command, *map(str, paths), "--lang", "en", *options])
        told = capsys.readouterr()
        return status, list(csv.DictReader(io.StringIO(told.out))), told.err

    return run


def table(**series: Sequence[Any]) -> str:
    lines = [
        f"{name},{FIRST + timedelta(days=at)},{count}"
        for name, counts in series.items()
        for at, count in enumerate(counts)
    ]
    return "\n".join(["series,date,cases", *lines, ""])


def test_a_forecast_is_that_of_the_library_with_its_past_score(epi: Callable[..., Answer], tmp_path: Path) -> None:
    origins = tmp_path / "origins.csv"
    options = ["--days", "7", "--draws", "200", "--si-mean", "5", "--si-sd", "3", "--origins", str(origins)]
    status, rows, said = epi("forecast", table(a=CASES), options=options)
    assert (status, said, len(rows)) == (0, "", 7)
    ours = forecast(CASES, discrete(5, 3, 60), 7, draws=200)
    for ahead, row in enumerate(rows):
        assert [float(row[f"q{level:g}"]) for level in LEVELS] == ours.quantiles[0, ahead].tolist()
        assert float(row["past_wis"]) == pytest.approx(np.nanmean(ours.past.wis[0, :, ahead]))
    assert (rows[0]["origin"], rows[0]["date"], rows[6]["ahead"]) == ("2020-02-17", "2020-02-18", "7")
    with origins.open(encoding="utf-8") as file:
        past = list(csv.DictReader(file))
    # the tenth day with a case is the first origin, the last but one the last that can be scored
    assert [past[0]["origin"], past[-1]["origin"], past[-1]["days"]] == ["2020-01-30", "2020-02-16", "1"]


def test_a_break_is_declared_by_its_date(epi: Callable[..., Answer]) -> None:
    jump = [*CASES[:24], 4000, *CASES[25:]]
    options = ["--draws", "200", "--days", "3"]
    declared = epi("forecast", table(a=jump, b=CASES), options=[*options, "--break", "2020-02-14"])[1]
    plain = epi("forecast", table(a=jump, b=CASES), options=options)[1]
    assert float(declared[0]["q0.5"]) < 100 < float(plain[0]["q0.5"])


def test_a_series_that_cannot_be_used_stops_no_other(epi: Callable[..., Answer]) -> None:
    status, rows, said = epi("forecast", table(good=CASES, few=[1, 0, 2], minus=[4, -1, 3]), options=["--draws", "100"])
    assert status == 1 and {row["series"] for row in rows} == {"good"}
    assert "series 'few' has fewer than 10 days with a case" in said and "-1 is no count" in said


def test_forecasts_are_scored_by_what_came(epi: Callable[..., Answer]) -> None:
    ours = forecast(CASES[:20], discrete(7.5, 3.4, 60), 5, draws=200)
    lines = [
        ",".join(["a", "2020-02-09", str(date(2020, 2, 10) + timedelta(days=ahead)), *map(str, row)])
        for ahead, row in enumerate(ours.quantiles[0])
    ]
    titles = ",".join(["series", "origin", "date", *(f"q{level:g}" for level in LEVELS)])
    broken = lines[0].replace("2020-02-10", "2020-02-09")
    status, rows, said = epi("score", "\n".join([titles, *lines, broken, ""]), table(a=CASES[:23]))
    assert status == 1 and "2020-02-09 is not after the origin" in said
    assert [row["ahead"] for row in rows] == ["1", "2", "3"]
    expected = wis(ours.quantiles[0, :3], LEVELS, CASES[20:23])
    assert [float(row["wis"]) for row in rows] == pytest.approx(expected.tolist())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--days", "0"], "1 to 28 days"),
        (["--draws", "5"], "draws"),
        (["--si-mean", "5"], "--si-sd"),
        (["--si-mean", "0.5", "--si-sd", "1"], "above 1 day"),
        (["--break", "soon"], "write a date"),
    ],
)
def test_options_that_cannot_be_are_told(epi: Callable[..., Answer], options: list[str], said: str) -> None:
    status, rows, told = epi("forecast", table(a=CASES), options=options)
    assert status == 2 and not rows and said in told


def test_a_file_without_a_row_and_forecasts_of_which_nothing_came_are_told(epi: Callable[..., Answer]) -> None:
    assert epi("forecast", "date,cases\n")[0] == 2
    titles = ",".join(["series", "origin", "date", *(f"q{level:g}" for level in LEVELS)])
    line = ",".join(["b", "2020-02-09", "2020-02-10", *(str(n) for n in range(len(LEVELS)))])
    status, rows, said = epi("score", f"{titles}\n{line}\n", table(a=CASES))
    assert (status, rows) == (2, []) and "no forecast is of a series and a day" in said
