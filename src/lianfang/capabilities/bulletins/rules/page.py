"""A notice under way: what is to be said, in its order, and where each number comes to stand in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, Basis, BulletinRecord, Count
from lianfang.capabilities.bulletins.rules.wording import DELTA, Place, order, wording

Path = tuple[int | str, ...]  # ("figures", 0), ("by_area", 2, 0) or ("affected",)


class Page:
    """A text under way, which remembers where each number stands."""

    def __init__(self) -> None:
        self.text = ""
        self._spans: dict[Path, tuple[int, int, str]] = {}

    def put(self, words: str) -> None:
        self.text += words

    def number(self, path: Path, words: str, unit: str = "") -> None:
        """Adds a number in words and keeps its span, in code points."""
        self._spans[path] = (len(self.text), len(self.text) + len(words), unit)
        self.text += words

    def located(self, record: BulletinRecord) -> BulletinRecord:
        """The record with the spans of this text; what the text does not print has none."""
        figures = tuple(self._placed(f, ("figures", i)) for i, f in enumerate(record.figures))
        by_area = tuple(self._placed_area(a, ("by_area", i)) for i, a in enumerate(record.by_area))
        affected = record.areas_affected
        if affected is not None:
            start, end, _ = self._spans.get(("affected",), (None, None, ""))
            affected = affected.model_copy(update={"start": start, "end": end})
        return record.model_copy(update={"figures": figures, "by_area": by_area, "areas_affected": affected})

    def _placed(self, count: Count, path: Path) -> Count:
        start, end, unit = self._spans.get(path, (None, None, ""))
        return count.model_copy(update={"start": start, "end": end, "unit_as_written": unit})

    def _placed_area(self, area: AreaCount, path: Path) -> AreaCount:
        start, end, unit = self._spans.get(path, (None, None, ""))
        children = tuple(self._placed_area(c, (*path, i)) for i, c in enumerate(area.children))
        update = {"start": start, "end": end, "unit_as_written": unit, "children": children}
        return area.model_copy(update=update)


class Item(NamedTuple):
    """A number of the notice's own area, with where it sits in the record."""

    path: Path
    figure: Count


class AreaItem(NamedTuple):
    """A number of a division, its counties, and where it sits; ``stated`` is False for a mere sum of its counties."""

    path: Path
    area: AreaCount
    children: tuple[AreaItem, ...]

    @property
    def stated(self) -> bool:
        return self.area.basis is Basis.STATED


def items(record: BulletinRecord, *places: Place) -> list[Item]:
    """The stated numbers of the area that stand in ``places``, in the order of a notice."""
    found = [Item(("figures", i), f) for i, f in enumerate(record.figures) if f.basis is Basis.STATED]
    chosen = [item for item in found if place_of(item.figure.metric) in places]
    return sorted(chosen, key=lambda item: order(item.figure.metric))


def place_of(metric: str) -> Place:
    return Place.FLOWS if metric == DELTA else wording(metric).place


def lists_of_areas(record: BulletinRecord, *places: Place) -> dict[str, list[AreaItem]]:
    """For each metric that stands in ``places``: its divisions by falling number, then code."""
    found: dict[str, list[AreaItem]] = {}
    for i, area in enumerate(record.by_area):
        if place_of(area.metric) in places:
            item = _area_item(area, ("by_area", i))
            if item.stated or item.children:
                found.setdefault(area.metric, []).append(item)
    return {m: _sorted(found[m]) for m in sorted(found, key=order)}


def _area_item(area: AreaCount, path: Path) -> AreaItem:
    children = [_area_item(c, (*path, i)) for i, c in enumerate(area.children)]
    return AreaItem(path, area, tuple(_sorted(c for c in children if c.stated or c.children)))


def _sorted(found: Iterable[AreaItem]) -> list[AreaItem]:
    return sorted(found, key=lambda item: (-item.area.n, item.area.code or "~", item.area.name))


def inherits(item: AreaItem) -> bool:
    """Whether a county's number may stay unwritten: 「2例（新城区）」."""
    (child, *others) = item.children or (None,)
    if child is None or others or child.children or not child.stated:
        return False
    a, b = item.area, child.area
    return (a.n, a.unit, a.qualifier) == (b.n, b.unit, b.qualifier)


def unit_differs(count: Count) -> bool:
    """Whether a number is counted in another unit than its metric's."""
    return count.metric in METRICS and METRICS[count.metric].unit is not count.unit


def names_disease(record: BulletinRecord) -> bool:
    """Whether the words of some stated number have a place for the disease's name."""
    stated = [f.metric for f in record.figures if f.basis is Basis.STATED and f.metric != DELTA]
    return any("{d}" in wording(metric).zh and "{d}" in wording(metric).en for metric in stated)
