"""The shapes that travel and arrivals share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from pydantic import Field

from lianfang.capabilities.checkpoints import queries, rules
from lianfang.capabilities.checkpoints.state import Fault
from lianfang.facts.shape import Schema
from lianfang.identity.forms import PersonOut

Area = Annotated[str, Field(max_length=64)]
Place = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]


class NamedPageIn(Schema):
    """A page of a list. With ``names`` and a ``purpose`` its people are shown as the role may see them, on record."""

    names: bool = False
    purpose: Annotated[str, Field(max_length=64)] = ""
    after: Annotated[str, Field(max_length=200)] = ""
    limit: Annotated[int, Field(ge=1, le=queries.MOST_ON_A_PAGE)] = queries.PAGE


class NamedPageOut(Schema):
    people: dict[str, PersonOut]
    """By pseudonym, where names were asked for; whom the role does not see is not in it."""
    next: str | None
    total: int


class ArrivalMadeOut(Schema):
    id: UUID


class ArrivalFaultOut(Schema):
    """A fact that contradicts what was before it: not applied."""

    fact: UUID
    field: str
    reason: str
    zh: str
    en: str


def faults_out(told: Iterable[Fault | list[str]]) -> list[ArrivalFaultOut]:
    found = []
    for fact, field, reason in told:
        zh, en = rules.WORDS[reason]
        found.append(ArrivalFaultOut(fact=fact, field=field, reason=reason, zh=zh, en=en))
    return found
