"""What is to be done about notices and what the public tells back by when, for the list of tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.bulletins.queries import external, feedback
from lianfang.capabilities.tasks.rules import Obligation


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """See ``tasks.rules.Provider``. Raises Forbidden."""
    for part in (feedback, external):
        yield from part.obligations(viewer, since, until, of)
