"""Which of an area's divisions have a command post at a moment, by what was known then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, no_area
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import command_post_id
from lianfang.capabilities.command.models import COMMAND_POST_KINDS, CommandPostRow
from lianfang.capabilities.command.queries.levels import READ
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.areas import known_areas
from lianfang.places.gazetteer import Division
from lianfang.places.queries import current_gazetteer


class Line(NamedTuple):
    division: Division
    post: state.CommandPost | None


class Coverage(NamedTuple):
    """The area's own command post, and those of the divisions right below it."""

    own: state.CommandPost | None
    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The divisions of which none is on record."""
        return tuple(one.division.code for one in self.lines if one.post is None)


def coverage(viewer: Viewer, area: str, at: datetime, *, known_at: datetime | None = None) -> Coverage:
    """Where command posts stand at a moment. Raises Forbidden; Refused for an area that there is not."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, READ, area)
    divisions = current_gazetteer().children(area)
    told = _histories([area, *(one.code for one in divisions)], known_at)
    lines = (Line(one, state.standing_at(told.get(one.code, ()), at)) for one in divisions)
    return Coverage(state.standing_at(told.get(area, ()), at), tuple(lines))


def _histories(areas: Collection[str], known_at: datetime | None) -> dict[str, tuple[state.CommandPost, ...]]:
    """An authority publishes which there are: they are read for whoever may read plans."""
    found: dict[str, tuple[state.CommandPost, ...]] = {}
    with seeing_all():
        if known_at is None:
            for row in CommandPostRow.objects.filter(area__in=list(areas)).order_by("starts"):
                found[row.area] = (*found.get(row.area, ()), row.post())
            return found
        told: dict[str, list[Fact]] = {}
        subjects = [command_post_id(area) for area in areas]
        for entry in log.read(kinds=COMMAND_POST_KINDS, subjects=subjects, known_at=known_at):
            told.setdefault(entry.fact.area, []).append(entry.fact)
    return {area: state.command_posts(facts) for area, facts in told.items()}
