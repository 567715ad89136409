"""What a viewer is told of as it changes: topics, each a capability, over the divisions that the viewer reads there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from django.apps import apps

from lianfang.access.matrix import can
from lianfang.access.rows import range_of
from lianfang.access.viewer import Viewer
from lianfang.facts import fold
from lianfang.facts.kinds import registry

READ_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "bulletins": ("bulletins.read",),
    "care": ("triage.read", "hospitals.read", "experts.read", "protection.read", "referrals.read"),
    "cases": ("cases.read", "cases.sample"),
    "checkpoints": ("travel.read",),
    "command": ("plans.read",),
    "contacts": ("contacts.read",),
    "gates": ("gates.read", "holds.read"),
    "isolation": ("isolation.read", "stations.read", "needs.read"),
    "mobilisation": ("errands.read", "errands.carry", "teams.read", "calls.read"),
    "oversight": ("findings.read", "burden.read", "sampling.draw"),
    "screening": ("screening.read",),
    "supplies": ("supplies.read", "production.read", "support.read"),
    "tasks": ("tasks.read",),
    "warning": ("warning.read", "markets.read"),
}
"""The topics, and the actions by any of which one reads what a topic's registers hold."""
_CAPABILITY: Final = "lianfang.capabilities."

Changed = Mapping[str, Sequence[str]]
"""The divisions in which something of a topic changed, in the order of their bytes."""


class Sight(NamedTuple):
    """Who watches, and over which half-open range of divisions each topic is told."""

    viewer: Viewer
    ranges: Mapping[str, tuple[str, str]]

    def of(self, changed: Changed) -> list[str]:
        """The topics of which something changed within the viewer's divisions."""
        return [topic for topic, reach in self.ranges.items() if _touches(changed.get(topic, ()), *reach)]


def sight(viewer: Viewer) -> Sight:
    """What a viewer is told of."""
    ranges = {}
    for topic, actions in READ_BY.items():
        action = next((action for action in actions if can(viewer, action)), None)
        if action is not None:
            ranges[topic] = range_of(viewer, action)
    return Sight(viewer, ranges)


def changed_by(rows: Iterable[tuple[str, str]]) -> Changed:
    """The topics that facts of these kinds and divisions change."""
    found: dict[str, set[str]] = {}
    for kind, area in rows:
        for topic in _topics().get(kind, ()):
            found.setdefault(topic, set()).add(area)
    return {topic: sorted(areas) for topic, areas in found.items()}


@cache
def _topics() -> Mapping[str, frozenset[str]]:
    """The topics of each kind: its own capability, those whose registers fold it, and, where there is something to do
    because of these, the tasks, which are worked out anew each time."""
    found: dict[str, set[str]] = {}
    owners = [({cls.kind}, cls.__module__) for cls in registry().classes.values()]
    for kinds, module in [*owners, *((one.kinds, type(one).__module__) for one in fold.registers())]:
        topic = _topic(module)
        if module.startswith(_CAPABILITY) and topic in READ_BY:
            for kind in kinds:
                found.setdefault(kind, set()).add(topic)
    giving_work = {_topic(config.name) for config in apps.get_app_configs() if getattr(config, "obligations", None)}
    return {kind: frozenset(topics | {"tasks"} if topics & giving_work else topics) for kind, topics in found.items()}


def _topic(module: str) -> str:
    """The capability of a module."""
    return module.removeprefix(_CAPABILITY).partition(".")[0]


def _touches(areas: Sequence[str], area_from: str, area_to: str) -> bool:
    first = bisect_left(areas, area_from)
    return first < len(areas) and areas[first] < area_to
