"""What is to be done in command by when, for the list of tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.capabilities.command.queries import gatherings, notices, plans, playbooks, steering
from lianfang.capabilities.tasks.rules import Obligation


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterator[Obligation]:
    """See ``tasks.rules.Provider``: plans, notices, tickets, gatherings, playbooks and reports. Raises Forbidden."""
    for part in (plans, notices, gatherings, playbooks, steering):
        yield from part.obligations(viewer, since, until, of)
