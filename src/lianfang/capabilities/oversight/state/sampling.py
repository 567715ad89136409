"""What was drawn by lot, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from lianfang.capabilities.isolation.state import Fault
from lianfang.capabilities.oversight.facts.sampling import Recalled, RecallResult, RecordsDrawn, SitesDrawn
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing

WORDS: Final[dict[str, tuple[str, str]]] = {
    "not_drawn": ("不在抽中的记录里，请核对", "was not drawn: choose one of those that were"),
}


class Recall(NamedTuple):
    """The last that is known of a record that was asked about again."""

    result: RecallResult
    fact: UUID
    at: datetime
    author: str


class RecordDraw(NamedTuple):
    data: RecordsDrawn | None = None
    area: str = ""
    at: datetime | None = None
    author: str = ""
    recalls: dict[UUID, Recall] = {}  # noqa: RUF012  # never changed in place
    faults: tuple[Fault, ...] = ()


class SiteDraw(NamedTuple):
    data: SitesDrawn | None = None
    area: str = ""
    at: datetime | None = None
    author: str = ""
    faults: tuple[Fault, ...] = ()


def records(facts: Sequence[Fact]) -> RecordDraw:
    """A draw of records with its answers. One about a record that was not drawn counts for nothing."""
    its, faults, recalls = RecordDraw(), list[Fault](), dict[UUID, Recall]()
    held = standing(facts).facts
    for fact in held:
        if isinstance(fact.data, RecordsDrawn):
            its = RecordDraw(fact.data, fact.area, folding_order(fact)[0], fact.author)
    drawn = set(its.data.drawn) if its.data else set()
    for fact in held:
        if not isinstance(fact.data, Recalled):
            continue
        if fact.data.record in drawn:
            recalls[fact.data.record] = Recall(fact.data.result, fact.id, folding_order(fact)[0], fact.author)
        else:
            faults.append(Fault(fact.id, "record", "not_drawn"))
    return its._replace(recalls=recalls, faults=tuple(faults))


def sites(facts: Sequence[Fact]) -> SiteDraw:
    """A draw of places."""
    for fact in standing(facts).facts:
        if isinstance(fact.data, SitesDrawn):
            return SiteDraw(fact.data, fact.area, folding_order(fact)[0], fact.author)
    return SiteDraw()
