"""A map of divisions as SVG, the darker the more: for the public site, and by itself for papers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape as e
from itertools import pairwise
from typing import Any, Final, NamedTuple

from lianfang.places.queries import Boundaries

SHADES: Final = 5
MAP_WIDE: Final = 640
GRAIN: Final = 2.0
"""Points of an outline that lie nearer to each other, in units of the drawing, are one: the file stays small."""
_COLOURS: Final = ("#e3e8eb", "#f9dcc4", "#f2b58a", "#e0824f", "#b9502a", "#7c2a16")
"""Of a map that stands by itself; the site's style has the same."""
_KEY_WIDE, _KEY_HIGH = 100, 28

Point = tuple[float, float]


class Drawn(NamedTuple):
    """The paths of a map ``high`` units high, each with the class of its shade; ``spans``: what each shade stands for,
    from that of zero on."""

    shapes: str
    high: int
    spans: tuple[str, ...]


def drawn(
    outlines: Boundaries, numbers: Mapping[str, int], label: Callable[[Mapping[str, str], int | None], str]
) -> Drawn:
    """The divisions of a place, each labelled by its names and its number."""
    place, high = _projection([*outlines.features, *outlines.lines["features"]])
    edges = _edges(numbers.values())
    shapes = []
    for feature in outlines.features:
        its = feature["properties"]
        n = numbers.get(its["code"])
        shade = 0 if not n else next(at for at, edge in enumerate(edges, 1) if n <= edge)
        path = _outline(feature["geometry"], place)
        shapes.append(f'<path class="c{shade}" d="{path}"><title>{e(label(its, n))}</title></path>')
    shapes += [f'<path class="line" d="{_outline(one["geometry"], place)}"/>' for one in outlines.lines["features"]]
    spans = ["0"] + [f"{a + 1}–{b}" if a + 1 < b else str(b) for a, b in pairwise([0, *edges])]
    return Drawn("".join(shapes), high, tuple(spans))


def alone(of: Drawn) -> str:
    """A map as a file of its own, with its colours and its legend."""
    fills = "".join(f".c{at}{{fill:{colour}}}" for at, colour in enumerate(_COLOURS))
    style = f"path{{stroke:#ffffff;stroke-width:.6}}.line{{fill:none;stroke:#17252d;stroke-width:1.2}}{fills}"
    key = "".join(
        f'<rect class="c{at}" x="{at * _KEY_WIDE}" y="{of.high + 10}" width="16" height="16"/>'
        f'<text x="{at * _KEY_WIDE + 22}" y="{of.high + 23}" font-size="14" font-family="sans-serif">{span}</text>'
        for at, span in enumerate(of.spans)
    )
    high = of.high + _KEY_HIGH
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {MAP_WIDE} {high}" width="{MAP_WIDE}" height="{high}">'
        f"<style>{style}</style>{of.shapes}{key}</svg>"
    )


def _edges(numbers: Iterable[int]) -> list[int]:
    """Where each shade ends: about as many divisions in each."""
    some = sorted(n for n in numbers if n > 0)
    if not some:
        return []
    return sorted({some[math.ceil(len(some) * at / SHADES) - 1] for at in range(1, SHADES + 1)})


def _rings(geometry: Mapping[str, Any]) -> list[list[list[float]]]:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "LineString":
        return [coordinates]
    if kind in ("Polygon", "MultiLineString"):
        return list(coordinates)
    return [ring for part in coordinates for ring in part]


def _projection(features: Sequence[Mapping[str, Any]]) -> tuple[Any, int]:
    """Degrees to units of the drawing, true to shape at the middle, and how high the drawing is."""
    points = [point for one in features for ring in _rings(one["geometry"]) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = MAP_WIDE / ((east - west) * shrink)
    return (lambda p: ((p[0] - west) * shrink * scale, (north - p[1]) * scale)), math.ceil((north - south) * scale)


def _outline(geometry: Mapping[str, Any], place: Any) -> str:
    parts = []
    for ring in _rings(geometry):
        kept: list[Point] = []
        for point in map(place, ring):
            if not kept or abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= GRAIN:
                kept.append(point)
        if len(kept) > 2 or "Line" in geometry["type"]:
            closed = "" if "Line" in geometry["type"] else "Z"
            parts.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in kept) + closed)
    return "".join(parts)
