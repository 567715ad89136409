"""What requests about production and the sharing of stock have in common."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Area = Annotated[str, Field(max_length=64)]
Code = Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
Words = Annotated[str, Field(max_length=200)]
Place = Annotated[str, Field(max_length=64)]
Count = Annotated[int, Field(ge=0, le=10**12)]


class TellIn(Schema):
    """``fact`` is the sender's own id for what is told, by which sending it again is known and by which it is taken
    back."""

    model_config = ConfigDict(extra="forbid")

    fact: UUID


class BeginIn(Schema):
    """``id`` is the sender's own for what begins, by which sending it again is known; the area that answers for it."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    area: Area


class ProductionRetractIn(Schema):
    """Which fact is ``taken`` back, and why; ``fact`` is the sender's own id for the retraction."""

    model_config = ConfigDict(extra="forbid")

    taken: UUID
    why: Why
    fact: UUID


class ProductionIdOut(Schema):
    id: UUID


class ItemNameOut(Schema):
    """An item of the catalogue."""

    id: UUID
    code: str
    zh: str
    en: str
    unit_zh: str
    unit_en: str
