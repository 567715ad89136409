"""Who may have infected whom, as lists tell: checked for loops, and for which of two was ill first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.facts import Certainty
from lianfang.capabilities.contacts.rules.generations import Infections
from lianfang.exchange.dates import Span


class Link(NamedTuple):
    """A possible infection that a row tells of."""

    row: int
    infector: UUID
    infectee: UUID
    area: str
    """The division that is responsible for the infectee."""
    certainty: Certainty
    setting: str | None = None


class Chains:
    """Links that are known, and whether a further one would close a circle."""

    def __init__(self, known: Iterable[tuple[UUID, UUID]]) -> None:
        self._pairs = set(known)
        self._graph = Infections(self._pairs)

    def has(self, infector: UUID, infectee: UUID) -> bool:
        return (infector, infectee) in self._pairs

    def add(self, infector: UUID, infectee: UUID) -> Sequence[UUID]:
        """Adds a link. Where it would close a circle it is not added, and the circle is returned: from the infectee
        along the links that there are to the infector, and back to the infectee."""
        circle = self._graph.path(infectee, infector)
        if circle:
            return (*circle, infectee)
        self._pairs.add((infector, infectee))
        self._graph.add(infector, infectee)
        return ()


def earlier(one: Span | None, other: Span | None) -> int | None:
    """-1 where one was ill before the other whatever their onsets were within their ranges, 1 where after; None where
    they do not tell."""
    if one is None or other is None:
        return None
    if _end(one) < _begin(other):
        return -1
    return 1 if _end(other) < _begin(one) else None


def named(numbers: Mapping[UUID, str], circle: Sequence[UUID]) -> str:
    """A circle in the numbers of its cases."""
    return " → ".join(numbers.get(case) or str(case)[:8] for case in circle)


def _begin(span: Span) -> date:
    return span.earliest or date.min


def _end(span: Span) -> date:
    return span.latest or date.max
