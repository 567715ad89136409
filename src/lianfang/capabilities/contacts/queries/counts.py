"""Counts of contacts: stocks at a moment, flows of a window, by the divisions right below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

from lianfang.access.matrix import Scope, scope
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.contacts.models import SpellRow
from lianfang.capabilities.contacts.models.register import OF_CONTACTS
from lianfang.capabilities.contacts.queries.lists import READ, contacts_of, in_area, in_order
from lianfang.capabilities.contacts.rules.counting import Passage, Tally, by_child, flows, passages, tally
from lianfang.capabilities.contacts.state.contact import fold
from lianfang.capabilities.tasks.queries import tuples
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.facts.facts import Retracted
from lianfang.places.gazetteer import Division
from lianfang.places.queries import current_gazetteer, subtree_range
from lianfang.places.spans import Scattered


class Counts(NamedTuple):
    """An area's counts; ``flows`` is None without a window. ``parts`` are those of the divisions right below that had
    any contact, and under the area's own code those of none of them: their sum is the whole."""

    area: str
    as_of: datetime
    stock: Tally
    flows: dict[str, int] | None
    parts: dict[str, tuple[Tally, dict[str, int] | None]]


def counts(
    viewer: Viewer,
    area: str,
    *,
    as_of: datetime,
    known_at: datetime | None = None,
    begins: datetime | None = None,
    disease: str | None = None,
) -> Counts:
    """The counts of an area at a moment and, with ``begins``, of the window from it to ``as_of``. Who may see sums only
    gets them. Raises Forbidden, Refused."""
    area = area or viewer.area
    in_order(begins, as_of)
    found = list(_told(viewer, area, known_at) if known_at else _held(viewer, area))
    found = [one for one in found if disease in (None, one.disease)]
    children = current_gazetteer().children(area)
    parts = by_child(found, area, _child_of(children)) if children else {}

    def flowed(its: Sequence[Passage]) -> dict[str, int] | None:
        return None if begins is None else flows(its, begins, as_of)

    return Counts(
        area, as_of, tally(found, as_of), flowed(found),
        {code: (tally(its, as_of), flowed(its)) for code, its in sorted(parts.items())},
    )  # fmt: skip


def _held(viewer: Viewer, area: str) -> Iterator[Passage]:
    """The passages of an area as they are known now."""
    with seeing(viewer, READ):
        rows = in_range(viewer, SpellRow.objects.filter(in_area(area)))
        if scope(viewer, READ) is Scope.OWN:
            rows = rows.filter(subject__in=contacts_of(viewer).values("subject"))
        elif scope(viewer, READ) is Scope.ALL:
            rows = SpellRow.objects.filter(in_area(area))
        found = tuples(rows, *Passage._fields)
    yield from map(Passage._make, found)


def _told(viewer: Viewer, area: str, known_at: datetime) -> Iterator[Passage]:
    """The passages of an area as they were known at a time, folded from the record."""
    here = {one.subject for one in _held(viewer, area)}
    told: dict[UUID, list[Fact]] = {}
    for entry in log.read(kinds=OF_CONTACTS | {Retracted.kind}, subjects=here, known_at=known_at):
        told.setdefault(entry.fact.subject, []).append(entry.fact)
    area_from, area_to = subtree_range(area)
    for facts in told.values():
        its = fold(facts)
        if its is not None:
            yield from (one for one in passages(its) if area_from <= one.area < area_to)


def _child_of(children: Iterable[Division]) -> Callable[[str], str | None]:
    """Tells which of some divisions a code lies in; None where it lies in none."""
    ranges = []
    for child in children:
        try:
            ranges.append((child.code, subtree_range(child.code)))
        except (LookupError, Scattered):
            continue

    @cache
    def child_of(code: str) -> str | None:
        return next((child for child, (first, last) in ranges if first <= code < last), None)

    return child_of
