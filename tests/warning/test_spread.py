"""Newly affected areas by day, and where imported cases came from."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from lianfang.capabilities.cases.facts import InfectionSource
from lianfang.capabilities.warning.rules.grading import CST
from lianfang.capabilities.warning.rules.spread import Flow, Found, flows, place_at, spread
from tests.warning.spec_grades import called

FIRST = datetime(2020, 1, 26, 9, tzinfo=CST)
IMPORTED, LOCAL, UNKNOWN = InfectionSource.IMPORTED, InfectionSource.LOCAL, InfectionSource.UNKNOWN


def _cases(table: str) -> list[Found]:
    """A case a row: its area, days after the first, its source, and where it came from."""
    found = []
    for number, line in enumerate(table.strip().splitlines()):
        area, days, source, came_from = line.split()
        at = FIRST + timedelta(days=int(days))
        found.append(
            Found(called(str(number)), area, at, InfectionSource(source), None if came_from == "-" else came_from)
        )
    return found


CASES = """
530102 0 imported 420100
530103 0 imported 420115
530302 2 imported -
530102 2 local -
530302 3 imported 530102
530100 3 unknown -
532901 4 imported JP
"""


def test_an_area_is_reached_on_the_day_of_its_first_confirmed_case() -> None:
    told = spread(_cases(CASES), place_at("county"), date(2020, 1, 27), date(2020, 1, 30))
    assert [(day.day.day, day.newly, day.reached, day.cases) for day in told.days] == [
        (27, (), 2, 0), (28, ("530302",), 3, 2), (29, (), 3, 2), (30, ("532901",), 4, 1),
    ]  # fmt: skip
    assert told.unplaced == 1  # of one case only the prefecture is known
    assert told.first["530302"] == FIRST + timedelta(days=2)


def test_the_matrix_tells_from_where_each_area_got_its_imported_cases() -> None:
    told = flows(_cases(CASES), place_at("prefecture"), place_at("province"))
    assert told == [
        Flow("420000", "530100", 2), Flow(None, "530300", 1), Flow("530000", "530300", 1), Flow("JP", "532900", 1),
    ]  # fmt: skip


def test_what_came_from_within_the_area_is_no_import_of_its() -> None:
    assert flows(_cases("530102 0 imported 530102"), place_at("county"), place_at("county")) == []


@pytest.mark.parametrize(
    ("area", "level", "place"),
    [
        ("530102001002", "town", "530102001"),
        ("530102001002", "county", "530102"),
        ("530102001002", "prefecture", "530100"),
        ("530102001002", "province", "530000"),
        ("530102", "town", None),
        ("530100", "county", None),
        ("530000", "prefecture", None),
        ("530100-高新区", "prefecture", "530100"),
        ("JP", "province", None),
    ],
)
def test_the_place_of_a_code(area: str, level: str, place: str | None) -> None:
    assert place_at(level)(area) == place
