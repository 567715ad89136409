"""Stations by what is typed of their names."""

from __future__ import annotations

from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.capabilities.isolation.models import StationRow
from lianfang.capabilities.isolation.queries.orders import own
from lianfang.capabilities.isolation.queries.stations import MOST_STATIONS, READ
from lianfang.places.queries import meant


def stations_named(viewer: Viewer, text: str, limit: int) -> list[tuple[UUID, str, str]]:
    """The viewer's open stations that may be meant: id, name and division; none for a role that is shown none."""
    if not can(viewer, READ):
        return []
    with seeing(viewer, READ):
        rows = visible(viewer, READ, StationRow.objects.filter(closed__isnull=True), own=own(viewer))
        found = list(rows.order_by("area", "subject").values_list("subject", "name", "area")[:MOST_STATIONS])
    return meant(text, ((one[1], one) for one in found), limit)
