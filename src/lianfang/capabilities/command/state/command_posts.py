"""The command posts of an area, folded from what set them up and dissolved them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from lianfang.capabilities.command.facts import CommandPostDissolved, CommandPostEstablished
from lianfang.facts.fact import Fact, folding_order
from lianfang.facts.history import standing


class CommandPost(NamedTuple):
    """A command post from ``starts`` until ``ends``, where it has one."""

    fact: UUID
    area: str
    zh: str
    en: str
    issuer: str
    doc_no: str
    starts: datetime
    ends: datetime | None
    dissolved: UUID | None
    """The fact that dissolved it; None too where another took its place."""
    at: datetime
    """When it was recorded."""
    author: str


def command_posts(facts: Sequence[Fact]) -> tuple[CommandPost, ...]:
    """Those of one area by when each starts; of two that start at one moment the later recorded holds."""
    founded: dict[datetime, CommandPost] = {}
    dissolved: dict[datetime, UUID] = {}
    for fact in standing(facts).facts:
        data = fact.data
        if isinstance(data, CommandPostDissolved):
            dissolved[data.ends] = fact.id
        elif isinstance(data, CommandPostEstablished):
            founded[data.starts] = CommandPost(
                fact.id, fact.area, data.zh, data.en, data.issuer, data.doc_no, data.starts, None, None,
                folding_order(fact)[0], fact.author,
            )  # fmt: skip
    ends = sorted({*founded, *dissolved})
    return tuple(_ended(founded[starts], ends, dissolved) for starts in sorted(founded))


def _ended(one: CommandPost, ends: Sequence[datetime], dissolved: dict[datetime, UUID]) -> CommandPost:
    end = next((at for at in ends if at > one.starts), None)
    return one._replace(ends=end, dissolved=dissolved.get(end) if end else None)


def standing_at(history: Sequence[CommandPost], at: datetime) -> CommandPost | None:
    """The command post at a moment; None where none is on record."""
    return next((one for one in history if one.starts <= at and (one.ends is None or at < one.ends)), None)
