"""The numbers of an area's divisions as trees: one for each metric and child division, districts below their cities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from lianfang.capabilities.bulletins.facts import METRICS, AreaCount, Basis
from lianfang.capabilities.bulletins.rules.figures import Figure
from lianfang.capabilities.bulletins.rules.normalise import Normalised
from lianfang.places.gazetteer import Division


class Divisions(Protocol):
    """What the tree asks of a gazetteer."""

    def division(self, code: str, on: date | None = None) -> Division | None: ...

    def ancestors(self, code: str) -> tuple[str, ...]: ...


CORPS = "新疆生产建设兵团"


@dataclass(slots=True)
class _Node:
    metric: str
    code: str | None
    name: str
    figure: Figure | None = None
    compound: bool = False  # the text names it, before its one part
    children: list[_Node] = field(default_factory=list)


def tree(
    figures: Sequence[Figure], area: str, divisions: Divisions, normalised: Normalised, on: date | None
) -> tuple[AreaCount, ...]:
    """Stated numbers under their divisions; a division named only through its parts gets their sum, as derived."""
    top: list[_Node] = []
    by_figure: dict[int, _Node] = {}
    by_code: dict[tuple[str, str], _Node] = {}
    waiting: list[_Node] = []
    for figure in figures:
        assert figure.place is not None
        node = _Node(figure.metric, figure.place[0], figure.place[1], figure)
        by_figure[id(figure)] = node
        if node.code:
            by_code.setdefault((node.metric, node.code), node)
        waiting.append(node)
    for node in waiting:
        assert node.figure is not None
        corps = by_code.get((node.metric, f"{area}-{CORPS}"))
        if corps is not None and node.code and node.code.startswith(f"{area}-第"):
            corps.children.append(node)
            continue
        parent = by_figure.get(id(node.figure.parent)) if node.figure.parent is not None else None
        if parent is not None and parent.metric == node.metric:
            parent.children.append(node)
            continue
        _hang(node, area, divisions, on, top, by_code)
    return tuple(_entry(node, normalised) for node in top)


def _hang(
    node: _Node,
    area: str,
    divisions: Divisions,
    on: date | None,
    top: list[_Node],
    by_code: dict[tuple[str, str], _Node],
) -> None:
    """Put a node under its upper division, making the ones between that the text does not number."""
    above = divisions.ancestors(node.code) if node.code else ()
    between = list(above[: above.index(area)]) if area in above else []
    for code in between:
        upper = by_code.get((node.metric, code))
        if upper is not None and not _beside(node, upper):
            upper.children.append(node)
            return
        if upper is not None:
            break
        division = divisions.division(code, on) or divisions.division(code)
        upper = by_code[(node.metric, code)] = _Node(node.metric, code, division.name if division else code)
        own = divisions.division(node.code, on) if node.code else None
        upper.compound = _names(node.name, upper.name, own.name if own else node.name)
        upper.children.append(node)
        node = upper
    top.append(node)


def _names(written: str, upper: str, own: str) -> bool:
    """Whether a division is written with the upper one's name before its own (大理州祥云县)."""
    return written[:2] == upper[:2] and not own.startswith(written[:3])


def _beside(node: _Node, upper: _Node) -> bool:
    """A county listed beside its city (四平市1例，公主岭市1例): the city's number leaves it out."""
    if node.figure is None or upper.figure is None or node.figure.sentence != upper.figure.sentence:
        return False
    return not node.name.startswith(upper.name)


def _entry(node: _Node, normalised: Normalised) -> AreaCount:
    children = tuple(_entry(child, normalised) for child in node.children)
    figure = node.figure
    if figure is None and len(children) == 1 and node.compound:
        # 包头市昆都仑区3例: the one number is the city's too
        return children[0].model_copy(update={"code": node.code, "name": node.name, "children": children})
    if figure is None:
        return AreaCount(
            metric=node.metric,
            n=sum(c.n for c in children),
            unit=children[0].unit,
            basis=Basis.DERIVED,
            code=node.code,
            name=node.name,
            children=children,
        )
    start, end = normalised.span(figure.start, figure.end)
    return AreaCount(
        metric=node.metric,
        n=figure.n,
        unit=figure.unit or METRICS[node.metric].unit,
        unit_as_written=figure.written,
        qualifier=figure.qualifier,
        basis=figure.basis,
        start=start,
        end=end,
        code=node.code,
        name=node.name,
        children=children,
    )
