"""The kinds of fact about arrivals: flights that were planned, people who asked for help or a seat, manifests, and the
hand-over of each arrival to where it goes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from lianfang.facts.fact import AreaCode, Code, Day, FactData, PlaceName, Time

MOST_SEATED: Final = 2_000
"""People for whom one plan of seats is made."""
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]


class Conveyance(StrEnum):
    FLIGHT = "flight"
    TRAIN = "train"
    COACH = "coach"
    SHIP = "ship"
    OWN = "own"


class Seat(StrEnum):
    """Where somebody who wants to come home stands."""

    WAITING = "waiting"
    ASSIGNED = "assigned"
    DECLINED = "declined"


class HelpState(StrEnum):
    ASKED = "asked"
    TAKEN_UP = "taken_up"
    SETTLED = "settled"
    NOT_POSSIBLE = "not_possible"


class FlightPlanned(FactData, kind="travel.flight_planned", version=1, founds=True):
    """A charter flight, or any service of its own. The subject is the flight."""

    conveyance: Conveyance
    number: Code | None
    operator: PlaceName | None = None
    route: Annotated[tuple[PlaceName, ...], Field(min_length=2, max_length=10)]
    departs: Time | None = None
    seats: Count


class StrandedEstimated(FactData, kind="travel.stranded_estimated", version=1):
    """How many people are stranded somewhere, as an authority says: a number that is no count. The subject is the
    place."""

    place: PlaceName
    people: Count
    about: bool


class StrandedRegistered(FactData, kind="travel.stranded_registered", version=1):
    """Somebody asked to be brought home. The subject is the person."""

    place: PlaceName
    family: UUID | None = None
    """Who goes together: the same id for each of them, such as that of the call by which they asked."""


class SeatSettled(FactData, kind="travel.seat_settled", version=1):
    """A seat was given, waited for or declined. The subject is the person."""

    seat: Seat
    flight: UUID | None = None


class SeatLine(BaseModel):
    """People who go together: the flight that was proposed for them, and the one that was chosen. None: none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    people: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST_SEATED)]
    proposed: UUID | None
    chosen: UUID | None


class SeatingConfirmed(FactData, kind="travel.seating_confirmed", version=1, founds=True):
    """Somebody confirmed who goes by which flight. The subject is the plan; the seats are facts of their own."""

    lines: Annotated[tuple[SeatLine, ...], Field(min_length=1, max_length=MOST_SEATED)]


class HelpAsked(FactData, kind="travel.help_asked", version=1):
    """A call for help from abroad. The subject is the ticket; who asks and how to reach them is in the vault."""

    person: UUID
    family: Annotated[int, Field(ge=1, le=50)]
    needs: Annotated[tuple[Code, ...], Field(max_length=20)]
    place: PlaceName


class HelpAnswered(FactData, kind="travel.help_answered", version=1):
    state: HelpState


class ArrivalListed(FactData, kind="arrival.listed", version=1, founds=True):
    """Somebody stands on a manifest, or was met on arrival. The subject is the arrival."""

    person: UUID
    conveyance: Conveyance
    number: Code | None
    arrived: Time
    came_from: AreaCode | None
    destination: AreaCode
    key_person: bool = False
    """Whether measured twice a day, by the policy of the day."""
    batch: UUID | None = None


class ArrivalAcknowledged(FactData, kind="arrival.acknowledged", version=1):
    """The destination has taken the arrival over."""

    by_unit: Code


class ArrivalMeasured(FactData, kind="arrival.measured", version=1):
    """A scheduled measurement of a key person."""

    day: Day
    slot: Code
    temp_c: Annotated[float, Field(ge=30, le=45)] | None
    symptoms: Annotated[tuple[Code, ...], Field(max_length=64)] = ()


class MedicineSupplied(FactData, kind="arrival.medicine_supplied", version=1):
    """Medicine was brought to a key person."""

    item: Code
