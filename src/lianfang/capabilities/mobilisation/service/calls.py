"""Calls for hands: placed by a community, answered by each department that is called, closed by the caller alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.isolation.service.recording import append, made
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.calls import CallAnswered, CallClosed, CallDeclined, CallPlaced
from lianfang.capabilities.mobilisation.queries import calls as queries
from lianfang.capabilities.mobilisation.queries.calls import RULE
from lianfang.capabilities.mobilisation.service.recording import add, begin, policy, refuse, undo, unknown
from lianfang.capabilities.tasks import service as tasks
from lianfang.capabilities.tasks.queries.whom import Assignee, assignees
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked

PLACE: Final = "calls.place"
ANSWER: Final = "calls.answer"
_ENDS: Final = Wrong("ends", "not_after_starts", "须晚于开始时间，请更正", "must be after the start: correct it")
_PAST: Final = Wrong("starts", "past", "已经过去，请填写将来的时间", "is over: give a time to come")


def place(
    viewer: Viewer, fields: Mapping[str, Any], *, id: UUID, area: str, now: datetime
) -> tuple[str, ...]:  # fmt: skip
    """Calls for hands: each department gets a task to answer, in the time of the policy. Returns those to which none
    could be given, since no account of that code answers calls there. Raises Forbidden, Refused."""
    its = policy(now)
    wrong = [*unknown(its, "need", "needs", fields["need"]), *unknown(its, "skill", "skills", fields.get("skill"))]
    ends = fields.get("ends")
    if fields["starts"] < now - timedelta(minutes=5):
        wrong.append(_PAST)
    if ends is not None and ends <= fields["starts"]:
        wrong.append(_ENDS)
    refuse(wrong)
    departments = tuple(dict.fromkeys(fields["departments"]))
    answer_by = now + timedelta(minutes=its.answer_min)
    data = made(CallPlaced, **{**fields, "departments": departments, "answer_by": answer_by})
    with transaction.atomic():
        if not begin(viewer, PLACE, data, id=id, area=area, now=now, fold=state.call):
            return ()
        given, unreached = list[Fact](), list[str]()
        for one in departments:
            try:
                given += tasks.give(viewer, one, state.called_id(id, one), [RULE], area, now=now)
            except Refused:
                unreached.append(one)
        with seeing(viewer, PLACE):
            append(viewer, given)
    return tuple(unreached)


def departments(viewer: Viewer, area: str, *, now: datetime) -> list[Assignee]:
    """Which departments answer calls in an area. Raises Forbidden, Refused."""
    require_over(viewer, PLACE, area)
    return assignees(viewer, RULE, area, now)


def answer(
    viewer: Viewer, id: UUID, *, heads: int, arrives: datetime, now: datetime, fact: UUID | None = None
) -> UUID:  # fmt: skip
    """A department reports in with so many people. Raises NotThere, Forbidden, Refused."""
    department = _department(viewer, id)
    return _said(viewer, id, made(CallAnswered, department=department, heads=heads, arrives=arrives), now, fact)


def decline(viewer: Viewer, id: UUID, *, reason: str, now: datetime, fact: UUID | None = None) -> UUID:
    """A department says that it cannot help, and why. Raises NotThere, Forbidden, Refused."""
    refuse(unknown(policy(now), "reason", "declined", reason))
    department = _department(viewer, id)
    return _said(viewer, id, made(CallDeclined, department=department, reason=reason), now, fact)


def close(viewer: Viewer, id: UUID, *, outcome: str, now: datetime, fact: UUID | None = None) -> UUID:
    """Who called says that it is over. Raises NotThere, Forbidden, Refused for anybody else."""
    refuse(unknown(policy(now), "outcome", "closed", outcome))
    with transaction.atomic():
        locked(id)
        with seeing(viewer, PLACE):
            area = queries.located(viewer, PLACE, id).area
        data = made(CallClosed, outcome=outcome)
        return add(viewer, PLACE, data, id=id, area=area, now=now, fold=state.call, fact=fact)


def retract(viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, fact: UUID | None = None) -> UUID:
    """Takes back what the viewer said of a call. Raises NotThere, Forbidden, Refused."""
    with transaction.atomic():
        locked(id)
        with seeing(viewer, queries.READ):
            area = queries.located(viewer, queries.READ, id).area
        return undo(viewer, queries.READ, taken, why, id=id, area=area, now=now, fold=state.call, fact=fact)


def _department(viewer: Viewer, id: UUID) -> str:
    """As which of the called departments the viewer speaks. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, ANSWER):
        queries.located(viewer, ANSWER, id)
        found = queries.departments(viewer, id)
    if not found:
        raise Refused([Wrong("department", "not_called", *state.WORDS["not_called"])])
    return min(found)


def _said(viewer: Viewer, id: UUID, data: FactData, now: datetime, fact: UUID | None) -> UUID:
    with transaction.atomic():
        locked(id)
        with seeing(viewer, ANSWER):
            area = queries.located(viewer, ANSWER, id).area
        return add(viewer, ANSWER, data, id=id, area=area, now=now, fold=state.call, fact=fact)
