"""Posts and clinics by what is typed of their names."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from lianfang.access.matrix import can
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.gates.queries.posts import READ, mine
from lianfang.places.queries import meant

MOST: Final = 20_000


def posts_named(viewer: Viewer, text: str, limit: int) -> list[tuple[UUID, str, str, str]]:
    """The viewer's open posts that may be meant: id, name, division and kind; none for a role that is shown none."""
    if not can(viewer, READ):
        return []
    with seeing(viewer, READ):
        rows = mine(viewer, READ).filter(closed__isnull=True).order_by("area", "subject")
        found = list(rows.values_list("subject", "name", "area", "kind_of")[:MOST])
    return meant(text, ((one[1], one) for one in found), limit)
