"""What requests about stock have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, WithJsonSchema

from lianfang.facts.facts import Why
from lianfang.facts.shape import Schema

Area = Annotated[str, Field(max_length=64)]
Code = Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_.-]{1,32}$")]
Name = Annotated[str, Field(min_length=1, max_length=100)]
Amount = Annotated[
    Decimal,
    Field(ge=0, le=10**12, max_digits=16, decimal_places=3),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": 10**12}),
]
"""To a thousandth, exact: a text of a number is read too."""


class StockActIn(Schema):
    """``id`` is the sender's own, by which sending it again is known."""

    model_config = ConfigDict(extra="forbid")

    id: UUID


class StockRetractIn(Schema):
    model_config = ConfigDict(extra="forbid")

    why: Why


class StockIdOut(Schema):
    id: UUID
