"""Charts and maps as SVG, made here: no script draws them. Each says in words what it shows, and its numbers stand in a
table of the same page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape as e
from typing import Final

from lianfang.app.publication.drawing import MAP_WIDE, drawn
from lianfang.app.publication.site.markup import Html
from lianfang.app.publication.site.words import Words
from lianfang.places.queries import Boundaries

WIDE, HIGH, LEFT, TOP, BELOW = 720, 220, 64, 12, 30
BROADEST: Final = 48.0
"""A bar, where there are few."""


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
    its = drawn(
        outlines, numbers, lambda one, n: f"{w.either(one['zh'], one['en'])}: {w('not_stated') if n is None else n}"
    )
    title = w("map_of", what=name)
    source = w("map_source", source=w.either(outlines.source_zh, outlines.source_en), approval=outlines.approval)
    return Html(
        f'<figure><figcaption>{e(title)}</figcaption><svg class="map" role="img" aria-labelledby="map map-desc" '
        f'viewBox="0 0 {MAP_WIDE} {its.high}" width="{MAP_WIDE}" height="{its.high}"><title id="map">{e(title)}</title>'
        f'<desc id="map-desc">{e(w("map_desc"))}</desc>{its.shapes}</svg>{_legend(its.spans)}'
        f'<p class="small muted">{e(w("map_desc"))} {e(source)}</p></figure>\n'
    )


def _legend(spans: Sequence[str]) -> str:
    return '<ul class="legend">' + "".join(
        f'<li><svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><rect class="c{at}" width="16" '
        f'height="16"/></svg>{span}</li>'
        for at, span in enumerate(spans)
    ) + "</ul>"  # fmt: skip
