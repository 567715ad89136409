"""Needs of people under observation: asked for, taken on, met. Words about them go to the vault."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from lianfang.access.matrix import require_over
from lianfang.access.rows import seeing
from lianfang.access.viewer import Viewer
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.isolation import state
from lianfang.capabilities.isolation.facts import Mode, NeedAcknowledged, NeedAsked, NeedMet
from lianfang.capabilities.isolation.queries import needs as queries
from lianfang.capabilities.isolation.queries import orders
from lianfang.capabilities.isolation.rules.due import COUNSELLING
from lianfang.capabilities.isolation.service.orders import policy
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.facts import log
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity import own as own_page
from lianfang.identity import service as vault
from lianfang.identity.refusals import Faulty, NoPerson

ASK: Final = "needs.ask"
ANSWER: Final = "needs.answer"
OUTCOMES: Final = ("given", "referred", "not_possible", "withdrawn")


def ask(
    viewer: Viewer, fields: dict[str, Any], *, words: str = "", area: str = "", now: datetime,
    at: datetime | None = None, fact: UUID | None = None, id: UUID | None = None,
) -> UUID:  # fmt: skip
    """Records what somebody in a station asks for; returns the need's id, under which (the sender's own, where one is
    given) the same sent again is one. One who asks for himself or herself (a viewer who is a subject) asks where the
    own order is. Who is at home places an order. Raises Forbidden, NotThere, Refused."""
    if policy(now).category(fields["category"]) is None:
        known = ", ".join(one.code for one in policy(now).categories)
        raise Refused([Wrong("category", "unknown_category", f"可用的类别：{known}", f"is none; there are: {known}")])
    with seeing(viewer, ASK):
        order = orders.standing_of(viewer, ASK, fields["person"])
        if order is None:
            raise NotThere
        if viewer.subject is None:
            require_over(viewer, ASK, order.area)
        if order.mode == Mode.HOME:
            raise Refused([_AT_HOME])
        if id is not None:
            locked(id)
            if held := state.need(queries.history(id)).data:
                if held.person != fields["person"]:
                    raise NotThere
                return id
        text = kept(viewer, fields["person"], fields["category"], words, now) if words.strip() else None
        data = made(NeedAsked, **{**fields, "order": order.order, "words": text})
        id = id or log.new_id()
        record(viewer, [], fact_of(viewer, data, subject=id, area=order.area, at=at, now=now, id=fact), state.need)
    return id


def kept(viewer: Viewer, person: UUID, category: str, words: str, now: datetime) -> UUID:
    """Puts words into the vault. Raises Refused."""
    its = COUNSELLING if category == COUNSELLING else "note"
    try:
        if viewer.subject is not None:
            return own_page.state(viewer, words, now=now, text_class=its)
        return vault.write(viewer, person, its, words, now=now)
    except Faulty as error:
        raise Refused([Wrong("words", one.reason, one.zh, one.en) for one in error.faults]) from None
    except NoPerson:
        raise Refused([_NOT_HELD]) from None


_AT_HOME: Final = Wrong(
    "person",
    "at_home",
    "此人居家观察，请在“居民订单”中下单",
    "is under observation at home: place an order for what is wanted",
)
_NOT_HELD: Final = Wrong(
    "words",
    "not_held",
    "此人不在您的名单中，只能登记类别",
    "is not yours to write of this person: record the category only",
)


def acknowledge(
    viewer: Viewer, id: UUID, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """Somebody takes a need on. Raises NotThere, Forbidden, Refused."""
    _act(viewer, id, NeedAcknowledged(), now, at, fact)


def meet(
    viewer: Viewer, id: UUID, *, outcome: str, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:  # fmt: skip
    """What came of a need. Raises NotThere, Forbidden, Refused."""
    if outcome not in OUTCOMES:
        known = ", ".join(OUTCOMES)
        raise Refused([Wrong("outcome", "unknown_outcome", f"可用：{known}", f"is none; there are: {known}")])
    _act(viewer, id, NeedMet(outcome=outcome), now, at, fact)


def retract(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes a fact of a need back; returns the retraction. Raises NotThere, Forbidden, Refused."""
    with seeing(viewer, ANSWER):
        locked(id)
        row = queries.located(viewer, ANSWER, id)
        return take_back(
            viewer, queries.history(id), taken, why, state.need, area=row.area, at=at, now=now, fact=fact
        ).id  # fmt: skip


def _act(
    viewer: Viewer, id: UUID, data: FactData, now: datetime, at: datetime | None, fact: UUID | None
) -> None:  # fmt: skip
    with seeing(viewer, ANSWER):
        queries.located(viewer, ANSWER, id)
        locked(id)
        row = queries.located(viewer, ANSWER, id)
        history = queries.history(id)
        one = fact_of(viewer, data, subject=id, area=row.area, at=at, now=now, id=fact, history=history)
        record(viewer, history, one, state.need)
