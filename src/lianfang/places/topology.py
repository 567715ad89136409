"""Simplify neighbouring areas so that their shared borders stay shared.

Rings are sequences of points, the first not repeated at the end. A point where borders part is a node; what lies
between nodes is an arc, simplified once (Douglas and Peucker 1973) and used by both neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

Point = tuple[int, int]
Ring = Sequence[Point]


class Borders:
    """The nodes of a set of rings, and the arcs simplified so far.

    ``tolerance`` is the greatest distance of a dropped point from the simplified line, in units of the points.
    """

    def __init__(self, rings: Iterable[Ring], tolerance: float) -> None:
        self._tolerance = tolerance
        self._arcs: dict[tuple[Point, ...], list[Point]] = {}
        neighbours: dict[Point, set[Point]] = defaultdict(set)
        for ring in rings:
            for number, point in enumerate(ring):
                neighbours[point].add(ring[number - 1])
                neighbours[point].add(ring[(number + 1) % len(ring)])
        self._nodes = {point for point, beside in neighbours.items() if len(beside) > 2}

    def simplified(self, ring: Ring) -> list[Point]:
        """The ring with fewer points; at least one, and possibly fewer than a polygon needs."""
        starts = [number for number, point in enumerate(ring) if point in self._nodes]
        if not starts:
            starts = [min(range(len(ring)), key=lambda number: ring[number])]
        kept: list[Point] = []
        for number, start in enumerate(starts):
            stop = starts[(number + 1) % len(starts)]
            arc = [*ring[start : stop + 1]] if stop > start else [*ring[start:], *ring[: stop + 1]]
            kept.extend(self._arc(tuple(arc))[:-1])
        return kept

    def _arc(self, arc: tuple[Point, ...]) -> list[Point]:
        """The simplified arc, the same for both directions."""
        backwards = arc[::-1]
        if backwards < arc:
            return self._arc(backwards)[::-1]
        if arc not in self._arcs:
            self._arcs[arc] = simplify_line(arc, self._tolerance)
        return self._arcs[arc]


def simplify_line(line: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without points nearer than ``tolerance`` to what is kept; its ends are kept (Douglas–Peucker)."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    if len(line) > 3 and line[0] == line[-1]:  # a closed line: open it at the point farthest from its start
        far = max(range(len(line)), key=lambda i: (line[i][0] - line[0][0]) ** 2 + (line[i][1] - line[0][1]) ** 2)
        keep.add(far)
        spans = [(0, far), (far, len(line) - 1)]
    limit = tolerance * tolerance
    while spans:
        first, last = spans.pop()
        farthest, distance = _farthest(line, first, last)
        if distance > limit:
            keep.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [line[number] for number in sorted(keep)]


def _farthest(line: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    """The inner point farthest from the chord, and the square of its distance; 0 where there is none."""
    (x0, y0), (x1, y1) = line[first], line[last]
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    farthest, greatest = first, 0.0
    for number in range(first + 1, last):
        x, y = line[number][0] - x0, line[number][1] - y0
        along = (x * dx + y * dy) / length if length else 0.0
        if along <= 0:
            distance: float = x * x + y * y
        elif along >= 1:
            distance = (x - dx) ** 2 + (y - dy) ** 2
        else:
            distance = (x * dy - y * dx) ** 2 / length
        if distance > greatest:
            farthest, greatest = number, distance
    return farthest, greatest
