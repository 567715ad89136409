"""Who leads the command post of an area and which working groups it has. Posts and units are named, never people."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.command.facts.base import NAMES, English, Token, Unit, Words
from lianfang.facts.fact import Code, FactData, Time


def headquarters_id(area: str, event: str) -> UUID:
    """The subject of the headquarters of an area for an event, of which one stands at a time."""
    return uuid5(NAMES, f"headquarters|{area}|{event}")


class Office(BaseModel):
    """An office that leads: 书记, 省长. Two of them lead together."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: Words
    en: English = ""


class Group(BaseModel):
    """A working group: ``lead`` is the unit that leads it, by its code among ``members``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Token
    zh: Words
    en: English = ""
    lead: Token
    members: Annotated[tuple[Unit, ...], Field(min_length=1, max_length=60)]


class HeadquartersOrganised(FactData, kind="headquarters.organised", version=1, founds=True):
    """From ``starts`` on the headquarters has these leads and groups; the one before is replaced."""

    event: Code
    zh: Words
    en: English = ""
    doc_no: Words
    starts: Time
    leads: Annotated[tuple[Office, ...], Field(min_length=1, max_length=10)]
    groups: Annotated[tuple[Group, ...], Field(max_length=40)] = ()
