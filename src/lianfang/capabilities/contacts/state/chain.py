"""What was determined of who may have infected a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.contacts.facts import Certainty, ClusterNamed, Linked, Unlinked
from lianfang.capabilities.contacts.state.faults import Fault, fault
from lianfang.facts.fact import Fact
from lianfang.facts.history import standing


class Said(NamedTuple):
    """The last word on one possible infector of a case: ``certainty`` is None where it was not the one."""

    infector: UUID
    certainty: Certainty | None
    setting: str | None
    fact: UUID


class Determined(NamedTuple):
    said: tuple[Said, ...]
    faults: tuple[Fault, ...]


def fold_links(infected: UUID, facts: Sequence[Fact]) -> Determined:
    """The last word on each possible infector of a case, by its id."""
    said: dict[UUID, Said] = {}
    faults = []
    for fact in standing(facts).facts:
        match fact.data:
            case Linked(infector=infector) if infector == infected:
                faults.append(fault(fact.id, "infector", "was_infected_by_itself"))
            case Linked(infector=infector, certainty=certainty, setting=setting):
                said[infector] = Said(infector, certainty, setting, fact.id)
            case Unlinked(infector=infector):
                said[infector] = Said(infector, None, None, fact.id)
    return Determined(tuple(said[infector] for infector in sorted(said)), tuple(faults))


def fold_cluster(facts: Sequence[Fact]) -> tuple[Fact, ClusterNamed] | None:
    """The first fact of a cluster that stands, and what was said of it last; None where nothing stands."""
    named = [(fact, fact.data) for fact in standing(facts).facts if isinstance(fact.data, ClusterNamed)]
    return (named[0][0], named[-1][1]) if named else None
