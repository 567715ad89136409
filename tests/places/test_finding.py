"""Finding a division by what somebody types."""

from __future__ import annotations

import pytest

from lianfang.places.gazetteer import Division, Gazetteer, Row

G = Gazetteer.load()
END = chr(0x10FFFF)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("昆明", "530100"),
        ("昆明市", "530100"),
        ("kun ming", "530100"),
        ("KM", "530100"),
        ("Xi'an", "610100"),
        ("urumqi", "650100"),
        ("Guandu District", "530111"),
        ("530111", "530111"),
        ("云南", "530000"),
    ],
)
def test_a_division_is_found_by_any_of_its_spellings(typed: str, code: str) -> None:
    assert G.find(typed, "", END, 5)[0].code == code


@pytest.mark.parametrize(("typed", "found"), [("ming", True), ("unm", False), ("nming", False), ("mi", False)])
def test_what_stands_within_a_name_begins_with_a_syllable_or_a_word(typed: str, found: bool) -> None:
    assert ("530100" in {one.code for one in G.find(typed, "530000", "540000", 400)}) == found
    assert ("530111" in {one.code for one in G.find("dist", "530111", "530112", 5)}) and not G.find(
        "istrict", "530111", "530112", 5
    )


def test_nothing_is_found_outside_of_the_range_nor_what_has_ceased_to_be() -> None:
    assert {one.code[:2] for one in G.find("wuhua", "530000", "540000", 20)} == {"53"}
    assert "110103" not in {one.code for one in G.find("chongwen", "", END, 20)}
    assert G.find(" ·", "", END, 20) == []


def test_another_hierarchy_is_found_by_its_own_names() -> None:
    rows = [Row(Division("x", "Pays", "country", None, en="Land")), Row(Division("x1", "Côte", "province", "x"))]
    assert [one.code for one in Gazetteer.from_rows(rows).find("cote", "", END, 5)] == ["x1"]
