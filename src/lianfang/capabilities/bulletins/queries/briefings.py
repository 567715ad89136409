"""Press conferences: their packs, their questions and their answers, and the archive of those that were held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from lianfang.access.rows import seeing, visible
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere
from lianfang.capabilities.bulletins.models.briefings import BRIEFING_KINDS, BriefingRow
from lianfang.capabilities.bulletins.queries.issues import COMPOSE
from lianfang.capabilities.bulletins.queries.within import within
from lianfang.capabilities.bulletins.state.briefings import Briefing, briefing
from lianfang.facts import log
from lianfang.facts.fact import Fact

MOST: Final = 500


def listed(viewer: Viewer, area: str = "") -> Sequence[BriefingRow]:
    """The conferences of the viewer's divisions, the latest first. Raises Forbidden."""
    with seeing(viewer, COMPOSE):
        rows = within(visible(viewer, COMPOSE, BriefingRow.objects.all()), area)
        return list(rows.order_by("-held_at", "subject")[:MOST])


def one(viewer: Viewer, subject: UUID) -> Briefing:
    """A conference with all that was asked and answered. Raises Forbidden; NotThere, also for another's."""
    with seeing(viewer, COMPOSE):
        if not visible(viewer, COMPOSE, BriefingRow.objects.filter(subject=subject)).exists():
            raise NotThere
        return briefing(history(subject))


def history(subject: UUID) -> list[Fact]:
    """All facts of one conference. Within ``seeing``."""
    return [entry.fact for entry in log.read(kinds=BRIEFING_KINDS, subjects=[subject])]
