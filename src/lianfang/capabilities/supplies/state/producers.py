"""A producer, and the hands that one asks for, folded from the facts about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from lianfang.capabilities.supplies.facts.producers import (
    DemandSet,
    HandsAsked,
    HandsGiven,
    OutputReported,
    ProducerListed,
    Working,
    WorkStated,
)
from lianfang.capabilities.supplies.state.stock import when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


@dataclass
class Producer:
    """``listed`` is None where only reports are known. ``work``: from which day on it works how; ``output``: by item
    what was made by day; ``demand``: by item what is asked a day from which day on. Of a day the last that was said
    holds. ``reported``: when something was first told of the output of a day."""

    listed: ProducerListed | None = None
    area: str = ""
    author: str = ""
    work: dict[date, Working] = field(default_factory=dict)
    output: dict[UUID, dict[date, int]] = field(default_factory=dict)
    demand: dict[UUID, dict[date, int]] = field(default_factory=dict)
    reported: dict[date, datetime] = field(default_factory=dict)


def producer(facts: Sequence[Fact]) -> Producer:
    """The producer whose facts these are, in whatever order they are given."""
    found = Producer()
    for fact in standing(facts).facts:
        match fact.data:
            case ProducerListed():
                found.listed, found.area, found.author = fact.data, fact.area, found.author or fact.author
            case WorkStated(working=working, since=since):
                found.work[since] = working
            case OutputReported(item=item, day=day, quantity=quantity):
                found.output.setdefault(item, {})[day] = quantity
                found.reported.setdefault(day, when(fact))
            case DemandSet(item=item, since=since, per_day=per_day):
                found.demand.setdefault(item, {})[since] = per_day
    return found


def holding(said: Mapping[date, int], day: date) -> int | None:
    """Of what holds from a day on, what holds on this one; None before the first."""
    since = max((one for one in said if one <= day), default=None)
    return None if since is None else said[since]


@dataclass
class Hands:
    """A request for hands. ``asked`` is None where only an answer is known; ``groups`` is empty while nobody goes."""

    asked: HandsAsked | None = None
    area: str = ""
    author: str = ""
    groups: tuple[tuple[UUID, ...], ...] = ()
    given: datetime | None = None
    given_by: str = ""


def hands(facts: Sequence[Fact]) -> Hands:
    """The request whose facts these are, in whatever order they are given."""
    found = Hands()
    for fact in standing(facts).facts:
        match fact.data:
            case HandsAsked():
                found.asked, found.area, found.author = fact.data, fact.area, fact.author
            case HandsGiven(groups=groups):
                found.groups, found.given, found.given_by = groups, when(fact), fact.author
    return found
