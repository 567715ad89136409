"""Rows within an area."""

from __future__ import annotations

from django.db.models import QuerySet

from lianfang.access.rows import Rows
from lianfang.capabilities.tasks.queries.gather import range_of


def within(rows: QuerySet[Rows], area: str) -> QuerySet[Rows]:
    """Those of an area and of what lies in it; all where none is asked for. Raises Refused for an area that there is
    not."""
    if not area:
        return rows
    begins, ends = range_of(area)
    return rows.filter(area__bytes_from=begins, area__bytes_before=ends)
