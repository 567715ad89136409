"""A resident's order, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.mobilisation.facts.errands import (
    ErrandAccepted,
    ErrandCancelled,
    ErrandConfirmed,
    ErrandDelivered,
    ErrandFailed,
    ErrandGivenBack,
    ErrandPickedUp,
    ErrandPlaced,
)
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

STEPS: Final = (
    ErrandPlaced, ErrandAccepted, ErrandPickedUp, ErrandDelivered, ErrandFailed, ErrandGivenBack, ErrandConfirmed,
    ErrandCancelled,
)  # fmt: skip
"""In the order in which an order goes through them: of one minute, the earlier step is first."""

WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_placed": ("没有这份订单", "there is no such order"),
    "again": ("已登记过，不必重复", "was recorded before: nothing more is needed"),
    "taken": (
        "已由他人接单，请另选一单",
        "somebody else has taken it: choose another",
    ),
    "not_accepted": ("尚未接单，请先接单", "nobody has taken it yet: take it first"),
    "not_carrier": ("此单由他人承接，请由接单人登记", "is carried by somebody else, who records this"),
    "not_picked_up": ("尚未登记取货，请先登记", "was not picked up yet: record that first"),
    "nothing_to_pick_up": ("此类订单无须取货", "there is nothing to pick up for it"),
    "picked_up": (
        "已取货，不能取消或退回；送不到时请由送单人登记“未送达”",
        "was picked up and cannot be cancelled or given back: who carries it records that it was not delivered",
    ),
    "not_delivered": ("尚未送达，请在送达后确认", "was not delivered yet: confirm it when it is there"),
    "delivered": ("已送达，请确认收到或与协调员联系", "was delivered: confirm it, or talk to the coordinator"),
    "closed": ("订单已结束，不能再登记", "is closed: nothing more can be recorded"),
}
"""What contradicts an order: what to do, by its code."""


class ErrandStage(StrEnum):
    PLACED = "placed"
    ACCEPTED = "accepted"
    PICKED_UP = "picked_up"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    FAILED = "failed"


CLOSED: Final = frozenset({ErrandStage.CONFIRMED, ErrandStage.CANCELLED, ErrandStage.FAILED})


class Errand(NamedTuple):
    """An order as it stands. The times are those of the round that it is on; ``tries`` counts those that failed."""

    data: ErrandPlaced | None = None
    area: str = ""
    author: str = ""
    stage: ErrandStage = ErrandStage.PLACED
    placed: datetime | None = None
    carrier: str = ""
    accepted: datetime | None = None
    picked_up: datetime | None = None
    delivered: datetime | None = None
    at_door: bool | None = None
    closed: datetime | None = None
    tries: int = 0
    failed_for: str = ""
    faults: tuple[Fault, ...] = ()
    disputed: bool = False


def errand(facts: Sequence[Fact]) -> Errand:
    """The order whose facts these are, in whatever order they came. What contradicts what was before it changes nothing
    and is kept as a fault."""
    held = standing(facts)
    found, faults = Errand(), list[Fault]()
    for fact in in_turn(held.facts, STEPS):
        reason = _contradicts(found, fact)
        if reason:
            faults.append(Fault(fact.id, "errand", reason))
        else:
            found = _after(found, fact)
    return found._replace(faults=tuple(faults), disputed=bool(held.disputed))


def _contradicts(its: Errand, fact: Fact) -> str:
    """Why a fact cannot follow; empty where it can."""
    data = fact.data
    if isinstance(data, ErrandPlaced):
        return "again" if its.data else ""
    if its.data is None:
        return "not_placed"
    if its.stage in CLOSED:
        return "closed"
    if isinstance(data, ErrandConfirmed):
        return "" if its.stage is ErrandStage.DELIVERED else "not_delivered"
    if its.stage is ErrandStage.DELIVERED:
        return "again" if isinstance(data, ErrandDelivered) else "delivered"
    if isinstance(data, ErrandAccepted):
        return "" if its.stage is ErrandStage.PLACED else "taken"
    if isinstance(data, ErrandCancelled):
        return "picked_up" if its.stage is ErrandStage.PICKED_UP else ""
    if its.stage is ErrandStage.PLACED:
        return "not_accepted"
    if isinstance(data, ErrandGivenBack):
        return "picked_up" if its.stage is ErrandStage.PICKED_UP else ""
    return _carried(its, its.data, fact)


def _carried(its: Errand, placed: ErrandPlaced, fact: Fact) -> str:
    """Why whoever carries an order cannot have done this."""
    if fact.author != its.carrier:
        return "not_carrier"
    if isinstance(fact.data, ErrandPickedUp):
        return "again" if its.picked_up else "" if placed.goods else "nothing_to_pick_up"
    if isinstance(fact.data, ErrandDelivered) and placed.goods and not its.picked_up:
        return "not_picked_up"
    return ""


def _after(its: Errand, fact: Fact) -> Errand:
    at = when(fact)
    match fact.data:
        case ErrandPlaced():
            return its._replace(data=fact.data, area=fact.area, author=fact.author, placed=at)
        case ErrandAccepted(carrier=carrier):
            return its._replace(stage=ErrandStage.ACCEPTED, carrier=carrier, accepted=at)
        case ErrandPickedUp():
            return its._replace(stage=ErrandStage.PICKED_UP, picked_up=at)
        case ErrandDelivered(at_door=at_door):
            return its._replace(stage=ErrandStage.DELIVERED, delivered=at, at_door=at_door)
        case ErrandFailed(reason=reason, again=again):
            after = _opened(its) if again else its._replace(stage=ErrandStage.FAILED, closed=at)
            return after._replace(tries=its.tries + 1, failed_for=reason)
        case ErrandGivenBack():
            return _opened(its)
        case ErrandConfirmed():
            return its._replace(stage=ErrandStage.CONFIRMED, closed=at)
        case ErrandCancelled():
            return its._replace(stage=ErrandStage.CANCELLED, closed=at)
    return its


def _opened(its: Errand) -> Errand:
    return its._replace(stage=ErrandStage.PLACED, carrier="", accepted=None, picked_up=None)
