"""Endpoints of places. No decision is made here."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from ninja.errors import HttpError

from lianfang.facts.api import Problem
from lianfang.facts.shape import Schema
from lianfang.places import queries
from lianfang.places.gazetteer import Division

router = Router(tags=["places"])

HOUR_S = 3600


class ChildOut(Schema):
    code: str
    zh: str
    zh_short: str
    en: str
    level: str


class PlaceOut(ChildOut):
    pinyin: str
    parent: str | None
    children: list[ChildOut]


class PropertiesOut(Schema):
    code: str
    zh: str
    zh_short: str
    en: str


class GeometryOut(Schema):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: list[Any]


class FeatureOut(Schema):
    type: Literal["Feature"]
    properties: PropertiesOut
    geometry: GeometryOut


class LinePropertiesOut(Schema):
    kind: str
    zh: str


class LineGeometryOut(Schema):
    type: Literal["MultiLineString"]
    coordinates: list[Any]


class LineOut(Schema):
    type: Literal["Feature"]
    properties: LinePropertiesOut
    geometry: LineGeometryOut


class LinesOut(Schema):
    type: Literal["FeatureCollection"]
    features: list[LineOut]


class BoundariesOut(Schema):
    type: Literal["FeatureCollection"]
    features: list[FeatureOut]
    lines: LinesOut
    approval: str
    source: str
    source_en: str


CODE = Path(..., min_length=1, max_length=64)
ON = Query(None, description="the divisions of this day; default: the present ones")


@router.get("/areas/{code}", response={200: PlaceOut, 404: Problem, 422: Problem}, operation_id="area", tags=["places"])
def area(request: HttpRequest, code: str = CODE, on: date | None = ON) -> dict[str, Any]:
    """A division and those right below it."""
    viewer = request.viewer
    found = _found(viewer, code, on)
    below = queries.children(viewer, code, on)
    return {
        **_child(found),
        "pinyin": found.pinyin,
        "parent": found.parent,
        "children": [_child(child) for child in below],
    }


@router.get(
    "/areas/{code}/boundaries",
    response={200: BoundariesOut, 404: Problem, 422: Problem},
    operation_id="boundaries",
    tags=["places"],
)
def boundaries(request: HttpRequest, code: str = CODE) -> HttpResponse:
    """The areas of the divisions right below, the lines that the map carries, and the map's source and approval."""
    viewer = request.viewer
    _found(viewer, code, None)
    drawn = queries.boundaries(viewer, code)
    # Sent as it is stored: some ten thousand positions need no second validation.
    body = {
        "type": "FeatureCollection",
        "features": drawn.features,
        "lines": drawn.lines,
        "approval": drawn.approval,
        "source": drawn.source_zh,
        "source_en": drawn.source_en,
    }
    response = HttpResponse(orjson.dumps(body), content_type="application/json")
    response["Cache-Control"] = f"private, max-age={HOUR_S}"
    return response


def _found(viewer: object, code: str, on: date | None) -> Division:
    found = queries.area(viewer, code, on)
    if found is None:
        raise HttpError(404, f"no division has the code {code}")
    return found


def _child(division: Division) -> dict[str, str]:
    return {
        "code": division.code,
        "zh": division.name,
        "zh_short": division.short,
        "en": division.en,
        "level": division.level,
    }
