"""Which facts are of divisions that were responsible for the case: nobody else's change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lianfang.capabilities.cases.facts import HandedOver, Reported
from lianfang.capabilities.cases.state.table import Fault, fault
from lianfang.facts.fact import Fact, folding_order
from lianfang.places.gazetteer import Gazetteer
from lianfang.profiles.disease.parts import within

COUNTY: Final = 6
"""Digits of a county's code."""


def responsible(facts: Sequence[Fact]) -> tuple[list[Fact], list[Fault]]:
    """The facts of divisions that ever were responsible, or lie within or around one that was; the others as faults.

    The first report's division is responsible, then each to which one that was has handed the case over. A hand-over
    to what is no division is a fault, whoever made it.
    """
    first = facts[0].area if facts else ""
    if all(fact.area == first and not isinstance(fact.data, HandedOver) for fact in facts):
        return list(facts), []  # most cases never leave the division that reported them
    lost = {fact.id for fact in facts if isinstance(fact.data, HandedOver) and not _is_division(fact.data.to)}
    faults = [
        fault(fact.id, "to", "unknown_area", area=getattr(fact.data, "to", "")) for fact in facts if fact.id in lost
    ]
    facts = [fact for fact in facts if fact.id not in lost]
    reports = sorted((fact for fact in facts if isinstance(fact.data, Reported)), key=folding_order)
    if not reports:
        return facts, faults
    owners = {reports[0].area}
    offers = [fact for fact in facts if isinstance(fact.data, HandedOver)]
    while taken := [fact for fact in offers if _of(fact.area, owners)]:
        owners.update(fact.data.to for fact in taken if isinstance(fact.data, HandedOver))
        offers = [fact for fact in offers if fact not in taken]
    kept = [fact for fact in facts if _of(fact.area, owners)]
    faults += [
        fault(fact.id, "area", "not_responsible", area=fact.area) for fact in facts if not _of(fact.area, owners)
    ]
    return kept, faults


def _of(area: str, owners: set[str]) -> bool:
    return any(within(area, owner) or within(owner, area) for owner in owners)


def _is_division(code: str) -> bool:
    """Whether there is such a division, or a county that a longer code lies in: elsewhere nobody would see the case."""
    gazetteer = Gazetteer.load()
    return gazetteer.division(code) is not None or gazetteer.division(code[:COUNTY]) is not None
