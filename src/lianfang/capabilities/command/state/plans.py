"""A plan with its versions and activations, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.command.facts import Item, PlanActivated, PlanIssued
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class Version(NamedTuple):
    fact: UUID
    data: PlanIssued
    at: datetime
    author: str

    def on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.data.first <= day <= self.data.last


class Activation(NamedTuple):
    """A version put into action; ``data.declared`` is the level that it rests on."""

    id: UUID
    data: PlanActivated
    version: Version
    at: datetime
    author: str

    def due(self) -> dict[str, tuple[Item, ...]]:
        """What each unit has to do, by its code, in the order of the plan; units without anything are left out."""
        found: dict[str, list[Item]] = {}
        for item in self.version.data.items:
            if self.data.level in item.levels:
                for unit in dict.fromkeys(item.units):
                    found.setdefault(unit, []).append(item)
        return {unit.code: tuple(found[unit.code]) for unit in self.version.data.units if unit.code in found}


class Plan(NamedTuple):
    area: str
    versions: tuple[Version, ...]
    """By when they come into force, then by when they were recorded."""
    activations: tuple[Activation, ...]
    disputed: bool

    def current(self, day: date) -> Version | None:
        """The version of a day: of those in force the one that came last."""
        return next((one for one in reversed(self.versions) if one.on(day)), None)


def plan(facts: Sequence[Fact]) -> Plan | None:
    """The plan whose facts these are, in any order; None where no version of it holds. An activation of a version that
    was taken back counts for nothing."""
    held = standing(facts)
    versions = [
        Version(fact.id, fact.data, folding_order(fact)[0], fact.author)
        for fact in held.facts
        if isinstance(fact.data, PlanIssued)
    ]
    if not versions:
        return None
    by_fact = {one.fact: one for one in versions}
    area = next(fact.area for fact in held.facts if fact.id == versions[-1].fact)
    activations = tuple(
        Activation(fact.id, fact.data, by_fact[fact.data.issued], folding_order(fact)[0], fact.author)
        for fact in held.facts
        if isinstance(fact.data, PlanActivated) and fact.data.issued in by_fact
    )
    versions.sort(key=lambda one: (one.data.first, one.at))
    return Plan(area, tuple(versions), activations, bool(held.disputed))
