"""How many live in a division: read with errors by row and field, and told by the last count up to a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lianfang.app.database import Database
from lianfang.app.demo.population import population
from lianfang.places.population import COLUMNS, Counted
from lianfang.places.queries import populations
from lianfang.places.service import hold_population, import_population

HEAD = ",".join(COLUMNS)


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "population.csv"
    path.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("999999,2020-11-01,5,census", "code"),
        ("530102,2020-13-01,5,census", "day"),
        ("530102,2020-11-01,-5,census", "persons"),
        ("530102,2020-11-01,many,census", "persons"),
        ("530102,2020-11-01,٥,census", "persons"),
        ("530102,2020-11-01,9999999999999,census", "persons"),
        ("530102,2020-11-01,5,", "source"),
        ("530102", "day"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_kept(database: Database, tmp_path: Path, row: str, field: str) -> None:
    found = import_population(_file(tmp_path, "530103,2020-11-01,987955,census", row, "530103,2020-11-01,1,again"))
    assert [(one.row, one.field) for one in found.errors] == [(3, field), (4, "code")]
    assert found.rows == 1 and populations(["530102", "530103"], date(2020, 1, 1)) == {"530103": 987_955}


def test_a_file_of_another_shape_is_one_error(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert {one.field for one in import_population(path).errors} == {*COLUMNS}


@pytest.mark.parametrize(
    ("on", "persons"),
    [("2009-01-01", 10), ("2010-11-01", 10), ("2020-10-31", 10), ("2020-11-01", 20), ("2026-01-01", 20)],
)
def test_the_last_count_up_to_a_day_holds_and_before_the_first_the_first(
    database: Database, on: str, persons: int
) -> None:
    hold_population([Counted("530102", date(2020, 11, 1), 20, "b"), Counted("530102", date(2010, 11, 1), 9, "a")])
    hold_population([Counted("530102", date(2010, 11, 1), 10, "a, revised")])
    assert populations(["530102", "530103"], date.fromisoformat(on)) == {"530102": persons}


def test_the_demonstrations_prefecture_is_the_sum_of_its_counties() -> None:
    told = {one.code: one.persons for one in population()}
    assert told.pop("530100") == sum(told.values()) == 8_460_088
    assert len(told) == 14
