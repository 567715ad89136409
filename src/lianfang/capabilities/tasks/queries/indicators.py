"""The indicators of tasks, as they stand now: by what they are about."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final
from uuid import UUID

from lianfang.access.figures import PresentFigures, Shown
from lianfang.access.matrix import Scope, scope
from lianfang.access.viewer import Viewer
from lianfang.capabilities.tasks.queries.gather import READ, day_of, gathered
from lianfang.capabilities.tasks.rules import INDICATORS as DECLARED
from lianfang.capabilities.tasks.rules import KIND_TITLES, Progress, progress
from lianfang.facts.indicator import Asked, Item

_STANDS: Final = MappingProxyType({"tasks_open": Progress.OPEN, "tasks_late": Progress.LATE})


def _standing(viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, list[Item]]:
    found: dict[Progress, dict[tuple[str, int], tuple[UUID, int]]] = {_STANDS[key]: {} for key in keys}
    for task in gathered(viewer, *day_of(None, asked.now)):
        one = task.obligation
        if not asked.within[0] <= one.area < asked.within[1]:
            continue
        stands = progress(one, asked.now)
        if stands in found:
            its, at = found[stands], (one.area, one.subject.int)  # a number is looked up ten times as fast
            its[at] = one.subject, its[at][1] + 1 if at in its else 1
    return {
        key: [Item(subject, area, n) for (area, _), (subject, n) in found[_STANDS[key]].items()] for key in keys
    }  # fmt: skip


def _seen(viewer: Viewer, subjects: Collection[UUID]) -> Mapping[UUID, Shown]:
    """Who is given the list of tasks is given what they are about."""
    return {} if scope(viewer, READ) is Scope.AGGREGATE else {subject: Shown(None) for subject in subjects}


INDICATORS: Final = PresentFigures(
    declared=DECLARED, identities=(), titles=KIND_TITLES, read=READ, card="", seen=_seen, counted=_standing
)
