"""What was decided on an area's strategy, folded from the decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.command.facts.strategy import StrategyOverridden
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class Override(NamedTuple):
    """A strategy from ``starts`` until ``ends``."""

    fact: UUID
    area: str
    strategy: str
    reason: str
    doc_no: str
    starts: datetime
    ends: datetime
    at: datetime
    author: str


def overrides(facts: Sequence[Fact]) -> tuple[Override, ...]:
    """Those of one area by when each starts; of two that start at one moment the later recorded holds."""
    found: dict[datetime, Override] = {}
    for fact in standing(facts).facts:
        data = fact.data
        if isinstance(data, StrategyOverridden):
            found[data.starts] = Override(
                fact.id, fact.area, data.strategy, data.reason, data.doc_no, data.starts, data.ends,
                folding_order(fact)[0], fact.author,
            )  # fmt: skip
    return tuple(found[starts] for starts in sorted(found))


def override_at(history: Sequence[Override], at: datetime) -> Override | None:
    """What holds at a moment: the last that had begun, where it has not ended."""
    last = next((one for one in reversed(history) if one.starts <= at), None)
    return last if last is not None and at < last.ends else None
