"""Response levels: what holds in an area at a moment, by what was known then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, no_area
from lianfang.capabilities.command import state
from lianfang.capabilities.command.facts import response_id
from lianfang.capabilities.command.models import LEVEL_KINDS, LevelRow
from lianfang.facts import log
from lianfang.facts.fact import Fact
from lianfang.identity.areas import known_areas
from lianfang.places.queries import current_gazetteer

READ: Final = "plans.read"


class Response(NamedTuple):
    """The area's own level, and those of the areas above, the nearest first. None of its own is not that there is no
    response: nothing is on record."""

    own: state.Declared | None
    history: tuple[state.Declared, ...]
    above: tuple[state.Declared, ...]


def response(viewer: Viewer, area: str, at: datetime, *, known_at: datetime | None = None) -> Response:
    """The level of an area at a moment. Raises Forbidden; Refused for an area that there is not."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, READ, area)
    upper = areas_above(area)
    told = histories([area, *upper], known_at=known_at)
    held = (state.in_force(told[one], at) for one in upper)
    return Response(state.in_force(told[area], at), told[area], tuple(one for one in held if one))


def areas_above(area: str) -> list[str]:
    """The divisions above an area, the nearest first; of a grid or community those whose code it begins with."""
    gazetteer = current_gazetteer()
    known = area
    while known and gazetteer.division(known) is None:
        known = known.rpartition("-")[0] or known[:-1]
    own = [known] if known and known != area else []
    return [*own, *gazetteer.ancestors(known)] if known else []


def histories(
    areas: Collection[str], *, known_at: datetime | None = None
) -> dict[str, tuple[state.Declared, ...]]:  # fmt: skip
    """The levels of areas by when they start. An authority publishes them: they are read for whoever may read plans,
    of the areas above too."""
    found: dict[str, tuple[state.Declared, ...]] = dict.fromkeys(areas, ())
    with seeing_all():
        if known_at is None:
            for row in LevelRow.objects.filter(area__in=list(areas)).order_by("starts"):
                found[row.area] = (*found[row.area], row.declared())
            return found
        subjects = {response_id(area): area for area in areas}
        told: dict[str, list[Fact]] = {}
        for entry in log.read(kinds=LEVEL_KINDS, subjects=list(subjects), known_at=known_at):
            told.setdefault(subjects[entry.fact.subject], []).append(entry.fact)
    return found | {area: state.levels(facts) for area, facts in told.items()}
