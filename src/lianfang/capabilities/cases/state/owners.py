"""Which facts are of divisions that were responsible for the case: nobody else's change it."""

from __future__ import annotations

from collections.abc import Sequence

from lianfang.capabilities.cases.facts import HandedOver, Reported
from lianfang.capabilities.cases.state.table import Fault, fault
from lianfang.facts.fact import Fact, folding_order
from lianfang.profiles.disease.parts import within


def responsible(facts: Sequence[Fact]) -> tuple[list[Fact], list[Fault]]:
    """The facts of divisions that ever were responsible, or lie within or around one that was; the others as faults.

    The first report's division is responsible, then each to which one that was has handed the case over.
    """
    reports = sorted((fact for fact in facts if isinstance(fact.data, Reported)), key=folding_order)
    if not reports:
        return list(facts), []
    owners = {reports[0].area}
    offers = [fact for fact in facts if isinstance(fact.data, HandedOver)]
    while taken := [fact for fact in offers if _of(fact.area, owners)]:
        owners.update(fact.data.to for fact in taken if isinstance(fact.data, HandedOver))
        offers = [fact for fact in offers if fact not in taken]
    kept = [fact for fact in facts if _of(fact.area, owners)]
    faults = [fault(fact.id, "area", "not_responsible", area=fact.area) for fact in facts if not _of(fact.area, owners)]
    return kept, faults


def _of(area: str, owners: set[str]) -> bool:
    return any(within(area, owner) or within(owner, area) for owner in owners)
