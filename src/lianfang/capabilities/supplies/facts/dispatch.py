"""The kinds of fact about dispatches: what one store sends to another, and the proof that it came. The subject is the
dispatch; what it moves are facts of the ledger, which name it as their document."""

from __future__ import annotations

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.capabilities.supplies.facts.stock import MOST_LINES, Lot, Quantity
from lianfang.facts.fact import AreaCode, FactData


class Load(BaseModel):
    """What is to be sent of an item, in its smallest unit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: UUID
    quantity: Quantity


class Came(BaseModel):
    """What came of a lot, in the smallest unit; what is missing is booked as lost on the way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: UUID
    lot: Lot | None = None
    quantity: Annotated[int, Field(ge=0)]


class DispatchPlanned(FactData, kind="dispatch.planned", version=1, founds=True):
    """Somebody decided that a store sends something to another. The envelope's area is that of the store that gives;
    ``allocation`` is the confirmed sharing that it follows from."""

    source: UUID
    target: UUID
    target_area: AreaCode
    loads: Annotated[tuple[Load, ...], Field(min_length=1, max_length=MOST_LINES)]
    allocation: UUID | None = None

    @model_validator(mode="after")
    def _elsewhere(self) -> Self:
        if self.source == self.target:
            raise ValueError("a store sends nothing to itself")
        return self


class DispatchSent(FactData, kind="dispatch.sent", version=1):
    """It left: taken from the one store and added to what is on its way to the other, in one transaction."""


class DispatchReceived(FactData, kind="dispatch.received", version=1):
    """The store that it was for counted what came: the proof of receipt, by its author."""

    came: Annotated[tuple[Came, ...], Field(max_length=MOST_LINES)]


class DispatchCancelled(FactData, kind="dispatch.cancelled", version=1):
    """It is not sent."""
