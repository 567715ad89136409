"""The kinds of fact about the sharing of items: what was proposed, what was changed of it by hand, and that it was
confirmed. The subject is the sharing. Quantities are whole numbers of each item's smallest unit."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.capabilities.supplies.facts.stock import MOST
from lianfang.facts.fact import Code, FactData, OfficialText

MOST_PLACES: Final = 1_000
MOST_ITEMS: Final = 30
Amount = Annotated[int, Field(ge=0, le=MOST)]
Reason = Annotated[OfficialText, Field(min_length=1, max_length=200, pattern=r"\S")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Given(_Part):
    """What a store had of the item, and what of that it keeps."""

    store: UUID
    stock: Amount
    reserve: Amount


class Wanted(_Part):
    """What a place needs for the days looked ahead, what it had, the least that it was to get, and the people that it
    serves; then what it would get under each rule, in the order of ``rules/allocate``."""

    place: UUID
    need: Amount
    has: Amount
    floor: Amount
    heads: Amount | None = None
    why: Code
    by_rule: Annotated[tuple[Amount | None, ...], Field(min_length=4, max_length=4)]


class Line(_Part):
    """So much from a store to a place; ``km`` is how far that is, as the crow flies."""

    store: UUID
    place: UUID
    quantity: Annotated[int, Field(ge=1, le=MOST)]
    km: Annotated[int, Field(ge=0, le=20_000)]
    nearest: bool


class Portion(_Part):
    """How an item could be shared, with everything that the rule went by."""

    item: UUID
    stores: Annotated[tuple[Given, ...], Field(min_length=1, max_length=MOST_PLACES)]
    places: Annotated[tuple[Wanted, ...], Field(min_length=1, max_length=MOST_PLACES)]
    lines: Annotated[tuple[Line, ...], Field(max_length=2 * MOST_PLACES)]
    level: Annotated[float, Field(ge=0, le=1)] | None
    gap: Annotated[float, Field(ge=0, le=1)]


Days = Annotated[int, Field(ge=1, le=60)]


class SharingProposed(FactData, kind="allocation.proposed", version=2, founds=True):
    """How items could be shared together by the rule of an edition: each is told of once."""

    edition: Code
    days: Days
    portions: Annotated[tuple[Portion, ...], Field(min_length=1, max_length=MOST_ITEMS)]


class SharingOfOneProposed(FactData, Portion, kind="allocation.proposed", version=1, founds=True):
    """As it was told while a sharing was of one item."""

    edition: Code
    days: Days

    def upcast(self) -> SharingProposed:
        portion = Portion(**{name: getattr(self, name) for name in Portion.model_fields})
        return SharingProposed(edition=self.edition, days=self.days, portions=(portion,))


class SharingChanged(FactData, kind="allocation.changed", version=1):
    """Somebody changed by hand what a store sends to a place, and why. ``item`` is None where the sharing is of one."""

    item: UUID | None = None
    store: UUID
    place: UUID
    quantity: Amount
    why: Reason


class SharingConfirmed(FactData, kind="allocation.confirmed", version=1):
    """It is carried out as it stands: a dispatch for each pair of a store and a place, with all that goes that way."""


class SharingDropped(FactData, kind="allocation.dropped", version=1):
    """It is not carried out."""


ALLOCATION_KINDS: Final = (SharingProposed, SharingChanged, SharingConfirmed, SharingDropped)
