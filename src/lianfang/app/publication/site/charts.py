"""Charts and maps as SVG, made here: no script draws them. Each says in words what it shows, and its numbers stand in a
table of the same page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape as e
from itertools import pairwise
from typing import Any, Final

from lianfang.app.publication.site.markup import Html
from lianfang.app.publication.site.words import Words
from lianfang.places.queries import Boundaries

WIDE, HIGH, LEFT, TOP, BELOW = 720, 220, 64, 12, 30
BROADEST: Final = 48.0
"""A bar, where there are few."""
SHADES: Final = 5
MAP_WIDE: Final = 640
GRAIN: Final = 2.0
"""Points of an outline that lie nearer to each other, in units of the drawing, are one: the file stays small."""

Point = tuple[float, float]


def bars(w: Words, name: str, labels: Sequence[str], numbers: Sequence[int | None]) -> Html:
    """A bar for each notice, the oldest first."""
    told = [n for n in numbers if n is not None]
    if len(told) < 2:
        return Html("")
    top = max(*told, 1)
    step = (WIDE - LEFT - 8) / len(numbers)
    wide = min(max(step - 1, 1), BROADEST)
    drawn = "".join(
        f'<rect x="{LEFT + at * step + (step - wide) / 2:.1f}" y="{TOP + HIGH * (1 - n / top):.1f}" width="{wide:.1f}" '
        f'height="{HIGH * n / top:.1f}"/>'
        for at, n in enumerate(numbers)
        if n
    )
    title = w("chart_of", what=name, first=labels[0], last=labels[-1])
    said = w("chart_desc", n=len(told), low=min(told), high=max(told), now=told[-1])
    base = TOP + HIGH
    return Html(
        f'<figure><figcaption>{e(title)}</figcaption><svg class="bars" role="img" aria-labelledby="chart chart-desc" '
        f'viewBox="0 0 {WIDE} {base + BELOW}" width="{WIDE}" height="{base + BELOW}">'
        f'<title id="chart">{e(title)}</title><desc id="chart-desc">{e(said)}</desc>'
        f'{drawn}<path d="M{LEFT} {TOP}V{base}H{WIDE - 8}"/>'
        f'<text x="{LEFT - 6}" y="{TOP + 12}" text-anchor="end">{top}</text>'
        f'<text x="{LEFT - 6}" y="{base}" text-anchor="end">0</text>'
        f'<text x="{LEFT}" y="{base + 18}">{e(labels[0])}</text>'
        f'<text x="{WIDE - 8}" y="{base + 18}" text-anchor="end">{e(labels[-1])}</text></svg>'
        f'<p class="small muted">{e(said)}</p></figure>\n'
    )


def choropleth(w: Words, name: str, outlines: Boundaries, numbers: Mapping[str, int]) -> Html:
    """The divisions of a place, the darker the more; where there is no map, nothing."""
    if not outlines.features or not numbers:
        return Html("")
    place, high = _projection([*outlines.features, *outlines.lines["features"]])
    edges = _edges(numbers.values())
    drawn = []
    for feature in outlines.features:
        its = feature["properties"]
        n = numbers.get(its["code"])
        label = f"{w.either(its['zh'], its['en'])}: {w('not_stated') if n is None else n}"
        shade = 0 if not n else next(at for at, edge in enumerate(edges, 1) if n <= edge)
        drawn.append(
            f'<path class="c{shade}" d="{_outline(feature["geometry"], place)}"><title>{e(label)}</title></path>'
        )
    drawn += [f'<path class="line" d="{_outline(one["geometry"], place)}"/>' for one in outlines.lines["features"]]
    title = w("map_of", what=name)
    source = w("map_source", source=w.either(outlines.source_zh, outlines.source_en), approval=outlines.approval)
    return Html(
        f'<figure><figcaption>{e(title)}</figcaption><svg class="map" role="img" aria-labelledby="map map-desc" '
        f'viewBox="0 0 {MAP_WIDE} {high}" width="{MAP_WIDE}" height="{high}"><title id="map">{e(title)}</title>'
        f'<desc id="map-desc">{e(w("map_desc"))}</desc>{"".join(drawn)}</svg>{_legend(edges)}'
        f'<p class="small muted">{e(w("map_desc"))} {e(source)}</p></figure>\n'
    )


def _legend(edges: Sequence[int]) -> str:
    ends = ["0"] + [f"{a + 1}–{b}" if a + 1 < b else str(b) for a, b in pairwise([0, *edges])]
    return '<ul class="legend">' + "".join(
        f'<li><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><rect class="c{at}" width="16" '
        f'height="16"/></svg>{end}</li>'
        for at, end in enumerate(ends)
    ) + "</ul>"  # fmt: skip


def _edges(numbers: Any) -> list[int]:
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
