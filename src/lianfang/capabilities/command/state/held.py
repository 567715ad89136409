"""What is held of one subject: the fact that founds it and those that follow, each checked against what was before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault, when
from lianfang.capabilities.isolation.state.faults import in_turn
from lianfang.facts.fact import Fact, FactData
from lianfang.facts.history import standing

Founding = TypeVar("Founding", bound=FactData)


class Act(NamedTuple):
    """A fact that followed."""

    fact: UUID
    at: datetime
    author: str
    data: Any


@dataclass(frozen=True)
class Held(Generic[Founding]):
    """A subject. ``data`` is None where the fact that founds it is not here (yet)."""

    data: Founding | None
    fact: UUID | None
    area: str
    author: str
    began: datetime | None
    acts: tuple[Act, ...]
    faults: tuple[Fault, ...]
    disputed: bool

    def last(self, kind: type[FactData]) -> Act | None:
        """The last of a kind."""
        return next((act for act in reversed(self.acts) if isinstance(act.data, kind)), None)


Objection = Callable[[Held[Any], Fact], tuple[str, str] | None]
"""Why a fact cannot follow what is held: the field and the reason; None where it can."""


def held(
    facts: Sequence[Fact], founds: type[Founding], then: Sequence[type[FactData]], objection: Objection
) -> Held[Founding]:
    """The subject whose facts these are, in whatever order they are given; facts of other kinds are none of it."""
    told = standing(facts)
    found = Held[Founding](None, None, "", "", None, (), (), bool(told.disputed))
    faults: list[Fault] = []
    kinds: tuple[type[FactData], ...] = (founds, *then)
    for fact in in_turn([fact for fact in told.facts if isinstance(fact.data, kinds)], kinds):
        why = _why_not(found, fact, founds, objection)
        if why is not None:
            faults.append(Fault(fact.id, *why))
        elif isinstance(fact.data, founds):
            found = replace(
                found, data=fact.data, fact=fact.id, area=fact.area, author=fact.author, began=when(fact)
            )  # fmt: skip
        else:
            found = replace(found, acts=(*found.acts, Act(fact.id, when(fact), fact.author, fact.data)))
    return replace(found, faults=tuple(faults))


def _why_not(
    found: Held[Any], fact: Fact, founds: type[FactData], objection: Objection
) -> tuple[str, str] | None:  # fmt: skip
    if isinstance(fact.data, founds):
        return ("id", "again") if found.data is not None else None
    return ("id", "not_there") if found.data is None else objection(found, fact)
