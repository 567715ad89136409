"""Grids and households by what is typed of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.screening.models import GridRow, HouseholdRow
from lianfang.capabilities.screening.queries.own import READ, shown
from lianfang.places.queries import meant

MOST: Final = 20_000
"""Grids that are looked through: a prefecture of a million people has some thousands."""


def grids_named(viewer: Viewer, text: str, limit: int) -> list[tuple[UUID, str, str]]:
    """The viewer's grids that may be meant: id, name and division; none for a role that is shown none."""
    if not can(viewer, READ):
        return []
    with seeing(viewer, READ):
        rows = shown(viewer, GridRow.objects.all(), grid="subject").order_by("area", "subject")
        found = list(rows.values_list("subject", "name", "area")[:MOST])
    return meant(text, ((one[1], one) for one in found), limit)


def doors(viewer: Viewer, ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Building, unit and door of households that the viewer is shown."""
    if not ids or not can(viewer, READ):
        return {}
    with seeing(viewer, READ):
        rows = shown(viewer, HouseholdRow.objects.filter(subject__in=list(ids)))
        told = list(rows.values_list("subject", "building", "unit", "door"))
    return {id: "-".join(filter(None, its)) for id, *its in told}
