"""What holds of a subject's facts once corrections and retractions have had their say."""

from __future__ import annotations

from collections import Counter, defaultdict
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

    A fact does not hold where another ``corrects`` it, unless that one was taken back. What replaces a correction
    replaces what that one had replaced. A fact that corrects what is not (yet) here holds as any other does.
    """
    # By the numbers of their ids, here and elsewhere: an id is hashed by Python, at five times the cost of a number.
    ordered = sorted({fact.id.int: fact for fact in facts}.values(), key=folding_order)
    if not any([fact.corrects for fact in ordered]):  # of most subjects nothing was ever corrected
        return Standing(tuple([fact for fact in ordered if not isinstance(fact.data, Retracted)]), {})
    corrects = _targets(ordered)
    corrections: dict[UUID, list[Fact]] = defaultdict(list)
    for fact in ordered:
        if fact.id in corrects:
            corrections[corrects[fact.id]].append(fact)
    acts: dict[UUID, bool] = {}
    for fact in _corrections_first(ordered, corrects):
        takers = (other for other in corrections.get(fact.id, ()) if isinstance(other.data, Retracted))
        acts[fact.id] = not any(acts[other.id] for other in takers)
    disputed, passed_over = {}, list[UUID]()
    for corrected, rivals in corrections.items():
        acting = [fact.id for fact in rivals if acts[fact.id]]
        if len(acting) > 1:
            disputed[corrected] = tuple(acting)
            passed_over += acting[:-1]
    out = set(passed_over)
    while passed_over:  # and with a rival, what corrects it
        following = [other.id for other in corrections.get(passed_over.pop(), ()) if other.id not in out]
        out.update(following)
        passed_over += following
    out.update(id for id, others in corrections.items() if any(acts[other.id] for other in others))
    kept = (fact for fact in ordered if fact.id not in out and not isinstance(fact.data, Retracted))
    return Standing(tuple(kept), disputed)


def _targets(ordered: Iterable[Fact]) -> dict[UUID, UUID]:
    """What each fact corrects. Where facts correct each other in a ring, the first of them corrects nothing."""
    corrects: dict[UUID, UUID] = {}
    for fact in reversed(list(ordered)):
        if fact.corrects is None:
            continue
        at: UUID | None = fact.corrects
        while at is not None and at != fact.id:
            at = corrects.get(at)
        if at is None:
            corrects[fact.id] = fact.corrects
    return corrects


def _corrections_first(ordered: Iterable[Fact], corrects: Mapping[UUID, UUID]) -> list[Fact]:
    """The facts, each after all that correct it."""
    by_id = {fact.id: fact for fact in ordered}
    waiting = Counter(target for target in corrects.values())
    free = [id for id in by_id if not waiting[id]]
    for id in free:
        target = corrects.get(id)
        if target is not None:
            waiting[target] -= 1
            if not waiting[target] and target in by_id:
                free.append(target)
    return [by_id[id] for id in free]
