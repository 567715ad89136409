"""Clusters by the dated rule of an edition: so many cases within so many days that belong together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from lianfang.profiles.disease.parts import ClusterRule


class Dated(NamedTuple):
    """A case and the day that it counts on: of its onset, or of its report where nobody knows when it fell ill."""

    case: UUID
    day: date


class Window(NamedTuple):
    """The days within which the most cases fall, both included, and these cases."""

    first: date
    last: date
    cases: tuple[UUID, ...]


def densest(cases: Iterable[Dated], days: int) -> Window | None:
    """The ``days`` days in a row within which most cases fall, the earliest such; None without a case."""
    ordered = sorted(cases, key=lambda one: (one.day, one.case))
    best: Window | None = None
    for start, first in enumerate(ordered):
        last = first.day + timedelta(days - 1)
        its = tuple(one.case for one in ordered[start:] if one.day <= last)
        if best is None or len(its) > len(best.cases):
            best = Window(first.day, last, its)
    return best


def is_cluster(window: Window | None, rule: ClusterRule | None) -> bool | None:
    """Whether the cases make a cluster; None where the edition has no rule."""
    if rule is None:
        return None
    return window is not None and len(window.cases) >= rule.least
