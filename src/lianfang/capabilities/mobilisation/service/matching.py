"""Volunteers for a call, and who could bring an order: proposed with reasons, confirmed by a person; who is sent to a
call has a duty like any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from lianfang.access.matrix import require
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import Refused, Wrong
from lianfang.capabilities.mobilisation import state
from lianfang.capabilities.mobilisation.facts.calls import CallManned
from lianfang.capabilities.mobilisation.facts.shifts import ShiftPlanned
from lianfang.capabilities.mobilisation.models import CallRow
from lianfang.capabilities.mobilisation.queries import calls, errands, hands
from lianfang.capabilities.mobilisation.rules import errands as orders
from lianfang.capabilities.mobilisation.rules.hours import Span
from lianfang.capabilities.mobilisation.rules.matching import Carrier, CarrierMatches, Matches, match, match_carriers
from lianfang.capabilities.mobilisation.service import shifts
from lianfang.capabilities.mobilisation.service.recording import add, begin, facts_of, policy
from lianfang.capabilities.mobilisation.service.volunteers import MANAGE
from lianfang.capabilities.tasks.queries import assignees
from lianfang.facts import log
from lianfang.facts.lock import locked

USUAL: Final = timedelta(hours=8)
"""How long a call without an end lasts, for whoever is sent."""
AT_ONCE: Final = timedelta(hours=1)
"""For so long from now somebody is to be free who is given an order."""
_CLOSED: Final = Wrong("call", "closed", *state.WORDS["closed"])
_TOO_MANY: Final = Wrong("people", "too_many", "超过所需人数，请减少", "are more than were called for: take some away")


def span_of(row: CallRow) -> Span:
    """When hands are needed."""
    return Span(row.starts, row.ends or row.starts + USUAL)


def propose(viewer: Viewer, id: UUID, *, now: datetime) -> Matches:
    """Who of the viewer's volunteers fits a call, the best first. Raises NotThere, Forbidden."""
    require(viewer, MANAGE)
    with seeing(viewer, MANAGE):
        row = calls.located(viewer, MANAGE, id)
    span, its = span_of(row), policy(now)
    found = hands.hands(viewer, MANAGE, viewer.area, span.starts, span.ends)
    skill = next(((one.code, one.zh, one.en) for one in its.skills if one.code == row.skill), None)
    return match(found, span, row.area, skill, its.rest)


def propose_carriers(viewer: Viewer, id: UUID, *, now: datetime) -> CarrierMatches:
    """Who could be given an order that is open, the best first: of those who deliver such orders there. Raises
    NotThere, Forbidden, Refused."""
    require(viewer, errands.GIVE)
    with seeing(viewer, errands.GIVE):
        row = errands.located(viewer, errands.GIVE, id)
    its, span = orders.in_force(row.placed), Span(now, now + AT_ONCE)
    category = its.category(row.category)
    found = assignees(viewer, orders.deliver_rule(row.category), row.area, now)
    codes = [one.code for one in found]
    known = hands.of_accounts(viewer, codes, span.starts, span.ends)
    carried = errands.on_the_way(viewer, errands.GIVE, codes)
    wanted = category.skill if category else ""
    skill = next(((one.code, one.zh, one.en) for one in policy(now).skills if one.code == wanted), None)
    carriers = [Carrier(one.code, one.name, one.area, carried[one.code], known.get(one.code)) for one in found]
    return match_carriers(carriers, span, row.area, skill, its.most_carried)


def send(
    viewer: Viewer, id: UUID, proposed: Sequence[UUID], people: Sequence[UUID], *, now: datetime,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Sends volunteers to a call, as a person decided: each has a duty for its time, and nobody two. Raises NotThere,
    Forbidden, Refused."""
    people = list(dict.fromkeys(people))
    with transaction.atomic():
        locked(id)
        with seeing(viewer, MANAGE):
            row = calls.located(viewer, MANAGE, id)
        history = facts_of(id)
        if fact is not None and any(one.id == fact for one in history):
            return fact
        if row.closed is not None:
            raise Refused([_CLOSED])
        if len(row.people) + len(people) > row.heads:
            raise Refused([_TOO_MANY])
        span, shift = span_of(row), uuid5(id, "shift")
        data = ShiftPlanned(
            duty=row.need, skill=row.skill or None, starts=span.starts, ends=span.ends, places=row.heads, call=id
        )
        begin(viewer, MANAGE, data, id=shift, area=row.area, now=now, fold=state.shift)
        decided = shifts.Decided(shift, tuple(proposed), tuple(people))
        shifts.confirm(viewer, [decided], id=fact or log.new_id(), now=now)
        manned = CallManned(proposed=tuple(proposed), people=tuple(people))
        return add(viewer, MANAGE, manned, id=id, area=row.area, now=now, fold=state.call, fact=fact)
