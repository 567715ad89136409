"""The kinds of fact about producers: what they make, whether they work, what came out, what is asked of them, and the
hands that they need. Quantities are whole numbers of an item's smallest unit."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lianfang.capabilities.supplies.facts.stock import MOST
from lianfang.facts.fact import Day, FactData, PlaceName, Time

MOST_PRODUCTS, MOST_PEOPLE, MOST_GROUPS = 50, 2_000, 50
Amount = Annotated[int, Field(ge=0, le=MOST)]


class Working(StrEnum):
    """Whether a producer has gone back to work: stopped, in part, in full."""

    STOPPED = "stopped"
    PART = "part"
    FULL = "full"


class Product(BaseModel):
    """What a producer makes of an item on a usual day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    item: UUID
    per_day: Annotated[int, Field(ge=1, le=MOST)]


class ProducerListed(FactData, kind="producer.listed", version=1, founds=True):
    """An enterprise that makes what the response needs; listed again, the later listing counts."""

    name: Annotated[PlaceName, Field(min_length=1)]
    en: PlaceName = ""
    makes: Annotated[tuple[Product, ...], Field(min_length=1, max_length=MOST_PRODUCTS)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({one.item for one in self.makes}) < len(self.makes):
            raise ValueError("an item is named twice")
        return self


class WorkStated(FactData, kind="producer.work_stated", version=1):
    """From a day on a producer stands still, works in part, or in full."""

    working: Working
    since: Day


class OutputReported(FactData, kind="producer.output_reported", version=1):
    """What a producer made of an item on a day; nothing is nought, said. Said again, the later counts."""

    item: UUID
    day: Day
    quantity: Amount


class DemandSet(FactData, kind="producer.demand_set", version=1):
    """What is asked of a producer from a day on, of an item a day."""

    item: UUID
    since: Day
    per_day: Amount


class HandsAsked(FactData, kind="labour.asked", version=1, founds=True):
    """A producer asks for so many people for a shift, to work in so many groups; the subject is the request."""

    producer: UUID
    people: Annotated[int, Field(ge=1, le=MOST_PEOPLE)]
    groups: Annotated[int, Field(ge=1, le=MOST_GROUPS)] = 1
    begins: Time
    ends: Time

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("end is not after start")
        if self.groups > self.people:
            raise ValueError("more groups than people")
        return self


Group = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_PEOPLE)]


class HandsGiven(FactData, kind="labour.given", version=1):
    """Who goes, group by group; given again, the later counts."""

    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=MOST_GROUPS)]

    @model_validator(mode="after")
    def _nobody_twice(self) -> Self:
        everybody = [one for group in self.groups for one in group]
        if len(set(everybody)) < len(everybody):
            raise ValueError("somebody is in two groups")
        return self


PRODUCER_KINDS: Final = (ProducerListed, WorkStated, OutputReported, DemandSet)
LABOUR_KINDS: Final = (HandsAsked, HandsGiven)
