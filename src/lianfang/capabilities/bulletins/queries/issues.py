"""Our own notices: those on their way, those that were issued, and what each was made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.bulletins.facts import BulletinRecord
from lianfang.capabilities.bulletins.models import ISSUE_KINDS, IssueRow
from lianfang.capabilities.bulletins.queries.notices import known
from lianfang.capabilities.bulletins.state.issues import Draft, Notice, notice
from lianfang.capabilities.tasks.queries.gather import range_of
from lianfang.facts import log
from lianfang.facts.fact import Fact

MOST: Final = 500
COMPOSE: Final = "bulletins.compose"
"""Drafts are theirs alone who may write notices; what was issued is among the notices of its area."""


def listed(viewer: Viewer, area: str = "", *, stage: str = "") -> Sequence[IssueRow]:
    """The viewer's drafts and issues, the newest cut-off first, of one the newest draft. Raises Forbidden."""
    with seeing(viewer, COMPOSE):
        rows = visible(viewer, COMPOSE, IssueRow.objects.all())
        if area:
            begins, ends = range_of(area)
            rows = rows.filter(area__bytes_from=begins, area__bytes_before=ends)
        if stage:
            rows = rows.filter(stage=stage)
        return list(rows.order_by("-as_of", "-drafted_at", "draft")[:MOST])


def one(viewer: Viewer, draft: UUID) -> tuple[Notice, Draft]:
    """A draft with all others of its cut-off. Raises Forbidden; NotThere, also for another's."""
    with seeing(viewer, COMPOSE):
        row = visible(viewer, COMPOSE, IssueRow.objects.filter(draft=draft)).first()
    if row is None:
        raise NotThere
    with seeing(viewer, COMPOSE):
        folded = notice(history(row.subject))
    found = folded.draft(draft)
    if found is None:
        raise NotThere
    return folded, found


def history(subject: UUID) -> list[Fact]:
    """All facts about the notice of one area and cut-off. Within ``seeing``."""
    return [entry.fact for entry in log.read(kinds=ISSUE_KINDS, subjects=[subject])]


def issued_before(viewer: Viewer, area: str, disease: str, as_of: datetime) -> list[BulletinRecord]:
    """What notices of the area said of earlier cut-offs, as they stand now. Raises Forbidden."""
    told = (one.record for one in known(viewer, area).notices)
    return [one for one in told if one.disease == disease and one.as_of is not None and one.as_of < as_of]
