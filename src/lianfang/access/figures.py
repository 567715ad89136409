"""Figures made of steps, by what a viewer may count and whom a viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.facts import steps
from lianfang.facts.indicator import Asked, Behind, Identity, Indicator, Item
from lianfang.facts.steps import StepRow

Seen = Callable[[Viewer, Collection[UUID]], Mapping[UUID, str | None]]
"""Which of some subjects the viewer may see, each with its number. Within ``seeing``."""


@dataclass(frozen=True)
class StepFigures:
    """The indicators of a capability that keeps a register of steps. ``read`` is the action that lists what they count,
    ``card`` the room of the desk in which one of these is opened; ``titles`` name its kinds of facts."""

    declared: tuple[Indicator, ...]
    identities: tuple[Identity, ...]
    titles: Mapping[str, tuple[str, str]]
    model: type[StepRow]
    read: str
    card: str
    seen: Seen
    replays: bool = True

    def may(self, viewer: Viewer) -> bool:
        """Whether the viewer may have sums of whole divisions."""
        return scope(viewer, self.read) in (Scope.AGGREGATE, Scope.SUBTREE, Scope.ALL)

    def series(self, viewer: Viewer, asked: Asked, keys: Collection[str]) -> dict[str, dict[str, list[int]]]:
        """Each of the indicators on each day, by division right below. Raises Forbidden."""
        with seeing(viewer, self.read):
            return steps.series(self._rows(viewer), [one for one in self.declared if one.key in keys], asked)

    def behind(self, viewer: Viewer, asked: Asked, one: Indicator, after: str, limit: int) -> Behind:
        """What the indicator of the last day is made of. Raises Forbidden, NoPlace."""
        masked = scope(viewer, self.read) is Scope.AGGREGATE
        with seeing(viewer, self.read):
            found = steps.behind(self._rows(viewer), one, asked, masked=masked, after=after, limit=limit)
            if masked:
                return found
            seen = self.seen(viewer, [item.subject for item in found.items if item.subject])
        items = tuple(
            item._replace(number=seen[item.subject])
            if item.subject is not None and item.subject in seen
            else Item(None, item.area, item.counts)
            for item in found.items
        )
        return found._replace(items=items, masked=any(item.subject is None for item in items))

    def revisions(self, viewer: Viewer, asked: Asked, one: Indicator) -> list[tuple[int, int]]:
        """Each fact that changed the indicator of the last day, with what it was then. Raises Forbidden."""
        with seeing(viewer, self.read):
            return steps.revisions(self._rows(viewer), one, asked)

    def _rows(self, viewer: Viewer) -> QuerySet[Any]:
        rows = self.model._default_manager.all()
        return rows if scope(viewer, self.read) is Scope.ALL else in_range(viewer, rows)
