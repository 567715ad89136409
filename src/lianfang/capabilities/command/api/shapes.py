"""What requests about command have in common."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from lianfang.facts.fact import AreaCode
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Area = Annotated[str, Field(max_length=64)]
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=1_000)]
Evidence = Annotated[str, Field(max_length=500)]
Coded = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")]


class CommandIn(Schema):
    model_config = ConfigDict(extra="forbid")


class CommandMadeOut(Schema):
    """What was recorded, by its id."""

    id: UUID


class CommandRetractIn(CommandIn):
    """``taken``: the fact that is taken back, one's own."""

    taken: UUID
    why: Why
    fact: UUID | None = None


class MemberUnit(CommandIn):
    """A unit: ``account`` stands for it; ``area`` is where it works."""

    code: Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
    zh: Annotated[str, Field(min_length=1, max_length=200)]
    en: Short = ""
    account: Coded | None = None
    area: AreaCode | None = None


class PlanUnitOut(Schema):
    """A member unit of a plan: ``account`` stands for it; ``area`` is where it works."""

    code: str
    zh: str
    en: str
    account: str | None
    area: str | None
