"""The people of a drill are nobody real: every check of real numbers refuses theirs."""

from __future__ import annotations

from datetime import date

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from lianfang.capabilities.drills.rules import homes, people
from lianfang.identity.documents import check_document
from tests.drills import made


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    drill, population = made.drill(), made.population()
    its = homes.homes(drill, population)
    ids = people.person_ids(drill, population.age.size)
    return [orjson.loads(line) for line in people.lines(drill, population, its, ids)]


def test_no_number_passes_a_check_of_real_ones(rows: list[dict[str, object]]) -> None:
    numbers = [row["documents"][0]["number"] for row in rows]  # type: ignore[index]
    assert len(set(numbers)) == len(rows)
    for number in numbers:
        assert people.is_made(number)
        assert not ric.is_valid(number)
        assert check_document(1, "documents.0", "resident_id", "CHN", number)[1] is not None


@given(st.dates(date(1900, 1, 1), date(2020, 1, 1)), st.integers(0, 9_999_999))
def test_a_made_number_never_has_the_standards_check_character(born: date, n: int) -> None:
    stem = f"{people.PROVINCE}{n // 1000:04}{born:%Y%m%d}{n % 1000:03}"
    assert people.check_character(stem) != ric.calc_check_digit(stem + "0")


@given(st.integers(0, 16), st.integers(1, 9), st.dates(date(1900, 1, 1), date(2020, 1, 1)))
def test_one_wrong_digit_is_found(place: int, by: int, born: date) -> None:
    number = people.documents([born])[0]
    digit = str((int(number[place]) + by) % 10)
    assert not people.is_made(number[:place] + digit + number[place + 1 :])


def test_real_numbers_are_not_made() -> None:
    stem = "99000119900307123"
    assert not people.is_made(stem + ric.calc_check_digit(stem + "0"))
    assert not people.is_made("11010519491231002X")
    assert not people.is_made("")
    assert not people.is_made("９" * 18)


def test_names_and_telephones_are_nobodys(rows: list[dict[str, object]]) -> None:
    assert all(str(row["name"]).startswith("演练") for row in rows)
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(phone.startswith("+999") and len(phone) <= 16 for row in rows for phone in row["phones"])  # type: ignore[attr-defined]


def test_ages_and_sexes_are_the_populations(rows: list[dict[str, object]]) -> None:
    population, first = made.population(), made.drill().first_day
    born = [date.fromisoformat(str(row["birth_date"])) for row in rows]
    ages = [first.year - day.year - ((first.month, first.day) < (day.month, day.day)) for day in born]
    assert np.abs(np.array(ages) - population.age).max() <= 1
    assert [row["sex"] == "female" for row in rows] == (population.sex == 0).tolist()


def test_addresses_are_those_of_the_doors(rows: list[dict[str, object]]) -> None:
    its = homes.homes(made.drill(), made.population())
    of, hotel = made.population().household.tolist(), made.population().hotel.tolist()
    doors = {at: "".join(parts) for at, parts in zip(its.household.tolist(), its.parts, strict=True) if at >= 0}
    doors |= {at: f"酒店{its + 1}" for at, its in enumerate(hotel) if its >= 0}
    assert all(row["address"] == f"演练{doors[of[n]]}" for n, row in enumerate(rows))
    assert len(set(its.ids)) == len(its.ids)
