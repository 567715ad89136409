"""What the endpoints of hands have in common."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from lianfang.capabilities.mobilisation.facts.shifts import MOST_PLACES
from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Heads = Annotated[int, Field(ge=1, le=100_000)]
Title = Annotated[str, Field(max_length=60)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3])[0-5][0-9]$", max_length=4)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), lt=date(2200, 1, 1))]
Skip = Annotated[int, Field(ge=0, le=100_000)]
"""How many of a list were shown before."""
People = Annotated[list[UUID], Field(max_length=MOST_PLACES)]


class HandsIn(Schema):
    model_config = ConfigDict(extra="forbid")


class HandsMadeOut(Schema):
    id: UUID


class HandsRetractIn(HandsIn):
    """``taken``: the fact that is taken back, one's own."""

    taken: UUID
    why: Why
    fact: UUID | None = None
