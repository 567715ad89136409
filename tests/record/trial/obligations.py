"""A provider of obligations for trials: tells what a test has put into ``TOLD``, and nothing where none has."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.tasks.rules import Obligation

TOLD: list[Obligation] = []


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    for one in TOLD:
        over = one.done_at < since if one.done_at else one.lapses is not None and one.lapses <= since
        near = viewer.area_from <= one.area < viewer.area_to and (of is None or one.subject in of)
        if one.begins < until and not over and near:
            yield one
