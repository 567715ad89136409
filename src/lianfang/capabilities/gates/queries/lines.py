"""Three lines of defence as a funnel: whom each has screened and found, and what the line before it had missed.

Line 1 are gates, line 2 households, line 3 clinics; a capability that is one names it in its ``AppConfig``:
``line_of_defence = "lianfang.capabilities.x.queries.line.LINE"``. Whoever is found at a line and has no record at the
one before was missed there. What is found at a gate leads to nobody: only an encounter whose person was told of counts
as a record there.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Q
from django.utils.module_loading import import_string

from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.gates.models import EncounterRow
from lianfang.capabilities.gates.queries.posts import READ
from lianfang.capabilities.tasks.queries import range_of
from lianfang.identity.queries import met

Screening = tuple[int | None, int, frozenset[UUID]]
"""What a line has done: person-times that it has screened (None where they are not on record), how many it has found
ill, and those of them who are known."""


class LineOfDefence(Protocol):
    """A line; within a transaction that sees the viewer's divisions."""

    number: int

    def screening(self, viewer: Viewer, area: tuple[str, str], first: date, last: date) -> Screening:
        """What it has done in a half-open range of codes from one civil day to another, both included."""

    def on_record(self, viewer: Viewer, people: Collection[UUID]) -> Collection[UUID]:
        """Those of some people whom this line has ever met."""


class Line(NamedTuple):
    """One line of the funnel. ``missed`` of the ``found`` have no record at the line before; None at the first."""

    number: int
    screened: int | None
    found: int
    missed: int | None


class Gates:
    """Line 1."""

    number = 1

    def screening(self, viewer: Viewer, area: tuple[str, str], first: date, last: date) -> Screening:
        rows = in_range(viewer, EncounterRow.objects.filter(day__gte=first, day__lte=last))
        rows = rows.filter(area__bytes_from=area[0], area__bytes_before=area[1])
        sums = rows.aggregate(met=Count("subject"), held=Count("subject", filter=Q(held_since__isnull=False)))
        return sums["met"], sums["held"], frozenset()

    def on_record(self, viewer: Viewer, people: Collection[UUID]) -> Collection[UUID]:
        return met(viewer, people)


LINE: Final = Gates()


@cache
def _lines() -> tuple[LineOfDefence, ...]:
    named = (getattr(config, "line_of_defence", None) for config in apps.get_app_configs())
    return tuple(sorted((import_string(path) for path in named if path), key=lambda one: one.number))


def funnel(viewer: Viewer, *, area: str = "", first: date, last: date) -> list[Line]:
    """The lines in their order, over some civil days. Sums alone. Raises Forbidden, Refused."""
    within = range_of(area)
    found: list[Line] = []
    before: LineOfDefence | None = None
    with seeing(viewer, READ):
        for line in _lines():
            screened, ill, people = line.screening(viewer, within, first, last)
            known = frozenset(before.on_record(viewer, people)) if before else people
            found.append(Line(line.number, screened, ill, len(people - known) if before else None))
            before = line
    return found
