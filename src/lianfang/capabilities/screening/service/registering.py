"""Grids and households put on the register, one by one, and moved by correction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, no_area
from lianfang.capabilities.screening.facts import GridRegistered, HouseholdRegistered, grid_id, household_id
from lianfang.capabilities.screening.models import GridRegister, GridRow, HouseholdRegister, HouseholdRow
from lianfang.capabilities.screening.queries.households import located
from lianfang.capabilities.screening.queries.own import MANAGE, VISIT
from lianfang.capabilities.screening.service.recording import append, fact_of, history, made, refused
from lianfang.capabilities.screening.state import grid
from lianfang.capabilities.screening.state import household as home
from lianfang.facts.history import standing
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas


def register_grid(viewer: Viewer, fields: Mapping[str, Any], *, now: datetime) -> UUID:
    """Registers a grid of a community; the same again changes nothing, another kind of site corrects. Raises Forbidden,
    Refused."""
    data = made(GridRegistered, **fields)
    if not known_areas()(data.community):
        raise Refused([no_area("community")])
    require_over(viewer, MANAGE, data.community)
    id = grid_id(data.community, data.name)
    with seeing(viewer, MANAGE):
        locked(id)
        told = history(GridRegister.kinds, id)
        held = [fact for fact in standing(grid.own_facts(told).facts).facts if isinstance(fact.data, GridRegistered)]
        if held and held[0].data == data:
            return id
        corrects = held[0].id if held else None
        append(
            viewer,
            [fact_of(viewer, data, subject=id, area=data.community, at=None, now=now, corrects=corrects, history=told)],
        )
    return id


def register_household(
    viewer: Viewer, fields: Mapping[str, Any], *, household: UUID | None = None, fact: UUID | None = None,
    at: datetime | None = None, now: datetime,
) -> UUID:  # fmt: skip
    """Puts a household on the register, or corrects the one that is given: its door, its grid, how many are expected.
    Raises Forbidden, NotThere, Refused."""
    data = made(HouseholdRegistered, **fields)
    require_over(viewer, VISIT, data.community)
    with seeing(viewer, VISIT):
        row = located(viewer, household, VISIT) if household else None
        _check(data, household)
        id = household or household_id(data.community, data.building, data.unit, data.door)
        locked(id)
        told = history(HouseholdRegister.kinds, id)
        if fact and any(one.id == fact for one in told):
            return id
        theirs = standing(home.own_facts(told).facts).facts
        held = [one for one in theirs if isinstance(one.data, HouseholdRegistered)]
        if row is None and held:
            raise refused("door", "registered_twice")
        if row is not None and not held:
            raise NotThere
        append(
            viewer,
            [
                fact_of(
                    viewer, data, subject=id, area=data.community, at=at, now=now, id=fact,
                    corrects=held[0].id if held else None, history=told,
                )
            ],
        )  # fmt: skip
    return id


def _check(data: HouseholdRegistered, household: UUID | None) -> None:
    """A household lies in one grid, of its own community, and no other has its door; within ``seeing``. Raises
    Refused."""
    if not GridRow.objects.filter(subject=data.grid, area=data.community, registered_at__isnull=False).exists():
        zh, en = "该社区没有此网格，请先登记网格", "is no grid of this community: register the grid first"
        raise refused("grid", "no_grid", zh, en)
    same = HouseholdRow.objects.filter(
        area=data.community, grid__isnull=False, building=data.building or "", unit=data.unit or "", door=data.door
    )
    if same.exclude(subject=household).exists():
        raise refused("door", "registered_twice")
