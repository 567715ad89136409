"""A household from its facts: its place in a grid, who lives there, each visit, what was arranged for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.screening import facts as kinds
from lianfang.capabilities.screening.facts import Disposition, household_id
from lianfang.capabilities.screening.state.parts import Fault, Own, began, near, of, own, when
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing
from lianfang.profiles.disease.parts import within


class Span(NamedTuple):
    """A round as households know it: where it is held, from when, until when (None: still)."""

    area: str
    opened_at: datetime
    closed_at: datetime | None


class Spell(NamedTuple):
    """Somebody lived there from ``joined`` until ``left`` (None: still)."""

    joined: datetime
    left: datetime | None
    came_from: str | None
    arrived: date | None


class Visit(NamedTuple):
    """One visit. ``counts`` is false where it is not of the round that it names, which a fault tells."""

    fact: UUID
    area: str
    at: datetime
    author: str
    data: kinds.Visited
    counts: bool


class Disposal(NamedTuple):
    person: UUID
    disposition: Disposition
    at: datetime


class Household(NamedTuple):
    """``place`` is None where no registration holds: it was visited and is not on the register."""

    area: str
    author: str
    place: kinds.HouseholdRegistered | None
    registered_at: datetime | None
    spells: Mapping[UUID, tuple[Spell, ...]]
    visits: tuple[Visit, ...]
    disposals: tuple[Disposal, ...]
    faults: tuple[Fault, ...]
    disputed: bool

    def members(self, at: datetime | None = None) -> tuple[UUID, ...]:
        """Who lives there at a moment; by default as far as is known now."""
        return tuple(
            person
            for person, spells in self.spells.items()
            for one in spells
            if (at is None or one.joined <= at) and (one.left is None or (at is not None and at < one.left))
        )


def fold_household(facts: Sequence[Fact], rounds: Mapping[UUID, Span]) -> Household | None:
    """None where nothing holds of it. ``rounds`` are those that its visits name, as far as they are known."""
    told, faults, home = own_facts(facts)
    held = standing(told)
    first = next(iter(held.facts), None) or next((fact for fact in facts if faults and fact.id == faults[0].fact), None)
    if first is None:
        return None
    places = of(held, kinds.HouseholdRegistered)
    place = places[0][1] if places else None
    faults += [Fault(fact.id, "door", "registered_twice") for fact, data in places[1:] if _moved(data, place)]
    area = place.community if place else home or first.area
    theirs = [fact for fact in held.facts if near(fact.area, area)]
    faults += [Fault(fact.id, "area", "not_responsible") for fact in held.facts if not near(fact.area, area)]
    spells, left = _spells(theirs)
    visits, wrong = _visits(theirs, place, spells, rounds)
    disposals = [(fact, fact.data) for fact in theirs if isinstance(fact.data, kinds.Disposed)]
    return Household(
        area, (places[0][0] if places else first).author, place,
        began(told, places[0][0]) if places else None, spells, visits,
        tuple(Disposal(data.person, data.disposition, when(fact)) for fact, data in disposals),
        (*faults, *left, *wrong), bool(held.disputed),
    )  # fmt: skip


def _moved(data: kinds.HouseholdRegistered, place: kinds.HouseholdRegistered | None) -> bool:
    """Whether a second registration says something else; of an import it may be the same one."""
    return place is not None and data.model_copy(update={"batch": place.batch}) != place


def own_facts(facts: Sequence[Fact]) -> Own:
    """The facts of a household without those of divisions that have no say in it."""
    return own(facts, kinds.HouseholdRegistered, _place)


def _place(fact: Fact) -> tuple[str, UUID]:
    data = fact.data
    assert isinstance(data, kinds.HouseholdRegistered)
    return data.community, household_id(data.community, data.building, data.unit, data.door)


def _spells(facts: Sequence[Fact]) -> tuple[dict[UUID, tuple[Spell, ...]], list[Fault]]:
    spells: dict[UUID, tuple[Spell, ...]] = {}
    faults = []
    for fact in facts:
        match fact.data:
            case kinds.MemberJoined(person=person, came_from=came_from, arrived=arrived):
                before = spells.get(person, ())
                if not before or before[-1].left is not None:
                    spells[person] = (*before, Spell(when(fact), None, came_from, arrived))
                elif came_from is not None:  # told by a second who met the same person
                    spells[person] = (*before[:-1], before[-1]._replace(came_from=came_from, arrived=arrived))
            case kinds.MemberLeft(person=person):
                before = spells.get(person, ())
                if before and before[-1].left is None:
                    spells[person] = (*before[:-1], before[-1]._replace(left=when(fact)))
                else:
                    faults.append(Fault(fact.id, "person", "left_before"))
    return spells, faults


def _visits(
    facts: Sequence[Fact], place: kinds.HouseholdRegistered | None, spells: Mapping[UUID, tuple[Spell, ...]],
    rounds: Mapping[UUID, Span],
) -> tuple[tuple[Visit, ...], list[Fault]]:  # fmt: skip
    visits, faults = [], []
    people = {person.int for person in spells}
    for fact in facts:
        data = fact.data
        if not isinstance(data, kinds.Visited):
            continue
        at = when(fact)
        field, reason = _out_of_round(at, place, rounds.get(data.round))
        if reason:
            faults.append(Fault(fact.id, field, reason))
        if data.vacancy is not None and any(_lived_there(theirs, at) for theirs in spells.values()):
            faults.append(Fault(fact.id, "vacancy", "lived_in"))
        if not people.issuperset([one.person.int for one in data.members]):
            faults.append(Fault(fact.id, "members", "not_member"))
        visits.append(Visit(fact.id, fact.area, at, fact.author, data, not reason))
    return tuple(visits), faults


def _lived_there(spells: Sequence[Spell], at: datetime) -> bool:
    """Whether somebody is on the register as living there then, and still."""
    return any(one.joined <= at and one.left is None for one in spells)


def _out_of_round(at: datetime, place: kinds.HouseholdRegistered | None, span: Span | None) -> tuple[str, str]:
    """The field and the reason why a visit of a moment is not of the round that it names; empty where it is."""
    if place is None:
        return "subject", "not_registered"
    if span is None:
        return "round", "no_round"
    if not within(place.community, span.area):
        return "round", "other_round"
    if at < span.opened_at:
        return "at", "before_round"
    if span.closed_at is not None and at > span.closed_at:
        return "at", "after_round"
    return "", ""
