"""A volunteer and a team, each folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.capabilities.mobilisation.facts.people import (
    AvailabilityStated,
    ConsentWithdrawn,
    Function,
    TeamDissolved,
    TeamFormed,
    TeamJoined,
    TeamLeft,
    TeamTasked,
    VolunteerSignedUp,
)
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing

VOLUNTEER_KINDS = (VolunteerSignedUp, AvailabilityStated, ConsentWithdrawn)
TEAM_KINDS = (TeamFormed, TeamTasked, TeamJoined, TeamLeft, TeamDissolved)


@dataclass(frozen=True)
class Volunteer:
    """Somebody who agreed to be called; ``withdrawn`` since when not any more."""

    data: VolunteerSignedUp | None
    area: str
    author: str
    since: datetime | None
    availability: AvailabilityStated | None
    withdrawn: datetime | None
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]


def volunteer(facts: Sequence[Fact]) -> Volunteer:
    """The volunteer whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Volunteer(None, "", "", None, None, None, (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, VOLUNTEER_KINDS):
        match fact.data:
            case VolunteerSignedUp() as data:
                found = replace(
                    found, data=data, area=fact.area, author=fact.author, since=when(fact), withdrawn=None
                )  # fmt: skip
            case _ if found.data is None:
                faults.append(Fault(fact.id, "person", "not_signed_up"))
            case _ if found.withdrawn is not None:
                faults.append(Fault(fact.id, "person", "withdrawn"))
            case AvailabilityStated() as data:
                found = replace(found, availability=data)
            case ConsentWithdrawn():
                found = replace(found, withdrawn=when(fact), availability=None)
    return replace(found, faults=tuple(faults))


class Task(NamedTuple):
    """What a team did or does, since when; ``reason`` is why it came to that, empty for what it was set up for."""

    function: Function
    since: datetime
    reason: str


@dataclass(frozen=True)
class Team:
    """A team with all that it has done: the last of ``tasks`` is what it does, the others rest."""

    data: TeamFormed | None
    area: str
    author: str
    formed: datetime | None
    tasks: tuple[Task, ...]
    members: dict[UUID, datetime]
    dissolved: datetime | None
    faults: tuple[Fault, ...]
    disputed: dict[UUID, tuple[UUID, ...]]


def team(facts: Sequence[Fact]) -> Team:
    """The team whose facts these are, in whatever order they are given."""
    held = standing(facts)
    found = Team(None, "", "", None, (), {}, None, (), dict(held.disputed))
    faults: list[Fault] = []
    for fact in in_turn(held.facts, TEAM_KINDS):
        applied = _apply(found, fact)
        if isinstance(applied, Team):
            found = applied
        else:
            faults.append(Fault(fact.id, *applied))
    return replace(found, faults=tuple(faults))


def _apply(before: Team, fact: Fact) -> Team | tuple[str, str]:
    data, at = fact.data, when(fact)
    if isinstance(data, TeamFormed):
        if before.data is not None:
            return "team", "again"
        tasks = (Task(data.function, at, ""),)
        return replace(before, data=data, area=fact.area, author=fact.author, formed=at, tasks=tasks)
    if before.data is None:
        return "team", "not_formed"
    if before.dissolved is not None:
        return "team", "dissolved"
    match data:
        case TeamTasked():
            if before.tasks[-1].function == data.function:
                return "function", "no_change"
            return replace(before, tasks=(*before.tasks, Task(data.function, at, data.reason)))
        case TeamJoined():
            if data.person in before.members:
                return "person", "again"
            return replace(before, members={**before.members, data.person: at})
        case TeamLeft():
            if data.person not in before.members:
                return "person", "not_in"
            return replace(before, members={one: since for one, since in before.members.items() if one != data.person})
        case TeamDissolved():
            return replace(before, dissolved=at, members={})
    return before
