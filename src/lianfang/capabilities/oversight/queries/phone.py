"""All that an inspector's phone needs to work without a network: the places, those of the day, the check list, and what
is to be looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import in_range, seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.gates.facts import Inspected, InspectionMode, Rechecked
from lianfang.capabilities.gates.models import InspectionRow, PostRow, found_of
from lianfang.capabilities.gates.queries.notices import INSPECT
from lianfang.capabilities.isolation.state import CIVIL_TIME
from lianfang.capabilities.oversight.models.sampling import SiteDrawRow
from lianfang.capabilities.oversight.queries.sampling import DRAW

MOST_PLACES: Final = 1_000
MOST_OPEN: Final = 200
FORMS: Final = (Inspected, Rechecked)
"""What an inspector's phone records."""


class Again(NamedTuple):
    """Something that was found and put right since, and is to be looked at again; ``answer`` of who put it right."""

    inspection: UUID
    post: UUID | None
    area: str
    item: str
    rectified: datetime
    answer: str | None


class Part(NamedTuple):
    """What a phone is given. ``drawn``: the places of today, drawn by lot, each with whether it was inspected on site;
    None: not yet."""

    places: list[PostRow]
    drawn: Mapping[UUID, bool | None]
    again: list[Again]
    on_site: int
    by_phone: int
    forms: Mapping[str, tuple[int, Mapping[str, Any]]]


def part(viewer: Viewer, *, now: datetime) -> Part:
    """What the viewer inspects. Raises Forbidden."""
    with seeing(viewer, INSPECT):
        open_ = in_range(viewer, PostRow.objects.filter(closed__isnull=True))
        places = list(open_.order_by("name", "subject")[:MOST_PLACES])
        made = in_range(viewer, InspectionRow.objects.all())
        on_site, by_phone = (made.filter(mode=one).count() for one in (InspectionMode.ON_SITE, InspectionMode.PHONE))
        waiting = list(made.filter(open_items__gt=0).order_by("-at", "subject")[:MOST_OPEN])
    forms = {kind.kind: (kind.version, kind.model_json_schema()) for kind in FORMS}
    return Part(places, _drawn(viewer, now), _again(waiting), on_site, by_phone, forms)


def _again(rows: list[InspectionRow]) -> list[Again]:
    return [
        Again(row.subject, row.post, row.area, one.finding.item, one.rectified, one.answer)
        for row in rows
        for one in found_of(row)
        if one.rectified is not None and not one.in_order
    ]


def _drawn(viewer: Viewer, now: datetime) -> dict[UUID, bool | None]:
    """The places that are drawn for today: nobody is told of another day's."""
    if not can(viewer, DRAW):
        return {}
    today = now.astimezone(CIVIL_TIME).date()
    with seeing(viewer, DRAW):
        ids = [UUID(one) for row in in_range(viewer, SiteDrawRow.objects.filter(day=today)) for one in row.drawn]
        made = in_range(viewer, InspectionRow.objects.filter(post__in=ids)).order_by("at")
        seen = {one.post: one.checked_in for one in made if one.at.astimezone(CIVIL_TIME).date() == today}
    return {id: seen.get(id) for id in ids}
