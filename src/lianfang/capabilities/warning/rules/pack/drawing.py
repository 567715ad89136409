"""Plots of days as SVG, to be printed: colours and type stand in the text, nothing around it is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from html import escape
from math import floor, log10
from typing import Final, Literal, NamedTuple

INK, MUTED, GRID, AGAINST, BREAK = "#17252d", "#52636d", "#dde4e8", "#a61b1b", "#8a4b00"
WIDTH: Final = 640
HEIGHT: Final = 190
_ROW, _RIGHT, _BOTTOM, _SIZE = 18, 10, 22, 12
_STEPS: Final = (1, 2, 7, 14, 28, 56, 112, 224)
_WIDE: Final = 0x2E7F
"""Letters beyond are as wide as they are high."""


class Span(NamedTuple):
    """What a day holds: a value (``low`` is ``high``) or a range; None is not known."""

    day: date
    low: float | None
    high: float | None


class Layer(NamedTuple):
    """Something drawn: bars from 0, a band between low and high, a line, or marks above a value."""

    kind: Literal["bars", "band", "line", "marks"]
    name: str
    colour: str
    spans: tuple[Span, ...]


class Rule(NamedTuple):
    """A value drawn right across, or a day from which counting changed."""

    at: float | date
    name: str


class Picture(NamedTuple):
    """Days from ``first`` to ``last``, both included, from 0 up. ``most`` cuts off what is higher; ``parts``: the axis
    may tell parts of 1."""

    first: date
    last: date
    layers: tuple[Layer, ...]
    against: Rule | None = None
    breaks: tuple[Rule, ...] = ()
    most: float | None = None
    parts: bool = False


class _Frame(NamedTuple):
    left: float
    top: float
    base: float
    step: float
    first: date
    highest: float

    def x(self, day: date) -> float:
        return self.left + ((day - self.first).days + 0.5) * self.step

    def y(self, value: float) -> float:
        return self.base - min(max(value, 0), self.highest) / self.highest * (self.base - self.top)


def svg(of: Picture, say: Callable[[float], str], font: str) -> str:
    """The drawing, ``WIDTH`` × ``HEIGHT``; ``say`` writes values of the axis."""
    highest = _highest(of)
    steps = ticks(highest, parts=of.parts)
    signs, rows = _legend(of)
    left = max(24.0, *(width(say(value)) for value in steps)) + 10
    days = (of.last - of.first).days + 1
    frame = _Frame(
        left, rows * _ROW + 12, HEIGHT - _BOTTOM, (WIDTH - left - _RIGHT) / days, of.first, highest
    )  # fmt: skip
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="{escape(font)}" font-size="{_SIZE}" fill="{MUTED}">',
        *(_scale(frame, value, say(value)) for value in steps),
        *_days(frame, days),
        *(one for layer in of.layers for one in _drawn(layer, frame)),
        *_across(of, frame),
        *signs,
        "</svg>",
    ]
    return "".join(parts)


def ticks(highest: float, *, parts: bool = False) -> list[float]:
    """A few round values from 0 up to the highest, whole numbers unless ``parts``."""
    power = 10.0 ** floor(log10(highest))
    step = next((one for one in (power / 5, power / 2, power, power * 2) if highest / one <= 4.5), power * 5)
    fit = step if parts else max(step, 1)
    return [round(n * fit, 6) for n in range(floor(highest / fit + 1e-9) + 1)]


def width(text: str) -> float:
    """How wide a text is drawn, about."""
    return sum(_SIZE if ord(letter) > _WIDE else 6.6 for letter in text)


def stretches(spans: Iterable[Span]) -> list[list[Span]]:
    """Neighbours without a gap: what is not known is not joined."""
    found: list[list[Span]] = [[]]
    for one in spans:
        if one.low is not None and one.high is not None:
            found[-1].append(one)
        elif found[-1]:
            found.append([])
    return [one for one in found if one]


def _highest(of: Picture) -> float:
    known = [one.high for layer in of.layers for one in layer.spans if one.high is not None]
    if of.against is not None and not isinstance(of.against.at, date):
        known.append(of.against.at)
    highest = max(known, default=0) or 1
    return min(highest, of.most) if of.most else max(highest, 1)


def _scale(frame: _Frame, value: float, said: str) -> str:
    y = frame.y(value)
    return (
        f'<line x1="{frame.left:.1f}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{GRID}"/>'
        f'<text x="{frame.left - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{said}</text>'
    )


def _days(frame: _Frame, days: int) -> Iterable[str]:
    room = max(2, int((WIDTH - frame.left) / 52))
    step = next((one for one in _STEPS if days / one <= room), _STEPS[-1])
    for at in range((days - 1) % step, days, step):
        day = frame.first + timedelta(at)
        anchor = "end" if at == days - 1 and days > 3 else "middle"
        yield (
            f'<text x="{frame.x(day):.1f}" y="{HEIGHT - 6}" text-anchor="{anchor}">{day.month}/{day.day}</text>'
        )  # fmt: skip


def _drawn(of: Layer, frame: _Frame) -> Iterable[str]:
    for run in stretches(one for one in of.spans if one.day >= frame.first):
        tops = [(frame.x(one.day), frame.y(one.high or 0)) for one in run]
        match of.kind:
            case "bars":
                wide = max(1, frame.step * 0.78)
                for x, y in tops:
                    yield (
                        f'<rect x="{x - wide / 2:.1f}" width="{wide:.1f}" y="{y:.1f}" '
                        f'height="{frame.base - y:.1f}" fill="{of.colour}"/>'
                    )
            case "band":
                back = [(frame.x(one.day), frame.y(one.low or 0)) for one in reversed(run)]
                yield f'<polygon points="{_points([*tops, *back])}" fill="{of.colour}"/>'
            case "line":
                yield f'<polyline points="{_points(tops)}" fill="none" stroke="{of.colour}" stroke-width="2"/>'
            case "marks":
                for x, y in tops:
                    yield f'<path d="{_triangle(x, y - 4)}" fill="{of.colour}"/>'


def _points(of: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in of)


def _triangle(x: float, y: float) -> str:
    return f"M{x:.1f} {y:.1f}l-5 -8h10z"


def _across(of: Picture, frame: _Frame) -> Iterable[str]:
    if of.against is not None and not isinstance(of.against.at, date):
        y = frame.y(of.against.at)
        yield (
            f'<line x1="{frame.left:.1f}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{AGAINST}" '
            'stroke-dasharray="6 4" stroke-width="1.5"/>'
        )
    for one in of.breaks:
        if isinstance(one.at, date) and of.first <= one.at <= of.last:
            x = frame.x(one.at) - frame.step / 2
            yield (
                f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{frame.top:.1f}" y2="{frame.base}" stroke="{BREAK}" '
                'stroke-dasharray="2 3" stroke-width="1.5"/>'
            )


def _legend(of: Picture) -> tuple[list[str], int]:
    """The names of what is drawn, and in how many rows they stand."""
    named: list[tuple[str, str, str]] = [(one.kind, one.colour, one.name) for one in of.layers]
    if of.against is not None:
        named.append(("against", AGAINST, of.against.name))
    named += [
        ("break", BREAK, one.name) for one in of.breaks if isinstance(one.at, date) and of.first <= one.at <= of.last
    ]
    x, row, found = 4.0, 0, []
    for kind, colour, name in named:
        wide = 22 + width(name) + 16
        if x > 4 and x + wide > WIDTH:
            x, row = 4.0, row + 1
        y = row * _ROW + 12
        found.append(
            f'<g transform="translate({x:.1f} {y})">{_sign(kind, colour)}'
            f'<text x="22" y="4" fill="{INK}">{escape(name)}</text></g>'
        )
        x += wide
    return found, row + 1 if found else 0


def _sign(kind: str, colour: str) -> str:
    match kind:
        case "bars" | "band":
            return f'<rect y="-5" width="16" height="10" fill="{colour}"/>'
        case "marks":
            return f'<path d="{_triangle(8, 5)}" fill="{colour}"/>'
        case "break":
            return f'<path d="M8 -7v14" stroke="{colour}" stroke-width="1.5" stroke-dasharray="2 3"/>'
    dashes = ' stroke-dasharray="5 4"' if kind == "against" else ""
    return f'<path d="M0 0h16" stroke="{colour}" stroke-width="2"{dashes}/>'
