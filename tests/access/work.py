"""Tasks, arrivals, flights, stranded people and calls for help at each spot, and how they are asked for."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from lianfang.accounts import clock
from lianfang.capabilities.checkpoints import facts as travel
from lianfang.capabilities.tasks.facts import Assigned, task_id
from lianfang.capabilities.tasks.rules import Obligation, policy
from lianfang.facts import log
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.log import Principal
from tests.access.made import OWN
from tests.access.world import AUTHOR, Spot
from tests.record.trial.obligations import TOLD

CHINA = timezone(timedelta(hours=8))
ASSIGNED, FREE, BATON = "task", "errand", "baton"
"""At each spot: tasks that whoever entered it has, such that nobody has, and such that a third person gives away."""


def lie(spot: Spot) -> None:
    """Puts everything at a spot."""
    now = clock.now()
    for what in (ASSIGNED, FREE, BATON):
        for rule in policy().rules:
            its = spot.author if what == ASSIGNED else AUTHOR
            begins = now - timedelta(hours=1)
            TOLD.append(Obligation(rule, spot.id(what), spot.area, begins, now + timedelta(minutes=1), author=its))
    facts = [_given(spot, ASSIGNED, rule, spot.author, now) for rule in policy().rules]
    facts.append(_given(spot, BATON, "arrival.hand_over", giver(spot), now))
    outcomes = log.append([*facts, *_travel(spot, now)], principal=Principal(spot.author, "device-1"))
    assert {outcome.status for outcome in outcomes} == {"appended"}, outcomes


def giver(spot: Spot) -> str:
    return f"giver-{spot.author}"


def _given(spot: Spot, what: str, rule: str, to: str, at: datetime) -> Fact:
    data = Assigned(to=to, of=spot.id(what), rule=rule)
    return _fact(data, task_id(rule, spot.id(what)), spot, at)


def _fact(data: FactData, subject: UUID, spot: Spot, at: datetime, id: UUID | None = None) -> Fact:
    return Fact.of(data, id=id or log.new_id(), subject=subject, area=spot.area, observed_at=at)


def _travel(spot: Spot, now: datetime) -> list[Fact]:
    plan = travel.FlightPlanned(conveyance="flight", number="VN1", route=("岘港", "广州"), seats=5)
    call = travel.HelpAsked(person=whose(spot), family=2, needs=(), place="河内")
    told = [
        _fact(plan, spot.id("flight"), spot, now),
        _fact(travel.StrandedRegistered(place="岘港"), whose(spot), spot, now),
        _fact(call, spot.id("call"), spot, now),
    ]
    for what, key in (("arrival", False), ("key", True)):
        listed = travel.ArrivalListed(
            person=spot.id("person"), conveyance="flight", number=what, arrived=yesterday(now), came_from=None,
            destination=spot.area, key_person=key,
        )  # fmt: skip
        told.append(_fact(listed, spot.id(what), spot, now, spot.id(f"{what}'s listing")))
    return told


def yesterday(now: datetime) -> datetime:
    """The beginning of the day before."""
    return datetime.combine(now.astimezone(CHINA).date() - timedelta(days=1), datetime.min.time(), CHINA)


def whose(spot: Spot) -> UUID:
    """The one stranded at a spot: at the first, whoever reads the own page."""
    return UUID(int=1) if (spot.area, spot.author) == (OWN, AUTHOR) else spot.id("stranded")


def rule_of(role: str) -> str:
    """A rule that the role does; any for one that does none."""
    return next((code for code, rule in policy().rules.items() if role in rule.does), "arrival.hand_over")


def by_hand(role: str) -> str:
    """As ``rule_of``, closed by hand where the role does such a thing."""
    its = (code for code, rule in policy().rules.items() if rule.by_hand and role in rule.does)
    return next(its, rule_of(role))


def manifest(spot: Spot) -> dict[str, Any]:
    arrived = clock.now().isoformat()
    row = {"person": str(spot.id("person")), "conveyance": "train", "arrived": arrived, "destination": spot.area}
    return {"arrivals": [row]}


def slot_of_yesterday() -> dict[str, Any]:
    """A measurement of yesterday morning."""
    began = yesterday(clock.now())
    at = began + timedelta(hours=8)
    return {"day": f"{began:%Y-%m-%d}", "slot": "am", "temp_c": 36.5, "at": at.isoformat()}
