"""Boundaries: every division has its area, inside its parent's; borders are shared; the map shows its approval."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.places import boundaries
from lianfang.places.gazetteer import Gazetteer
from lianfang.places.packaged import DATA
from lianfang.places.topology import Borders, simplify_line

G = Gazetteer.load()
LARGEST_BYTES = 6_000_000
SLACK = 0.02  # degrees: provinces are simplified more than prefectures


def box(feature: dict[str, Any]) -> tuple[float, float, float, float]:
    positions = [p for polygon in feature["geometry"]["coordinates"] for ring in polygon for p in ring]
    return (
        min(p[0] for p in positions),
        min(p[1] for p in positions),
        max(p[0] for p in positions),
        max(p[1] for p in positions),
    )


def inside(inner: tuple[float, ...], outer: tuple[float, ...]) -> bool:
    return all(a >= b - SLACK for a, b in zip(inner[:2], outer[:2], strict=True)) and all(
        a <= b + SLACK for a, b in zip(inner[2:], outer[2:], strict=True)
    )


PROVINCES = {f["properties"]["code"]: f for f in boundaries.packaged_children("100000")}


def test_every_province_has_an_area() -> None:
    assert set(PROVINCES) == {d.code for d in G.children("100000")}


@pytest.mark.parametrize("code", sorted(PROVINCES))
def test_every_prefecture_has_an_area_inside_its_province(code: str) -> None:
    below = boundaries.packaged_children(code)
    divisions = {d.code for d in G.children(code)}
    if code != "820000":  # the source draws no parishes of Macao
        assert divisions <= {f["properties"]["code"] for f in below}
    for feature in below:
        assert inside(box(feature), box(PROVINCES[code])), feature["properties"]


@pytest.mark.parametrize("province", ["530000", "150000", "420000", "320000"])
def test_every_county_has_an_area_inside_its_prefecture(province: str) -> None:
    for prefecture in boundaries.packaged_children(province):
        code = prefecture["properties"]["code"]
        below = boundaries.packaged_children(code)
        assert {d.code for d in G.children(code) if d.level == "county"} == {f["properties"]["code"] for f in below}
        assert all(inside(box(feature), box(prefecture)) for feature in below)


def test_features_are_geojson_with_names_in_both_languages() -> None:
    features = [*PROVINCES.values(), *boundaries.packaged_children("530000"), *boundaries.packaged_children("530100")]
    for feature in features:
        assert feature["properties"]["zh"] and feature["properties"]["en"]
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1] and len(ring) >= 4
            assert area(polygon[0]) >= 0  # counter-clockwise


def area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def test_neighbours_share_their_border() -> None:
    kunming, yuxi = (
        {tuple(p) for polygon in f["geometry"]["coordinates"] for ring in polygon for p in ring}
        for f in boundaries.packaged_children("530000")
        if f["properties"]["code"] in ("530100", "530400")
    )
    assert len(kunming & yuxi) > 20


def test_the_south_china_sea_line_is_on_the_maps_that_reach_it() -> None:
    kinds = [f["properties"]["kind"] for f in boundaries.lines("100000")["features"]]
    assert "south_china_sea" in kinds
    for code in ("440000", "460000", "710000"):
        (line,) = boundaries.lines(code)["features"]
        assert line["properties"]["kind"] == "south_china_sea"
        assert len(line["geometry"]["coordinates"]) == 9
    assert boundaries.lines("530000")["features"] == []
    islands = box(next(f for f in boundaries.packaged_children("460000") if f["properties"]["code"] == "460300"))
    assert islands[1] < 4.5  # 曾母暗沙 and the shoals around it


def test_the_map_tells_its_source_and_approval() -> None:
    about = boundaries.provenance()
    assert boundaries.approval().startswith("GS（2024）")
    assert "天地图" in about["source_zh"] and "Tianditu" in about["source_en"]
    assert about["page"].startswith("https://cloudcenter.tianditu.gov.cn/")


def test_unknown_codes_have_no_boundaries() -> None:
    for code in ("999999", "", "../", "530102"):
        assert boundaries.packaged_children(code) == []


def test_the_package_stays_small() -> None:
    assert sum(path.stat().st_size for path in (DATA / "boundaries").iterdir()) <= LARGEST_BYTES


def test_a_border_is_simplified_once_for_both_sides() -> None:
    wavy = [(10, y) if y % 2 else (11, y) for y in range(1, 40)]
    left = [(0, 0), (10, 0), *wavy, (10, 40), (0, 40)]
    right = [(10, 0), (30, 0), (30, 40), (10, 40), *reversed(wavy)]
    borders = Borders([left, right], tolerance=2)
    assert borders.simplified(left) == [(10, 0), (10, 40), (0, 40), (0, 0)]
    assert set(borders.simplified(right)) == {(10, 0), (30, 0), (30, 40), (10, 40)}


LINE = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=2, max_size=30)


@given(line=LINE, tolerance=st.floats(0, 20))
def test_a_simplified_line_keeps_its_ends_and_its_order(line: list[tuple[int, int]], tolerance: float) -> None:
    kept = simplify_line(line, tolerance)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    rest = iter(line)
    assert all(point in rest for point in kept)


@pytest.mark.shared
def test_prefectures_are_those_of_another_list(shared: Any) -> None:
    lines = (shared / "data" / "e_admin" / "cities.csv").read_text(encoding="utf-8").splitlines()[1:]
    theirs = {line.split(",")[0] + "00": line.split(",")[1].strip('"') for line in lines}
    day = date(2023, 6, 30)
    ours = {
        d.code: d.name for p in G.children("100000", day) for d in G.children(p.code, day) if d.level == "prefecture"
    }
    real = {code: name for code, name in theirs.items() if "直辖" not in name and name not in ("市辖区", "县")}
    assert ours == real


@pytest.mark.shared
def test_counties_are_those_of_another_list(shared: Any) -> None:
    lines = (shared / "data" / "e_admin" / "canghailan_ChinaAreaCode.csv").read_text(encoding="utf-8").splitlines()[1:]
    theirs = dict(line.split(",")[:2] for line in lines)
    day = date(2019, 9, 30)
    found = {code: G.division(code, day) for code in theirs if not code.endswith("00")}
    missing = [code for code, division in found.items() if division is None]
    assert missing == []
