"""Gatherings that become known, and venues that are open, limited or closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.command.facts.gatherings import (
    GatheringDeclared,
    GatheringHandled,
    GatheringOutcome,
    GatheringTold,
)
from lianfang.capabilities.command.facts.venues import VenueRegistered, VenueStated, VenueStatus
from lianfang.capabilities.command.queries import gatherings, venues
from lianfang.capabilities.command.service.levels import MANAGE
from lianfang.capabilities.command.service.recording import REPORT, add, begin, require_words
from lianfang.capabilities.command.state.gatherings import gathering
from lianfang.capabilities.command.state.venues import venue
from lianfang.capabilities.isolation.service.recording import made
from lianfang.capabilities.isolation.state import CIVIL_TIME


def declare(viewer: Viewer, id: UUID, area: str, fields: Mapping[str, Any], *, now: datetime) -> bool:
    """Records a gathering that became known; False where it was before. Raises Forbidden, Refused."""
    data = made(GatheringDeclared, **fields)
    return begin(viewer, REPORT, data, id=id, area=area, now=now, fold=gathering)


def tell(
    viewer: Viewer, id: UUID, outcome: GatheringOutcome, *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Says what came of a gathering. Raises NotThere, Forbidden, Refused."""
    area = gatherings.located(viewer, REPORT, id).area
    data = made(GatheringTold, outcome=outcome)
    return add(viewer, REPORT, data, id=id, area=area, now=now, fold=gathering, fact=fact)


def handle(viewer: Viewer, id: UUID, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Says that the county dealt with a gathering that was held. Raises NotThere, Forbidden, Refused."""
    area = gatherings.located(viewer, MANAGE, id).area
    return add(viewer, MANAGE, made(GatheringHandled), id=id, area=area, now=now, fold=gathering, fact=fact)


def register(viewer: Viewer, id: UUID, area: str, fields: Mapping[str, Any], *, now: datetime) -> bool:
    """Takes a venue into the register; False where it is in it. Raises Forbidden, Refused."""
    require_words(zh=fields["zh"])
    return begin(viewer, REPORT, made(VenueRegistered, **fields), id=id, area=area, now=now, fold=venue)


def state(
    viewer: Viewer, id: UUID, fields: Mapping[str, Any], *, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """Says how a venue is from a moment on. Raises NotThere, Forbidden, Refused."""
    require_words(doc_no=fields["doc_no"])
    reopens, starts = fields["reopens"], fields["starts"]
    if reopens is not None and fields["status"] is VenueStatus.OPEN:
        raise Refused(
            [Wrong("reopens", "is_open", "已开放，不必填写", "is for a venue that is not open: leave it empty")]
        )
    if reopens is not None and reopens < starts.astimezone(CIVIL_TIME).date():
        raise Refused([Wrong("reopens", "before_start", "早于开始时间，请更正", "is before the start: correct it")])
    area = venues.located(viewer, REPORT, id).area
    return add(viewer, REPORT, made(VenueStated, **fields), id=id, area=area, now=now, fold=venue, fact=fact)
