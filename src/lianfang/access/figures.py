"""Figures that are counted from read tables, by what a viewer may count and whom a viewer may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Left

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.facts import steps
from lianfang.facts.indicator import Asked, Behind, Identity, Indicator, Item, Kind
from lianfang.facts.steps import StepRow, Sums, day_of, placing


class Shown(NamedTuple):
    """The card of a subject that the viewer may see, where there is one."""

    id: UUID | None
    number: str | None = None


Seen = Callable[[Viewer, Collection[UUID]], Mapping[UUID, Shown]]
"""Which of some subjects the viewer may see. Within ``seeing``."""


@dataclass(frozen=True)
class Figures:
    """The indicators of a capability. ``read`` is the action that lists what they count, ``card`` the room of the desk
    in which one of these is opened, by what ``seen`` tells; ``titles`` name its kinds of facts."""

    declared: tuple[Indicator, ...]
    identities: tuple[Identity, ...]
    titles: Mapping[str, tuple[str, str]]
    read: str
    card: str
    seen: Seen

    def may(self, viewer: Viewer) -> bool:
        """Whether the viewer may have sums of whole divisions."""
        return scope(viewer, self.read) in (Scope.AGGREGATE, Scope.SUBTREE, Scope.ALL)

    def behind(self, viewer: Viewer, asked: Asked, one: Indicator, after: str, limit: int) -> Behind:
        """What the indicator of the last day is made of. Raises Forbidden, NoPlace."""
        masked = scope(viewer, self.read) is Scope.AGGREGATE
        with seeing(viewer, self.read):
            found = self._page(viewer, asked, one, masked, after, limit)
            seen = {} if masked else self.seen(viewer, [item.subject for item in found.items if item.subject])
        items = tuple(_shown(item, seen) for item in found.items)
        return found._replace(items=items, masked=any(item.subject is None for item in items))

    def revisions(self, viewer: Viewer, asked: Asked, one: Indicator) -> list[tuple[int, int]]:
        """Each fact that changed the indicator of the last day, with what it was then; empty where nothing tells."""
        return []

    def _page(self, viewer: Viewer, asked: Asked, one: Indicator, masked: bool, after: str, limit: int) -> Behind:
        raise NotImplementedError


def _shown(item: Item, seen: Mapping[UUID, Shown]) -> Item:
    if item.subject is None or item.subject not in seen:
        return Item(None, item.area, item.counts)
    return item._replace(**seen[item.subject]._asdict())


@dataclass(frozen=True)
class StepFigures(Figures):
    """Indicators of which a register keeps what each subject adds, and since when this is known."""

    model: type[StepRow]
    replays = True

    def series(self, viewer: Viewer, asked: Asked, keys: Collection[str]) -> dict[str, dict[str, list[int]]]:
        """Each of the indicators on each day, by division right below. Raises Forbidden."""
        with seeing(viewer, self.read):
            return steps.series(self._rows(viewer), [one for one in self.declared if one.key in keys], asked)

    def revisions(self, viewer: Viewer, asked: Asked, one: Indicator) -> list[tuple[int, int]]:
        with seeing(viewer, self.read):
            return steps.revisions(self._rows(viewer), one, asked)

    def _page(self, viewer: Viewer, asked: Asked, one: Indicator, masked: bool, after: str, limit: int) -> Behind:
        return steps.behind(self._rows(viewer), one, asked, masked=masked, after=after, limit=limit)

    def _rows(self, viewer: Viewer) -> QuerySet[Any]:
        return countable(viewer, self.read, self.model._default_manager.all())


class Rows(NamedTuple):
    """The rows of a read table, each of which counts one: in a stock from ``begins`` until ``ends``, in a flow when it
    ``begins``; by day alone where that is all that is ``dated``. They are told by the column ``subject``."""

    of: Callable[[Viewer], QuerySet[Any]]
    begins: str
    ends: str = ""
    dated: bool = False
    subject: str = "subject"


@dataclass(frozen=True)
class RowFigures(Figures):
    """Indicators that count the rows of read tables, by what is known now."""

    rows: Mapping[str, Rows]
    replays = False

    def series(self, viewer: Viewer, asked: Asked, keys: Collection[str]) -> dict[str, dict[str, list[int]]]:
        """Each of the indicators on each day, by division right below. Raises Forbidden."""
        with seeing(viewer, self.read):
            return {one.key: self._series(viewer, asked, one) for one in self.declared if one.key in keys}

    def _series(self, viewer: Viewer, asked: Asked, one: Indicator) -> dict[str, list[int]]:
        its, sums = self.rows[one.key], Sums(one.kind, asked)
        for column, sign in ((its.begins, 1), (its.ends, -1)):
            if not column:
                continue
            rows = its.of(viewer).filter(_within(asked), _before(column, its, asked, one.kind))
            day = F(column) if its.dated else day_of(column, asked)
            found = rows.values(on=day, part=Left("area", asked.digits)).annotate(any_of=Min("area"), sum=Count("area"))
            for on, area, n in found.order_by().values_list("on", "any_of", "sum"):
                sums.add(area, on, sign * n)
        return sums.series()

    def _page(self, viewer: Viewer, asked: Asked, one: Indicator, masked: bool, after: str, limit: int) -> Behind:
        its = self.rows[one.key]
        rows = its.of(viewer).filter(_within(asked), _before(its.begins, its, asked, one.kind))
        if its.ends:
            rows = rows.filter(Q(**{f"{its.ends}__isnull": True}) | Q(**{f"{its.ends}__gte": asked.ends}))
        return steps.page(rows, Count("area"), masked=masked, after=after, limit=limit, subject=its.subject)


@dataclass(frozen=True)
class PresentFigures(Figures):
    """Indicators of this day alone, as the rooms count them: ``counted`` gives of some of them, for an area, what each
    subject counts."""

    counted: Callable[[Viewer, Asked, Collection[str]], Mapping[str, Collection[Item]]]
    replays = False

    def series(self, viewer: Viewer, asked: Asked, keys: Collection[str]) -> dict[str, dict[str, list[int | None]]]:
        """Each of the indicators, by division right below: of an earlier day it is not known. Raises Forbidden."""
        if not asked.today:
            return {}
        place, found = placing(asked), dict[str, dict[str, list[int | None]]]()
        for key, items in self.counted(viewer, asked, keys).items():
            sums = Counter[str]({asked.area: 0})
            for item in items:
                sums[place(item.area)] += item.counts
            found[key] = {part: [*[None] * (asked.days - 1), n] for part, n in sums.items()}
        return found

    def _page(self, viewer: Viewer, asked: Asked, one: Indicator, masked: bool, after: str, limit: int) -> Behind:
        items = self.counted(viewer, asked, [one.key]).get(one.key, ())
        if masked:
            sums = Counter[str]()
            for item in items:
                sums[item.area] += item.counts
            items = [Item(None, area, n) for area, n in sums.items()]
        rest = every = sorted((item for item in items if item.counts), key=_order)
        if after:
            area, subject = steps.place_of(after)
            rest = [item for item in every if _order(item) > (area, str(subject or ""))]
        told = tuple(rest[:limit])
        return Behind(told, len(every), steps.mark(told[-1]) if len(rest) > limit else None, masked)


def _order(item: Item) -> tuple[str, str]:
    return item.area, str(item.subject or "")


def countable(viewer: Viewer, read: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows that the sums of a viewer's action are made of."""
    return rows if scope(viewer, read) is Scope.ALL else in_range(viewer, rows)


def _within(asked: Asked) -> Q:
    return Q(area__bytes_from=asked.within[0], area__bytes_before=asked.within[1])


def _before(column: str, its: Rows, asked: Asked, kind: Kind) -> Q:
    """Rows that a column puts before the end of the last day; for a flow, not before the first."""
    if its.dated:
        return Q(**{f"{column}__range": (asked.first, asked.last)})
    found = Q(**{f"{column}__lt": asked.ends})
    return found if kind is Kind.STOCK else found & Q(**{f"{column}__gte": asked.begins})
