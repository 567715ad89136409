"""What holds of a subject's facts once corrections and retractions have had their say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.facts import Retracted


class Standing(NamedTuple):
    """``facts`` are those that hold, in folding order. ``disputed`` has, by the id of a fact, its rival corrections: of
    these the last in folding order holds until a person takes the others back."""

    facts: tuple[Fact, ...]
    disputed: Mapping[UUID, tuple[UUID, ...]]


def standing(facts: Iterable[Fact]) -> Standing:
    """The facts of one subject that hold, whatever the order in which they are given.

    A fact does not hold where one that holds ``corrects`` it. A fact that corrects what is not (yet) here holds as any
    other does.
    """
    ordered = sorted({fact.id: fact for fact in facts}.values(), key=folding_order)
    corrections: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in ordered:
        if fact.corrects is not None:
            corrections[fact.corrects].append(fact)
    if not corrections:
        return Standing(tuple(ordered), {})
    holding: dict[UUID, bool] = {}

    def holds(fact: Fact) -> bool:
        if fact.id not in holding:
            holding[fact.id] = False  # two facts that correct each other: the later one stays out of the question
            holding[fact.id] = not any(holds(other) for other in corrections[fact.id])
        return holding[fact.id]

    disputed, passed_over = {}, set[UUID]()
    for corrected, rivals in corrections.items():
        standing_rivals = [fact.id for fact in rivals if holds(fact)]
        if len(standing_rivals) > 1:
            disputed[corrected] = tuple(standing_rivals)
            passed_over.update(standing_rivals[:-1])
    kept = [f for f in ordered if holds(f) and f.id not in passed_over and not isinstance(f.data, Retracted)]
    return Standing(tuple(kept), disputed)
