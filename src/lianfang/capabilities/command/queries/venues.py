"""Venues: what the public is told of them at a moment, and every change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.access.matrix import require_over
from lianfang.access.rows import in_range, seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.command.models import VenueRow, VenueSpellRow
from lianfang.capabilities.command.queries.levels import READ
from lianfang.capabilities.tasks.queries import range_of

MOST: Final = 2_000


class Public(NamedTuple):
    """A venue as the public is told of it."""

    id: UUID
    area: str
    sort: str
    zh: str
    en: str
    status: str
    since: datetime
    reopens: date | None
    limits: str
    doc_no: str


class Venue(NamedTuple):
    """A venue with all that was stated of it, by when each starts."""

    row: VenueRow
    spells: tuple[VenueSpellRow, ...]

    def at(self, moment: datetime) -> VenueSpellRow | None:
        """What holds at a moment; None where nothing is on record."""
        return next((one for one in reversed(self.spells) if one.starts <= moment), None)

    def last_of(self, author: str) -> UUID | None:
        """The last change, where it is somebody's own."""
        last = self.spells[-1] if self.spells else None
        return last.fact if last and last.author == author else None


def public(at: datetime, areas: Collection[str] = ()) -> list[Public]:
    """What the public is told: how each venue is at a moment; one of which nothing is on record is left out."""
    with seeing_all():
        found = _venues(VenueRow.objects.filter(_within(areas)))
    told = ((one, one.at(at)) for one in found)
    return [
        Public(
            one.row.subject, one.row.area, one.row.data["sort"], one.row.data["zh"], one.row.data["en"], its.status,
            its.starts, its.reopens, its.limits, its.doc_no,
        )
        for one, its in told
        if its is not None
    ]  # fmt: skip


def register(viewer: Viewer, area: str) -> list[Venue]:
    """The venues of an area with every change. Raises Forbidden, Refused."""
    range_of(area)
    require_over(viewer, READ, area)
    with seeing_all():
        return _venues(VenueRow.objects.filter(_within([area])))


def located(viewer: Viewer, action: str, id: UUID) -> VenueRow:
    """One that an action reaches. Raises Forbidden, NotThere."""
    with seeing(viewer, action):
        row = in_range(viewer, VenueRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return row


def _within(areas: Collection[str]) -> Q:
    found = Q(pk__in=[]) if areas else Q()
    for area in areas:
        first, last = range_of(area)
        found |= Q(area__bytes_from=first, area__bytes_before=last)
    return found


def _venues(rows: QuerySet[VenueRow]) -> list[Venue]:
    found = list(rows.order_by("area", "data__zh", "subject")[:MOST])
    spells: dict[UUID, list[VenueSpellRow]] = defaultdict(list)
    for spell in VenueSpellRow.objects.filter(subject__in=[row.subject for row in found]).order_by("starts"):
        spells[spell.subject].append(spell)
    return [Venue(row, tuple(spells[row.subject])) for row in found]
