"""The response levels of an area, folded from what was declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.command.facts import LevelDeclared, ResponseLevel
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class Declared(NamedTuple):
    """A level from ``starts`` until the next one of the history."""

    fact: UUID
    area: str
    level: ResponseLevel
    issuer: str
    doc_no: str
    starts: datetime
    at: datetime
    """When it was recorded."""
    author: str


def levels(facts: Sequence[Fact]) -> tuple[Declared, ...]:
    """The history of one area by when each level starts; of two that start at one moment the later recorded holds."""
    found: dict[datetime, Declared] = {}
    for fact in standing(facts).facts:
        data = fact.data
        if isinstance(data, LevelDeclared):
            found[data.starts] = Declared(
                fact.id, fact.area, data.level, data.issuer, data.doc_no, data.starts, folding_order(fact)[0],
                fact.author,
            )  # fmt: skip
    return tuple(found[starts] for starts in sorted(found))


def in_force(history: Sequence[Declared], at: datetime) -> Declared | None:
    """What holds at a moment; None where nothing is on record by then, which is not that there is no response."""
    return next((one for one in reversed(history) if one.starts <= at), None)


def spell(history: Sequence[Declared], at: datetime) -> tuple[datetime, datetime | None] | None:
    """Since when the level of a moment has held, and until when, declared again or not; None where none is on record.
    Open-ended where no other is on record."""
    now = in_force(history, at)
    if now is None:
        return None
    since, until = now.starts, None
    for one in reversed([one for one in history if one.starts < now.starts]):
        if one.level is not now.level:
            break
        since = one.starts
    for one in history:
        if one.starts > at and one.level is not now.level:
            until = one.starts
            break
    return since, until
