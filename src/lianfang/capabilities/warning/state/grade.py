"""What persons decided of an area, folded from the facts about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.warning.facts.grade import AreaGraded
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class Decision(NamedTuple):
    """A person's decision, from ``at`` to the end of ``until``. ``fact`` recorded it."""

    fact: UUID
    area: str
    author: str
    at: datetime
    to: str
    until: date
    reason: str
    role: str
    data: AreaGraded


def fold(facts: Sequence[Fact]) -> tuple[Decision, ...]:
    """The decisions of an area that stand, by time."""
    told = ((fact, fact.data) for fact in standing(facts).facts)
    return tuple(
        Decision(
            fact.id, fact.area, fact.author, folding_order(fact)[0], data.to, data.until, data.reason, data.role, data
        )
        for fact, data in told
        if isinstance(data, AreaGraded)
    )
