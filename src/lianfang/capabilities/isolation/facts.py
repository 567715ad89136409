"""The kinds of fact about isolation and observation. The subject of an order and of what is done about it is the person
whom it restricts; ``order`` tells which one. Stations and needs are subjects of their own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from lianfang.facts.fact import AreaCode, Code, Day, FactData, OfficialText, PlaceName, Restricting, Time

People = Annotated[int, Field(ge=0, le=100_000)]
MOST_STAFF: Final = 200
DUTIES: Final = ("lead", "clinician", "disinfection", "logistics")
"""Without an account for each, no station is opened."""


class OrderClass(StrEnum):
    """The medical reason for an order."""

    SUSPECTED = "suspected"
    CLOSE_CONTACT = "close_contact"
    OTHER = "other"


class Mode(StrEnum):
    HOME = "home"
    CENTRAL = "central"
    HOSPITAL = "hospital"


class Ordered(Restricting, FactData, kind="isolation.ordered", version=1, founds=True):
    """Somebody was ordered into isolation or observation. Without a medical reason there is no order."""

    order: UUID
    order_class: OrderClass
    of: UUID
    """The contact or the case that is the reason."""
    disease: Code
    edition: Code
    mode: Mode
    station: UUID | None = None
    reason: OfficialText | None = None
    clinician: Code | None = None
    """The account of the clinician who is responsible."""
    community: AreaCode | None = None
    suitable: bool | None = None
    """Whether the home was found fit for it."""
    batch: UUID | None = None
    aliases: Annotated[tuple[Code, ...], Field(max_length=8)] = ()
    """Wordings of the order as received that stand for official ones, by their codes in the dictionary."""


class ModeChanged(Restricting, FactData, kind="isolation.mode_changed", version=1):
    """The order goes on elsewhere. To go from central to home needs a clinician."""

    order: UUID
    mode: Mode
    station: UUID | None = None
    reason: Code
    """Of the policy's reasons for a change."""
    clinician: Code | None = None
    community: AreaCode | None = None
    """Of the home; None elsewhere, and where the order named it already."""
    suitable: bool | None = None


class Extended(Restricting, FactData, kind="isolation.extended", version=1):
    """The order ends later than was said."""

    order: UUID
    reason: Code


class OrderReceived(FactData, kind="isolation.received", version=1):
    """Who is to carry the order out has it."""

    order: UUID


class OrderExecuted(FactData, kind="isolation.executed", version=1):
    """The person is where the order says."""

    order: UUID
    station: UUID | None = None
    ward: Code | None = None


class OrderVerified(FactData, kind="isolation.verified", version=1):
    """Somebody else saw that it was carried out as ordered."""

    order: UUID
    as_ordered: bool


class Lifted(FactData, kind="isolation.lifted", version=1):
    """The order ended."""

    order: UUID
    reason: Code


class StationOpened(FactData, kind="station.opened", version=1, founds=True):
    """A place of observation was opened, or its particulars changed. The four duties are accounts."""

    name: PlaceName
    town: AreaCode
    capacity: Annotated[int, Field(ge=0, le=100_000)]
    lead: Code
    clinician: Code
    disinfection: Code
    logistics: Code
    mode: Mode = Mode.CENTRAL
    """Whether it is a station of observation or a hospital."""
    number: Code | None = None
    staff: Annotated[tuple[Code, ...], Field(max_length=MOST_STAFF)] = ()
    """The accounts of those who look after its residents, besides the four duties."""
    batch: UUID | None = None


class StationClosed(FactData, kind="station.closed", version=1):
    """No more people are taken in."""


class WardOpened(FactData, kind="station.ward_opened", version=1):
    """Temporary beds, counted apart from permanent ones."""

    ward: Code
    beds: Annotated[int, Field(ge=0, le=10_000)]
    temporary: bool
    first: Day
    last: Day | None = None


class StationLogged(FactData, kind="station.logged", version=1):
    """The day's log of a station."""

    day: Day
    on_duty: People
    residents: People
    said: OfficialText | None = None


class RoundMade(FactData, kind="station.round_made", version=1):
    """Somebody on duty went round and saw every resident; ``unseen`` are those who were not."""

    residents: People
    unseen: Annotated[tuple[UUID, ...], Field(max_length=1000)] = ()


class NeedAsked(FactData, kind="need.asked", version=1, founds=True):
    """Somebody under observation asked for something. The subject is the need; words about it are in the vault."""

    person: UUID
    order: UUID | None
    category: Code
    urgent: bool = False
    due: Time | None = None
    words: UUID | None = None
    """The text in the vault."""


class NeedAcknowledged(FactData, kind="need.acknowledged", version=1):
    """Somebody takes it on."""


class NeedMet(FactData, kind="need.met", version=1):
    outcome: Code
    """``given``, ``referred``, ``not_possible``, ``withdrawn``."""
