"""How the headquarters of an area is made up, folded from what was announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.command.facts.headquarters import HeadquartersOrganised
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class Organised(NamedTuple):
    """A headquarters from ``data.starts`` until the next one of the history."""

    fact: UUID
    area: str
    data: HeadquartersOrganised
    at: datetime
    author: str


def headquarters(facts: Sequence[Fact]) -> tuple[Organised, ...]:
    """Those of one area and event by when each starts: one at a time."""
    found: dict[datetime, Organised] = {}
    for fact in standing(facts).facts:
        if isinstance(fact.data, HeadquartersOrganised):
            found[fact.data.starts] = Organised(fact.id, fact.area, fact.data, folding_order(fact)[0], fact.author)
    return tuple(found[starts] for starts in sorted(found))
