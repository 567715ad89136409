"""What is to be done about care, for the list of tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.capabilities.care.queries import referrals, teams, transfers, triage, waiting
from lianfang.capabilities.tasks.rules import Obligation


def obligations(
    viewer: Viewer, since: datetime, until: datetime, of: Collection[UUID] | None = None
) -> Iterable[Obligation]:
    """See ``tasks.rules.Provider``; ``of`` narrows to these subjects. Raises Forbidden."""
    with seeing(viewer, "tasks.read"):
        found = [
            *triage.obligations(viewer, since, of),
            *referrals.obligations(viewer, since, of),
            *teams.obligations(viewer, since, of),
            *transfers.obligations(viewer, since, of),
            *waiting.obligations(viewer, of, until),
        ]
    return [one for one in found if one.begins < until and (one.done_at is None or one.done_at > since)]
