"""``lianfang lists`` as it is typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.database import folder_for_servers
from tests.journeys.test_command_line import lianfang

LIST = "病例编号,性别,发病日期,确诊日期\nA1,女,5-Jan to 9-Jan,23-Jan\nA2,男,30-Feb,23-Jan\n"
TOLD = ("--set", "disease=ncov-2020", "--set", "area=530102", "--until", "2020-02-29", "--lang", "en")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A data folder for the module, made by the first list; its database is stopped at the end."""
    folder = folder_for_servers()
    yield folder / "home"
    lianfang("stop", home=folder / "home")
    shutil.rmtree(folder, ignore_errors=True)


def test_a_list_is_checked_recorded_once_and_told_by_row(home: Path, tmp_path: Path) -> None:
    path, errors = tmp_path / "cases.csv", tmp_path / "errors.csv"
    path.write_text(LIST, "utf-8")
    for look in ("--check", "--show-mapping"):  # makes nothing
        looked = lianfang("lists", "import", str(path), *TOLD, look, home=home)
        assert looked.returncode == 2 and "holds no data to check the list against" in looked.stderr
        assert not home.exists()
    done = lianfang("lists", "import", str(path), *TOLD, "--errors", str(errors), home=home)
    assert "2 rows: 1 recorded (1 fact, 0 people entered, 0 links)" in done.stdout
    assert "row 3, onset: is no day of the calendar" in done.stderr and "no_such_day" in errors.read_text("utf-8-sig")
    again = lianfang("lists", "import", str(path), *TOLD, home=home)
    assert "0 recorded" in again.stdout and "1 left out" in again.stdout
    path.write_text(LIST.replace("A1", "B1"), "utf-8")
    checked = lianfang("lists", "import", str(path), *TOLD, "--check", home=home)
    assert checked.returncode == 1
    assert "2 rows: 1 would be recorded, with 0 links, 0 left out as held already, 1 refused" in checked.stdout
    shown = lianfang("lists", "import", str(path), "--show-mapping", home=home)
    assert json.loads(shown.stdout)["columns"]["发病日期"] == "onset"
    assert "as refolded" in lianfang("rebuild", "--check", home=home).stdout


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("cases.pdf", (), "a list is named .csv or .xlsx"),
        ("absent.csv", (), "cannot be read"),
        ("cases.csv", ("--until", "soon"), "is no date"),
        ("cases.csv", ("--column", "number"), "TITLE=FIELD"),
        ("cases.csv", ("--column", "性别=size"), "no fields of cases: size"),
    ],
)
def test_what_cannot_be_used_is_one_line(
    home: Path, tmp_path: Path, name: str, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "cases.csv").write_text(LIST, "utf-8")
    done = lianfang("lists", "import", str(tmp_path / name), *words, "--kind", "cases", home=home)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_the_template() -> None:
    told = lianfang("lists", "template", "--kind", "contacts", "--lang", "zh").stdout
    assert told.startswith("\ufeff接触者编号,姓名") and "末次接触日期" in told
