"""The orders of one person, folded from the facts about them.

An order names a place (a stay); every stay is to be carried out and verified anew. A fact is applied as it was
observed: who was found at another station than ordered is there, and the order is not carried out as ordered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.facts import (
    Extended,
    Lifted,
    Mode,
    ModeChanged,
    OrderClass,
    Ordered,
    OrderExecuted,
    OrderReceived,
    OrderVerified,
)
from lianfang.capabilities.isolation.state.faults import CIVIL_TIME, Fault, in_turn, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class Stage(StrEnum):
    """How far an order has come."""

    ISSUED = "issued"
    RECEIVED = "received"
    EXECUTED = "executed"
    DEVIATES = "deviates"  # carried out otherwise than ordered
    VERIFIED = "verified"
    LIFTED = "lifted"


LEGAL: Final[dict[Stage, frozenset[str]]] = {
    Stage.ISSUED: frozenset({"received", "executed", "mode_changed", "extended", "lifted"}),
    Stage.RECEIVED: frozenset({"executed", "mode_changed", "extended", "lifted"}),
    Stage.EXECUTED: frozenset({"verified", "mode_changed", "extended", "lifted"}),
    Stage.DEVIATES: frozenset({"executed", "verified", "mode_changed", "extended", "lifted"}),
    Stage.VERIFIED: frozenset({"verified", "mode_changed", "extended", "lifted"}),
    Stage.LIFTED: frozenset(),
}
"""What may be recorded in each stage (working definition). Who was found in place without the order having been
acknowledged is in place; an order that was verified may be looked at again."""


class Stay(NamedTuple):
    """One place that an order named. The place is held from ``since`` until ``left``."""

    mode: Mode
    station: UUID | None
    ordered_station: UUID | None
    since: datetime
    ward: str | None = None
    received: datetime | None = None
    executed: datetime | None = None
    executed_by: str = ""
    verified: datetime | None = None
    as_ordered: bool | None = None
    left: datetime | None = None


@dataclass(frozen=True)
class Order:
    """One order. Times are when things were observed."""

    id: UUID
    person: UUID
    area: str
    author: str
    order_class: OrderClass
    of: UUID
    disease: str
    edition: str
    basis: str
    approver: str
    reason: str | None
    clinician: str | None
    community: str | None
    suitable: bool | None
    batch: UUID | None
    issued: datetime
    start: datetime
    end: datetime
    stays: tuple[Stay, ...]
    lifted: datetime | None = None
    lift_reason: str | None = None

    @property
    def stay(self) -> Stay:
        return self.stays[-1]

    @property
    def stage(self) -> Stage:
        stay = self.stay
        if self.lifted is not None:
            return Stage.LIFTED
        if stay.as_ordered is False or (stay.executed and stay.ordered_station not in (None, stay.station)):
            return Stage.DEVIATES
        if stay.verified:
            return Stage.VERIFIED
        if stay.executed:
            return Stage.EXECUTED
        return Stage.RECEIVED if stay.received else Stage.ISSUED


@dataclass(frozen=True)
class Orders:
    """All orders of a person, by when they were given."""

    orders: tuple[Order, ...]
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]

    def order(self, id: UUID) -> Order | None:
        return next((one for one in self.orders if one.id == id), None)

    @property
    def standing(self) -> Order | None:
        """The order that the person is under."""
        return next((one for one in self.orders if one.lifted is None), None)


def day_of(start: datetime, end: datetime, now: datetime) -> tuple[int, int]:
    """Which day of an order it is, and of how many, counted in civil days; the first day is 1, the day of the end is
    the last."""
    first, last, today = (time.astimezone(CIVIL_TIME).date() for time in (start, end - MOMENT, now))
    days = (last - first).days + 1
    return min(max((today - first).days + 1, 0), days), days


class _Not(Exception):
    """A fact that contradicts what was before it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


class Ground(NamedTuple):
    """A medical reason for an order: ``of`` is the case or the contact that the record has of a person."""

    of: UUID
    person: UUID
    order_class: OrderClass


def orders(facts: Sequence[Fact], grounds: Collection[Ground]) -> Orders:
    """The orders of one person, whatever the order in which the facts are given. An order for a reason that is not
    among ``grounds`` is none."""
    held = standing(facts)
    later = {
        fact.data.order
        for fact in held.facts
        if isinstance(fact.data, Ordered) and _has_ground(fact, fact.data, grounds)
    }
    found: dict[UUID, Order] = {}
    faults: list[Fault] = []
    for fact in in_turn(held.facts, (Ordered, *_ACTS)):
        try:
            if isinstance(fact.data, Ordered) and not _has_ground(fact, fact.data, grounds):
                raise _Not("of", NO_GROUND)
            _apply(found, later, fact)
        except _Not as error:
            faults.append(Fault(fact.id, error.field, error.reason))
    return Orders(tuple(found.values()), tuple(faults), dict(held.disputed))


def _has_ground(fact: Fact, data: Ordered, grounds: Collection[Ground]) -> bool:
    return data.order_class is OrderClass.OTHER or Ground(data.of, fact.subject, data.order_class) in grounds


def _apply(found: dict[UUID, Order], later: set[UUID], fact: Fact) -> None:
    data: Any = fact.data
    if isinstance(data, Ordered):
        found[data.order] = _ordered(found, fact, data)
        return
    if type(data) not in _ACTS:
        return
    order = found.get(data.order)
    if order is None:
        raise _Not("order", "before_order" if data.order in later else "unknown_order")
    act = fact.kind.partition(".")[2]
    if act not in LEGAL[order.stage]:
        raise _Not("order", _why_not(order, act))
    found[data.order] = _ACTS[type(data)](order, fact, data)


def _why_not(order: Order, act: str) -> str:
    if order.stage is Stage.LIFTED:
        return "lifted"
    return "not_executed" if act == "verified" else "again"


def _ordered(found: dict[UUID, Order], fact: Fact, data: Ordered) -> Order:
    if data.order in found:
        raise _Not("order", "again")
    if any(one.lifted is None for one in found.values()):
        raise _Not("person", "under_order")
    if data.order_class is OrderClass.OTHER and not (data.reason or "").strip():
        raise _Not("reason", "needs_reason")
    if data.mode is Mode.HOME:
        _home(data.station, data.suitable)
        if not data.community:
            raise _Not("community", "needs_home")
        if not data.clinician:
            raise _Not("clinician", "needs_home")
        if any(_cut_short(one, data) for one in found.values()) and data.clinician != fact.author:
            raise _Not("clinician", "needs_clinician")
    stay = Stay(data.mode, data.station, data.station, when(fact))
    return Order(
        id=data.order, person=fact.subject, area=fact.area, author=fact.author, order_class=data.order_class,
        of=data.of, disease=data.disease, edition=data.edition, basis=data.basis, approver=data.approver,
        reason=data.reason, clinician=data.clinician, community=data.community, suitable=data.suitable,
        batch=data.batch, issued=when(fact), start=data.start, end=data.end, stays=(stay,),
    )  # fmt: skip


def _cut_short(before: Order, data: Ordered) -> bool:
    """Whether an order at home follows one elsewhere, for the same reason, that was lifted before its end: the same as
    going home."""
    early = before.lifted is not None and before.lifted < before.end
    return early and before.of == data.of and before.stay.mode is not Mode.HOME


def _home(station: UUID | None, suitable: bool | None) -> None:
    if station is not None:
        raise _Not("station", "not_home")
    if suitable is not True:
        raise _Not("suitable", "not_suitable")


def _received(order: Order, fact: Fact, data: OrderReceived) -> Order:
    return _with(order, received=when(fact))


def _executed(order: Order, fact: Fact, data: OrderExecuted) -> Order:
    if order.stay.mode is Mode.HOME and (data.station or data.ward):
        raise _Not("station", "not_home")
    moved = tuple(
        stay if stay.left is not None else stay._replace(left=when(fact)) for stay in order.stays[:-1]
    )  # who has moved no longer holds the place before
    order = replace(order, stays=(*moved, order.stay))
    return _with(
        order, station=data.station or order.stay.station, ward=data.ward, executed=when(fact),
        executed_by=fact.author, verified=None, as_ordered=None,
    )  # fmt: skip


def _verified(order: Order, fact: Fact, data: OrderVerified) -> Order:
    if fact.author == order.stay.executed_by:
        raise _Not("author", "same_person")
    if order.stay.executed is None:
        raise _Not("order", "not_executed")
    return _with(order, verified=when(fact), as_ordered=data.as_ordered)


def _mode_changed(order: Order, fact: Fact, data: ModeChanged) -> Order:
    before = order.stay
    if (data.mode, data.station) == (before.mode, before.ordered_station):
        raise _Not("mode", "no_change")
    if data.end < order.end:
        raise _Not("end", "ends_earlier")
    if data.mode is Mode.HOME:
        _home(data.station, data.suitable)
        if before.mode is not Mode.HOME and (not data.clinician or data.clinician != fact.author):
            raise _Not("clinician", "needs_clinician")
        if not (data.community or order.community):
            raise _Not("community", "needs_home")
    stays = order.stays
    if before.executed is None:  # nobody was there yet: the place is free at once
        stays = (*stays[:-1], before._replace(left=when(fact)))
    return replace(
        order,
        area=fact.area,
        end=data.end,
        stays=(*stays, Stay(data.mode, data.station, data.station, when(fact))),
        clinician=data.clinician or order.clinician,
        community=data.community or order.community,
        suitable=data.suitable if data.suitable is not None else order.suitable,
    )


def _extended(order: Order, fact: Fact, data: Extended) -> Order:
    if data.end <= order.end:
        raise _Not("end", "ends_earlier")
    return replace(order, end=data.end)


def _lifted(order: Order, fact: Fact, data: Lifted) -> Order:
    if data.reason == COMPLETED and when(fact) < order.end:
        raise _Not("reason", "before_end")
    stays = tuple(stay if stay.left is not None else stay._replace(left=when(fact)) for stay in order.stays)
    return replace(order, stays=stays, lifted=when(fact), lift_reason=data.reason)


NO_GROUND: Final = "no_ground"
"""The reason of a fault: what the order rests on is not on record, or not yet."""
MOMENT: Final = timedelta(microseconds=1)
"""24:00 of a day is 00:00 of the next, and still that day's end."""
COMPLETED: Final = "completed"
"""The reason for lifting an order whose time is over; any other lifts it earlier."""
_ACTS: Final[dict[type, Callable[[Order, Fact, Any], Order]]] = {
    OrderReceived: _received,
    OrderExecuted: _executed,
    OrderVerified: _verified,
    ModeChanged: _mode_changed,
    Extended: _extended,
    Lifted: _lifted,
}


def _with(order: Order, **fields: Any) -> Order:
    return replace(order, stays=(*order.stays[:-1], order.stay._replace(**fields)))
