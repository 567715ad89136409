"""A division and all below it as one range of codes, in the order of bytes."""

from __future__ import annotations

import pytest

from lianfang.places.gazetteer import Division, Gazetteer, Row
from lianfang.places.spans import END, EVERYWHERE, Scattered, span


def tree(*pairs: tuple[str, str | None]) -> Gazetteer:
    """A hierarchy of codes with their parents."""
    return Gazetteer.from_rows(Row(Division(code, f"Name {code}", "county", parent)) for code, parent in pairs)


def inside(code: str, bounds: tuple[str, str]) -> bool:
    return bounds[0].encode() <= code.encode() < bounds[1].encode()


@pytest.mark.parametrize(
    ("code", "within", "without"),
    [
        ("530000", ["530000", "530102", "530102001001", "532901", "530000-农垦"], ["520000", "540000", "52"]),
        ("530100", ["530100", "530102", "530199", "530100-经济开发区"], ["530000", "530200", "530302"]),
        ("530102", ["530102", "530102001", "530102001001", "530102-园区"], ["530100", "530103", "530101999"]),
        ("530102001", ["530102001", "530102001001"], ["530102", "530102002"]),
        ("110000", ["110000", "110101", "110119"], ["100000", "120000"]),
        ("150500-开发区", ["150500-开发区", "150500-开发区-一号园"], ["150500", "150500-开发区二期", "150502"]),
    ],
)
def test_ranges_of_the_packaged_divisions(
    gazetteer: Gazetteer, code: str, within: list[str], without: list[str]
) -> None:
    bounds = span(gazetteer, code)
    assert [c for c in within if not inside(c, bounds)] == []
    assert [c for c in without if inside(c, bounds)] == []


def test_the_country_stands_for_all() -> None:
    assert span(tree(("X", None)), "100000") == EVERYWHERE
    assert inside("ZZ", EVERYWHERE) and inside("", EVERYWHERE)


def test_every_packaged_division_is_one_run(gazetteer: Gazetteer) -> None:
    """Provinces and prefectures at least: each holds its own divisions and no other's."""
    for province in gazetteer.children("100000"):
        below = gazetteer.children(province.code)
        bounds = span(gazetteer, province.code)
        assert all(inside(one.code, bounds) for one in below)
        others = [p.code for p in gazetteer.children("100000") if p.code != province.code]
        assert not any(inside(code, bounds) for code in others)


def test_any_codes_of_an_imported_hierarchy() -> None:
    made = tree(("KE", None), ("KE-01", "KE"), ("KE-01-a", "KE-01"), ("KE-010", "KE"), ("KF", None))
    assert inside("KE-01-a", span(made, "KE")) and inside("KE-99", span(made, "KE"))
    assert not inside("KF", span(made, "KE"))
    # KE-010 begins with KE-01 and is not below it: the range ends before.
    assert span(made, "KE-01") == ("KE-01", "KE-010")
    numbers = tree(("1", None), ("10", "1"), ("11", "1"), ("12", None), ("2", None))
    assert span(numbers, "1") == ("1", "12")
    assert span(numbers, "2") == ("2", "2" + END)


def test_codes_that_are_scattered_are_refused() -> None:
    with pytest.raises(Scattered, match="M lies among the codes below A"):
        span(tree(("A", None), ("Z", "A"), ("M", None)), "A")


def test_a_division_that_there_is_not() -> None:
    with pytest.raises(LookupError, match="no division has the code 999999"):
        span(tree(("A", None)), "999999")
