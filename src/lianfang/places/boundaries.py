"""The boundaries that come with Lianfang: areas of the children of a division, the lines, and where they are from."""

from __future__ import annotations

import gzip
import json
import tomllib
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from lianfang.places.packaged import DATA, HERE

Feature = dict[str, Any]


@cache
def provenance() -> dict[str, Any]:
    """``boundaries.toml``: source, map approval number (审图号) and what is known of it."""
    return tomllib.loads((HERE / "boundaries.toml").read_text(encoding="utf-8"))


def approval() -> str:
    """The number under which the map was approved, as the source gives it."""
    return str(provenance()["approval"])


def packaged_children(code: str) -> list[Feature]:
    """GeoJSON features (properties ``code``, ``zh``, ``en``; degrees, WGS 84) of a division's children.

    Empty where the source draws none: below counties, and in prefectures without counties.
    """
    areas = _areas("00" if code == "100000" else code[:2])
    return areas.get(code, [])


def centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """The centroid of the largest part of a Polygon or MultiPolygon, degrees east and north; the rings within are
    passed over."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return max((_centroid(part[0]) for part in parts), key=lambda one: one[0])[1]


def _centroid(ring: list[list[float]]) -> tuple[float, tuple[float, float]]:
    """Area and centroid of a ring on the plane of degrees, about its first point."""
    (east, north), *_ = ring
    twice = moment_east = moment_north = 0.0
    for (a, b, *_), (c, d, *_) in pairwise(ring):
        cross = (a - east) * (d - north) - (c - east) * (b - north)
        twice += cross
        moment_east += (a + c - 2 * east) * cross
        moment_north += (b + d - 2 * north) * cross
    if not twice:
        return 0.0, (east, north)
    return abs(twice) / 2, (east + moment_east / (3 * twice), north + moment_north / (3 * twice))


def lines(code: str) -> dict[str, Any]:
    """The lines that a map of a division carries, as a FeatureCollection: all for the country; the South China Sea
    line for the provinces that reach it; none for others. Each feature's ``kind`` tells which line it is."""
    if code not in provenance()["south_china_sea"]:
        return {"type": "FeatureCollection", "features": []}
    features = [f for f in _lines() if code == "100000" or f["properties"]["kind"] == "south_china_sea"]
    return {"type": "FeatureCollection", "features": features}


@lru_cache(maxsize=8)
def _areas(province: str) -> dict[str, list[Feature]]:
    path = DATA / "boundaries" / f"{province}.json.gz"
    if not province.isdigit() or not path.exists():
        return {}
    areas: dict[str, list[Feature]] = json.loads(gzip.decompress(path.read_bytes()))
    return areas


@cache
def _lines() -> list[Feature]:
    content = json.loads(gzip.decompress((DATA / "boundaries" / "lines.json.gz").read_bytes()))
    features: list[Feature] = content["features"]
    return features
