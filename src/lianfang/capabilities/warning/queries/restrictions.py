"""Limits on entry to communities of an area, as they stand on a day."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.utils.timezone import localdate

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.tasks.queries import range_of
from lianfang.capabilities.warning.models import RestrictionRow
from lianfang.capabilities.warning.rules.restriction import restriction_policy
from lianfang.capabilities.warning.state.restriction import Limit, LimitState

READ: Final = "warning.read"
MOST: Final = 500
"""Limits of an area that are told, those that end last first."""


class Stands(NamedTuple):
    limit: Limit
    state: LimitState


def restrictions(viewer: Viewer, area: str, *, now: datetime) -> list[Stands]:
    """The limits of an area, the one that ends last first. Raises Forbidden, Refused."""
    area_from, area_to = range_of(area)
    require_over(viewer, READ, area)
    with seeing(viewer, READ):
        rows = RestrictionRow.objects.filter(area__bytes_from=area_from, area__bytes_before=area_to)
        found = list(visible(viewer, READ, rows).order_by("-until", "-ordered_at", "subject")[:MOST])
    return [_stands(row, now) for row in found]


def held(viewer: Viewer, action: str, id: UUID, *, now: datetime) -> Stands:
    """A limit, to be acted on within ``seeing``. Raises NotThere."""
    row = visible(viewer, action, RestrictionRow.objects.filter(subject=id)).first()
    if row is None:
        raise NotThere
    return _stands(row, now)


def _stands(row: RestrictionRow, now: datetime) -> Stands:
    one = row.limit()
    return Stands(one, one.stands(restriction_policy().needs, localdate(now)))
