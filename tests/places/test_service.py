"""What is stored of places, and the doors to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lianfang.places.gazetteer import HIERARCHY_COLUMNS, Gazetteer

HEADER = ",".join(HIERARCHY_COLUMNS)
GRIDS = f"""{HEADER}
530102-G1,第一网格,530102,town,,,Grid 1,一网格
530102-G2,第二网格,530102,town,,,Grid 2,
530102-G3,第三网格,999999,town,,,Grid 3,
"""
SQUARE = [[[102.0, 25.0], [102.1, 25.0], [102.1, 25.1], [102.0, 25.0]]]


@pytest.fixture
def places(database: object) -> Iterator[Any]:
    """The service and the queries on an empty database; the process forgets the imports afterwards."""
    from lianfang.places import queries, service

    queries.current_gazetteer()
    yield service
    Gazetteer.install([])
    queries._seen = (0, None)


@pytest.fixture
def grids(tmp_path: Path) -> Path:
    path = tmp_path / "grids.csv"
    path.write_text(GRIDS, encoding="utf-8")
    return path


def test_an_import_keeps_good_rows_and_names_the_others(places: Any, grids: Path) -> None:
    imported = places.import_hierarchy(grids)
    assert imported.rows == 2
    assert [(e.row, e.field) for e in imported.errors] == [(4, "parent")]
    grid = Gazetteer.load().resolve("一网格", "530102")
    assert grid is not None and grid.code == "530102-G1"
    assert "530102-G1" in [d.code for d in Gazetteer.load().children("530102")]
    assert Gazetteer.load().ancestors("530102-G1") == ("530102", "530100", "530000", "100000")


def test_a_second_import_replaces_the_rows_of_its_codes(places: Any, grids: Path) -> None:
    from lianfang.places.models import ImportedDivision

    places.import_hierarchy(grids)
    places.import_hierarchy(grids)
    assert ImportedDivision.objects.count() == 2
    grids.write_text(
        f"{HEADER}\n530102-G1,改名网格,530102,town,,,,\n530102-G11,子网格,530102,town,,,,", encoding="utf-8"
    )
    assert places.import_hierarchy(grids).rows == 2
    assert sorted(ImportedDivision.objects.values_list("name", flat=True)) == ["子网格", "改名网格", "第二网格"]
    assert Gazetteer.load().resolve("第一网格", "530102") is None


def test_another_process_sees_an_import_at_its_next_question(places: Any, grids: Path) -> None:
    from lianfang.places import queries
    from lianfang.places.models import ImportedDivision

    ImportedDivision.objects.create(code="UG", name="Uganda", level="country", name_en="Uganda")
    assert queries.area(None, "UG").name == "Uganda"
    assert queries.children(None, "UG") == []
    ImportedDivision.objects.all().delete()
    assert queries.area(None, "UG") is None


def test_boundaries_of_the_operator_come_before_the_packaged_ones(places: Any, tmp_path: Path) -> None:
    from lianfang.places import queries

    features = [
        {"type": "Feature", "properties": {"code": "530102"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}},
        {"type": "Feature", "properties": {"code": "530102"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}},
        {"type": "Feature", "properties": {"code": "no"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}},
        {"type": "Feature", "properties": {"code": "530103"}, "geometry": {"type": "Point", "coordinates": [1, 2]}},
        {
            "type": "Feature",
            "properties": {"code": "530111"},
            "geometry": {"type": "Polygon", "coordinates": [[[500]]]},
        },
        None,
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    imported = places.import_boundaries(path, source="昆明市测绘", approval="云S(2020)1号")
    assert imported.rows == 1
    assert [(e.row, e.field) for e in imported.errors] == [
        (2, "code"), (3, "code"), (4, "geometry"), (5, "geometry"), (6, "code"),
    ]  # fmt: skip
    drawn = queries.boundaries(None, "530100")
    assert [f["properties"]["zh"] for f in drawn.features] == ["五华区"]
    assert (drawn.source_zh, drawn.approval) == ("昆明市测绘", "云S(2020)1号")
    assert len(queries.boundaries(None, "530000").features) == 16
    for content in ("", "[]", '{"features": 3}'):
        path.write_text(content, encoding="utf-8")
        assert [e.field for e in places.import_boundaries(path, source="x").errors] == ["file"]


def test_the_api_answers_with_a_division_and_its_children(places: Any) -> None:
    from django.test import RequestFactory

    from lianfang.access.matrix import operator
    from lianfang.places import api

    request = RequestFactory().get("/")
    request.viewer = operator()
    found = api.area(request, "150000", None)
    assert (found["zh"], found["en"], found["parent"]) == ("内蒙古自治区", "Inner Mongolia", "100000")
    assert len(found["children"]) == 12
    api.PlaceOut(**found)
    drawn = json.loads(api.boundaries(request, "150000").content)
    assert len(drawn["features"]) == 12
    assert drawn["approval"] == "GS（2024）0650号"
    assert drawn["lines"]["features"] == []
    api.BoundariesOut(**drawn)
    api.BoundariesOut(**json.loads(api.boundaries(request, "100000").content))


def test_the_api_knows_no_unknown_division(places: Any) -> None:
    from django.test import RequestFactory
    from ninja.errors import HttpError

    from lianfang.access.matrix import operator
    from lianfang.places import api

    request = RequestFactory().get("/")
    request.viewer = operator()
    for ask in (lambda: api.area(request, "999999", None), lambda: api.boundaries(request, "999999")):
        with pytest.raises(HttpError) as refused:
            ask()
        assert refused.value.status_code == 404


def test_codes_apart_from_their_upper_division_are_not_imported(places: Any, tmp_path: Path) -> None:
    """An area is asked for as one range of codes: a grid whose code lies elsewhere would not be in it."""
    from lianfang.places.queries import subtree_range

    before = subtree_range("530102")
    path = tmp_path / "grids.csv"
    path.write_text(f"{HEADER}\n530102-G1,第一网格,530102,town,,,,\nV-001,远网格,530102,town,,,,\n", encoding="utf-8")
    imported = places.import_hierarchy(path)
    assert imported.rows == 1
    assert [(e.row, e.field) for e in imported.errors] == [(3, "code")]
    assert "V-001 is apart from the other codes below 530" in imported.errors[0].reason
    assert subtree_range("530102") == before
