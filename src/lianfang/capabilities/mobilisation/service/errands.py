"""Residents' orders: placed, taken by one, picked up, delivered, confirmed. Who is at home places an order; who is in a
station asks the station, by the same door."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal, NamedTuple
from uuid import UUID

from lianfang.access.matrix import can, require
from lianfang.access.rows import seeing, seeing_all
from lianfang.access.viewer import Viewer
from lianfang.accounts.posts import own_work, unknown
from lianfang.accounts.refused import NotThere, Refused, Wrong
from lianfang.capabilities.isolation.facts import Mode
from lianfang.capabilities.isolation.models import OrderRow
from lianfang.capabilities.isolation.queries import orders
from lianfang.capabilities.isolation.service import needs
from lianfang.capabilities.isolation.service.recording import fact_of, made, record, take_back
from lianfang.capabilities.mobilisation.facts import errands as kinds
from lianfang.capabilities.mobilisation.models.errands import ErrandRow
from lianfang.capabilities.mobilisation.queries import errands as queries
from lianfang.capabilities.mobilisation.queries.errands import CARRY, CLOSE, GIVE
from lianfang.capabilities.mobilisation.rules.errands import Category, in_force
from lianfang.capabilities.mobilisation.state.errands import WORDS, errand
from lianfang.capabilities.screening.models import HouseholdRow, ResidentRow
from lianfang.facts.fact import FactData
from lianfang.facts.facts import Why
from lianfang.facts.lock import locked
from lianfang.identity.queries import area_of

PLACE: Final = "errands.place"
Step = Literal["picked_up", "delivered", "failed", "given_back"]
How = Literal["confirmed", "cancelled"]


class Asked(NamedTuple):
    """What somebody asks for. ``frail``: whoever lives there comes first; it becomes a rank and is kept nowhere."""

    person: UUID | None
    """None: oneself."""
    category: str
    frail: bool = False
    contactless: bool = True
    words: str = ""


class Placed(NamedTuple):
    """``way``: as what it was recorded: an order that is carried to the door, or a need that the station meets."""

    id: UUID
    way: Literal["errand", "need"]


def place(viewer: Viewer, id: UUID, asked: Asked, *, now: datetime, at: datetime | None = None) -> Placed:
    """Records what somebody asks for under the sender's own id; the same sent again is one. Raises Forbidden, NotThere,
    Refused."""
    require(viewer, PLACE)
    its = in_force(now).category(asked.category)
    if its is None:
        known = ", ".join(one.code for one in in_force(now).categories)
        raise Refused([Wrong("category", "unknown_category", f"可用的类别：{known}", f"is none; there are: {known}")])
    person = asked.person or viewer.subject
    if person is None:
        raise Refused([Wrong("person", "missing", "请填写人员编号", "is missing: say whose order it is")])
    if viewer.subject not in (None, person):
        raise NotThere
    with seeing(viewer, PLACE):
        locked(id)
        area = area_of(viewer, PLACE, person)
        if area is None:
            raise NotThere
        order = orders.standing_of(viewer, PLACE, person)
    if order is not None and order.mode != Mode.HOME:
        told = {"person": person, "category": its.need, "urgent": asked.frail}
        return Placed(needs.ask(viewer, told, words=asked.words, now=now, at=at, id=id), "need")
    return _placed(viewer, id, person, asked, its, order, area, now, at)


def _placed(
    viewer: Viewer, id: UUID, person: UUID, asked: Asked, its: Category, order: OrderRow | None, area: str,
    now: datetime, at: datetime | None,
) -> Placed:  # fmt: skip
    with seeing(viewer, PLACE):
        locked(id)
        held = errand(queries.history(id))
        if held.data is not None:
            if (held.author, held.data.person) != (viewer.author, person):
                raise NotThere
            return Placed(id, "errand")
        home = _household(person)
        text = needs.kept(viewer, person, asked.category, asked.words, now) if asked.words.strip() else None
        data = made(
            kinds.ErrandPlaced, person=person, category=its.code, rank=in_force(now).rank(first=asked.frail),
            contactless=asked.contactless or order is not None or _isolated(home), goods=its.goods,
            by_worker=viewer.subject is None, words=text,
        )  # fmt: skip
        where = home.area if home and _within(viewer, home.area) else order.area if order else area
        one = fact_of(viewer, data, subject=id, area=where, at=at, now=now)
        record(viewer, [], one, errand, words=WORDS)
    return Placed(id, "errand")


def _within(viewer: Viewer, area: str) -> bool:
    return viewer.subject is not None or viewer.area_from <= area < viewer.area_to


def _household(person: UUID) -> HouseholdRow | None:
    """Where somebody lives, as far as screening knows."""
    with seeing_all():
        living = ResidentRow.objects.filter(person=person, member=True).order_by("-joined_at").first()
        return HouseholdRow.objects.filter(subject=living.subject).first() if living else None


def _isolated(home: HouseholdRow | None) -> bool:
    """Whether somebody who lives there is under an order at home: then nobody is met at that door."""
    if home is None:
        return False
    with seeing_all():
        return OrderRow.objects.filter(subject__in=home.people, lifted__isnull=True, mode=Mode.HOME).exists()


def accept(
    viewer: Viewer, id: UUID, *, carrier: str = "", now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:
    """One takes an order, or is given it by whoever gives them out: the first who asks has it. Raises NotThere,
    Forbidden, Refused."""
    if carrier and carrier != viewer.author:
        require(viewer, GIVE)
        if unknown([carrier]):
            raise Refused([Wrong("carrier", "unknown_account", "没有这个账户", "is nobody's account: choose another")])
    to = carrier or viewer.author
    with seeing(viewer, CARRY):
        locked(id)
        row = queries.located(viewer, CARRY, id)
        most = in_force(now).most_carried
        if queries.carried_now(viewer, to) >= most and row.carrier != to:
            zh, en = f"手上已有{most}单，请先送完", f"are carried already, {most} of them: deliver these first"
            raise Refused([Wrong("carrier", "too_many", zh, en)])
        _record(viewer, row, kinds.ErrandAccepted(carrier=to), now, at, fact)


def carry(
    viewer: Viewer, id: UUID, step: Step, *, at_door: bool | None = None, reason: str = "", now: datetime,
    at: datetime | None = None, fact: UUID | None = None,
) -> None:  # fmt: skip
    """What whoever carries an order has done. Who gives orders out may take one back for another. Raises NotThere,
    Forbidden, Refused."""
    with seeing(viewer, CARRY):
        locked(id)
        row = queries.located(viewer, CARRY, id)
        if row.carrier != viewer.author and not (step == "given_back" and can(viewer, GIVE)):
            zh, en = WORDS["not_carrier" if row.carrier else "not_accepted"]
            raise Refused([Wrong("errand", "not_carrier" if row.carrier else "not_accepted", zh, en)])
        _record(viewer, row, _step(row, step, at_door, reason, now), now, at, fact)


def _step(row: ErrandRow, step: Step, at_door: bool | None, reason: str, now: datetime) -> FactData:
    match step:
        case "picked_up":
            return kinds.ErrandPickedUp()
        case "delivered":
            return kinds.ErrandDelivered(at_door=row.contactless if at_door is None else at_door)
        case "given_back":
            return kinds.ErrandGivenBack()
    its = in_force(now).failure(reason)
    if its is None:
        known = ", ".join(one.code for one in in_force(now).failures)
        raise Refused([Wrong("reason", "unknown_reason", f"可用：{known}", f"is none; there are: {known}")])
    return kinds.ErrandFailed(reason=its.code, again=its.again)


def close(
    viewer: Viewer, id: UUID, how: How, *, now: datetime, at: datetime | None = None, fact: UUID | None = None
) -> None:
    """Who asked for it has it, or does not want it any more. Raises NotThere, Forbidden, Refused."""
    data = kinds.ErrandConfirmed() if how == "confirmed" else kinds.ErrandCancelled()
    with seeing(viewer, CLOSE):
        locked(id)
        _record(viewer, queries.located(viewer, CLOSE, id), data, now, at, fact)


def retract(
    viewer: Viewer, id: UUID, taken: UUID, why: Why, *, now: datetime, at: datetime | None = None,
    fact: UUID | None = None,
) -> UUID:  # fmt: skip
    """Takes back what one has recorded oneself, or, who gives orders out, anybody; returns the retraction. Raises
    NotThere, Forbidden, Refused."""
    with seeing(viewer, CARRY):
        locked(id)
        row, history = queries.located(viewer, CARRY, id), queries.history(id)
        its = next((one for one in history if one.id == taken), None)
        if its is not None and its.author not in own_work(viewer).authors and not can(viewer, GIVE):
            raise NotThere
        return take_back(
            viewer, history, taken, why, errand, area=row.area, at=at, now=now, fact=fact, words=WORDS
        ).id  # fmt: skip


def _record(
    viewer: Viewer, row: ErrandRow, data: FactData, now: datetime, at: datetime | None, fact: UUID | None
) -> None:
    told: dict[str, Any] = {"subject": row.subject, "area": row.area, "at": at, "now": now, "id": fact}
    history = queries.history(row.subject)
    record(viewer, history, fact_of(viewer, data, **told, history=history), errand, words=WORDS)
