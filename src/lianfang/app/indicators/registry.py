"""The indicators that capabilities declare, and who counts each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from typing import Protocol

from django.apps import apps
from django.utils.module_loading import import_string

from lianfang.access.viewer import Viewer
from lianfang.facts.indicator import Asked, Behind, Group, Identity, Indicator, Series


class Counting(Protocol):
    """What an app names in its config: ``indicators = ("lianfang.capabilities.x.queries.indicators.INDICATORS",)``.

    ``titles`` name kinds of facts, ``card`` is the room of the desk in which an item is opened, ``replays`` whether the
    record can tell the figures as they were known.
    """

    @property
    def declared(self) -> tuple[Indicator, ...]: ...
    @property
    def identities(self) -> tuple[Identity, ...]: ...
    @property
    def titles(self) -> Mapping[str, tuple[str, str]]: ...
    @property
    def card(self) -> str: ...
    @property
    def replays(self) -> bool: ...

    def may(self, viewer: Viewer) -> bool:
        """Whether the viewer may have sums of whole divisions."""

    def series(self, viewer: Viewer, asked: Asked, keys: Collection[str]) -> Mapping[str, Series]:
        """Each of the indicators on each day; those of which the record cannot tell are left out."""

    def behind(self, viewer: Viewer, asked: Asked, one: Indicator, after: str, limit: int) -> Behind:
        """What the indicator of the last day is made of."""

    def revisions(self, viewer: Viewer, asked: Asked, one: Indicator) -> list[tuple[int, int]]:
        """Each fact that changed the indicator of the last day, with what it was then."""


@cache
def counting() -> tuple[Counting, ...]:
    """What every installed app names as ``indicators``, in the order of the registry's groups."""
    named = (path for config in apps.get_app_configs() for path in getattr(config, "indicators", ()))
    found: list[Counting] = [import_string(path) for path in named]
    groups = list(Group)
    return tuple(sorted(found, key=lambda its: groups.index(its.declared[0].group)))


@cache
def indicators() -> Mapping[str, tuple[Indicator, Counting]]:
    """Every indicator by its key, with who counts it."""
    return {one.key: (one, its) for its in counting() for one in its.declared}


@cache
def titles() -> Mapping[str, tuple[str, str]]:
    """Kinds of facts in Chinese and English."""
    return {kind: told for its in counting() for kind, told in its.titles.items()}
