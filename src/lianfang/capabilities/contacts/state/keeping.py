"""Which of a contact's facts take part: not what would take its last exposure from under the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lianfang.capabilities.contacts.facts import Exposed
from lianfang.capabilities.contacts.state.faults import Fault, fault
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.facts import Retracted
from lianfang.facts.history import standing
from lianfang.profiles.disease.parts import within


def related(area: str, other: str) -> bool:
    """Whether one division lies in the other, or is it."""
    return within(area, other) or within(other, area)


def keeping_exposure(facts: Sequence[Fact]) -> tuple[Sequence[Fact], list[Fault]]:
    """The facts without the retractions that would leave no exposure though other facts of the contact rest on one,
    which are faults: of several those that come last. What an import brought is taken back as a whole."""
    known = {fact.id: fact for fact in facts}
    if not any(isinstance(fact.data, Retracted) for fact in facts) or _exposed_by(facts):
        return facts, []
    owners = {fact.area for fact in facts if isinstance(fact.data, Exposed)}
    takers = [fact for fact in facts if isinstance(fact.data, Retracted) and fact.data.batch is None]
    takers = [fact for fact in takers if fact.corrects in known and isinstance(known[fact.corrects].data, Exposed)]
    left = [fact for fact in facts if fact not in takers]
    resting = [one for one in standing(left).facts if not isinstance(one.data, Exposed)]
    resting = [one for one in resting if any(related(one.area, owner) for owner in owners)]
    if not resting or not _exposed_by(left):
        return facts, []
    refused = []
    for fact in sorted(takers, key=folding_order):
        if _exposed_by([*left, fact]):
            left.append(fact)
        else:
            refused.append(fault(fact.id, "fact", "rests", n=len(resting)))
    return left, refused


def _exposed_by(facts: Iterable[Fact]) -> bool:
    """Whether an exposure stands."""
    return any(isinstance(fact.data, Exposed) for fact in standing(facts).facts)
