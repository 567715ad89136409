"""Seconded staff, workloads, and requests of those on duty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, no_area
from lianfang.capabilities.isolation.service.recording import append, fact_of, made
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.staff import (
    SecondmentBegan,
    SecondmentEnded,
    StaffCareAsked,
    StaffCareMet,
    WorkloadStated,
    workload_id,
)
from lianfang.capabilities.mobilisation.queries import staff as queries
from lianfang.capabilities.mobilisation.service.recording import add, begin, facts_of, policy, refuse, undo, unknown
from lianfang.capabilities.mobilisation.service.volunteers import MANAGE
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.areas import known_areas


def second(viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, area: str, now: datetime) -> UUID:
    """Records that a unit lends people to an area. Raises Forbidden, Refused."""
    refuse(unknown(policy(now), "duty", "needs", fields["duty"]))
    begin(viewer, MANAGE, made(SecondmentBegan, **fields), id=id, area=area, now=now, fold=state.secondment)
    return id


def end(viewer: Viewer, id: UUID, last: date, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records the last day of a secondment. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.secondment(viewer, MANAGE, id).area
        return add(
            viewer, MANAGE, SecondmentEnded(last=last), id=id, area=area, now=now, fold=state.secondment, fact=fact
        )  # fmt: skip


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what the viewer recorded of a secondment. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.secondment(viewer, MANAGE, id).area
        return undo(viewer, MANAGE, taken, why, id=id, area=area, now=now, fold=state.secondment, fact=fact)


def state_workload(
    viewer: Viewer, area: str, households: int, workers: int, *, now: datetime, fact: UUID | None = None
) -> UUID:
    """Records how many households an area has, and how many workers of its own. Raises Forbidden, Refused."""
    if not known_areas()(area):
        raise Refused([no_area()])
    require_over(viewer, MANAGE, area)
    subject = workload_id(area)
    with transaction.atomic():
        locked(subject)
        history = facts_of(subject)
        data = made(WorkloadStated, households=households, workers=workers)
        one = fact_of(viewer, data, subject=subject, area=area, at=None, now=now, id=fact, history=history)
        if all(before.id != one.id for before in history):
            with seeing(viewer, MANAGE):
                append(viewer, [one])
    return one.id


def ask_care(viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, area: str, now: datetime) -> UUID:
    """Records what those on duty ask for. Raises Forbidden, Refused."""
    refuse(unknown(policy(now), "category", "care", fields["category"]))
    begin(viewer, MANAGE, made(StaffCareAsked, **fields), id=id, area=area, now=now, fold=state.care)
    return id


def meet_care(viewer: Viewer, id: UUID, outcome: str, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Records what came of it. Raises NotThere, Forbidden, Refused."""
    refuse(unknown(policy(now), "outcome", "cared", outcome))
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            area = queries.care(viewer, MANAGE, id).area
        return add(viewer, MANAGE, StaffCareMet(outcome=outcome), id=id, area=area, now=now, fold=state.care, fact=fact)
