"""Which division is responsible for a post, an encounter, a stop, a notice, an inspection: no other's facts change it.

Whose it is follows from the order in which the record came to know of it, never from what a sender says of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID, uuid5

from lianfang.capabilities.checkpoints.state import Fault
from lianfang.capabilities.gates.facts import PostOpened
from lianfang.facts.fact import Fact, FactData
from lianfang.profiles.disease.parts import within

COUNTY: Final = 6
"""Digits of a county's code."""
_NAMES: Final = UUID("6a2f0c56-0f0b-5c8e-9a3b-7f3f2a1d9e44")


def named(text: str) -> UUID:
    """The id that a name stands for in the record of gates."""
    return uuid5(_NAMES, text)


def post_id(data: PostOpened) -> UUID:
    """The id of a post: by its number within its county, else by its name within its town."""
    of = f"{data.town[:COUNTY]}|{data.number}" if data.number else f"{data.town}|{data.name}"
    return named(f"{data.kind_of}|{of}")


def seat_id(account: str, area: str) -> UUID:
    """The id of an account's seat in a department, as a division has it."""
    return named(f"seat|{area}|{account}")


def near(area: str, other: str) -> bool:
    """Whether one of two divisions lies in the other, or is it."""
    return within(area, other) or within(other, area)


def county_of(facts: Iterable[Fact]) -> str:
    """The county of a post, of its facts in order of arrival: where it was first set up. Whoever can compute an id
    could be first: it is the county's whose number or name gives the id. Empty where nobody has set it up."""
    first = ""
    for fact in facts:
        if not isinstance(fact.data, PostOpened) or fact.corrects is not None:
            continue
        if post_id(fact.data) == fact.subject and near(fact.area, fact.data.town):
            return fact.data.town[:COUNTY]
        first = first or fact.area[:COUNTY]
    return first


def division_of(facts: Sequence[Fact], founding: tuple[type[FactData], ...]) -> str:
    """The division of the first fact, in order of arrival, of the kinds with which something begins."""
    begun = [fact for fact in facts if isinstance(fact.data, founding)]
    return next((fact.area for fact in begun if fact.corrects is None), begun[0].area if begun else "")


def responsible(facts: Sequence[Fact], owner: str) -> tuple[list[Fact], list[Fault]]:
    """The facts of the division, or of one within or around it; the others as faults. Of nobody's: all."""
    if not owner or all(fact.area == owner for fact in facts):
        return list(facts), []
    foreign = [fact for fact in facts if not near(fact.area, owner)]
    faults = [Fault(fact.id, "area", "not_responsible") for fact in foreign]
    return [fact for fact in facts if fact not in foreign], faults
