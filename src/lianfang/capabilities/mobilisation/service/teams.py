"""Teams: formed, given another function with their history kept, joined and left, dissolved; and their number as an
authority tells it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong, no_area
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.people import (
    TeamDissolved,
    TeamFormed,
    TeamJoined,
    TeamLeft,
    TeamsCounted,
    TeamTasked,
)
from lianfang.capabilities.mobilisation.queries import hands as queries
from lianfang.capabilities.mobilisation.service.recording import add, begin, facts_of, policy, refuse, undo, unknown
from lianfang.capabilities.mobilisation.service.volunteers import MANAGE
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas

Act = Literal["task", "join", "leave", "dissolve"]
_NAMES: Final = UUID("3a7c2f61-5d0e-5b7a-9f0c-6f2f1f0b8e55")


def form(viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, area: str, now: datetime) -> UUID:
    """Sets a team up. Raises Forbidden, Refused."""
    begin(viewer, MANAGE, made(TeamFormed, **fields), id=id, area=area, now=now, fold=state.team)
    return id


def count(viewer: Viewer, fields: Mapping[str, Any], *, area: str, now: datetime, fact: UUID | None = None) -> UUID:
    """Records how many teams an area has, as an authority tells it; what is told last holds. Raises Forbidden,
    Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    subject = uuid5(_NAMES, area)
    with transaction.atomic():
        locked(subject)
        history = facts_of(subject)
        data = made(TeamsCounted, **fields)
        one = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=fact, history=history)
        if all(before.id != one.id for before in history):
            with seeing(viewer, MANAGE):
                append(viewer, [one])
    return one.id


def act(
    viewer: Viewer, id: UUID, what: Act, *, person: UUID | None = None, function: str | None = None,
    reason: str | None = None, now: datetime, fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Gives a team another function, takes somebody in or out, or dissolves it. Raises NotThere, Forbidden, Refused."""
    data: FactData
    if what == "task":
        refuse(unknown(policy(now), "reason", "retasked", reason or "-"))
        data = made(TeamTasked, function=function, reason=reason)
    elif what == "dissolve":
        data = TeamDissolved()
    elif person is None:
        raise Refused([Wrong("person", "missing", "请选择人员", "is needed: choose somebody")])
    else:
        data = TeamJoined(person=person) if what == "join" else TeamLeft(person=person)
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.team(viewer, MANAGE, id).area
            if isinstance(data, TeamJoined):
                queries.volunteer(viewer, MANAGE, data.person)
        return add(viewer, MANAGE, data, id=id, area=area, now=now, fold=state.team, fact=fact)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what the viewer recorded of a team. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.team(viewer, MANAGE, id).area
        return undo(viewer, MANAGE, taken, why, id=id, area=area, now=now, fold=state.team, fact=fact)
