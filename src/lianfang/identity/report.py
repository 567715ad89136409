"""Who looked at whom: a person's access report, the looks of an area, and what broke the glass."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from lianfang.access.matrix import require
from lianfang.access.rows import seeing, seeing_all, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts import clock
from lianfang.identity import erasure, looks
from lianfang.identity.models import Holding
from lianfang.identity.models_life import Glass, Review, Shown
from lianfang.identity.refusals import NoPerson

MOST = 200
"""Looks of one answer."""
LAST = 2**63 - 1


class LookAt(NamedTuple):
    """One look at a person, or at several of whom the person was one."""

    seq: int
    fact: UUID
    at: datetime
    author: str
    role: str
    area: str
    post: str
    purpose: str
    act: str
    fields: tuple[str, ...]
    people: int
    break_glass: bool


class Reviewed(NamedTuple):
    at: datetime
    author: str
    outcome: str


class Broken(NamedTuple):
    """One breaking of the glass, and how it was last reviewed."""

    seq: int
    fact: UUID
    at: datetime
    author: str
    role: str
    area: str
    post: str
    purpose: str
    people: int
    review: Reviewed | None


class Looks(NamedTuple):
    """Newest first. ``next`` is the ``before`` of what follows; None at the end."""

    looks: list[LookAt]
    next: int | None


def looks_at(viewer: Viewer, person: UUID, *, before: int | None = None, limit: int = MOST) -> Looks:
    """Every look at a person, at the pseudonyms that were merged with it, and at its encounters, whoever looked.

    Raises Forbidden, and NoPerson for one whom the viewer may not see.
    """
    with seeing(viewer, "looks.read"):
        if not visible(viewer, "looks.read", Holding.objects.filter(subject=person)).exists():
            raise NoPerson
    return looks_of(viewer, [person], before=before, limit=limit)


def looks_of(viewer: Viewer, people: Collection[UUID], *, before: int | None = None, limit: int = MOST) -> Looks:
    """As ``looks_at``, for callers that have made sure that ``viewer`` may ask: the own page shows one's own."""
    with seeing_all():
        everything = [one.id for one in erasure.cluster(people)]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT seq FROM identity_look WHERE mark = ANY (%s) AND seq < %s ORDER BY seq DESC LIMIT %s",
                [looks.marks_of(everything, clock.now()), LAST if before is None else before, limit + 1],
            )
            seqs = [seq for (seq,) in cursor]
        return _page(Shown.objects.filter(seq__in=seqs), limit)


def recent(viewer: Viewer, *, before: int | None = None, limit: int = MOST) -> Looks:
    """The looks by those of the viewer's divisions."""
    with seeing(viewer, "looks.read"):
        rows = visible(viewer, "looks.read", Shown.objects.all())
        if before is not None:
            rows = rows.filter(seq__lt=before)
        return _page(rows, limit)


def broken(viewer: Viewer, *, before: int | None = None, limit: int = MOST) -> list[Broken]:
    """What broke the glass in the viewer's divisions, the newest first, each with its last review."""
    require(viewer, "looks.read")
    with seeing(viewer, "looks.read"):
        rows = visible(viewer, "looks.read", Glass.objects.all())
        if before is not None:
            rows = rows.filter(seq__lt=before)
        found = list(rows.order_by("-seq")[:limit])
        reviews = {row.glass: row for row in _reviews(found)}
    return [
        Broken(
            *(row.seq, row.fact_id, row.at, row.author, row.role, row.area, row.post, row.purpose, row.people),
            Reviewed(last.at, last.author, last.outcome) if (last := reviews.get(row.fact_id)) else None,
        )
        for row in found
    ]


def _reviews(found: Sequence[Glass]) -> QuerySet[Review]:
    """By ``seq``: of several of one glass, the last comes last."""
    return Review.objects.filter(glass__in=[row.fact_id for row in found]).order_by("seq")


def _page(rows: QuerySet[Shown], limit: int) -> Looks:
    found = [
        LookAt(
            *(row.seq, row.fact_id, row.at, row.author, row.role, row.area, row.post, row.purpose, row.act),
            tuple(row.fields),
            row.people,
            row.glass is not None,
        )
        for row in rows.order_by("-seq")[: limit + 1]
    ]
    return Looks(found[:limit], found[limit - 1].seq if len(found) > limit else None)
