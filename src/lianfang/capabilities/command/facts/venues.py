"""Places that are open to the public: open, limited or closed, and when they open again. The subject is the venue."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from lianfang.capabilities.command.facts.base import English, Words
from lianfang.facts.fact import Day, FactData, OfficialText, PlaceName, Time


class VenueKind(StrEnum):
    SCENIC = "scenic"
    MUSEUM = "museum"
    LIBRARY = "library"
    CINEMA = "cinema"
    SPORT = "sport"
    WORSHIP = "worship"
    MARKET = "market"
    RESTAURANT = "restaurant"
    TRANSPORT = "transport"
    OTHER = "other"


class VenueStatus(StrEnum):
    OPEN = "open"
    LIMITED = "limited"
    CLOSED = "closed"


class VenueRegistered(FactData, kind="venue.registered", version=1, founds=True):
    """A venue, which nothing is said of yet."""

    sort: VenueKind
    zh: Annotated[PlaceName, Field(min_length=1, pattern=r"\S")]
    en: English = ""


class VenueStated(FactData, kind="venue.stated", version=1):
    """From ``starts`` on it is open, limited or closed. ``reopens``: the day on which it opens again, where that is
    known; ``limits``: what holds there meanwhile."""

    status: VenueStatus
    starts: Time
    doc_no: Words
    reopens: Day | None = None
    limits: Annotated[OfficialText, Field(max_length=200)] = ""
