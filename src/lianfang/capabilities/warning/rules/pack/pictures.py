"""The plots of an area's estimates: what is drawn, and how high. Estimates come as ``series_told.told`` tells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from lianfang.capabilities.warning.rules.pack.drawing import Layer, Picture, Rule, Span
from lianfang.capabilities.warning.rules.pack.words import Words
from lianfang.capabilities.warning.rules.reading import at_level

BAR, WIDE, NARROW, PAST, LINE, ALARM = "#a9cbd8", "#cfe2ea", "#8fbccd", "#dfe0da", "#0b5c7d", "#a61b1b"
DAYS_BACK: Final = 60
"""Days before the one asked about that are drawn."""
WEEKS: Final = 28
"""Days before it that are drawn beside a forecast."""
MOST_R: Final = 6.0
"""Higher bounds of R tell nothing more: the plot is cut there, and says so."""
_BANDS: Final = ((0.05, 0.95), (0.25, 0.75))


def curve(told: Mapping[str, Any], by: str, as_of: date, w: Words) -> Picture:
    """The known cases of each day; by onset with those that are still to be told of; days with an alarm."""
    first = _first(told["series"][by], as_of)
    layers = [Layer("bars", w("known"), BAR, _counts(told["series"][by], first))]
    if by == "onset" and not told["nowcast"]["refused"]:
        layers = [*_fan(told["nowcast"], "day", "nowcast", first, w), *layers]
    if by == "confirmation" and told["alarms"]:
        seen = {one["day"]: float(one["observed"]) for one in told["alarms"] if _date(one["day"]) >= first}
        spans = tuple(Span(_date(day), n, n) for day, n in sorted(seen.items()))
        layers.append(Layer("marks", w("alarm"), ALARM, spans))
    return Picture(first, as_of, tuple(layers), breaks=_breaks(told, w))


def ratio(told: Mapping[str, Any], as_of: date, w: Words) -> Picture:
    """R at the end of each window."""
    first = _first(told["series"]["onset"], as_of)
    layers = _fan(told["rt"], "end", "r", first, w)
    return Picture(
        first, as_of, tuple(layers), Rule(1.0, "R = 1"), _breaks(told, w), most=MOST_R, parts=True
    )  # fmt: skip


def cut(told: Mapping[str, Any], as_of: date) -> bool:
    """Whether a bound of R that is drawn lies above where the plot is cut."""
    first, high = _first(told["series"]["onset"], as_of), _BANDS[0][1]
    drawn = (one for one in told["rt"]["days"] if _date(one["end"]) >= first)
    return any((at_level(told["rt"]["levels"], one["q"], high) or 0) > MOST_R for one in drawn)


def ahead(told: Mapping[str, Any], as_of: date, w: Words) -> Picture:
    """The last weeks by onset as known, what is thought to be true of them, and the days to come."""
    first, days = as_of - timedelta(WEEKS - 1), told["forecast"]["days"]
    layers = [Layer("bars", w("known"), BAR, _counts(told["series"]["onset"], first))]
    if not told["nowcast"]["refused"]:
        layers = [_fan(told["nowcast"], "day", "nowcast", first, w)[0]._replace(colour=PAST), *layers]
    layers += _fan(told["forecast"], "day", "forecast", first, w)
    last = _date(days[-1]["day"]) if days else as_of
    return Picture(first, last, tuple(layers), breaks=_breaks(told, w))


def reaching(days: Sequence[tuple[date, int]], w: Words) -> Picture:
    """Areas that had their first case on a day."""
    spans = tuple(Span(day, n, n) for day, n in days)
    return Picture(days[0][0], days[-1][0], (Layer("bars", w("newly"), NARROW, spans),))


def _fan(told: Mapping[str, Any], day: str, what: str, first: date, w: Words) -> list[Layer]:
    """A wide band, a narrow one and the middle, one above the other."""
    kept = [(_date(one[day]), one["q"]) for one in told["days"] if _date(one[day]) >= first]

    def spans(low: float, high: float) -> tuple[Span, ...]:
        return tuple(Span(at, at_level(told["levels"], q, low), at_level(told["levels"], q, high)) for at, q in kept)

    bands = [
        Layer("band", w(f"{what}_band", n=round(100 * (high - low))), colour, spans(low, high))
        for (low, high), colour in zip(_BANDS, (WIDE, NARROW), strict=True)
    ]
    return [*bands, Layer("line", w(f"{what}_middle"), LINE, spans(0.5, 0.5))]


def _counts(days: Iterable[Mapping[str, Any]], first: date) -> tuple[Span, ...]:
    known = ((_date(one["day"]), float(one["n"])) for one in days)
    return tuple(Span(day, n, n) for day, n in known if day >= first)


def _first(days: Sequence[Mapping[str, Any]], as_of: date) -> date:
    """The day before the first case, no more than so many days back."""
    earliest = as_of - timedelta(DAYS_BACK)
    first = next((_date(one["day"]) for one in days if one["n"] > 0), None)
    if first is None:
        return max(earliest, _date(days[0]["day"])) if days else earliest
    return max(earliest, first - timedelta(1))


def _breaks(told: Mapping[str, Any], w: Words) -> tuple[Rule, ...]:
    return tuple(Rule(_date(one["day"]), one[w.lang]) for one in told["breaks"])


def _date(day: str) -> date:
    return date.fromisoformat(day)
