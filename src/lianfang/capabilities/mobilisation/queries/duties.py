"""What is to be done in mobilisation by when, for the list of tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.mobilisation.queries import calls, errands, relief, staff
from lianfang.capabilities.tasks.rules import Obligation


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """See ``tasks.rules.Provider``: calls for hands, requests of those on duty, residents' orders, relief. Raises
    Forbidden."""
    yield from calls.obligations(viewer, since, until, of)
    yield from staff.obligations(viewer, since, until, of)
    yield from errands.obligations(viewer, since, until, of)
    yield from relief.obligations(viewer, since, until, of)
